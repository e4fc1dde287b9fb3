//! What each key of the format means.

use examdeck::engine::bank::MultiAnswer;
use examdeck::engine::draw::{Request, draw, numeric_values};
use examdeck::engine::question::{Kind, Level, OptionId};

use super::*;

const WHOLE: &str = "tests/fixtures/format";

fn question<'l>(loaded: &'l Loaded, id: &str) -> &'l Question {
    let bank = loaded.bank.as_ref().expect("the header is sound");
    bank.questions.iter().find(|q| q.id.as_str() == id).unwrap_or_else(|| panic!("{id} is left out"))
}

fn check_all(loaded: &Loaded) {
    assert_eq!(report(loaded).lines().next(), report(loaded).lines().find(|l| l.starts_with("sound")));
    let bank = loaded.bank.as_ref().expect("the header is sound");
    assert_eq!((bank.id.as_str(), bank.title.as_str()), ("fire-safety", "Fire safety officer"));
    assert_eq!(bank.version, semver::Version::new(1, 2, 0));
    assert_eq!(bank.language.as_ref().map(|l| l.as_str()), Some("en"));
    assert_eq!(bank.authors.len(), 2);
    assert_eq!(bank.license.as_ref().map(|l| l.as_str()), Some("CC-BY-4.0"));
    assert!(bank.description.is_some() && bank.notice.is_some());
    assert_eq!((bank.exam.questions, bank.exam.minutes, bank.exam.pass_percent), (4, 5, 80));
    assert_eq!(bank.exam.multi_answer, MultiAnswer::Partial);
    assert_eq!(
        bank.domains.iter().map(|d| (d.id.as_str(), d.weight)).collect::<Vec<_>>(),
        [("alarms", 3), ("agents", 1)]
    );
    assert_eq!(bank.modules.len(), 2);

    let single = question(loaded, "alarm-dead-battery");
    assert_eq!((single.kind, single.keys, single.choices.len()), (Kind::Single, 1, 4));
    let whys: Vec<bool> = single.choices.iter().map(|c| c.why.is_some()).collect();
    assert_eq!(whys, [false, true, true, false]);
    assert_eq!(single.module.as_ref().map(|m| m.as_str()), Some("m1"), "from the top of the file");
    assert_eq!(single.domain.as_str(), "alarms", "from the top of the file");
    let cited: Vec<String> = single.sources.iter().map(|c| c.line()).collect();
    assert_eq!(
        cited,
        ["NFPA 10, Standard for Portable Fire Extinguishers. NFPA, 2022", "Alarm handbook. 3rd edition, §7.3"]
    );
    assert_eq!(single.level, Some(Level::Recall));
    assert_eq!(single.objective.as_ref().map(|o| o.as_str()), Some("B.2.c"));
    assert_eq!(single.tags.iter().map(|t| t.as_str()).collect::<Vec<_>>(), ["battery", "homes"]);
    let guide = |q: &Question| q.guide.as_ref().map(ToString::to_string);
    assert_eq!(guide(single).as_deref(), Some("m1#chirps-and-alarms"), "its own, not the file's");
    assert_eq!(single.reviewed.as_ref().map(|r| r.as_str()), Some("2026-11-22"));
    assert_eq!(single.figure.as_ref().map(|f| f.as_str()), Some("+--+  chirp\n|  | ))\n+--+"));
    assert_eq!(single.explanation.as_ref().map(|e| e.as_str()), Some("One chirp a minute.\n\n- It **is** low.\n"));

    let multi = question(loaded, "class-b-agents");
    assert_eq!((multi.kind, multi.keys, multi.choices.len()), (Kind::Multi, 2, 4));
    assert_eq!(multi.choices[1].why.as_ref().map(|w| w.as_str()), Some("It displaces oxygen."));
    assert_eq!(multi.domain.as_str(), "agents", "its own, not the file's");

    let claim = question(loaded, "water-on-oil");
    assert_eq!((claim.kind, claim.keys, claim.choices.len()), (Kind::TrueFalse, 1, 2));
    assert_eq!(claim.choices[0].text.as_str(), "False", "the key comes first");

    for seed in 0..40 {
        let paper = draw(bank, &Request { questions: 100, ..Request::default() }, seed, None);
        let shown = |id: &str| -> Vec<String> {
            let item = paper.items.iter().find(|i| i.question.id.as_str() == id).expect("all are drawn");
            item.order.iter().map(|&o| item.question.choice(o).expect("it has it").text.to_string()).collect()
        };
        assert_eq!(shown("pinned").last().map(String::as_str), Some("None of these"));
        assert_eq!(shown("as-written"), ["Zone I", "Zone II", "Zone III"]);
        assert_eq!(shown("ascending"), ["−4 °C", "1.5 °C", "37 °C", "1,200 °C"]);
        assert_eq!(shown("water-on-oil"), ["True", "False"]);
    }
    assert!(numeric_values(question(loaded, "ascending")).is_some());
    assert!(question(loaded, "ascending").is_key(OptionId(0)));
    assert!(!question(loaded, "as-written").shuffle);
}

#[test]
fn a_folder_with_modules() {
    let loaded = load_path(&Path::new(WHOLE).join("folder"));
    let names: Vec<String> = loaded.files.iter().map(|f| f.name.to_string().replace('\\', "/")).collect();
    let expected = ["bank.toml", "01-alarms/questions.toml", "02-agents.toml", "01-alarms/guide.md"];
    let expected = expected.map(|f| format!("{WHOLE}/folder/{f}"));
    assert_eq!(names, expected, "the header first, then by name, then what the header names");
    check_all(&loaded);
    let bank = loaded.bank.as_ref().expect("the header is sound");
    let guide = bank.modules[0].guide.as_ref().expect("it is there");
    assert_eq!(
        guide.sections.iter().map(|s| s.slug.as_str()).collect::<Vec<_>>(),
        ["the-fire-triangle", "chirps-and-alarms"]
    );
    assert_eq!(bank.modules[1].guide, None);
}

/// The same bank as one file, made of the folder's files.
fn single() -> String {
    let file = |name: &str| fs::read_to_string(Path::new(WHOLE).join("folder").join(name)).expect("it is there");
    let (alarms, agents) = (file("01-alarms/questions.toml"), file("02-agents.toml"));
    let (top, questions) = alarms.split_at(alarms.find("[[questions]]").expect("it has some"));
    [top, &file("bank.toml"), questions, &agents].concat()
}

#[test]
fn one_file_for_all_of_it() {
    check_all(&load_text(&single()));
}

#[test]
fn windows_line_ends_and_a_byte_order_mark_change_nothing() {
    let crlf = single().replace('\n', "\r\n");
    check_all(&load_text(&crlf));
    check_all(&load_text(&format!("\u{feff}{crlf}")));
    check_all(&load_text(&format!("\u{feff}{}", single())));
}

#[test]
fn places_are_right_behind_a_byte_order_mark() {
    for end in ["\n", "\r\n"] {
        let text =
            format!("\u{feff}{}{}", HEADER.trim_start(), claim("x").replace("\"alarms\"", "\"µ\"")).replace('\n', end);
        let loaded = load_text(&text);
        assert_eq!(loaded.findings.len(), 1);
        assert_eq!(&text[loaded.findings[0].span.clone()], "\"µ\"");
        // The same where the file is read question by question.
        let loaded = load_text(&format!("{text}{end}{}", "[[questions]]\nid = \"x"));
        assert_eq!(&text[loaded.findings[0].span.clone()], "\"µ\"");
    }
}

#[test]
fn what_the_exam_leaves_open_is_filled_in() {
    let bank = load_text(&format!("{HEADER}{}", claim("a"))).bank.expect("the header is sound");
    assert_eq!((bank.exam.questions, bank.exam.minutes, bank.exam.pass_percent), (1, 2, 70));
    assert_eq!(bank.exam.multi_answer, MultiAnswer::AllOrNothing);
    assert_eq!(bank.domains[0].weight, 1);
}

#[test]
fn distractors_may_be_written_as_tables() {
    let text = claim("a").replace("true", "\"yes\"") + "[[questions.distractors]]\ntext = \"no\"\nwhy = \"so\"\n";
    for broken in ["", "[[questions]]\nid = \"b\n"] {
        let loaded = load_text(&format!("{HEADER}{text}{broken}"));
        assert_eq!(question(&loaded, "a").choices[1].text.as_str(), "no");
    }
}

#[test]
fn the_example_of_the_format_loads() {
    let loaded = load_text(
        &(HEADER.to_owned()
            + &claim("a")
            + "allow = [\"W07\"]\nallow_reason = \"It is fine.\"\nguide = \"m1#chapter-1\"\n"),
    );
    assert_eq!(codes(&loaded), []);
}
