//! Flash cards: turned, graded, taken back, set aside, killed, and planned towards a date.

use std::collections::BTreeMap;

use examdeck::engine::review::{CardState, LogEntry, Phase, Rules, rebuild};
use examdeck::engine::schedule::{Rating, Scheduler};

use crate::desk::{Desk, Graded, now, today};
use crate::pty::Terminal;

/// A sitting with the deck.
fn sit(desk: &Desk, more: &[&str]) -> Terminal {
    desk.open(&[&["cards", "--deck", "lights"], more].concat())
}

/// The light that the screen asks for.
fn asked(screen: &str) -> Option<String> {
    let number = screen.split_once("Where is light ")?.1.split_once('?')?.0;
    Some(format!("light-{number}"))
}

fn answer_of(light: &str) -> String {
    light.replace("light-", "On pier ")
}

/// Turns the card that is asked, and gives its name and the screen.
fn turn(terminal: &mut Terminal) -> (String, String) {
    let light = asked(&terminal.wait_text("shows the answer")).expect("a card");
    let screen = terminal.press(" ", &answer_of(&light));
    (light, screen)
}

/// Waits until another card is asked, or none.
fn wait_for_the_next(terminal: &Terminal, light: &str) -> String {
    terminal.wait_for("the next card", |screen| {
        !screen.contains("On pier") && asked(screen).is_none_or(|l| l != light) && screen.contains(" due")
    })
}

/// A screen's words, wherever its lines end.
fn flat(screen: &str) -> String {
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What the key promises: the words between its number and the next one's.
fn promise(screen: &str, rating: Rating) -> String {
    let line = screen.lines().find(|l| l.contains("1 Again ")).expect("the line of grades");
    let own = format!("{} {} ", rating.number(), rating.label());
    let rest = line.split_once(&own).expect("the grade").1;
    rest.split("  ").next().expect("an interval").trim().to_owned()
}

fn assert_kept(promise: &str, state: &CardState) {
    let (number, unit) = promise.split_once(' ').expect("a number and a unit");
    let number: u64 = number.parse().expect("a number");
    let last = state.last.expect("a time");
    match unit {
        "min" => assert_eq!(state.due.since(last).as_secs().div_ceil(60), number, "{promise}: {state:?}"),
        "d" => assert_eq!(u64::from(state.due_day.since(today())), number, "{promise}: {state:?}"),
        _ => panic!("{promise} within a first day?"),
    }
}

/// The states are those that the log leads to, the counts of today are its counts, and the file is sound.
fn assert_sound(desk: &Desk) {
    let check: String = desk.database().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
    assert_eq!(check, "ok");
    let mut logs: BTreeMap<String, Vec<Graded>> = BTreeMap::new();
    let log = desk.card_log();
    for graded in log.iter().filter(|g| !g.undone) {
        logs.entry(graded.entry.clone()).or_default().push(graded.clone());
    }
    for (light, state) in desk.card_states() {
        let log = logs.remove(&light).unwrap_or_default();
        let given: Vec<LogEntry> = log.iter().map(|g| g.given).collect();
        let aims = std::cell::RefCell::new(log.iter().map(|g| g.aim));
        let aim = |_: &LogEntry| aims.borrow_mut().next().expect("an aim a grade");
        let rebuilt = rebuild(&given, &Scheduler::default(), &Rules::default(), aim);
        let set_aside = CardState { suspended: state.suspended, buried_until: state.buried_until, ..rebuilt };
        assert_eq!(state, set_aside, "{light}");
    }
    assert!(logs.is_empty(), "graded, but without a state: {logs:?}");
    let counted: u32 = desk.store().grades().expect("a count");
    assert_eq!(counted as usize, log.iter().filter(|g| !g.undone).count());
}

#[test]
fn a_sitting_goes_through_new_and_learning_cards_and_keeps_what_its_keys_promise() {
    let desk = Desk::new();
    desk.install_deck(4);
    let mut terminal = sit(&desk, &[]);
    let first = terminal.wait_text("Where is light 001?");
    assert!(first.contains("4 new · 0 due") && !first.contains("On pier"), "{first}");
    let refused = terminal.press("3", "Turn the card first: Space");
    assert!(!refused.contains("On pier"), "{refused}");
    assert_eq!(desk.card_log(), []);

    let turned = terminal.press(" ", "On pier 001.");
    assert!(turned.contains("1 Again 1 min  2 Hard 6 min  3 Good 10 min  4 Easy 8 d"), "{turned}");
    assert!(turned.contains("Harbour lights · light-001"), "{turned}");
    let ratings = [Rating::Again, Rating::Hard, Rating::Good, Rating::Easy];
    let counts = ["3 new · 0 due · 1 learning", "2 new · 0 due · 2 learning", "1 new · 0 due · 3 learning"];
    for (i, rating) in ratings.into_iter().enumerate() {
        let light = format!("light-00{}", i + 1);
        let turned = terminal.wait_text(&answer_of(&light));
        let promise = promise(&turned, rating);
        terminal.keys(&rating.number().to_string());
        let next = wait_for_the_next(&terminal, &light);
        assert_kept(&promise, &desk.card_states()[&light]);
        match counts.get(i) {
            Some(counts) => {
                assert!(next.contains(counts), "{next}");
                terminal.press("\r", "1 Again ");
            }
            // Nothing else is left, so the one whose time comes first is asked ahead of it.
            None => assert!(next.contains("0 new · 0 due · 3 learning") && next.contains("light 001?"), "{next}"),
        }
    }
    // Space grades Good once the card is turned.
    let mut given = 4;
    while desk.card_states().values().any(|s| s.phase != Phase::Review) {
        let (light, turned) = turn(&mut terminal);
        let promise = promise(&turned, Rating::Good);
        terminal.keys(" ");
        given += 1;
        terminal.wait_for("the next card", |screen| !screen.contains("On pier"));
        let graded = desk.card_log();
        assert_eq!(graded.len(), given);
        assert_eq!((&graded[given - 1].entry, graded[given - 1].given.rating), (&light, Rating::Good));
        assert_kept(&promise, &desk.card_states()[&light]);
    }
    let end = terminal.wait_text(&format!("✓ Done: 4 cards, {given} grades."));
    assert!(end.contains("0 new · 0 due") && end.contains("u takes back what you did last"), "{end}");
    assert_sound(&desk);
    let decks = terminal.press("q", "All decks");
    assert!(flat(&decks).contains("Harbour lights 0 new · 0 due · 4 cards"), "{decks}");
    terminal.go("q", "examdeck");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
    sit(&desk, &[]).wait_text("Nothing is due now.");
}

#[test]
fn grades_are_taken_back_without_end_also_after_the_last_card() {
    let desk = Desk::new();
    desk.install_deck(30);
    desk.learn(1..=25);
    let before = desk.card_tables();
    let states = desk.card_states();
    let mut terminal = sit(&desk, &[]);
    let mut asked_for = Vec::new();
    for n in 0..30 {
        let (light, _) = turn(&mut terminal);
        terminal.keys(["4", "3"][usize::from(n % 7 == 0 && light.as_str() < "light-026")]);
        asked_for.push(light.clone());
        terminal.wait_for("the next card", |screen| !screen.contains("On pier"));
    }
    terminal.wait_text("✓ Done: 30 cards, 30 grades.");
    assert_sound(&desk);
    for light in asked_for.iter().rev() {
        let back = terminal.press("u", &answer_of(light));
        assert!(back.contains("Taken back: grade it again") && back.contains("1 Again "), "{back}");
    }
    terminal.press("u", "Nothing to take back");
    for (light, state) in desk.card_states() {
        assert_eq!(state, states.get(&light).copied().unwrap_or_default(), "{light}");
    }
    let after = desk.card_tables();
    assert!(before.iter().filter(|row| row.contains("|forward|")).all(|row| after.contains(row)), "to the bit");
    assert_eq!(desk.card_log().iter().filter(|g| g.undone).count(), 30, "the log keeps what was taken back");
    assert_sound(&desk);

    // It goes on where the first card was.
    assert!(terminal.wait_text("1 Again ").contains(&answer_of(&asked_for[0])));
    terminal.keys("1");
    wait_for_the_next(&terminal, &asked_for[0]);
    let state = desk.card_states()[&asked_for[0]];
    assert_eq!((state.reps, state.lapses), (2, 1));
    terminal.press("u", &answer_of(&asked_for[0]));
    terminal.press("4", &format!("Where is {}?", asked_for[1].replace('-', " ")));
    assert_sound(&desk);
}

#[test]
fn buried_cards_come_tomorrow_and_suspended_ones_when_they_are_taken_in_again() {
    let desk = Desk::new();
    desk.install_deck(4);
    desk.learn(1..=1);
    let mut terminal = sit(&desk, &[]);
    terminal.wait_text("3 new · 1 due");
    let order = ["light-001", "light-002", "light-003", "light-004"];
    assert_eq!(asked(&terminal.wait_text("shows the answer")).as_deref(), Some(order[0]));
    let next = terminal.press("b", "Buried until tomorrow");
    assert!(next.contains("light 002?") && next.contains("3 new · 0 due"), "{next}");
    let next = terminal.press("s", "Suspended: r in the list of decks takes it in");
    assert!(next.contains("light 003?") && next.contains("2 new · 0 due"), "{next}");
    turn(&mut terminal);
    terminal.press("b", "Where is light 004?"); // also once it is turned
    turn(&mut terminal);
    terminal.press("4", "✓ Done: 1 card, 1 grade.");
    terminal.press("u", "On pier 004."); // taking back does not bring in what was set aside
    terminal.press("4", "✓ Done: 1 card, 1 grade.");
    let states = desk.card_states();
    assert_eq!(states["light-001"].buried_until, Some(today().plus(1)));
    assert_eq!(states["light-003"].buried_until, Some(today().plus(1)));
    assert!(states["light-002"].suspended);
    assert_sound(&desk);

    let decks = terminal.press("\x1b", "All decks");
    assert!(decks.contains("0 new · 0 due · 4 cards"), "{decks}");
    assert!(decks.contains("1 card suspended: r takes it in again"), "{decks}");
    terminal.press("jjr", "1 suspended card is in again");
    let decks = terminal.wait_text("1 new · 0 due · 4 cards");
    assert!(!decks.contains("suspended: r takes"), "{decks}");
    terminal.press("r", "No card is suspended");
    terminal.press("\r", "Where is light 002?");
    terminal.press(" ", "On pier 002.");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    assert!(!desk.card_states()["light-002"].suspended);
    // Tomorrow has come.
    let sql = "UPDATE card SET state = json_set(state, '$.buried_until', ?1) WHERE entry <> 'light-002'";
    desk.database().execute(sql, [today().0]).expect("it is tomorrow");
    sit(&desk, &[]).wait_text("2 new · 1 due");
}

#[test]
fn a_limit_ends_the_sitting_and_says_nothing_of_cards_that_it_leaves_out() {
    let desk = Desk::new();
    desk.install_deck(10);
    let mut terminal = sit(&desk, &["--limit", "3"]);
    for n in 1..=3 {
        assert_eq!(turn(&mut terminal).0, format!("light-00{n}"));
        terminal.keys(if n == 1 { "1" } else { "4" });
        wait_for_the_next(&terminal, &format!("light-00{n}"));
    }
    // The first comes back in its steps, and counts once.
    assert_eq!(turn(&mut terminal).0, "light-001");
    terminal.press("4", "✓ Done: 3 cards, 4 grades.");
    terminal.keys(" "); // leads nowhere
    terminal.press("u", "On pier 001.");
    terminal.press("u", "On pier 003.");
    terminal.press("4", "Where is light 001?"); // what is taken back lets no other card in
    turn(&mut terminal);
    let end = terminal.press("4", "✓ Done: 3 cards, 4 grades.");
    assert!(end.contains("0 new · 0 due"), "{end}");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    let log = desk.card_log();
    assert_eq!((log.len(), log.iter().filter(|g| g.undone).count()), (6, 2));
    assert!(log.iter().all(|g| ["light-001", "light-002", "light-003"].contains(&g.entry.as_str())), "{log:?}");
    assert_sound(&desk);

    let desk = Desk::new();
    desk.install_deck(1);
    let mut terminal = sit(&desk, &["--limit", "1"]);
    turn(&mut terminal);
    terminal.press("1", "0 new · 0 due · 1 learning"); // the one card is not through
    turn(&mut terminal);
    let end = terminal.press("4", "✓ Done: 1 card, 2 grades.");
    assert!(!end.contains("comes back"), "nothing is left:\n{end}");
}

#[test]
fn cramming_goes_through_every_card_and_writes_nothing() {
    let desk = Desk::new();
    desk.install_deck(6);
    desk.learn(2..=3);
    let before = desk.card_tables();
    let mut terminal = sit(&desk, &["--cram"]);
    terminal.wait_text("6 to go");
    let (forgotten, turned) = turn(&mut terminal);
    assert!(turned.contains("1 Again  2 Hard  3 Good  4 Easy"), "no interval is promised:\n{turned}");
    terminal.press("1", "6 to go");
    let mut seen = Vec::new();
    for left in (0..6).rev() {
        seen.push(turn(&mut terminal).0);
        terminal.press(["2", "3", "4", " "][left % 4], &format!("{left} to go"));
    }
    assert_eq!(seen.last(), Some(&forgotten), "what was forgotten comes again");
    seen.sort();
    assert_eq!(seen, (1..=6).map(|n| format!("light-00{n}")).collect::<Vec<_>>());
    terminal.wait_text("✓ Done: 6 cards, 7 grades.");
    terminal.press("u", &answer_of(&forgotten));
    terminal.press("4", "✓ Done: 6 cards, 7 grades.");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    assert_eq!(desk.card_tables(), before);
}

#[test]
fn an_unknown_deck_is_named() {
    let desk = Desk::new();
    desk.install_deck(1);
    let terminal = desk.open(&["cards", "--deck", "light"]);
    let told = flat(&terminal.wait_text("There is no deck `light`"));
    assert!(told.contains("there are: mrso-cards, lights"), "{told}");
}

#[test]
fn kill_9_between_cards_loses_no_grade_that_was_shown_as_given() {
    const KILLS: usize = 24;
    let desk = Desk::new();
    desk.install_deck(120);
    desk.learn(1..=90);
    let learned = desk.card_log().len();
    // What holds: the light, the grade, whether it was taken back.
    let mut expected: Vec<(String, u8, bool)> = Vec::new();
    let mut buried = Vec::new();
    for kill in 0..KILLS {
        let mut terminal = sit(&desk, &[]);
        terminal.wait_text("shows the answer");
        for i in 0..kill % 4 {
            let (light, _) = turn(&mut terminal);
            let grade = [1, 3, 4, 2][(kill + i) % 4];
            terminal.keys(&grade.to_string());
            wait_for_the_next(&terminal, &light);
            expected.push((light, grade, false));
        }
        // The moment of the death.
        let mut perhaps = None;
        match kill % 6 {
            0 => {}
            1 => drop(turn(&mut terminal)),
            2 => {
                let (light, _) = turn(&mut terminal);
                terminal.keys("3");
                perhaps = Some((light, 3, false)); // it may be given or not, but not in half
            }
            3 if kill % 4 > 0 => {
                let last = expected.last_mut().expect("a grade");
                terminal.press("u", &answer_of(&last.0));
                last.2 = true;
            }
            4 => {
                buried.push(asked(&terminal.wait_text("shows the answer")).expect("a card"));
                terminal.press("b", "Buried until tomorrow");
            }
            _ => {
                let (light, _) = turn(&mut terminal);
                terminal.press("4", "shows the answer");
                expected.push((light.clone(), 4, false));
                terminal.press("u", &answer_of(&light));
                expected.last_mut().expect("a grade").2 = true;
                terminal.press("2", "shows the answer");
                expected.push((light, 2, false));
            }
        }
        terminal.kill();

        let log: Vec<(String, u8, bool)> =
            desk.card_log().into_iter().skip(learned).map(|g| (g.entry, g.given.rating.number(), g.undone)).collect();
        if log.len() > expected.len() {
            expected.extend(perhaps);
        }
        assert_eq!(log, expected, "after kill {kill}");
        assert_sound(&desk);
        let states = desk.card_states();
        assert!(buried.iter().all(|light| states[light].buried_until == Some(today().plus(1))), "{buried:?}");
    }
    assert!(expected.len() > KILLS && buried.len() > 2);
    let graded = i64::try_from(expected.iter().filter(|g| !g.2).count()).expect("small");
    let sql = "SELECT grades FROM card_day WHERE day = ?1";
    let counted: i64 = desk.database().query_row(sql, [today().0], |row| row.get(0)).expect("a count");
    assert_eq!(counted, graded);
}

#[test]
fn the_exams_date_is_set_at_home_and_home_says_what_it_means() {
    let desk = Desk::new();
    desk.install_deck(60);
    let mut terminal = desk.open(&[]);
    let home = terminal.wait_text("drawn from ");
    assert!(!home.contains("Exam on"), "{home}");
    terminal.press("d", "Date of your exam (year-month-day): _");
    terminal.press("2020-01-01\r", "Type a day that is to come");
    assert_eq!(desk.store().setting("exam-date").expect("readable"), None);
    terminal.press(&"\x7f".repeat(10), "(year-month-day): _");
    terminal.press("1-2\r", "Type the date as year-month-day");
    terminal.press("\x7f\x7f\x7f", "(year-month-day): _");
    let date = today().plus(60).date();
    terminal.keys(&format!("{date}\r"));
    let home = flat(&terminal.wait_text("Exam on "));
    let due = desk.plain(&["cards", "due", "--json"]).output().expect("the program runs");
    let due: serde_json::Value = serde_json::from_slice(&due.stdout).expect("JSON");
    assert_eq!(due["exam_date"], date.to_string());
    let sentence = format!(
        "Exam on {}, in 60 days. With about {} new cards and {} reviews a day you have seen every card by then.",
        date.strftime("%-d %b %Y"),
        due["new_per_day"],
        due["reviews_per_day"],
    );
    assert!(home.contains(&sentence), "{sentence}\n{home}");
    assert_eq!(desk.store().setting("exam-date").expect("readable"), Some(date.to_string()));

    // Too near: it says what fits.
    let near = today().plus(3).date();
    terminal.press("d", &format!("(year-month-day): {date}_"));
    terminal.press(&"\x7f".repeat(10), "(year-month-day): _");
    terminal.keys(&format!("{near}\r"));
    let home = flat(&terminal.wait_text("in 3 days"));
    assert!(home.contains("a day holds 40. Do what each day asks: it has room for about "), "{home}");
    // No interval reaches past it.
    terminal.go("c", "Flash cards");
    terminal.press("jj\r", "Where is light 001?");
    for _ in 0..5 {
        let (light, turned) = turn(&mut terminal);
        let promised = promise(&turned, Rating::Easy);
        terminal.keys("4");
        wait_for_the_next(&terminal, &light);
        let state = desk.card_states()[&light];
        assert_kept(&promised, &state);
        assert!(state.due_day <= today().plus(3), "{promised}: {state:?}");
    }
    assert_sound(&desk);
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));

    let mut terminal = desk.open(&[]);
    terminal.wait_text("in 3 days");
    terminal.press("d", &format!("(year-month-day): {near}_"));
    terminal.keys("\x1b");
    terminal.wait_for("home as it was", |s| !s.contains("year-month-day") && s.contains("in 3 days"));
    terminal.press("d", &format!("(year-month-day): {near}_"));
    terminal.keys(&format!("{}\r", "\x7f".repeat(10)));
    terminal.wait_for("home without a date", |s| !s.contains("year-month-day") && !s.contains("Exam on"));
    assert_eq!(desk.store().setting("exam-date").expect("readable"), None);
}

const BANK: &str = r#"
format = 1
[bank]
id = "pilots"
title = "Pilots"
version = "1.0.0"
[exam]
questions = 3
minutes = 10
[[domains]]
id = "all"
title = "All"
[sources.handbook]
title = "The Pilot's Handbook"
year = 2022
[[questions]]
id = "slack-water"
domain = "all"
stem = """
Where does "slack" water fall together with *high* water?

A path such as C:\\tide says it."""
answer = "Not everywhere"
distractors = ["Everywhere", "Nowhere"]
explanation = "The stream turns when it likes; see the \"atlas\"."
sources = [{ id = "handbook", at = "§2" }]
[[questions]]
id = "ebb"
domain = "all"
stem = "The ebb runs out of the harbour."
answer = true
[[questions]]
id = "raisers"
domain = "all"
stem = "Which two raise the tides?"
answer = ["The moon", "The sun"]
distractors = ["Jupiter"]
"#;

#[test]
fn a_missed_question_becomes_a_card_that_is_asked() {
    let desk = Desk::new();
    let bank = desk.write("pilots.toml", BANK);
    let check = desk.plain(&["check", bank.to_str().expect("a path")]).output().expect("the program runs");
    let told = String::from_utf8_lossy(&check.stdout);
    assert!(told.contains("3 sound questions"), "{told}{}", String::from_utf8_lossy(&check.stderr));
    let mut terminal = desk.open(&["exam", "--bank", bank.to_str().expect("a path"), "--seed", "1"]);
    terminal.wait_text("Before the exam");
    terminal.press("\r", "Question 1 of 3");
    terminal.press("r", "Review");
    terminal.press("S", "End the exam now?");
    terminal.press("y", "✗ not passed");
    terminal.press("w", "wrong 1 of 3");
    for n in 1..=3 {
        terminal.wait_text(&format!("wrong {n} of 3"));
        terminal.press("m", "A card of this question is in your own deck now");
        terminal.press("m", "There is a card of this question already");
        terminal.keys("n");
    }
    let file = desk.data().join("decks/my-cards.toml");
    let text = std::fs::read_to_string(&file).expect("the deck is there");
    let table: toml::Table = text.parse().expect("TOML");
    let cards: BTreeMap<&str, &toml::Value> = table["cards"]
        .as_array()
        .expect("cards")
        .iter()
        .map(|card| (card["id"].as_str().expect("an id"), card))
        .collect();
    assert_eq!(cards.len(), 3);
    let of = |id: &str, key: &str| cards[id][key].as_str().expect("a text").to_owned();
    assert!(of("slack-water", "front").starts_with("Where does \"slack\" water"));
    assert!(of("slack-water", "front").ends_with("A path such as C:\\tide says it."));
    assert_eq!(of("slack-water", "back"), "Not everywhere");
    let note = of("slack-water", "note");
    assert!(note.contains("The stream turns when it likes; see the \"atlas\".") && note.contains("Handbook"), "{note}");
    assert_eq!(of("ebb", "front"), "True or false? The ebb runs out of the harbour.");
    assert_eq!(of("ebb", "back"), "True");
    assert_eq!(of("raisers", "back"), "The moon; The sun");
    let check = desk.plain(&["check", file.to_str().expect("a path")]).output().expect("the program runs");
    assert_eq!(check.status.code(), Some(0), "{}", String::from_utf8_lossy(&check.stdout));

    // In the same program, and in the next.
    terminal.press("\x1b", "go through the answers");
    terminal.go("\x1b", "examdeck");
    let decks = terminal.go("c", "Flash cards");
    assert!(decks.contains("3 new · 0 due · 3 cards"), "{decks}");
    terminal.press("G\r", "3 new · 0 due");
    for left in ["2 new", "1 new", "0 new"] {
        terminal.wait_text("shows the answer");
        let turned = terminal.press(" ", "4 Easy ");
        assert!(turned.contains("My cards · "), "{turned}");
        terminal.press("4", left);
    }
    terminal.wait_text("✓ Done: 3 cards, 3 grades.");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    assert_eq!(desk.card_log().len(), 3);
    desk.open(&["cards", "--deck", "my-cards"]).wait_text("Nothing is due now.");
}

#[test]
fn a_second_program_may_look_but_not_grade_and_then_goes_on_from_what_the_first_has_done() {
    let desk = Desk::new();
    desk.install_deck(20);
    desk.learn(1..=2);
    let sql = "UPDATE card SET state = json_set(state, '$.suspended', json('true')) WHERE entry = 'light-002'";
    desk.database().execute(sql, []).expect("suspended");
    let mut first = sit(&desk, &[]);
    first.wait_text("18 new · 1 due");
    let mut second = sit(&desk, &[]);
    let refused = second.press("", "Close the other examdeck first");
    assert!(refused.contains(&format!("(process {},", first.pid())), "{refused}");
    assert!(refused.contains("18 new · 1 due · 20 cards"), "it may look:\n{refused}");
    assert!(refused.contains("1 card suspended: r takes it in again"), "{refused}");

    // The first takes the suspended card in and grades; the second still knows nothing of that.
    first.press("\x1b", "All decks");
    first.press("jjr", "1 suspended card is in again");
    first.press("\r", "18 new · 2 due");
    let mut graded = Vec::new();
    while graded.last().is_none_or(|light| light != "light-002") {
        let (light, _) = turn(&mut first);
        first.keys("4");
        wait_for_the_next(&first, &light);
        graded.push(light);
    }
    let tables = desk.card_tables();
    second.press("jjc", "Close the other examdeck first");
    second.press("\r", "Close the other examdeck first");
    second.press("r", "Close the other examdeck first");
    second.press("d", "Close the other examdeck first");
    second.press("?", "Help: Decks"); // so it has handled all of them, and asks for no date
    second.press("\x1b", "All decks");
    assert_eq!(desk.card_tables(), tables, "it has changed nothing");
    first.keys("\x03");
    assert_eq!(first.exit_code(), Some(0));

    // Nobody holds the data now; what the first has done is not asked again, and its grades are not overwritten.
    second.go("\r", "Flash cards");
    second.wait_text(&format!("{} new · 0 due", 20 - graded.len()));
    for _ in 0..3 {
        let (light, _) = turn(&mut second);
        assert!(!graded.contains(&light), "{light} was graded by the first");
        second.keys("4");
        wait_for_the_next(&second, &light);
    }
    assert_sound(&desk);
}

#[test]
fn a_card_that_is_forgotten_again_and_again_is_called_a_leech() {
    let desk = Desk::new();
    desk.install_deck(3);
    desk.learn(1..=2);
    let sql = "UPDATE card SET state = json_set(state, '$.lapses', ?1) WHERE entry = ?2";
    for (lapses, light) in [(6, "light-001"), (7, "light-002")] {
        desk.database().execute(sql, (lapses, light)).expect("forgotten often");
    }
    let mut terminal = sit(&desk, &[]);
    let mut told = Vec::new();
    for _ in 0..2 {
        let (light, _) = turn(&mut terminal);
        terminal.keys("1");
        let next = wait_for_the_next(&terminal, &light);
        told.push((light, flat(&next).contains("A leech, forgotten 8 times")));
    }
    told.sort();
    assert_eq!(told, [("light-001".into(), false), ("light-002".into(), true)]);
    assert!(now() >= desk.card_log()[3].given.at);
}
