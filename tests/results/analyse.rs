//! The figures against those of numpy and scipy, what is printed, and what is refused.

use examdeck::exchange::results::class::MAX_FILE;
use serde_json::Value;

use crate::{CLASS, Said, run};

fn analysed(folder: &std::path::Path, arguments: &[&str]) -> Value {
    let said = run(folder, &[&["results", "analyse", "--json"], arguments].concat());
    assert_eq!((said.status, said.err.as_str()), (0, ""), "{said:?}");
    serde_json::from_str(&said.out).expect("JSON")
}

fn close(ours: &Value, theirs: &Value, what: &str) {
    match (ours.as_f64(), theirs.as_f64()) {
        (Some(a), Some(b)) => assert!((a - b).abs() <= 1e-9, "{what}: {a} and {b}"),
        _ => assert_eq!(ours, theirs, "{what}"),
    }
}

#[test]
fn the_figures_are_those_of_scipy() {
    let folder = tempfile::tempdir().expect("a folder");
    let report = analysed(folder.path(), &[CLASS]);
    let expected = include_str!("../fixtures/results/expected.json");
    let expected: Value = serde_json::from_str(expected).expect("JSON");
    let paper = &report["papers"][0];
    for name in ["mean", "sd", "kr20", "error"] {
        close(&paper[name], &expected[name], name);
    }
    for name in ["kr21", "error_percent"] {
        close(&report["banks"][0][name], &expected[name], name);
    }
    let questions = report["questions"].as_array().expect("questions");
    assert_eq!(questions.len(), 12);
    for q in questions {
        let id = q["question"].as_str().expect("an id");
        let theirs = &expected["questions"][id];
        for name in ["facility", "discrimination", "seconds", "omitted"] {
            close(&q[name], &theirs[name], &format!("{id} {name}"));
        }
        let options = q["options"].as_array().expect("options");
        assert_eq!(options.len(), 4);
        for option in options {
            let theirs = &theirs["options"][option["text"].as_str().expect("a text")];
            for name in ["chosen", "discrimination"] {
                close(&option[name], &theirs[name], &format!("{id} {option}"));
            }
        }
    }
}

#[test]
fn what_was_planted_is_found_and_the_worst_comes_first() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = run(folder.path(), &["results", "analyse", CLASS]);
    assert_eq!((said.status, said.err.as_str()), (0, ""));
    insta::assert_snapshot!("analyse", said.out);
    assert!(said.out.lines().all(|l| l.chars().count() <= 100), "{}", said.out);
    let report = analysed(folder.path(), &[CLASS]);
    let findings = |id: &str| {
        let questions = report["questions"].as_array().expect("questions");
        questions.iter().find(|q| q["question"] == id).expect("it is there")["findings"].to_string()
    };
    assert_eq!(report["questions"][0]["question"], "q07", "its key is wrong");
    assert!(findings("q07").contains("likely-wrong-key") && findings("q07").contains("negative-discrimination"));
    assert_eq!(report["questions"][1]["question"], "q11");
    assert!(!findings("q11").contains("likely-wrong-key"), "hard, and two distractors draw: its key is right");
    assert!(findings("q11").contains("idle-distractor"), "nobody takes option D");
    assert!(findings("q12").contains("too-easy"), "all know it");
    assert!(!findings("q12").contains("idle-distractor"), "where nobody is wrong no distractor can work");
    assert_eq!(findings("q03"), "[]");
}

#[test]
fn a_spreadsheet_gets_a_row_for_each_question() {
    let folder = tempfile::tempdir().expect("a folder");
    let said = run(folder.path(), &["results", "analyse", "--csv", CLASS]);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(lines.len(), 13);
    let columns = lines[0].split(',').count();
    assert!(lines.iter().all(|l| l.split(',').count() == columns), "{}", said.out);
    assert!(
        lines[1].starts_with("fixture,q07,0000000000000006,1,1.0.0,all,,single choice,40,false,0.15,"),
        "{}",
        lines[1]
    );
}

#[test]
fn by_nineteen_answers_nothing_is_judged() {
    let folder = tempfile::tempdir().expect("a folder");
    let class = std::fs::read_to_string(CLASS).expect("it is there");
    let some: String = class.lines().take(19 * 12).flat_map(|l| [l, "\n"]).collect();
    std::fs::write(folder.path().join("some.jsonl"), some).expect("it is written");
    let said = run(folder.path(), &["results", "analyse", "some.jsonl"]);
    assert_eq!(said.out.matches("too few (under 20)").count(), 12, "{}", said.out);
    assert!(
        said.out.contains("fixture: 19 sittings") && said.out.contains("too few for a reliability"),
        "{}",
        said.out
    );
    assert!(!said.out.contains("key "), "no finding: {}", said.out);
    let said = run(folder.path(), &["results", "analyse", "--min", "19", "some.jsonl"]);
    assert!(!said.out.contains("too few") && said.out.contains("19 sat the same 12 questions"), "{}", said.out);
}

#[test]
fn later_answers_count_only_if_asked_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let class = std::fs::read_to_string(CLASS).expect("it is there").replacen("\"attempt\":1", "\"attempt\":2", 24);
    std::fs::write(folder.path().join("c.jsonl"), class).expect("it is written");
    let first = analysed(folder.path(), &["c.jsonl"]);
    assert_eq!((&first["counted"], &first["later_attempts"]), (&456.into(), &24.into()));
    assert_eq!(first["banks"][0]["sittings"], 38);
    let all = analysed(folder.path(), &["--attempts", "all", "c.jsonl"]);
    assert_eq!((&all["counted"], &all["later_attempts"], &all["attempts"]), (&480.into(), &0.into(), &"all".into()));
}

#[test]
fn a_question_with_another_wording_is_kept_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let class = std::fs::read_to_string(CLASS).expect("it is there");
    let mut lines: Vec<String> = class.lines().map(str::to_owned).collect();
    for line in lines.iter_mut().skip(20 * 12).filter(|l| l.contains("\"q03\"")) {
        *line = line.replace("0000000000000002", "00000000000000ff").replace("1.0.0", "1.1.0");
    }
    std::fs::write(folder.path().join("c.jsonl"), lines.join("\n")).expect("it is written");
    let report = analysed(folder.path(), &["c.jsonl"]);
    let questions = report["questions"].as_array().expect("questions");
    let both: Vec<&Value> = questions.iter().filter(|q| q["question"] == "q03").collect();
    assert_eq!(both.len(), 2);
    assert!(both.iter().all(|q| q["n"] == 20 && q["editions"] == 2));
    let said = run(folder.path(), &["results", "analyse", "c.jsonl"]);
    assert!(said.out.contains("q03 (1.0.0)") && said.out.contains("q03 (1.1.0)"), "{}", said.out);
}

/// Each broken line is named with its place and passed over; what is whole counts, and the sums add up.
#[test]
fn broken_lines_are_named_and_cost_only_themselves() {
    let folder = tempfile::tempdir().expect("a folder");
    let class = std::fs::read_to_string(CLASS).expect("it is there");
    let mut lines: Vec<String> = class.lines().map(str::to_owned).collect();
    let picked = lines.iter().position(|l| l.contains("\"points\":1.0")).expect("a right answer");
    lines[picked] = lines[picked].replace("\"points\":1.0", "\"points\":0.5");
    lines[30] = "{\"format\":1,".into();
    lines[31] = lines[31].replace("\"format\":1", "\"format\":2");
    lines[32] = lines[32].replace("\"bank\":\"fixture\"", "\"bank\":\"\\u001b[31m\\u202efixture\"");
    lines[33] = format!("{}{}", lines[33], " ".repeat(300 * 1024));
    lines[34] = lines[34].replace("\"key\":[\"option A\"]", "\"key\":[\"option B\"]");
    lines[35] = "\u{1b}]0;evil\u{7}".into();
    lines[36] = lines[36].replace("\"sitting\":\"", "\"sitting\":\"x");
    lines.push(String::new());
    std::fs::write(folder.path().join("c.jsonl"), lines.join("\n")).expect("it is written");
    let said = run(folder.path(), &["results", "analyse", "--json", "c.jsonl", "none.jsonl"]);
    assert_eq!(said.status, 1);
    insta::assert_snapshot!("broken_lines", said.err);
    assert!(said.err.chars().all(|c| c == '\n' || !c.is_control()));
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((&report["lines"], &report["passed_over"], &report["counted"]), (&480.into(), &8.into(), &472.into()));
    assert_eq!(report["unread_files"], 1);
}

#[test]
fn troubles_without_end_are_counted() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("c.jsonl"), "x\n".repeat(100)).expect("it is written");
    let said = run(folder.path(), &["results", "analyse", "c.jsonl"]);
    assert_eq!((said.status, said.err.lines().count()), (1, 21));
    assert!(said.err.ends_with("examdeck: and 80 more like these\n"), "{}", said.err);
    assert_eq!(said.out, "0 sittings of 0 students, 100 answers: 0 counted, 100 passed over\n");
}

#[test]
fn a_file_that_is_too_large_is_named_and_costs_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let large = std::fs::File::create(folder.path().join("a.jsonl")).expect("it is made");
    large.set_len(MAX_FILE + 1).expect("it takes no room: it is a hole");
    std::fs::copy(CLASS, folder.path().join("b.jsonl")).expect("it is copied");
    let said = run(folder.path(), &["results", "analyse", "--json", "."]);
    let report: Value = serde_json::from_str(&said.out).expect("JSON");
    assert_eq!((said.status, &report["files"], &report["unread_files"]), (1, &1.into(), &1.into()), "{}", said.err);
    assert_eq!(report["counted"], report["lines"]);
    let err = "examdeck: cannot read ./a.jsonl: it is larger than 1024 MiB, the most that is read: \
               split it between two sittings\n";
    assert_eq!(said.err, err);
}

#[test]
fn a_line_without_end_is_passed_over_in_steady_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let first = format!("{}\n", std::fs::read_to_string(CLASS).expect("it is read").lines().next().expect("a line"));
    std::fs::write(folder.path().join("a.jsonl"), &first).expect("it is written");
    let file = std::fs::OpenOptions::new().write(true).open(folder.path().join("a.jsonl")).expect("it is opened");
    file.set_len(1 << 24).expect("it takes no room: it is a hole");
    let said = run(folder.path(), &["results", "analyse", "a.jsonl"]);
    assert_eq!(said.err, "examdeck: a.jsonl:2: the line is longer than 256 KiB; the line is passed over\n");
    assert!(said.out.contains("2 answers: 1 counted, 1 passed over"), "{}", said.out);
}

#[test]
fn what_is_no_call_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["results", "analyse"][..], &["results", "analyse", "--min", "1", CLASS], &["results"]] {
        assert_eq!(run(folder.path(), arguments).status, 2, "{arguments:?}");
    }
    let said = run(folder.path(), &["results", "analyse", "--min", "1", CLASS]);
    assert!(said.err.contains("a number from 2 on"), "{}", said.err);
    let said = run(folder.path(), &["results", "analyse", "."]);
    assert_eq!(said, Said { out: String::new(), err: "examdeck: there are no .jsonl files in .\n".into(), status: 1 });
    let said = run(folder.path(), &["results", "analyse", "/dev/null"]);
    let err =
        "examdeck: cannot read /dev/null: it is no regular file: save what it gives to a file, and name that\n".into();
    assert_eq!(said, Said { out: "0 sittings of 0 students, 0 answers: 0 counted\n".into(), err, status: 1 });
}
