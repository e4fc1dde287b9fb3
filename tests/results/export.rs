//! A student's file: what is in it, what is not, and that nothing is written over.

use std::fs;
use std::path::Path;
use std::time::Duration;

use examdeck::engine::day::Day;
use examdeck::engine::exam::{Conditions, Exam, Feedback, Step};
use examdeck::engine::question::OptionId;
use examdeck::engine::score::score;
use examdeck::engine::time::{Allowance, Wall};
use examdeck::exchange::results::{Row, edition};
use examdeck::storage::open;

use crate::support::bank::{bank, exam_id, paper};
use crate::{Said, run};

const MORNING: i64 = 1_764_320_000; // 2025-11-28, 08:53 UTC

/// A student who has ended two exams of three questions with one in common, and left one question without an answer.
fn student(folder: &Path) {
    let bank = bank();
    let mut store = open::open(&folder.join("data")).expect("a store");
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Standard };
    let papers = [["third-hour", "tide-causes", "slack-water"], ["third-hour", "head-on", "ebb"]];
    for (n, ids) in papers.iter().enumerate() {
        let (id, at) = (exam_id(n as u128 + 1), Wall(MORNING + n as i64 * 86_400));
        let mut exam = Exam::start(paper(&bank, ids), conditions).expect("questions");
        store.begin(id, &exam, at).expect("begun");
        let steps = [Step::Pick(OptionId(n as u8)), Step::Guess, Step::Goto(1), Step::Flag, Step::Pick(OptionId(0))];
        let steps = steps.into_iter().chain([Step::Goto(2), Step::Submit]);
        for (number, step) in steps.enumerate() {
            exam.elapse(Duration::from_secs(7));
            let entry = examdeck::engine::exam::Entry { used: exam.used(), step };
            assert!(exam.apply(step), "{step:?}");
            store.append(id, number as u64, entry, exam.position(), at).expect("appended");
        }
        store.finish(id, &exam, &score(&exam), at, Day(20_000)).expect("finished");
    }
    // One that goes on is nobody's business.
    let open = Exam::start(paper(&bank, &["ebb"]), conditions).expect("questions");
    store.begin(exam_id(3), &open, Wall(MORNING)).expect("begun");
}

fn rows(text: &str) -> Vec<Row> {
    text.lines().map(|l| serde_json::from_str(l).expect("a row")).collect()
}

#[test]
fn every_question_of_every_ended_exam_is_a_line() {
    let folder = tempfile::tempdir().expect("a folder");
    student(folder.path());
    let said = run(folder.path(), &["results", "export", "-o", "me.jsonl"]);
    let err = "2 mock exams, 6 answers:\n  2025-11-28  harbour-pilot, 3 questions\n  2025-11-29  harbour-pilot, 3 questions\n\
               Of each question: its id, options and key, what you chose, points, time, day, whether it was flagged, changed or\n\
               called a guess, and whether you had had it before\n\
               Your name is not in it; a random number stands for you, the same in each of your files\n";
    assert_eq!(said, Said { out: "6 answers written to me.jsonl\n".into(), err: err.into(), status: 0 });
    let text = fs::read_to_string(folder.path().join("me.jsonl")).expect("it was written");
    let mut rows = rows(&text);
    let student = rows[0].student.clone();
    assert!(rows.iter().all(|r| r.student == student));
    rows.iter_mut().for_each(|r| r.student = "a-random-uuid".into());
    let lines: Vec<String> = rows.iter().map(|r| serde_json::to_string(r).expect("JSON")).collect();
    insta::assert_snapshot!("export", lines.join("\n"));
    assert_eq!(rows.iter().map(|r| r.attempt).collect::<Vec<_>>(), [1, 1, 1, 2, 1, 1]);
    // Again, and another folder: the same student is the same, another one another.
    let again = run(folder.path(), &["results", "export"]);
    assert_eq!(again.out, text);
    let other = tempfile::tempdir().expect("a folder");
    self::student(other.path());
    assert_ne!(self::rows(&run(other.path(), &["results", "export"]).out)[0].student, student);
    // What was written can be read.
    let said = run(folder.path(), &["results", "analyse", "me.jsonl"]);
    let first = "2 sittings of 1 student, 6 answers: 5 counted, 1 not the first to their questions";
    assert_eq!((said.status, said.out.lines().next()), (0, Some(first)), "{said:?}");
}

#[test]
fn what_was_drilled_before_is_no_first_answer() {
    let folder = tempfile::tempdir().expect("a folder");
    student(folder.path());
    let database = rusqlite::Connection::open(folder.path().join("data/progress.db")).expect("it opens");
    database
        .execute(
            "INSERT INTO answer (id, bank, version, question, domain, at, day, occasion, picked, points, guessed, flagged, spent_ms)
             VALUES ('0190163d-8694-739b-aea5-966c26f8ad91', 'harbour-pilot', '1.2.0', 'head-on', 'rules', ?1, 20000, 'drill',
                     '[]', 0, 0, 0, 0)",
            [MORNING + 10],
        )
        .expect("it is written");
    let attempts: Vec<u32> = rows(&run(folder.path(), &["results", "export"]).out).iter().map(|r| r.attempt).collect();
    assert_eq!(attempts, [1, 1, 1, 2, 2, 1], "drilled after the first exam and before the second");
}

#[test]
fn only_what_is_asked_for_is_written_and_the_name_only_if_given() {
    let folder = tempfile::tempdir().expect("a folder");
    student(folder.path());
    let second = exam_id(2).to_string();
    let said = run(folder.path(), &["results", "export", "--exam", &second, "--name", "Ada\u{1b}[31m"]);
    let rows = rows(&said.out);
    assert_eq!(rows.len(), 3);
    assert!(rows.iter().all(|r| r.sitting == second && r.name.as_deref() == Some("Ada␛[31m")));
    assert_eq!(rows[0].attempt, 2, "what was not asked for still came before");
    assert!(said.err.ends_with("Your name is in it: Ada␛[31m\n"), "{}", said.err);
    let none = run(folder.path(), &["results", "export", "--bank", "another"]);
    let err = "examdeck: there is no such mock exam that has ended\n".into();
    assert_eq!(none, Said { out: String::new(), err, status: 1 });
}

#[test]
fn nothing_is_written_over_unless_forced() {
    let folder = tempfile::tempdir().expect("a folder");
    student(folder.path());
    fs::write(folder.path().join("me.jsonl"), "mine").expect("it is written");
    let said = run(folder.path(), &["results", "export", "-o", "me.jsonl"]);
    let err = "examdeck: me.jsonl is there already: --force replaces it\n".into();
    assert_eq!(said, Said { out: String::new(), err, status: 2 });
    assert_eq!(fs::read_to_string(folder.path().join("me.jsonl")).expect("it is there"), "mine");
    let said = run(folder.path(), &["results", "export", "-o", "me.jsonl", "--force"]);
    assert_eq!((said.status, said.out.as_str()), (0, "6 answers written to me.jsonl\n"));
    for (arguments, reason) in
        [(["--bank", "../x"], "`../x` is no bank's id"), (["--exam", "x y"], "`x y` is no exam's id")]
    {
        let said = run(folder.path(), &[&["results", "export"][..], &arguments].concat());
        assert_eq!((said.status, said.err), (2, format!("examdeck: {reason}\n")));
    }
}

#[test]
fn an_edition_is_what_is_said_and_not_in_which_order() {
    let bank = bank();
    let question = bank.questions.iter().find(|q| q.id.as_str() == "third-hour").expect("it is there");
    let mut moved = (**question).clone();
    moved.choices[1..].reverse();
    moved.explanation = None;
    assert_eq!(edition(&moved), edition(question));
    let changed: [fn(&mut examdeck::engine::question::Question); 3] = [
        |q| q.stem = examdeck::engine::text::Text::new("Another?"),
        |q| q.choices.swap(0, 1), // another key
        |q| drop(q.choices.pop()),
    ];
    for change in changed {
        let mut other = (**question).clone();
        change(&mut other);
        assert_ne!(edition(&other), edition(question));
    }
}
