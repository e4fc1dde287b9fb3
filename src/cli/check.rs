//! `examdeck check`: everything that is wrong with banks, in one run.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;

use crate::content::diagnostic::{Severity, render};
use crate::content::load::{Loaded, load};
use crate::content::source::{find_banks, path_text};

use super::{Status, chain};

/// Prints the findings of all banks at `paths`. Findings give exit status 1, something unreadable gives 2.
pub fn run(paths: &[PathBuf], out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let colour =
        std::io::stdout().is_terminal() && crate::runtime::loader::variable("NO_COLOR").is_none_or(|v| v.is_empty());
    let mut status = Status::Ok;
    let mut ids = std::collections::HashMap::new();
    for path in paths {
        let banks = match find_banks(path) {
            Ok(banks) => banks,
            Err(error) => {
                writeln!(err, "examdeck: {}", chain(&error))?;
                status = Status::Usage;
                continue;
            }
        };
        for files in banks {
            let (read, errors) = files.read();
            for error in &errors {
                writeln!(err, "examdeck: {}", chain(error))?;
                status = Status::Usage;
            }
            if read.is_empty() {
                continue;
            }
            let loaded = load(read);
            for finding in &loaded.findings {
                writeln!(out, "{}\n", render(finding, &loaded.files, colour))?;
            }
            let mut found = !loaded.findings.is_empty();
            if let Some(bank) = &loaded.bank
                && let Some(first) = ids.insert(bank.id.clone(), files.root.clone())
            {
                let (id, root, first) = (&bank.id, path_text(&files.root).one_line(), path_text(&first).one_line());
                writeln!(out, "error[S04]: the bank id `{id}` is taken\n  --> {root}\n   = taken by: {first}\n")?;
                found = true;
            }
            writeln!(out, "{}", summary(&path_text(&files.root).one_line(), &loaded))?;
            if found && status == Status::Ok {
                status = Status::Findings;
            }
        }
    }
    Ok(status)
}

fn summary(path: &str, loaded: &Loaded) -> String {
    let errors = loaded.findings.iter().filter(|f| f.severity == Severity::Error).count();
    let warnings = loaded.findings.len() - errors;
    let sound = loaded.bank.as_ref().map_or(0, |b| b.questions.len());
    let count = |n: usize, what: &str| format!("{n} {what}{}", if n == 1 { "" } else { "s" });
    let mut line = format!("{path}: {}", count(sound, "sound question"));
    if loaded.left_out > 0 {
        line.push_str(&format!(", {} left out", loaded.left_out));
    }
    if loaded.findings.is_empty() {
        line.push_str(", nothing found");
    } else {
        line.push_str(&format!("; {}, {}", count(errors, "error"), count(warnings, "warning")));
    }
    line
}
