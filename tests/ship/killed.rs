//! Whenever the program is killed, the old version is there or the new one, whole; and what is left over is cleared.

use std::fs;
use std::path::Path;
use std::process::Command;

use examdeck::content::kind::ContentKind;
use examdeck::engine::slug::Slug;
use examdeck::exchange::add::{Order, add};
use examdeck::exchange::installed::{Origin, find};
use examdeck::exchange::place::{Held, Way, tidy};
use examdeck::exchange::remove;

use crate::desk::{Desk, MEET, bank};

const STEP: &str = "SHIP_KILLED_AT";
const WHAT: &str = "SHIP_KILLED_WHILE";
const DESK: &str = "SHIP_KILLED_DESK";

/// Not a test: the program that is killed. Its own process, which ends without a word at the step that it is told.
#[test]
#[ignore = "run by the tests below"]
fn a_program_that_is_killed() {
    let variable = |name| std::env::var(name).unwrap_or_default();
    let (mut left, desk) = (variable(STEP).parse::<u32>().unwrap_or(u32::MAX), variable(DESK));
    let places = examdeck::runtime::loader::places(&Path::new(&desk).join("data"));
    let mut at = |_| {
        left -= 1;
        if left == 0 {
            std::process::abort();
        }
    };
    let id = Slug::new("fire").expect("an id");
    match variable(WHAT).as_str() {
        "adding" => {
            let path = Path::new(&desk).join("new");
            add(Order { path: &path, downgrade: false, trust: None }, &places, &mut at)
                .map(|_| ())
                .expect("it is added");
        }
        "adding in two steps" => {
            let new = fs::read(Path::new(&desk).join("new/bank.toml")).expect("it is there");
            let more = fs::read(Path::new(&desk).join("new/more.toml")).expect("it is there");
            let files = [("bank.toml", &new[..]), ("more.toml", &more)];
            let held = Held::take(&places.banks).expect("the folder");
            held.put(&id, &files, Way::SetAside, &mut at).expect("it is put");
        }
        "removing" => {
            let found = remove::find(&places, &id, None).expect("it is there");
            remove::remove(&found, &places, &mut at).expect("it is removed");
        }
        _ => {}
    }
}

/// A desk with version 1 installed and version 2 in `new`, of two files.
fn desk() -> Desk {
    let desk = Desk::new();
    desk.write("old.toml", bank("1.0.0", &[MEET]));
    assert_eq!(desk.run(&["add", "old.toml"]).status, 0);
    desk.write("new/bank.toml", bank("2.0.0", &[MEET]));
    desk.write("new/more.toml", "domain = \"fire\"\n[[questions]]\nid = \"x\"\nstem = \"It is hot.\"\nanswer = true\n");
    desk
}

/// Runs the program that is killed; `false` if it came to its end.
fn killed(desk: &Desk, what: &str, step: u32) -> bool {
    let status = Command::new(std::env::current_exe().expect("this program"))
        .args(["--ignored", "--exact", "killed::a_program_that_is_killed", "--quiet"])
        .env(STEP, step.to_string())
        .env(WHAT, what)
        .env(DESK, desk.folder.path())
        .output()
        .expect("it starts")
        .status;
    !status.success()
}

/// The version that is installed and how many questions it has.
fn version(desk: &Desk) -> Option<(String, usize)> {
    let found = find(&desk.places().banks, ContentKind::Bank, &Slug::new("fire").expect("an id"))?;
    let examdeck::exchange::parcel::Content::Bank(bank) = &found.content else { return None };
    Some((bank.version.to_string(), bank.questions.len()))
}

fn whole(found: &Option<(String, usize)>) -> bool {
    let found = found.as_ref().map(|(version, questions)| (version.as_str(), *questions));
    found == Some(("1.0.0", 1)) || found == Some(("2.0.0", 2))
}

#[test]
fn an_update_that_is_killed_leaves_the_old_or_the_new() {
    let mut seen = Vec::new();
    for step in 1.. {
        let desk = desk();
        let was_killed = killed(&desk, "adding", step);
        let found = version(&desk);
        assert!(whole(&found), "killed at step {step}: {found:?}");
        seen.extend(found.map(|f| f.0));
        // The next one finds nothing in its way, and leaves nothing.
        assert_eq!(desk.run(&["add", "new"]).status, 0, "step {step}");
        assert_eq!(version(&desk), Some(("2.0.0".into(), 2)));
        assert_eq!(desk.tree("data/question-bank").len(), 4, "step {step}: {:?}", desk.tree("data"));
        if !was_killed {
            break;
        }
    }
    seen.dedup();
    assert_eq!(seen, ["1.0.0", "2.0.0"], "it was killed before and after");
}

#[test]
fn where_two_steps_are_needed_the_old_comes_back() {
    let mut missing = 0;
    for step in 1.. {
        let desk = desk();
        let was_killed = killed(&desk, "adding in two steps", step);
        missing += u32::from(version(&desk).is_none());
        tidy(&desk.places().banks); // as every start of the program does
        let found = version(&desk);
        assert!(whole(&found), "killed at step {step}: {found:?}");
        let left = desk.tree("data/question-bank");
        assert!(left.iter().all(|f| !f.contains("/.")), "{left:?}");
        if !was_killed {
            break;
        }
    }
    assert_eq!(missing, 1, "it was killed between the two steps, too");
}

#[test]
fn a_first_install_that_is_killed_leaves_nothing_or_all() {
    for step in 1.. {
        let desk = desk();
        desk.run(&["remove", "fire", "--yes"]);
        let was_killed = killed(&desk, "adding", step);
        let found = version(&desk);
        assert!(found.is_none() || found == Some(("2.0.0".into(), 2)), "killed at step {step}: {found:?}");
        tidy(&desk.places().banks);
        let left = desk.tree("data/question-bank");
        assert!(left.iter().all(|f| !f.contains("/.")), "{left:?}");
        if !was_killed {
            break;
        }
    }
}

#[test]
fn a_removal_that_is_killed_leaves_the_bank_or_nothing() {
    for step in 1.. {
        let desk = desk();
        let was_killed = killed(&desk, "removing", step);
        assert!(version(&desk).is_none(), "step {step}");
        tidy(&desk.places().banks);
        assert_eq!(desk.tree("data/question-bank"), Vec::<String>::new(), "step {step}");
        if !was_killed {
            break;
        }
    }
}

#[test]
fn the_program_clears_up_when_it_starts() {
    let desk = desk();
    desk.write("data/question-bank/.incoming/bank.toml", "half a ba");
    fs::rename(desk.path("data/question-bank/fire"), desk.path("data/question-bank/.aside-fire")).expect("renamed");
    assert_eq!(version(&desk), None, "what is set aside is hidden");
    examdeck::runtime::loader::load(&desk.path("data"), &[]);
    assert_eq!(version(&desk), Some(("1.0.0".into(), 1)));
    assert!(!desk.path("data/question-bank/.incoming").exists());
}

#[test]
fn what_another_program_is_at_is_left_alone() {
    let desk = desk();
    let held = Held::take(&desk.places().banks).expect("it is free");
    desk.write("data/question-bank/.incoming/bank.toml", "half a ba");
    tidy(&desk.places().banks);
    assert!(desk.path("data/question-bank/.incoming/bank.toml").exists());
    let reason = "Another examdeck is adding or removing: wait until it is done";
    desk.refuses(&["add", "new"], reason);
    desk.refuses(&["remove", "fire", "--yes"], reason);
    drop(held);
    assert_eq!(desk.run(&["add", "new"]).status, 0);
}

#[test]
#[cfg(unix)]
fn what_cannot_be_written_changes_nothing() {
    // A folder in the place of the new content's, which cannot be cleared: root may write everywhere else.
    let desk = desk();
    let banks = desk.places().banks;
    let held = Held::take(&banks).expect("it is free");
    let too_long = "x".repeat(300);
    let id = Slug::new("fire").expect("an id");
    let failed = held.put(&id, &[("bank.toml", b"new"), (&too_long, b"")], Way::Exchange, &mut |_| {});
    assert!(failed.is_err());
    drop(held);
    tidy(&banks);
    assert_eq!(version(&desk), Some(("1.0.0".into(), 1)));
    let found = find(&banks, ContentKind::Bank, &id).expect("it is there");
    assert!(matches!(found.origin, Origin::Added(_)), "and it is as it was");
    assert_eq!(desk.tree("data/question-bank").len(), 3);
}
