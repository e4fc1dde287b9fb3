//! Whole exams: sat, left, killed and timed out.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::desk::{Answer, Desk, Drawn, LARGE, PROGRAM, clock, letter, shipped};
use crate::pty::{Terminal, is_chosen};

/// What the bank's files say of a question.
struct Truth {
    domain: String,
    right: BTreeSet<String>,
}

/// Reads the bank with nothing but a TOML parser.
fn truths(folder: &Path, out: &mut HashMap<String, Truth>) {
    for entry in std::fs::read_dir(folder).expect("the bank's folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            truths(&path, out);
        } else if path.extension().is_some_and(|e| e == "toml") {
            let file: toml::Table = std::fs::read_to_string(&path).expect("a file").parse().expect("TOML");
            for question in file.get("questions").and_then(|q| q.as_array()).into_iter().flatten() {
                let domain = question.get("domain").or_else(|| file.get("domain")).and_then(|d| d.as_str());
                let truth = Truth { domain: domain.expect("a domain").into(), right: right_texts(&question["answer"]) };
                out.insert(question["id"].as_str().expect("an id").into(), truth);
            }
        }
    }
}

fn right_texts(answer: &toml::Value) -> BTreeSet<String> {
    match answer {
        toml::Value::Boolean(true) => BTreeSet::from(["True".into()]),
        toml::Value::Boolean(false) => BTreeSet::from(["False".into()]),
        toml::Value::Array(keys) => keys.iter().flat_map(right_texts).collect(),
        toml::Value::Table(key) => right_texts(&key["text"]),
        text => BTreeSet::from([text.as_str().expect("a text").to_owned()]),
    }
}

/// The rows of a right answer, or of a wrong one that has one distractor in it.
fn rows(drawn: &Drawn, truth: &Truth, right: bool) -> Vec<usize> {
    let (keys, others): (Vec<usize>, Vec<usize>) =
        (0..drawn.options.len()).partition(|&row| truth.right.contains(&drawn.options[row]));
    assert_eq!(keys.len(), truth.right.len(), "every key of {} is among its options", drawn.id);
    let spoilt = if right { None } else { others.first().copied() };
    let kept = keys.len() - usize::from(spoilt.is_some());
    keys.into_iter().take(kept).chain(spoilt).collect()
}

/// The letters and digits of a text, so that markup and line ends do not matter.
fn letters_of(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Each option's letter stands before its text.
fn assert_options_are_shown(screen: &str, drawn: &Drawn) {
    for (row, option) in drawn.options.iter().enumerate() {
        let label = format!(" {}  ", letter(row));
        let begins: String = letters_of(option).chars().take(12).collect();
        let shown = screen.lines().filter_map(|l| l.split_once(&label)).any(|(_, text)| {
            let text = letters_of(text);
            text.starts_with(&begins) || begins.starts_with(&text) && !text.is_empty()
        });
        assert!(shown, "{} with `{option}` for {} is not on the screen:\n{screen}", letter(row), drawn.id);
    }
}

/// The three ways to choose the option in a row.
fn choose(terminal: &mut Terminal, row: usize, way: usize) {
    let keys = match way % 3 {
        0 if row < 5 => char::from(b'a' + row as u8).to_string(),
        1 if row < 5 => char::from(b'1' + row as u8).to_string(),
        _ => format!("{}{} ", "\x1b[A".repeat(12), "\x1b[B".repeat(row)),
    };
    terminal.choose(&keys, letter(row));
}

#[test]
fn a_whole_exam_scores_what_its_answers_are_worth_by_the_banks_files() {
    let mut bank = HashMap::new();
    truths(&shipped(), &mut bank);
    let desk = Desk::new();
    let mut terminal = desk.sit(&["--seed", "2026"]);
    let paper = desk.paper();
    assert_eq!(paper.len(), 100);
    let mut total = 0.0;
    let mut domains: BTreeMap<String, (f64, i64)> = BTreeMap::new();
    let mut picked_texts = Vec::new();
    for (i, drawn) in paper.iter().enumerate() {
        let screen = terminal.wait_text(&format!("Question {} of 100", i + 1));
        assert_options_are_shown(&screen, drawn);
        let truth = &bank[&drawn.id];
        let rows = rows(drawn, truth, i % 4 != 3);
        for &row in &rows {
            choose(&mut terminal, row, i);
        }
        terminal.wait_text(&format!(" {} answered · ", i + 1));
        let picked: BTreeSet<String> = rows.iter().map(|&row| drawn.options[row].clone()).collect();
        let points = if picked == truth.right { 1.0 } else { 0.0 };
        total += points;
        let domain = domains.entry(truth.domain.clone()).or_default();
        *domain = (domain.0 + points, domain.1 + 1);
        picked_texts.push(picked);
        terminal.keys(if i % 2 == 0 { "\x1b[C" } else { "\r" });
    }
    assert!(paper.iter().any(|d| bank[&d.id].right.len() > 1), "the paper has multi-answer questions");
    assert!(total > 60.0 && total < 90.0, "a mix of right and wrong: {total}");
    // ⏎ on the last question has led to the review.
    terminal.wait_text("100 answered · 0 unanswered");
    terminal.press("\x1b", "Question 100 of 100");
    terminal.press("r", "Review");
    terminal.press("S", "Every question is answered.");
    let result = terminal.press("y", &format!("  {total} of 100"));
    assert!(result.contains(if total >= 70.0 { "✓ passed" } else { "✗ not passed" }), "{result}");
    let home = terminal.go("\x1b", "examdeck");
    assert!(home.contains(&format!("last {total} %")) && !home.contains("Resume"), "home knows of the end:\n{home}");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();

    let sitting = desk.sitting();
    assert_eq!(sitting.points, Some(total));
    assert_eq!(sitting.ending.as_deref(), Some("submitted"));
    assert_eq!(stored_domains(&desk), domains);
    assert_eq!(stored_texts(&desk), picked_texts);
    assert_progress_tells(&desk, total, &domains);
}

fn stored_domains(desk: &Desk) -> BTreeMap<String, (f64, i64)> {
    let database = desk.database();
    let mut query = database.prepare("SELECT domain, points, questions FROM domain_score").expect("a query");
    let rows = query.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?)))).expect("rows");
    rows.collect::<Result<_, _>>().expect("domains")
}

fn stored_texts(desk: &Desk) -> Vec<BTreeSet<String>> {
    let database = desk.database();
    let mut query = database.prepare("SELECT picked FROM item ORDER BY position").expect("a query");
    let rows = query.query_map([], |row| row.get::<_, String>(0)).expect("rows");
    rows.map(|json| serde_json::from_str(&json.expect("texts")).expect("JSON")).collect()
}

fn assert_progress_tells(desk: &Desk, total: f64, domains: &BTreeMap<String, (f64, i64)>) {
    let output = desk.plain(&["progress", "--json"]).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0));
    let told: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let exam = &told["exams"][0];
    assert_eq!(exam["state"], "finished");
    assert_eq!(exam["seed"], 2026);
    assert_eq!(exam["points"], total);
    assert_eq!(exam["passed"], total >= 70.0);
    let told: BTreeMap<String, (f64, i64)> = exam["domains"]
        .as_array()
        .expect("domains")
        .iter()
        .map(|d| {
            let id = d["id"].as_str().expect("an id").to_owned();
            (id, (d["points"].as_f64().expect("points"), d["questions"].as_i64().expect("questions")))
        })
        .collect();
    assert_eq!(&told, domains);
}

#[test]
fn an_exam_left_at_question_41_goes_on_with_its_answers_flags_strike_outs_and_time() {
    let desk = Desk::new();
    let mut terminal = desk.sit(&["--seed", "41"]);
    for i in 0..40 {
        terminal.choose(["a", "2"][i % 2], ['A', 'B'][i % 2]);
        if i % 5 == 0 {
            terminal.press("f", "⚑ flagged");
        }
        if i % 8 == 2 {
            terminal.press("\x1b[Bx", "(out) "); // the row below the first, which was chosen
        }
        terminal.press("n", &format!("Question {} of 100", i + 2));
    }
    terminal.press("f", "⚑ flagged");
    terminal.wait_for("two seconds of the exam to be gone", |screen| clock(screen) <= 7198);
    let review = terminal.press("r", " not seen");
    let room = terminal.press("\x1b", "Question 41 of 100");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    let (left, steps, answers) = (desk.sitting(), desk.steps(), desk.answers());
    assert_eq!(left.position, 40);
    assert_eq!(answers.iter().filter(|a| a.flagged).count(), 9);
    assert_eq!(answers.iter().filter(|a| !a.struck.is_empty()).count(), 5);
    // The student comes back an hour later.
    desk.database().execute("UPDATE exam SET last_active = last_active - 3600", []).expect("it is an hour ago");

    let mut terminal = desk.open(&[]);
    let home = terminal.wait_text("› Resume");
    assert!(home.contains("your exam: question 41 of 100, 1:5") && home.contains(" left"), "{home}");
    let again = terminal.press("\r", "Question 41 of 100");
    assert!(again.contains("⚑ flagged"), "{again}");
    assert!((clock(&room) - clock(&again)).abs() <= 3, "the time stood still:\n{room}\n{again}");
    // All but the header, in which the clock stands.
    let mark = |screen: &str| screen.split_whitespace().skip_while(|w| !w.contains('━')).collect::<String>();
    assert_eq!(mark(&terminal.press("r", " not seen")), mark(&review), "the review shows the same marks");
    terminal.press("\x1b", "Question 41 of 100");
    let third = terminal.press("g3\r", "Question 3 of 100");
    assert!(is_chosen(&third, 'A') && third.contains("(out) "), "{third}");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));

    let (steps_then, answers_then) = (desk.steps(), desk.answers());
    assert_eq!(steps_then[..steps.len()], steps[..]);
    let pause = &steps_then[steps.len()];
    assert_eq!(pause.kind, "pause");
    assert!((3600..3660).contains(&pause.argument.unwrap_or_default()), "{pause:?}");
    assert_eq!(pause.used_ms, left.used_ms, "no exam time was spent meanwhile");
    assert_eq!(answers_then, answers);
}

#[test]
fn kill_9_loses_at_most_the_key_being_handled_and_no_exam_time() {
    const KILLS: usize = 24;
    let desk = Desk::new();
    let mut expected: BTreeMap<usize, i64> = BTreeMap::new();
    let mut at = 0;
    /// What the last key before a kill did; its writing may be what the kill stops.
    enum Last {
        Chose(usize),
        Moved,
    }
    let (mut at_least, mut at_most) = (Duration::ZERO, Duration::ZERO);
    for kill in 0..KILLS {
        let begun = Instant::now();
        let mut terminal = if kill == 0 { desk.sit(&["--seed", "9"]) } else { desk.resume() };
        let there = Instant::now();
        let paper = desk.paper();
        let shown = terminal.wait_text(&format!("Question {} of 100", at + 1));
        if let Some(option) = expected.get(&at) {
            let row = paper[at].identities.iter().position(|o| o == option).expect("a row");
            assert!(is_chosen(&shown, letter(row)), "the answer is still there:\n{shown}");
        }
        let stored = desk.sitting();
        let left = (stored.limit_ms.expect("a limit") - stored.used_ms) / 1000;
        assert!((clock(&shown) - left).abs() <= 3, "{left} seconds are left by the database:\n{shown}");
        let mut last = Last::Moved;
        for i in 0..=kill % 5 {
            let row = (kill + i) % 2;
            if let Entry::Vacant(answer) = expected.entry(at) {
                choose(&mut terminal, row, i);
                answer.insert(paper[at].identities[row]);
                last = Last::Chose(at);
            } else {
                at += 1;
                last = Last::Moved;
                terminal.press("n", &format!("Question {} of 100", at + 1));
            }
        }
        at_least += there.elapsed();
        terminal.kill();
        at_most += begun.elapsed();

        let check: String = desk.database().query_row("PRAGMA integrity_check", [], |row| row.get(0)).expect("a check");
        assert_eq!(check, "ok");
        // At most the key that was being handled is lost.
        match last {
            Last::Chose(i) if desk.answers()[i].picked.is_empty() => _ = expected.remove(&i),
            Last::Moved if desk.sitting().position < i64::try_from(at).expect("small") => at -= 1,
            _ => {}
        }
        for (i, answer) in desk.answers().into_iter().enumerate() {
            let picked = expected.get(&i).copied().into_iter().collect();
            assert_eq!(answer, Answer { picked, ..Answer::default() }, "question {} after kill {kill}", i + 1);
        }
        assert_eq!(desk.sitting().position, i64::try_from(at).expect("small"));
    }
    assert!(expected.len() > KILLS / 2);
    let used = Duration::from_millis(desk.sitting().used_ms.cast_unsigned());
    let slack = Duration::from_secs(3);
    assert!(used + slack >= at_least && used <= at_most + slack, "{at_least:?} ≤ {used:?} ≤ {at_most:?}");
    assert_eq!(desk.sittings(), 1);
}

#[test]
#[cfg_attr(not(debug_assertions), ignore = "a release has no clock that runs faster")]
fn at_zero_the_exam_submits_itself_as_it_stands() {
    let desk = Desk::new();
    let mut command = desk.command(PROGRAM, &["exam", "--seed", "3", "--minutes", "1"]);
    command.env("EXAMDECK_TEST_CLOCK_RATE", "20");
    let mut terminal = Terminal::start(command, LARGE);
    terminal.wait_text("Before the exam");
    terminal.press("\r", "Question 1 of 100");
    terminal.choose("a", 'A');
    let result = terminal.wait_text("The time is over: the exam was submitted as it stood");
    assert!(result.contains("ended by the clock") && result.contains(" of 100   ✗ not passed"), "{result}");
    let sitting = desk.sitting();
    assert_eq!(sitting.ending.as_deref(), Some("timed-out"));
    assert_eq!(sitting.used_ms, 60_000);
    assert_eq!(desk.answers()[0].picked.len(), 1);
    // What is typed now is no answer any more, and does nothing to the result.
    terminal.keys("n");
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    assert_eq!(desk.steps().iter().filter(|s| s.kind == "pick").count(), 1);
}
