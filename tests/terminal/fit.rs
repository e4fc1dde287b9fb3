//! The schedule fitted to a student's own log, and what is due, from the command line.

use serde_json::Value;

use crate::desk::{Desk, today};

/// Adds grades of cards that are forgotten far more often than an average student's, and tells how many. Each of the
/// cards from `first` on is looked at eight times over the days before today.
fn add_grades(desk: &Desk, first: u32, cards: u32) -> u32 {
    drop(desk.store()); // with its tables
    let mut database = desk.database();
    let transaction = database.transaction().expect("a transaction");
    let mut chance = 12_345_u64;
    let mut grades = 0;
    for card in first..first + cards {
        let mut day = today().0 - 200 - i32::try_from(card % 50).expect("small");
        for look in 0..8 {
            chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let rating = if chance >> 33 & 1 == 0 { 1 } else { 3 };
            let sql = "INSERT INTO review VALUES (?1, 'lights', ?2, 'forward', ?3, ?4, ?5, 0.9, NULL, '{}')";
            let (id, entry) = (format!("{card}-{look}"), format!("light-{card:03}"));
            let row = rusqlite::params![id, entry, i64::from(day) * 86_400 + 43_200, day, rating];
            transaction.execute(sql, row).expect("a grade");
            let sql = "INSERT INTO card_day VALUES (?1, 0, 0, 1) ON CONFLICT (day) DO UPDATE SET grades = grades + 1";
            transaction.execute(sql, [day]).expect("a day");
            day += 1 << (look / 2);
            grades += 1;
        }
    }
    transaction.commit().expect("written");
    grades
}

/// Runs a command on cards, which goes well, and gives what it prints.
fn cards(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.plain(&[&["cards"], arguments].concat()).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"", "{arguments:?}");
    String::from_utf8(output.stdout).expect("text")
}

/// The two numbers of a line on a fit.
fn losses(told: &str) -> (f64, f64) {
    let number = |after: &str, before: &str| {
        let from = told.split(after).nth(1).unwrap_or_else(|| panic!("no `{after}` in {told}"));
        from.split(before).next().expect("a number").trim().parse().unwrap_or_else(|_| panic!("a number in {told}"))
    };
    (number("your log: ", " before"), number("before, ", " after"))
}

#[test]
fn too_few_grades_are_not_fitted_to() {
    let desk = Desk::new();
    assert!(cards(&desk, &["optimize"]).contains("No card was graded yet."));
    assert!(!desk.data().exists(), "asking makes nothing");
    assert_eq!(add_grades(&desk, 1, 49), 392);
    let before = desk.card_tables();
    assert!(cards(&desk, &["optimize"]).contains("392 grades so far; from 400 on"));
    assert!(cards(&desk, &["optimize", "--revert"]).contains("There is no fit to go back from."));
    assert_eq!(desk.card_tables(), before);
}

#[test]
fn a_fit_is_applied_only_if_it_is_better_and_can_be_taken_back() {
    let desk = Desk::new();
    assert_eq!(add_grades(&desk, 1, 60), 480);
    let settings = || desk.store().settings().expect("readable");
    let told = cards(&desk, &["optimize"]);
    let (before, after) = losses(&told);
    assert!(after < before && told.contains("Applied"), "{told}");
    let fitted = settings();
    assert_eq!(fitted["parameters"].split_whitespace().count(), 21);
    assert_ne!(fitted["parameters"], fitted["former-parameters"]);
    assert_eq!(fitted["fitted-at-grades"], "480");

    // The same log again: nothing is better than what holds.
    let again = cards(&desk, &["optimize"]);
    assert_eq!(losses(&again), (after, after), "{again}");
    assert!(again.contains("Not better: nothing was changed."), "{again}");
    assert_eq!(settings(), fitted);

    let back = cards(&desk, &["optimize", "--revert"]);
    assert!(back.contains("as it was before the last fit"), "{back}");
    assert_eq!(settings()["parameters"], fitted["former-parameters"]);
    assert!(cards(&desk, &["optimize", "--revert"]).contains("There is no fit to go back from."));
    assert_eq!(losses(&cards(&desk, &["optimize"])), (before, after), "and on again");
    assert_eq!(settings(), fitted);
}

#[test]
fn after_a_thousand_more_grades_a_sitting_fits_by_itself_and_says_so() {
    let desk = Desk::new();
    desk.install_deck(400);
    add_grades(&desk, 1, 50);
    cards(&desk, &["optimize"]);
    let fitted = desk.store().settings().expect("readable");
    add_grades(&desk, 51, 124); // 992 more: not yet
    let mut terminal = desk.open(&["cards", "--deck", "lights"]);
    let screen = terminal.press("", "shows the answer");
    assert!(!screen.contains("by your own log"), "{screen}");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    assert_eq!(desk.store().settings().expect("readable"), fitted);

    add_grades(&desk, 175, 1);
    let mut terminal = desk.open(&["cards", "--deck", "lights"]);
    let screen = terminal.wait_text("Your cards are scheduled by your own log now");
    assert!(screen.contains("log-loss 0.") && screen.contains("shows the answer"), "{screen}");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    let now = desk.store().settings().expect("readable");
    assert_eq!(now["fitted-at-grades"], "1400");
    assert_eq!(now["former-parameters"], fitted["parameters"]);
    assert_ne!(now["parameters"], fitted["parameters"]);
}

#[test]
fn what_is_due_is_told_as_text_and_as_json() {
    let desk = Desk::new();
    desk.install_deck(30);
    let told = cards(&desk, &["due"]);
    assert!(
        told.lines().any(|l| l == "Harbour lights             20 new    0 due    0 learning of 30 cards"),
        "{told}"
    );
    assert!(told.contains("MRSO flash cards"), "{told}");
    assert!(!desk.data().join("progress.db").exists(), "asking makes no store");
    desk.learn(1..=7);
    let sql = "UPDATE card SET state = json_set(state, '$.suspended', json('true')) WHERE entry = 'light-007'";
    desk.database().execute(sql, []).expect("suspended");
    let json: Value = serde_json::from_str(&cards(&desk, &["due", "--json"])).expect("JSON");
    assert_eq!(json["today"], today().date().to_string());
    assert_eq!(json["exam_date"], Value::Null);
    let deck = json["decks"].as_array().expect("decks").iter().find(|d| d["id"] == "lights").expect("the deck");
    let wanted = serde_json::json!({
        "id": "lights", "title": "Harbour lights", "version": "1.0.0",
        "cards": 30, "due": 6, "learning": 0, "new": 20, "suspended": 1,
    });
    assert_eq!(*deck, wanted);
    let date = today().plus(40).date().to_string();
    desk.store().set_setting("exam-date", Some(&date)).expect("set");
    let told = cards(&desk, &["due"]);
    assert!(told.contains(&format!("Exam on {date}: about ")), "{told}");
    let json: Value = serde_json::from_str(&cards(&desk, &["due", "--json"])).expect("JSON");
    assert_eq!((&json["exam_date"], &json["fits"]), (&Value::from(date), &Value::from(true)));
    assert!(json["new_per_day"].as_u64() > Some(0) && json["reviews_per_day"].as_u64() > Some(0), "{json}");
}
