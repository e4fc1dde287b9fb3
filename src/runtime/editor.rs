//! The user's own editor, opened at a line. No shell reads what is handed to it.

use std::ffi::{OsStr, OsString};
use std::path::Path;
use std::process::Command;

use crate::app::preview::draft::FileLine;
use crate::engine::text::Text;

use super::loader::variable;
use super::{signals, terminal};

/// What is started if the user names none.
const USUAL: &str = if cfg!(windows) { "notepad" } else { "vi" };

/// Lends the terminal to the editor that `$VISUAL` or `$EDITOR` names, and takes it back when the editor has ended.
///
/// # Errors
/// Why there was no editor, in a line. The terminal is ours again in any case.
pub fn open(place: &FileLine) -> Result<(), Text> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(variable).find(|v| !v.is_empty());
    let named = named.unwrap_or_else(|| USUAL.into());
    let (program, own) = words(&named);
    let lent = signals::lend();
    terminal::restore();
    let ended = Command::new(&program).args(own).args(arguments(&program, place)).status();
    let taken = terminal::take();
    drop(lent);
    let shown = Text::new(&program.to_string_lossy()).one_line();
    match (ended, taken) {
        (Err(error), _) => {
            Err(Text::new(&format!("{shown} cannot be started ({error}); set $VISUAL or $EDITOR to your editor")))
        }
        (Ok(status), _) if !status.success() => Err(Text::new(&format!("{shown} ended with {status}"))),
        (Ok(_), Err(error)) => Err(Text::new(&format!("the terminal cannot be taken back: {error}"))),
        (Ok(_), Ok(())) => Ok(()),
    }
}

/// The program and its own arguments: the value is cut at spaces, unless it is a path to a program as a whole.
fn words(named: &OsStr) -> (OsString, Vec<OsString>) {
    let Some(text) = named.to_str().filter(|_| !Path::new(named).is_file()) else {
        return (named.to_owned(), Vec::new());
    };
    let mut words = text.split_whitespace().map(OsString::from);
    (words.next().unwrap_or_else(|| USUAL.into()), words.collect())
}

/// What the editor is told to open: each family has its own way to name a line. An unknown one gets the file alone.
fn arguments(program: &OsStr, place: &FileLine) -> Vec<OsString> {
    let name = Path::new(program).file_stem().map(|n| n.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    // A file that begins with a dash or a plus must not be taken for an option.
    let file = if place.file.is_absolute() { place.file.clone() } else { Path::new(".").join(&place.file) };
    let with_line = || {
        let mut joined = file.clone().into_os_string();
        joined.push(format!(":{}", place.line));
        joined
    };
    match name.as_str() {
        "vi" | "vim" | "nvim" | "view" | "nano" | "pico" | "emacs" | "emacsclient" | "mg" | "joe" | "jed" | "kak"
        | "ne" | "micro" | "gedit" | "vis" | "mcedit" => vec![format!("+{}", place.line).into(), file.into()],
        "code" | "code-insiders" | "codium" | "vscodium" | "cursor" => vec!["-g".into(), with_line()],
        "hx" | "helix" | "subl" | "zed" | "zeditor" => vec![with_line()],
        _ => vec![file.into()],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(editor: &str, file: &str) -> Vec<String> {
        let (program, own) = words(OsStr::new(editor));
        let place = FileLine { file: file.into(), line: 12 };
        let all = [vec![program.clone()], own, arguments(&program, &place)].concat();
        all.into_iter().map(|w| w.into_string().expect("text")).collect()
    }

    #[test]
    fn each_family_is_told_the_line_in_its_own_way() {
        assert_eq!(told("vim", "/b/q.toml"), ["vim", "+12", "/b/q.toml"]);
        assert_eq!(told("/usr/bin/nano -w", "/b/q.toml"), ["/usr/bin/nano", "-w", "+12", "/b/q.toml"]);
        assert_eq!(told("emacs -nw", "/b/q.toml"), ["emacs", "-nw", "+12", "/b/q.toml"]);
        assert_eq!(told("code --wait", "/b/q.toml"), ["code", "--wait", "-g", "/b/q.toml:12"]);
        assert_eq!(told("hx", "/b/q.toml"), ["hx", "/b/q.toml:12"]);
        assert_eq!(told("ed", "/b/q.toml"), ["ed", "/b/q.toml"]);
    }

    #[test]
    fn a_file_is_never_an_option_and_never_read_by_a_shell() {
        assert_eq!(told("vi", "-c :q!.toml"), ["vi", "+12", "./-c :q!.toml"]);
        assert_eq!(told("ed", "$(reboot); x.toml"), ["ed", "./$(reboot); x.toml"]);
    }
}
