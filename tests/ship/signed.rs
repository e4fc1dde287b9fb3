//! Signatures: those of minisign itself, and ours checked by it. `tests/fixtures/signed` was made with minisign 0.11.

use std::fs;
use std::path::Path;
use std::process::Command;

use examdeck::exchange::signature::Signer;
use minisign::KeyPair;

use crate::desk::{Desk, MEET, bank};

const FIXTURES: &str = "tests/fixtures/signed";
const KEY: &str = "A53DA87AEC391CAF";

/// A desk with the fixture: an archive, its signature, two public keys, a secret key without a password.
fn desk() -> Desk {
    let desk = Desk::new();
    for entry in fs::read_dir(FIXTURES).expect("the fixtures are there") {
        let path = entry.expect("an entry").path();
        fs::copy(&path, desk.path(&path.file_name().expect("a name").to_string_lossy())).expect("it can be copied");
    }
    desk
}

const ADDED: &str = "Added Fire safety (fire 1.0.0): 1 question\n";

fn signed_by(desk: &Desk) -> serde_json::Value {
    let json: serde_json::Value = serde_json::from_str(&desk.run(&["list", "--json"]).out).expect("it is JSON");
    let rows = json["content"].as_array().expect("rows");
    rows.iter().find(|r| r["id"] == "fire").expect("it is listed")["signed_by"].clone()
}

#[test]
fn a_signature_of_minisign_is_good() {
    for key in ["author.pub", "RWSvHDnseqg9pZjoHlsCMKbAlJbigk7OUpZH6LCv5I/Mz0eIJnW4Q+W8"] {
        let desk = desk();
        let who = if key == "author.pub" { format!("Fire School (key {KEY})") } else { format!("key {KEY}") };
        desk.says(&["add", "fire-1.0.0.examdeck", "--trust", key], &format!("{ADDED}Signed by {who}\n"));
        assert!(desk.run(&["list"]).out.contains(&format!("added from fire-1.0.0.examdeck, signed by {who}\n")));
        assert_eq!(signed_by(&desk), serde_json::json!(who));
    }
}

#[test]
fn a_key_is_remembered() {
    let desk = desk();
    let unknown = format!("Not verified: it is signed by the key {KEY}; in a shell: examdeck add … --trust KEY.pub\n");
    desk.says(&["add", "fire-1.0.0.examdeck"], &format!("{ADDED}{unknown}"));
    assert!(signed_by(&desk).is_null());
    let signed = format!("Signed by Fire School (key {KEY})\n");
    desk.says(
        &["add", "fire-1.0.0.examdeck", "--trust", "author.pub"],
        &format!("Replaced Fire safety (fire), again 1.0.0: 1 question; nothing added, removed or reworded\n{signed}"),
    );
    desk.run(&["remove", "fire", "--yes"]);
    fs::remove_file(desk.path("author.pub")).expect("it is there");
    desk.says(&["add", "fire-1.0.0.examdeck"], &format!("{ADDED}{signed}"));
    desk.says(
        &["add", "fire-1.0.0.examdeck"],
        &format!("Fire safety (fire 1.0.0) is there already, the same to the byte\n{signed}"),
    );
    assert_eq!(desk.tree("data/trusted-keys"), [format!("data/trusted-keys/{KEY}.pub")]);
}

#[test]
fn a_changed_archive_is_refused_by_everyone_who_knows_the_key() {
    let reason =
        format!("fire-1.0.0.examdeck is not what the key {KEY} has signed: it was changed since. Nothing was added");
    let changed = |desk: &Desk| {
        desk.write("fire.toml", bank("1.0.0", &[("meet", "Where do all meet after a fire alarm?", "The lift")]));
        assert_eq!(desk.run(&["pack", "fire.toml", "--force"]).status, 0);
    };
    let first = desk();
    changed(&first);
    first.refuses(&["add", "fire-1.0.0.examdeck", "--trust", "author.pub"], &reason);
    assert!(first.tree("data").is_empty(), "nor is the key remembered");
    let second = desk();
    second.run(&["add", "fire-1.0.0.examdeck", "--trust", "author.pub"]);
    changed(&second);
    second.refuses(&["add", "fire-1.0.0.examdeck"], &reason);
}

#[test]
fn a_signature_that_is_missing_broken_or_of_another_is_refused() {
    let desk = desk();
    let reason = format!(
        "fire-1.0.0.examdeck.minisig is of the key {KEY}, not of 50307DE240AF0850, which you trust: nothing was added"
    );
    desk.refuses(&["add", "fire-1.0.0.examdeck", "--trust", "other.pub"], &reason);
    let whole = fs::read_to_string(desk.path("fire-1.0.0.examdeck.minisig")).expect("it is there");
    let lines: Vec<&str> = whole.lines().collect();
    let short = |line: &str| line.chars().take(40).collect::<String>();
    for broken in [
        String::new(),
        "x\n".repeat(4),
        "\u{1b}[31m".into(),
        lines[..3].join("\n"),
        [lines[0], &short(lines[1]), lines[2], lines[3]].join("\n"),
        [lines[0], lines[1], lines[2], &short(lines[3])].join("\n"),
        [lines[0], lines[1], "no comment", lines[3]].join("\n"),
    ] {
        desk.write("fire-1.0.0.examdeck.minisig", &broken);
        let reason = "fire-1.0.0.examdeck.minisig is no minisign signature: ask the author for it again";
        desk.refuses(&["add", "fire-1.0.0.examdeck", "--trust", "author.pub"], reason);
        desk.refuses(&["add", "fire-1.0.0.examdeck"], reason);
    }
    // What is said in the comment is signed, too.
    desk.write("fire-1.0.0.examdeck.minisig", whole.replace("timestamp:1", "timestamp:2"));
    let reason =
        format!("fire-1.0.0.examdeck is not what the key {KEY} has signed: it was changed since. Nothing was added");
    desk.refuses(&["add", "fire-1.0.0.examdeck", "--trust", "author.pub"], &reason);
    fs::remove_file(desk.path("fire-1.0.0.examdeck.minisig")).expect("it is there");
    let reason = "there is no signature fire-1.0.0.examdeck.minisig: ask the author for it";
    desk.refuses(&["add", "fire-1.0.0.examdeck", "--trust", "author.pub"], reason);
    desk.refuses(
        &["add", "fire-1.0.0.examdeck", "--trust", "nonsense"],
        "nonsense is neither a minisign public key nor a file of one",
    );
    desk.write("fire.toml", bank("1.0.0", &[MEET]));
    let reason = "fire.toml is no archive, and only an archive is signed";
    desk.refuses(&["add", "fire.toml", "--trust", "author.pub"], reason);
    assert!(desk.tree("data").is_empty());
}

#[test]
fn what_an_author_has_signed_is_replaced_by_what_the_author_signs() {
    let desk = desk();
    desk.run(&["add", "fire-1.0.0.examdeck", "--trust", "author.pub"]);
    desk.write("fire.toml", bank("1.1.0", &[MEET]));
    let reason = format!(
        "`fire` is there signed by Fire School (key {KEY}), and this is not: ask the author for the signature, vouch for \
         another key (in a shell: examdeck add … --trust KEY.pub), or delete the old one with `examdeck remove fire`"
    );
    desk.refuses(&["add", "fire.toml"], &reason);
    desk.run(&["pack", "fire.toml"]);
    desk.refuses(&["add", "fire-1.1.0.examdeck"], &reason);
    // Signed by another key than before, unknown or vouched for: that is not "not signed".
    let KeyPair { pk, sk } = KeyPair::generate_unencrypted_keypair().expect("a pair");
    desk.write("second.key", sk.to_box(None).expect("a key").into_string());
    desk.write("second.pub", pk.to_box().expect("a key").into_string());
    desk.run(&["pack", "fire.toml", "--sign", "second.key"]);
    let number = pk.to_box().expect("a key").into_string();
    let number = number.lines().next().and_then(|l| l.rsplit(' ').next()).expect("its number").to_owned();
    let refused = |this: &str, way: &str| {
        format!(
            "`fire` is there signed by Fire School (key {KEY}), and this is signed by {this}: if that is the author's too, {way}, \
             or delete the old one with `examdeck remove fire`"
        )
    };
    let unknown = refused(
        &format!("the key {number}, which is not verified"),
        "vouch for its key (in a shell: examdeck add … --trust KEY.pub)",
    );
    desk.refuses(&["add", "fire-1.1.0.examdeck"], &unknown);
    fs::copy(desk.path("second.pub"), desk.path(&format!("data/trusted-keys/{number}.pub"))).expect("it can be copied");
    desk.refuses(
        &["add", "fire-1.1.0.examdeck"],
        &refused(&format!("key {number}"), "vouch for its key (in a shell: examdeck add … --trust KEY.pub)"),
    );
    let packed = desk.run(&["pack", "fire.toml", "--sign", "author.key"]);
    assert!(packed.out.ends_with("\nSignature fire-1.1.0.examdeck.minisig\n"), "{packed:?}");
    desk.says(
        &["add", "fire-1.1.0.examdeck"],
        &format!(
            "Updated Fire safety (fire) from 1.0.0 to 1.1.0: 1 question; nothing added, removed or reworded\n\
             Signed by Fire School (key {KEY})\n"
        ),
    );
    // A file that is changed afterwards is nobody's word any more.
    desk.write("data/question-bank/fire/bank.toml", bank("1.1.0", &[("meet", "Where do all meet?", "The lift")]));
    assert!(signed_by(&desk).is_null());
}

#[test]
fn a_key_with_a_password_asks_for_it() {
    let desk = desk();
    desk.write("fire.toml", bank("1.0.0", &[MEET]));
    let KeyPair { pk, sk } = KeyPair::generate_encrypted_keypair(Some("secret".into())).expect("a pair");
    desk.write("secret.key", sk.to_box(None).expect("a key").into_string());
    desk.write("secret.pub", pk.to_box().expect("a key").into_string());
    let sign = ["pack", "fire.toml", "-o", "new.examdeck", "--sign", "secret.key"];
    let no_terminal = "secret.key has a password, and there is no terminal to ask on: name a --password-file";
    desk.refuses(&sign, no_terminal);
    desk.write("wrong", "sesame\n");
    desk.refuses(
        &[&sign[..], &["--password-file", "wrong"]].concat(),
        "secret.key cannot be used: Wrong password for that key",
    );
    assert!(!desk.path("new.examdeck").exists(), "nothing is written without its signature");
    desk.write("right", "secret\n");
    assert_eq!(desk.run(&[&sign[..], &["--password-file", "right"]].concat()).status, 0);
    let added = desk.run(&["add", "new.examdeck", "--trust", "secret.pub"]);
    assert!(added.out.starts_with(&format!("{ADDED}Signed by key ")), "{added:?}");
    desk.refuses(&["pack", "fire.toml", "--sign", "secret.pub"], "secret.pub is no minisign secret key");
    assert_eq!(desk.run(&["pack", "fire.toml", "--sign", "nowhere.key"]).status, 1);
}

#[test]
fn minisign_itself_checks_what_we_sign() {
    let desk = desk();
    desk.write("fire.toml", bank("1.1.0", &[MEET]));
    desk.run(&["pack", "fire.toml", "--sign", "author.key"]);
    let check = |archive: &str| {
        let arguments = ["-V", "-p", "author.pub", "-m", archive];
        Command::new("minisign").args(arguments).current_dir(desk.folder.path()).output()
    };
    // Where the tool is not installed, its own signature was checked above.
    let Ok(said) = check("fire-1.1.0.examdeck") else { return };
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert!(String::from_utf8_lossy(&said.stdout).contains("file:fire-1.1.0.examdeck hashed"));
    fs::copy(desk.path("fire-1.0.0.examdeck"), desk.path("fire-1.1.0.examdeck")).expect("it can be copied");
    assert!(!check("fire-1.1.0.examdeck").expect("it is installed").status.success());
}

#[test]
fn a_signature_is_of_one_key_and_one_text() {
    let signer = Signer::read(&Path::new(FIXTURES).join("author.key"), None, false).expect("a key");
    let text = signer.sign(b"bytes", "two\nlines\u{1b}").expect("it can be signed");
    assert_eq!(text.lines().nth(2), Some("trusted comment: two lines␛"));
    assert_eq!(text.lines().count(), 4);
}
