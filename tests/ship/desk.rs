//! A folder of its own with a program in it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use examdeck::exchange::Places;

/// A bank with this version and these questions: id, stem, key.
pub fn bank(version: &str, questions: &[(&str, &str, &str)]) -> String {
    let mut text = format!(
        "format = 1\n\n[bank]\nid = \"fire\"\ntitle = \"Fire safety\"\nversion = \"{version}\"\n\n\
         [exam]\nquestions = 1\nminutes = 2\n\n[[domains]]\nid = \"fire\"\ntitle = \"Fire\"\nweight = 1\n"
    );
    for (id, stem, key) in questions {
        text.push_str(&format!(
            "\n[[questions]]\nid = \"{id}\"\ndomain = \"fire\"\nstem = \"{stem}\"\nanswer = \"{key}\"\n\
             distractors = [{{ text = \"The attic\", why = \"Nobody is there.\" }}, {{ text = \"The cellar\", why = \"It is dark there.\" }}]\n\
             explanation = \"Everybody meets where they can be counted.\"\nsources = [\"plan\"]\nreviewed = 2026-11-22\n"
        ));
    }
    text + "\n[sources.plan]\ntitle = \"The plan of the house\"\nyear = 2026\n"
}

/// One sound question.
pub const MEET: (&str, &str, &str) = ("meet", "Where do all meet after a fire alarm?", "The car park");

pub struct Desk {
    pub folder: tempfile::TempDir,
}

/// What a command has printed, and its exit status.
#[derive(Debug, PartialEq, Eq)]
pub struct Said {
    pub out: String,
    pub err: String,
    pub status: i32,
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
        fs::write(path, text).expect("it can be written");
    }

    pub fn places(&self) -> Places {
        examdeck::runtime::loader::places(&self.path("data"))
    }

    /// Runs the program in this folder, with `data` for its data.
    pub fn run(&self, arguments: &[&str]) -> Said {
        let output = Command::new(env!("CARGO_BIN_EXE_examdeck"))
            .args(arguments)
            .args(["--data-dir", "data"])
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .output()
            .expect("the program starts");
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("it is text");
        Said { out: text(output.stdout), err: text(output.stderr), status: output.status.code().expect("no signal") }
    }

    /// Runs the program, which says this and is content.
    pub fn says(&self, arguments: &[&str], out: &str) {
        let said = self.run(arguments);
        assert_eq!(said, Said { out: out.into(), err: String::new(), status: 0 }, "{arguments:?}");
    }

    /// Runs `add`, which says this, and that there is no signature.
    pub fn adds(&self, arguments: &[&str], out: &str) {
        self.says(&[&["add"], arguments].concat(), &format!("{out}Not signed\n"));
    }

    /// Runs the program, which refuses with this reason.
    pub fn refuses(&self, arguments: &[&str], reason: &str) {
        let said = self.run(arguments);
        let err = format!("examdeck: {reason}\n");
        assert_eq!(said, Said { out: String::new(), err, status: 1 }, "{arguments:?}");
    }

    /// All files and folders below `name`, without the lock.
    pub fn tree(&self, name: &str) -> Vec<String> {
        let mut open = vec![self.path(name)];
        let mut found = Vec::new();
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).into_iter().flatten() {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    open.push(path.clone());
                }
                found.push(relative(&path, self.folder.path()));
            }
        }
        found.retain(|f| !f.ends_with("/.lock"));
        found.sort();
        found
    }
}

fn relative(path: &Path, folder: &Path) -> String {
    path.strip_prefix(folder).expect("inside").to_string_lossy().into_owned()
}
