//! `examdeck where`: the paths of everything.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::content::own_deck;
use crate::content::source::path_text;
use crate::storage::paths;

use super::Status;

/// What `--json` prints.
#[derive(Serialize)]
struct Where {
    data_dir: String,
    progress: String,
    question_bank: String,
    decks: String,
    my_cards: String,
    trusted_keys: String,
    certificates: String,
    certificate_key: String,
}

/// Prints the paths; none of them need exist.
pub fn run(data_dir: &Path, json: bool, out: &mut impl Write) -> std::io::Result<Status> {
    let shown = |path: &Path| path_text(path).one_line();
    let paths = Where {
        data_dir: shown(data_dir),
        progress: shown(&paths::database(data_dir)),
        question_bank: shown(&paths::question_bank(data_dir)),
        decks: shown(&paths::decks(data_dir)),
        my_cards: shown(&paths::decks(data_dir).join(own_deck::FILE)),
        trusted_keys: shown(&paths::trusted_keys(data_dir)),
        certificates: shown(&paths::certificates(data_dir)),
        certificate_key: shown(&paths::signing_key(data_dir)),
    };
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&paths)?)?;
        return Ok(Status::Ok);
    }
    for (what, path) in [
        ("Data", &paths.data_dir),
        ("Progress", &paths.progress),
        ("Banks", &paths.question_bank),
        ("Decks", &paths.decks),
        ("Your own cards", &paths.my_cards),
        ("Trusted keys", &paths.trusted_keys),
        ("Certificates", &paths.certificates),
        ("Signing key", &paths.certificate_key),
    ] {
        writeln!(out, "{what:<16}{path}")?;
    }
    Ok(Status::Ok)
}
