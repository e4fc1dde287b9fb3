//! `pack`, `add`, `list`, `remove` and `where` on real files.

use std::fs;

use examdeck::exchange::manifest::Sum;

use crate::desk::{Desk, MEET, bank};

/// A desk with `fire.toml` in version 1.0.0, packed.
fn packed() -> Desk {
    let desk = Desk::new();
    desk.write("fire.toml", bank("1.0.0", &[MEET]));
    let said = desk.run(&["pack", "fire.toml"]);
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    desk
}

#[test]
fn packing_says_what_it_made() {
    let desk = packed();
    let bytes = fs::read(desk.path("fire-1.0.0.examdeck")).expect("it was written");
    desk.says(
        &["pack", "fire.toml", "-o", "again.examdeck"],
        &format!(
            "again.examdeck: Fire safety (fire 1.0.0), 1 question, 1 file, {} bytes\nSHA-256 {}\n",
            bytes.len(),
            Sum::of(&bytes)
        ),
    );
    assert_eq!(fs::read(desk.path("again.examdeck")).expect("it was written"), bytes, "the same input, the same bytes");
    assert_eq!(desk.tree("."), ["./again.examdeck", "./fire-1.0.0.examdeck", "./fire.toml"].map(|n| n[2..].to_owned()));
}

#[test]
fn an_archive_is_the_same_wherever_and_whenever_it_is_made() {
    // Two folders, filled in another order and touched at other times.
    let (one, two) = (Desk::new(), Desk::new());
    let header = bank("1.0.0", &[MEET]);
    let more =
        "[[questions]]\nid = \"water\"\ndomain = \"fire\"\nstem = \"Water puts out burning oil.\"\nanswer = false\n";
    let files = [("b/bank.toml", header.as_str()), ("b/z/one.toml", more), ("b/a.toml", "")];
    files.iter().for_each(|(name, text)| one.write(name, text));
    files.iter().rev().for_each(|(name, text)| two.write(name, text));
    let day = std::time::SystemTime::UNIX_EPOCH + std::time::Duration::from_hours(400_000);
    let file = fs::File::options().write(true).open(two.path("b/a.toml")).expect("it is there");
    file.set_modified(day).expect("it can be set");
    let bytes = [&one, &two].map(|desk| {
        assert_eq!(desk.run(&["pack", "b", "-o", "x.examdeck"]).status, 0);
        fs::read(desk.path("x.examdeck")).expect("it was written")
    });
    assert_eq!(bytes[0], bytes[1]);
    // Known bytes: a change of the library or of the format must be meant.
    assert_eq!(Sum::of(&bytes[0]).to_string(), "2bd43385fbf4812aa4b7964249deaf8035aa11e95a96bf283201079c18b4f5b7");
}

#[test]
fn a_bank_with_errors_is_neither_packed_nor_added() {
    let desk = Desk::new();
    desk.write("fire.toml", bank("1.0.0", &[MEET, MEET]));
    for (command, done) in [("pack", "packed"), ("add", "added")] {
        let said = desk.run(&[command, "fire.toml"]);
        assert_eq!(said.status, 1);
        let checked = desk.run(&["check", "--only", "S04", "fire.toml"]);
        let finding = checked.out.split("\n\n").next().expect("a finding");
        assert!(finding.starts_with("error[S04]"), "{finding}");
        assert!(said.err.contains(finding), "as check prints it:\n{}", said.err);
        assert!(said.err.ends_with(&format!("examdeck: fire.toml has an error: nothing was {done}\n")), "{}", said.err);
        assert_eq!(said.out, "");
    }
    assert_eq!(desk.tree("."), ["fire.toml"]);
}

#[test]
fn warnings_are_told_when_a_bank_is_packed() {
    let desk = Desk::new();
    desk.write("fire.toml", bank("1.0.0", &[("meet", "Which place is not safe?", "The car park")]));
    let said = desk.run(&["pack", "fire.toml"]);
    assert_eq!(said.status, 0);
    assert!(said.err.starts_with("warning[W07]"), "{}", said.err);
    assert!(said.out.starts_with("fire-1.0.0.examdeck: "), "{}", said.out);
}

#[test]
fn packing_replaces_no_bank_by_its_archive() {
    let desk = packed();
    let reason = "fire.toml is no archive and is not replaced: give another name with -o";
    desk.refuses(&["pack", "fire.toml", "-o", "fire.toml"], reason);
    assert_eq!(fs::read_to_string(desk.path("fire.toml")).expect("it is there"), bank("1.0.0", &[MEET]));
    assert_eq!(desk.run(&["pack", "fire.toml"]).status, 0, "the same archive may be made again");
}

#[test]
fn packing_replaces_an_archive_that_holds_something_else_only_by_force() {
    let desk = packed();
    let old = fs::read(desk.path("fire-1.0.0.examdeck")).expect("it was written");
    let again = desk.run(&["pack", "fire.toml"]);
    assert!(again.out.ends_with("\nIt was there already, the same to the byte\n"), "{again:?}");
    desk.write("fire.toml", bank("1.0.0", &[("meet", "Where do all meet after a fire alarm?", "The lift")]));
    let reason = "fire-1.0.0.examdeck is there already and holds something else; nothing was written: raise the version, \
                  give another name with -o, or replace it with --force";
    desk.refuses(&["pack", "fire.toml"], reason);
    assert_eq!(fs::read(desk.path("fire-1.0.0.examdeck")).expect("it is there"), old);
    assert_eq!(desk.run(&["pack", "fire.toml", "--force"]).status, 0);
    assert_ne!(fs::read(desk.path("fire-1.0.0.examdeck")).expect("it is there"), old);
    let reason = "fire.toml is no archive and is not replaced: give another name with -o";
    desk.refuses(&["pack", "fire.toml", "-o", "fire.toml", "--force"], reason);
}

#[test]
fn a_packed_bank_where_its_files_are_wanted_is_told_from_a_bank() {
    let desk = packed();
    let reason = "examdeck: fire-1.0.0.examdeck is a packed bank or deck: `examdeck add` installs it; or name the folder or \
                  file that it was packed from\n";
    for command in [
        &["check", "fire-1.0.0.examdeck"][..],
        &["bank", "stats", "fire-1.0.0.examdeck"],
        &["bank", "diff", "fire-1.0.0.examdeck", "fire.toml"],
        &["exam", "--bank", "fire-1.0.0.examdeck"],
    ] {
        let said = desk.run(command);
        assert_eq!((said.status, said.out.as_str(), said.err.as_str()), (2, "", reason), "{command:?}");
    }
}

#[test]
fn files_with_names_that_not_every_system_has_are_not_packed() {
    let desk = Desk::new();
    desk.write("b/bank.toml", bank("1.0.0", &[MEET]));
    desk.write("b/é.toml", "");
    let reason = "b/é.toml cannot be sent under its name: it has characters other than a-z, A-Z, 0-9, dot, hyphen, \
                  underscore and space";
    desk.refuses(&["pack", "b"], reason);
    let checked = desk.run(&["check", "--only", "S00", "--format", "short", "b"]);
    assert_eq!((checked.status, checked.out), (0, format!("b/é.toml:1:1: warning[S00]: {reason}\n")));
}

#[test]
fn a_bank_without_a_question_is_neither_packed_nor_sound() {
    let desk = Desk::new();
    desk.write("fire.toml", bank("1.0.0", &[]).replace("[exam]\nquestions = 1\nminutes = 2\n", ""));
    let packed = desk.run(&["pack", "fire.toml"]);
    assert_eq!(packed.status, 1, "{packed:?}");
    assert!(packed.err.contains("the bank holds no [[questions]]"), "{packed:?}");
    assert!(!desk.path("fire-1.0.0.examdeck").exists());
}

#[test]
fn what_is_packed_can_be_added_listed_and_removed() {
    let desk = packed();
    let answers = "Added Fire safety (fire 1.0.0): 1 question\n";
    desk.adds(&["fire-1.0.0.examdeck"], answers);
    let installed = desk.tree("data");
    assert_eq!(
        installed,
        [
            "data/question-bank",
            "data/question-bank/fire",
            "data/question-bank/fire/bank.toml",
            "data/question-bank/fire/receipt.json"
        ]
    );
    assert_eq!(
        fs::read_to_string(desk.path("data/question-bank/fire/bank.toml")).expect("it is there"),
        bank("1.0.0", &[MEET])
    );
    let list = desk.run(&["list"]).out;
    let own = "bank fire 1.0.0: Fire safety\n    1 question, added from fire-1.0.0.examdeck, not signed\n";
    assert!(list.contains(own), "{list}");
    desk.adds(&["fire-1.0.0.examdeck"], "Fire safety (fire 1.0.0) is there already, the same to the byte\n");
    desk.says(&["remove", "fire", "--yes"], "Removed Fire safety (fire 1.0.0); what you have answered stays\n");
    assert_eq!(desk.tree("data"), ["data/question-bank"]);
    desk.says(&["list"], &list.replace(own, ""));
}

#[test]
fn a_file_and_a_folder_can_be_added_as_well() {
    let text = bank("1.0.0", &[MEET]);
    for name in ["fire.toml", "f/bank.toml"] {
        let desk = Desk::new();
        desk.write(name, &text);
        let path = name.split('/').next().expect("a part");
        desk.adds(&[path], "Added Fire safety (fire 1.0.0): 1 question\n");
        assert_eq!(fs::read_to_string(desk.path("data/question-bank/fire/bank.toml")).expect("it is there"), text);
        assert!(desk.run(&["list"]).out.contains(&format!("added from {path}, not signed\n")));
    }
}

#[test]
fn a_new_version_tells_what_it_changes() {
    let desk = packed();
    desk.run(&["add", "fire-1.0.0.examdeck"]);
    let second = [
        ("meet", "Where do all meet after an alarm?", "The car park"),
        ("call", "Where is the telephone for a fire?", "The porch"),
    ];
    desk.write("fire.toml", bank("1.1.0", &second));
    desk.adds(&["fire.toml"], "Updated Fire safety (fire) from 1.0.0 to 1.1.0: 2 questions; 1 added, 1 reworded\n");
    desk.write("fire.toml", bank("1.2.0", &[("call", "Where is the telephone for a fire?", "Room 12")]));
    desk.adds(
        &["fire.toml"],
        "Updated Fire safety (fire) from 1.1.0 to 1.2.0: 1 question; 1 removed, 1 with another key (scores change)\n",
    );
    desk.write("fire.toml", bank("1.2.0", &[("call", "Where is the telephone for a fire?", "Room 13")]));
    desk.adds(
        &["fire.toml"],
        "Replaced Fire safety (fire), again 1.2.0: 1 question; 1 with another key (scores change)\n",
    );
    desk.refuses(
        &["add", "fire-1.0.0.examdeck"],
        "`fire` is there as version 1.2.0, and this is 1.0.0, a lower one; to add it all the same, in a shell: examdeck add … --downgrade",
    );
    desk.adds(
        &["fire-1.0.0.examdeck", "--downgrade"],
        "Updated Fire safety (fire) from 1.2.0 to 1.0.0: 1 question; 1 added, 1 removed\n",
    );
    assert_eq!(desk.tree("data/question-bank").len(), 3, "nothing is left over");
}

#[test]
fn what_was_made_by_hand_is_not_replaced() {
    let desk = packed();
    desk.write("data/question-bank/mine.toml", bank("0.9.0", &[]));
    let reason = "data/question-bank/mine.toml was put there by hand, and is not replaced: move it away to keep it, or \
                  delete it with `examdeck remove fire`";
    desk.refuses(&["add", "fire-1.0.0.examdeck"], reason);
    desk.says(&["remove", "fire", "--yes"], "Removed Fire safety (fire 0.9.0); what you have answered stays\n");
    desk.run(&["add", "fire-1.0.0.examdeck"]);
    desk.write("data/question-bank/fire/bank.toml", bank("1.0.0", &[("meet", "Where do we meet?", "The yard")]));
    assert!(desk.run(&["list"]).out.contains("added from fire-1.0.0.examdeck, changed since\n"));
    let reason = "data/question-bank/fire was changed since it was added, and is not replaced: move it away to keep it, \
                  or delete it with `examdeck remove fire`";
    desk.refuses(&["add", "fire-1.0.0.examdeck"], reason);
    desk.run(&["remove", "fire", "--yes"]);
    desk.run(&["add", "fire-1.0.0.examdeck"]);
    desk.write("data/question-bank/fire/more.toml", "");
    assert!(desk.run(&["list"]).out.contains("changed since\n"), "a file more is a change, too");
}

#[test]
fn what_is_built_in_stays() {
    let desk = Desk::new();
    desk.refuses(&["remove", "mrso", "--yes"], "`mrso` is built into the program and cannot be removed");
    desk.write(
        "mrso.toml",
        bank("0.1.0", &[MEET]).replace("id = \"fire\"\ntitle = \"Fire safety\"", "id = \"mrso\"\ntitle = \"M\""),
    );
    let said = desk.run(&["add", "mrso.toml", "--downgrade"]);
    assert_eq!(said.status, 1);
    assert!(said.err.starts_with("examdeck: the bank `mrso` is built in as version "), "{}", said.err);
    desk.refuses(
        &["remove", "nothing", "--yes"],
        "nothing is installed under `nothing`: `examdeck list` says what there is",
    );
}

#[test]
fn decks_are_shipped_as_banks_are() {
    let desk = Desk::new();
    let deck = "format = 1\n[deck]\nid = \"fire\"\ntitle = \"Fire cards\"\nversion = \"1.0.0\"\n\n\
                [[cards]]\nid = \"b\"\nfront = \"Class B\"\nback = \"Liquids\"\nboth_ways = true\n";
    desk.write("cards.toml", deck);
    assert_eq!(desk.run(&["pack", "cards.toml"]).status, 0);
    desk.adds(&["fire-1.0.0.examdeck"], "Added Fire cards (fire 1.0.0): 2 cards\n");
    assert_eq!(fs::read_to_string(desk.path("data/decks/fire/deck.toml")).expect("it is there"), deck);
    desk.write("fire.toml", bank("2.0.0", &[MEET]));
    desk.adds(&["fire.toml"], "Added Fire safety (fire 2.0.0): 1 question\n");
    let reason = "there is a bank `fire` and a deck `fire`: say which with --kind";
    desk.refuses(&["remove", "fire", "--yes"], reason);
    desk.says(
        &["remove", "fire", "--kind", "deck", "--yes"],
        "Removed Fire cards (fire 1.0.0); what you have answered stays\n",
    );
    assert!(desk.path("data/question-bank/fire/bank.toml").exists());
}

#[test]
fn a_students_own_cards_are_neither_replaced_nor_removed() {
    let desk = Desk::new();
    let deck = "format = 1\n[deck]\nid = \"my-cards\"\ntitle = \"Cards\"\nversion = \"9.0.0\"\n\n\
                [[cards]]\nid = \"b\"\nfront = \"Class B\"\nback = \"Liquids\"\n";
    desk.write("theirs.toml", deck);
    desk.write("data/decks/my-cards.toml", deck);
    let reason = "`my-cards` is the id of your own deck: give the deck to be added another id";
    desk.refuses(&["add", "theirs.toml"], reason);
    let reason = "`my-cards` is your own deck: delete data/decks/my-cards.toml yourself if you mean it";
    desk.refuses(&["remove", "my-cards", "--yes"], reason);
    assert!(desk.path("data/decks/my-cards.toml").exists());
    let listed = desk.run(&["list"]);
    assert!(listed.out.contains("    1 card, your own cards, in data/decks/my-cards.toml\n"), "{listed:?}");
}

#[test]
fn nothing_is_removed_without_a_yes() {
    let desk = packed();
    desk.run(&["add", "fire-1.0.0.examdeck"]);
    let said = desk.run(&["remove", "fire"]);
    let reason = "Fire safety (fire 1.0.0) is removed only if you say --yes, as there is no terminal to ask on";
    assert_eq!((said.status, said.err), (2, format!("examdeck: {reason}\n")));
    assert!(desk.path("data/question-bank/fire/bank.toml").exists());
}

#[test]
fn what_cannot_be_read_is_a_wrong_call() {
    let desk = Desk::new();
    for command in ["pack", "add"] {
        let said = desk.run(&[command, "nowhere.examdeck"]);
        assert_eq!(said.status, 2, "{said:?}");
        assert!(said.err.starts_with("examdeck: cannot read nowhere.examdeck: "), "{}", said.err);
    }
    desk.write("both/a.toml", bank("1.0.0", &[MEET]));
    desk.write("both/b.toml", bank("1.0.0", &[MEET]));
    let several = desk.run(&["add", "both"]);
    assert_eq!((several.err.as_str(), several.status), ("examdeck: both holds 2 banks and decks: name one\n", 2));
}

#[test]
fn where_tells_every_path() {
    let desk = Desk::new();
    desk.says(
        &["where"],
        "Data            data\n\
         Progress        data/progress.db\n\
         Banks           data/question-bank\n\
         Decks           data/decks\n\
         Your own cards  data/decks/my-cards.toml\n\
         Trusted keys    data/trusted-keys\n\
         Certificates    data/certificates\n\
         Signing key     data/certificate.key\n",
    );
    let json: serde_json::Value = serde_json::from_str(&desk.run(&["where", "--json"]).out).expect("it is JSON");
    assert_eq!(json["question_bank"], "data/question-bank");
    assert_eq!(json["my_cards"], "data/decks/my-cards.toml");
    assert!(!desk.path("data").exists(), "looking makes nothing");
}

#[test]
fn the_list_is_there_for_programs() {
    let desk = packed();
    desk.run(&["add", "fire-1.0.0.examdeck"]);
    let json: serde_json::Value = serde_json::from_str(&desk.run(&["list", "--json"]).out).expect("it is JSON");
    let rows = json["content"].as_array().expect("rows");
    let own = rows.iter().find(|r| r["id"] == "fire").expect("it is listed");
    let expected = serde_json::json!({
        "kind": "bank", "id": "fire", "version": "1.0.0", "title": "Fire safety", "items": 1, "used": true,
        "path": "data/question-bank/fire", "added_from": "fire-1.0.0.examdeck", "changed": false,
        "signed_by": null,
    });
    assert_eq!(*own, expected);
    assert!(rows.iter().any(|r| r["id"] == "mrso" && r["path"].is_null()));
}

/// The commands that the documentation of shipping shows, on the bank that it shows, in a folder of their own.
#[test]
fn the_documented_commands_can_be_typed() {
    let banks = fs::read_to_string("docs/banks.md").expect("the page is there");
    let bank = banks.split("<!-- begin: first-bank -->\n```toml\n").nth(1).and_then(|t| t.split("```").next());
    let desk = Desk::new();
    desk.write("fire-safety.toml", bank.expect("its first bank"));
    let shipping = fs::read_to_string("docs/shipping.md").expect("the page is there");
    let unsigned = shipping.split("\n## Signatures\n").next().expect("sections");
    let blocks = unsigned.split("```sh\n").skip(1).filter_map(|b| b.split("```").next());
    let commands: Vec<&str> = blocks.flat_map(str::lines).collect();
    assert!(commands.len() >= 4, "{commands:?}");
    for command in commands {
        let words: Vec<&str> = command.split(" #").next().expect("a command").split_whitespace().collect();
        let Some(("examdeck", arguments)) = words.split_first().map(|(first, rest)| (*first, rest)) else {
            panic!("not a command of ours: {command}")
        };
        let yes = if arguments[0] == "remove" { &["--yes"][..] } else { &[] };
        let said = desk.run(&[arguments, yes].concat());
        assert_eq!(said.status, 0, "{command}: {said:?}");
    }
}
