//! `examdeck check`: the rules of item writing on planted flaws and on clean banks, the formats, the exit statuses.

use std::fs;
use std::path::{Path, PathBuf};

use examdeck::cli::check::{Deny, Format, Orders, run};
use examdeck::cli::{Status, reference};
use examdeck::content::diagnostic::Code;
use examdeck::content::load::load;
use examdeck::content::rules::explain::{self, rules};
use examdeck::content::source::SourceFile;
use examdeck::engine::time::Wall;

const BANKS: &str = "tests/fixtures/banks";
/// 24 November 2026: two days after the reviews of the fixtures.
const NOW: Wall = Wall(1_795_500_000);

fn fixture(name: &str) -> PathBuf {
    Path::new(BANKS).join(format!("{name}.toml"))
}

fn check(orders: &Orders) -> (Status, String) {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let status = run(orders, NOW, &mut out, &mut err).expect("memory can be written");
    out.append(&mut err);
    (status, String::from_utf8(out).expect("it is text"))
}

fn orders(path: impl Into<PathBuf>, format: Format) -> Orders {
    Orders { paths: vec![path.into()], format, ..Default::default() }
}

/// Writes a bank to a file of a new folder.
fn bank(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bank.toml");
    fs::write(&path, text).expect("it can be written");
    (folder, path)
}

const HEADER: &str = "format = 1\n[bank]\nid = \"fire\"\ntitle = \"Fire\"\nversion = \"1.0.0\"\n[[domains]]\nid = \"fire\"\ntitle = \"Fire\"\n";

/// A question that W07 finds, with more lines.
fn negated(more: &str) -> String {
    format!(
        "[[questions]]\nid = \"sign\"\ndomain = \"fire\"\nstem = \"Which sign is not green?\"\nanswer = \"The hose sign\"\n\
         distractors = [\"The exit sign\", \"The aid sign\"]\n\
         explanation = \"Signs of fire equipment are red, as the standard asks.\"\n{more}"
    )
}

fn found(text: &str) -> Vec<String> {
    let (_folder, path) = bank(&(HEADER.to_owned() + text));
    let (_, out) = check(&orders(path, Format::Short));
    out.lines().map(|l| l.split_once('[').expect("a code").1.replacen(']', "", 1)).collect()
}

/// What `check` says of a text, with its help.
fn said(text: &str) -> String {
    let (_folder, path) = bank(text);
    check(&orders(path, Format::Human)).1
}

#[test]
fn a_review_in_the_future_is_found() {
    let claim = "[[questions]]\nid = \"oil\"\ndomain = \"fire\"\nstem = \"Water puts out burning oil.\"\nanswer = false\n\
                 explanation = \"Water sinks below the oil, boils, and throws it out of the pan.\"\n";
    assert_eq!(found(&format!("{claim}reviewed = 2026-11-30\n")), [""; 0]);
    assert_eq!(found(&format!("{claim}reviewed = 2027-11-22\n")), ["W20: the last review is in the future"]);
}

#[test]
fn a_language_is_a_tag() {
    let with = |tag: &str| said(&HEADER.replacen("version", &format!("language = \"{tag}\"\nversion"), 1));
    assert!(with("English").contains("warning[S07]: `language` is no language tag"), "{}", with("English"));
    assert!(with("English").contains("help: write language = \"en\""));
    for tag in ["en", "pt-BR", "zh-Hans-CN", "gsw"] {
        assert!(!with(tag).contains("language tag"), "{tag}");
    }
}

#[test]
fn the_commonest_mistakes_are_told_with_the_way_out() {
    let question = |lines: &str| format!("{HEADER}[[questions]]\nid = \"a\"\n{lines}");
    for (text, help) in [
        (question("stem = \"C:\\path\"\n"), r"double the backslash (\\), or put the text in single quotes"),
        (question("reviewed = 2.11.2026\n"), "a day is written year-month-day: 2026-11-02"),
        (question("reviewed = 11/22/2026\n"), "a day is written year-month-day: 2026-11-22"),
        (question("stem = \"x\"\nanswer = \"true\"\n"), "a claim has no quotes: answer = true"),
        (question("domain = \"Fire\"\n"), "did you mean `fire`?"),
        (HEADER.replace("1.0.0", "1"), "write three numbers, as in version = \"1.0.0\""),
        (HEADER.replace("[[domains]]", "[[domain]]"), "did you mean [[domains]]?"),
        (format!("{HEADER}[questions]\nid = \"a\"\n"), "did you mean [[questions]]?"),
    ] {
        let said = said(&text);
        assert!(said.contains(&format!("help: {help}")), "{help}: {said}");
    }
}

#[test]
fn a_header_that_cannot_be_read_is_told_and_nothing_that_follows_from_it() {
    let text = HEADER.replacen("[[domains]]", "notice = [\"x\n[exam]\nquestions = 5\n[[domains]]", 1)
        + &negated("module = \"m\"\n");
    let said = said(&text);
    assert!(said.contains("error[S00]: not valid TOML") && said.contains("bank.toml:6:"), "{said}");
    assert!(said.ends_with("0 sound questions, 1 left out; 1 error, 0 warnings\n"), "{said}");
}

#[test]
fn an_option_that_is_a_letter_may_be_named_by_it() {
    let class = |d: &str| {
        format!(
            "[[questions]]\nid = \"metal\"\ndomain = \"fire\"\nstem = \"Which class are burning metals?\"\nanswer = \"{d}\"\n\
             distractors = [\"A\", \"B\"]\nexplanation = \"Option D is for metals such as magnesium; see the standard.\"\n"
        )
    };
    let errors = |d: &str| found(&class(d)).iter().filter(|f| f.starts_with("S08")).count();
    assert_eq!((errors("D"), errors("Delta")), (0, 1));
}

#[test]
fn a_deck_is_compared_with_its_bank_if_both_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| fs::write(folder.path().join(name), text).expect("it can be written");
    let deck = |bank: &str, domain: &str| {
        format!(
            "format = 1\ndomain = \"{domain}\"\n[deck]\nid = \"cards\"\ntitle = \"Cards\"\nversion = \"1.0.0\"\nbank = \"{bank}\"\n\
             [[cards]]\nid = \"a\"\nfront = \"Class B\"\nback = \"Liquids\"\n[[cards]]\nid = \"b\"\nfront = \"Class D\"\nback = \"Metals\"\n"
        )
    };
    write("fire.toml", HEADER.to_owned() + &negated(""));
    let found = |path: &Path| {
        let only = Orders { only: vec![Code::S07], ..orders(path, Format::Short) };
        let out = check(&only).1;
        out.lines().filter_map(|l| l.split_once("cards.toml:").map(|(_, said)| said.to_owned())).collect::<Vec<_>>()
    };
    for (bank, domain, said) in [
        ("fire", "fire", None),
        ("fire", "fires", Some("2:10: warning[S07]: the bank `fire` lists no domain `fires`")),
        ("fir", "fire", Some("7:8: warning[S07]: no bank that is checked has the id `fir`")),
        ("water-safety", "pools", None), // another bank than those of this run
    ] {
        write("cards.toml", deck(bank, domain));
        assert_eq!(found(folder.path()), said.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{bank} {domain}");
        assert_eq!(found(&folder.path().join("cards.toml")), [""; 0], "alone");
    }
    // Of a bank with a domain that cannot be read nobody knows which it lists.
    write("fire.toml", HEADER.to_owned() + "[[domains]]\ntitle = \"Pools\"\n" + &negated(""));
    write("cards.toml", deck("fire", "pools"));
    assert_eq!(found(folder.path()), [""; 0], "a domain without an id");
}

/// The lines of a fixture that end in a comment with codes, and those codes.
fn planted(name: &str) -> Vec<(usize, String)> {
    let text = fs::read_to_string(fixture(name)).expect("the fixture is there");
    let guide = fs::read_to_string(fixture(name).with_extension("md")).unwrap_or_default();
    let marked = |(i, line): (usize, &str)| {
        let (_, codes) = line.rsplit_once(" # ")?;
        Some(codes.split(' ').map(move |c| (i + 1, c.to_owned())).collect::<Vec<_>>())
    };
    let lines = text.lines().enumerate().chain(guide.lines().enumerate());
    lines.filter_map(marked).flatten().filter(|(_, c)| explain::code(c).is_some()).collect()
}

/// The lines and codes of what is found, each line and code once.
fn places(name: &str, keep: impl Fn(&str) -> bool) -> Vec<(usize, String)> {
    let (_, out) = check(&orders(fixture(name), Format::Short));
    let place = |line: &str| {
        let rest = line.split_once(".toml:").or(line.split_once(".md:")).expect("a path").1;
        let number = rest.split(':').next().and_then(|n| n.parse().ok()).expect("a line");
        (number, rest.split(['[', ']']).nth(1).expect("a code").to_owned())
    };
    let mut places: Vec<_> = out.lines().map(place).filter(|(_, c)| keep(c)).collect();
    places.dedup();
    places
}

#[test]
fn every_planted_flaw_is_found_at_its_line_and_nothing_else() {
    assert_eq!(places("flaws-items", |_| true), planted("flaws-items"));
    let mut of_bank = planted("flaws-bank");
    of_bank.dedup();
    assert_eq!(places("flaws-bank", |c| c.starts_with('B')), of_bank);
}

#[test]
fn every_rule_of_writing_has_a_planted_flaw() {
    let shown: Vec<String> =
        [planted("flaws-items"), planted("flaws-bank")].concat().into_iter().map(|p| p.1).collect();
    for rule in rules().filter(|r| r.code > Code::S14) {
        assert!(shown.contains(&rule.code.to_string()), "{} is planted nowhere", rule.code);
    }
}

#[test]
fn every_rule_says_what_it_means() {
    for rule in rules().filter(|r| r.code > Code::S14) {
        let name = if rule.code.to_string().starts_with('B') { "flaws-bank" } else { "flaws-items" };
        let (_, out) = check(&Orders { only: vec![rule.code], ..orders(fixture(name), Format::Human) });
        insta::assert_snapshot!(format!("rule_{}", rule.code), out);
    }
}

#[test]
fn a_clean_bank_of_another_subject_has_no_finding() {
    let (status, out) = check(&Orders { deny: Some(Deny::Warnings), ..orders(fixture("clean-60"), Format::Human) });
    assert_eq!(out, "tests/fixtures/banks/clean-60.toml: 60 sound questions, nothing found\n");
    assert_eq!(status, Status::Ok);
}

#[test]
fn fewer_than_five_percent_of_the_bundled_questions_are_warned_of() {
    let (status, out) = check(&orders("question-bank", Format::Short));
    assert_eq!(status, Status::Ok, "no error");
    assert!(out.lines().count() * 20 < 1000, "{out}");
}

#[test]
fn the_documented_banks_are_well_written() {
    for (page, name) in [("README.md", "small-bank"), ("docs/banks.md", "first-bank")] {
        let text = fs::read_to_string(page).expect("the page is there");
        let start = text.find(&format!("<!-- begin: {name} -->")).expect("its bank");
        let example = text[start..].split("```toml").nth(1).and_then(|t| t.split("```").next()).expect("a block");
        let (_folder, path) = bank(example);
        let (status, out) = check(&Orders { deny: Some(Deny::Warnings), ..orders(path, Format::Short) });
        assert_eq!((status, out.as_str()), (Status::Ok, ""), "{page}");
    }
}

#[test]
fn students_load_a_bank_without_advice() {
    let loaded = load(vec![SourceFile::new("bank.toml", fs::read(fixture("flaws-items")).expect("it is there"))]);
    assert!(loaded.findings.is_empty(), "{:?}", loaded.findings);
}

#[test]
fn every_code_is_explained() {
    let mut all = String::new();
    for rule in rules() {
        let (status, out) = check(&Orders { explain: Some(rule.code), ..Default::default() });
        assert_eq!(status, Status::Ok);
        assert!(out.contains("Before:") && out.contains("After:"), "{out}");
        all.push_str(&out);
        all.push_str("----\n");
    }
    insta::assert_snapshot!("explain", all);
    let mut codes: Vec<Code> = rules().map(|r| r.code).collect();
    assert!(codes.is_sorted());
    codes.dedup();
    assert_eq!(codes.len(), 15 + 23 + 10, "a row a code");
}

#[test]
fn an_allow_silences_one_rule_on_one_question() {
    assert_eq!(found(&negated("")), ["W07: \"not\" is easily read over"]);
    assert!(found(&negated("allow = [\"W07\"]\nallow_reason = \"it is the law's wording\"\n")).is_empty());
}

#[test]
fn an_allow_that_is_wrong_is_found() {
    let why = "allow_reason = \"so\"\n";
    for (allow, said) in [
        ("allow = [\"W07\"]\n".to_owned(), "W00: `allow` has no `allow_reason`"),
        (format!("allow = [\"W07\", \"W99\"]\n{why}"), "W00: `W99` is no rule"),
        (format!("allow = [\"W07\", \"W01\"]\n{why}"), "W00: there is no W01 to allow here"),
        (format!("allow = [\"W07\", \"S05\"]\n{why}"), "W00: S05 cannot be allowed"),
        (format!("allow = [\"W07\", \"W07\"]\n{why}"), "W00: W07 is allowed twice"),
    ] {
        assert_eq!(found(&negated(&allow)), [said], "{allow}");
    }
    let alone = found(&negated(why));
    assert!(alone.contains(&"W00: `allow_reason` without `allow`".to_owned()), "{alone:?}");
}

#[test]
fn a_bank_allows_a_rule_for_all_its_questions() {
    let table = "[check]\nallow = [\"W07\"]\nallow_reason = \"all of it is the law's wording\"\n";
    assert!(found(&(table.to_owned() + &negated(""))).is_empty());
    let plain = negated("").replace("is not green", "is red");
    assert_eq!(found(&(table.to_owned() + &plain)), ["W00: there is no W07 to allow here"]);
}

#[test]
fn warnings_fail_only_if_they_are_denied() {
    let denied = |path: &Path| Orders { deny: Some(Deny::Warnings), ..orders(path, Format::Short) };
    for name in ["flaws-items", "s11-tabs"] {
        assert_eq!(check(&orders(fixture(name), Format::Short)).0, Status::Ok, "{name}");
        assert_eq!(check(&denied(&fixture(name))).0, Status::Findings, "{name}");
    }
    assert_eq!(check(&orders(fixture("s05-options-read-the-same"), Format::Short)).0, Status::Findings);
    assert_eq!(check(&orders(fixture("nowhere"), Format::Short)).0, Status::Usage);
}

#[test]
fn rules_can_be_chosen_and_left_out() {
    let only = Orders { only: vec![Code::W07, Code::W21], ..orders(fixture("flaws-items"), Format::Short) };
    let (_, out) = check(&only);
    assert!(out.lines().count() == 2 && out.contains("[W07]") && out.contains("[W21]"), "{out}");
    let (_, out) = check(&Orders { allow: vec![Code::W07], ..only });
    assert!(out.lines().count() == 1 && out.contains("[W21]"), "{out}");
}

#[test]
fn the_command_line_takes_codes() {
    let status = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_examdeck"));
        command.arg("check").args(arguments).output().expect("the program starts").status.code()
    };
    let clean = "tests/fixtures/format/folder";
    for (arguments, expected) in [
        (&["--explain", "w01"][..], 0),
        (&["--explain", "W99"], 2),
        (&["--explain", "W01", clean], 2),
        (&[], 2),
        (&["--only", "S01,W01", clean], 0),
        (&["--only", "X01", clean], 2),
        (&["--allow", "W01,B03", clean], 0),
        (&["--allow", "S01", clean], 2),
        (&["--deny", "errors", clean], 2),
        (&["--deny", "warnings", "tests/fixtures/banks/flaws-items.toml"], 1),
        (&["--format", "xml", clean], 2),
    ] {
        assert_eq!(status(arguments), Some(expected), "{arguments:?}");
    }
    assert!(reference::markdown().contains("--explain"));
}

/// A small bank with an error, a warning, a second place and letters beyond ASCII.
const MIXED: &str = "tests/fixtures/banks/mixed.toml";

#[test]
fn findings_are_written_in_four_formats() {
    for format in [Format::Human, Format::Short, Format::Json, Format::Sarif] {
        let (status, mut out) = check(&orders(MIXED, format));
        assert_eq!(status, Status::Findings);
        if format == Format::Sarif {
            // The table of rules is the explanations', which have a snapshot of their own.
            let mut document: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
            document["runs"][0]["tool"]["driver"]["rules"].as_array_mut().expect("rules").truncate(1);
            document["runs"][0]["tool"]["driver"]["semanticVersion"] = "…".into();
            out = serde_json::to_string_pretty(&document).expect("it can be written");
        }
        insta::assert_snapshot!(format!("format_{format:?}").to_lowercase(), out);
    }
}

/// What the schema of SARIF 2.1.0 requires of each object that is written.
#[test]
fn sarif_has_what_its_schema_requires() {
    let (_, out) = check(&Orders {
        paths: vec![MIXED.into(), fixture("flaws-items"), fixture("clean-60")],
        ..orders(MIXED, Format::Sarif)
    });
    let document: serde_json::Value = serde_json::from_str(&out).expect("it is JSON");
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert!(run["tool"]["driver"]["name"].is_string());
    assert!(rules.iter().all(|r| r["id"].is_string() && r["shortDescription"]["text"].is_string()));
    let results = run["results"].as_array().expect("results");
    assert!(results.len() > 40);
    for result in results {
        let index = result["ruleIndex"].as_u64().and_then(|i| usize::try_from(i).ok()).expect("an index");
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert!(["error", "warning"].contains(&result["level"].as_str().expect("a level")));
        assert!(result["message"]["text"].as_str().is_some_and(|t| !t.is_empty()));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(place["artifactLocation"]["uri"].as_str().is_some_and(|u| u.starts_with("tests/")));
        let number = |key: &str| place["region"][key].as_u64().expect("a number");
        assert!(number("startLine") >= 1 && number("startColumn") >= 1);
        assert!((number("endLine"), number("endColumn")) >= (number("startLine"), number("startColumn")));
    }
}

#[test]
fn one_id_in_two_banks_is_told_in_every_format() {
    let (_one, a) = bank(HEADER);
    let (_two, b) = bank(HEADER);
    for (format, told) in [
        (Format::Human, "error[S04]: the bank id `fire` is taken"),
        (Format::Short, ":1:1: error[S04]: the bank id `fire` is taken"),
        (Format::Json, "\"message\": \"the bank id `fire` is taken\""),
        (Format::Sarif, "\"text\": \"the bank id `fire` is taken\""),
    ] {
        let (status, out) = check(&Orders { paths: vec![a.clone(), b.clone()], ..orders(&a, format) });
        assert_eq!(status, Status::Findings);
        assert!(out.contains(told), "{out}");
    }
}

/// So many questions whose keys begin alike, and a stem that tells the key of the first.
fn keys_that_begin_alike(count: usize) -> String {
    let key = |n: usize| format!("Close the valve of cylinder number {n} by hand");
    let mut text = String::new();
    for n in 0..count {
        text += &format!(
            "[[questions]]\nid = \"q-{n}\"\ndomain = \"fire\"\nstem = \"What is done first at place {n}?\"\n\
             answer = \"{}\"\ndistractors = [\"Leave the room {n}\", \"Call the fire brigade {n}\"]\n",
            key(n)
        );
    }
    text + &format!(
        "[[questions]]\nid = \"teller\"\ndomain = \"fire\"\nstem = \"You {} now. Is that right?\"\nanswer = true\n",
        key(0).to_lowercase()
    )
}

#[test]
fn beginnings_that_many_keys_share_are_terms_of_the_subject() {
    let told = |count| found(&keys_that_begin_alike(count)).iter().filter(|f| f.starts_with("B05")).count();
    assert_eq!(told(3), 1);
    assert_eq!(told(41), 0, "comparing all of them with all stems would take for ever");
}

#[test]
fn what_never_stands_in_one_exam_gives_nothing_away() {
    let text = fs::read_to_string(fixture("flaws-bank")).expect("the fixture is there");
    let codes = |text: &str| {
        let (_folder, path) = bank(text);
        let (_, out) = check(&orders(path, Format::Short));
        ["[B04]", "[B05]"].map(|code| out.matches(code).count())
    };
    assert_eq!(codes(&text), [1, 1]);
    // Whichever of the two names the other.
    let apart = text
        .replace("id = \"duplicate-1\"", "id = \"duplicate-1\"\nenemies = [\"duplicate-2\"]")
        .replace("id = \"telling\"", "id = \"telling\"\nenemies = [\"told\"]");
    assert_eq!(codes(&apart), [0, 0]);
}

#[test]
fn among_very_many_names_none_is_guessed() {
    let help = |sources: usize| {
        let listed: String = (0..sources).map(|n| format!("[sources.work-{n}]\ntitle = \"Work {n}\"\n")).collect();
        let (_folder, path) = bank(&(HEADER.to_owned() + &negated("sources = [\"werk-1\"]\n") + &listed));
        check(&orders(path, Format::Human)).1
    };
    assert!(help(5).contains("did you mean `work-1`?"));
    assert!(help(1_001).contains("list it in the bank's header, or name one that is there: work-0, work-1, work-10, "));
}
