//! The command, on a store of its own and the bank that ships.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use examdeck::content::library::gather;
use examdeck::engine::day::day_in_utc;
use examdeck::engine::exam::Entry;
use examdeck::engine::record::ExamId;
use examdeck::engine::score::score;
use examdeck::storage::open;

use super::*;

/// A student's folder, and what the program prints there.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().expect("a folder") }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Stores an exam of the bank that ships, begun so many hours after the first.
    fn sit(&self, hours: i64, questions: usize, wrong: usize, conditions: Conditions) -> ExamId {
        let at = |minutes: i64| Wall(ENDED.0 + hours * 3600 + minutes * 60);
        let id = ExamId(uuid::Builder::from_unix_timestamp_millis(at(0).0 as u64 * 1000, &[1; 10]).into_uuid());
        let request = Request { questions, ..Request::default() };
        let paper = draw(&shipped(), &request, 2026, None);
        let mut store = open::open(&self.path("data")).expect("a store");
        let mut exam = Exam::start(paper, conditions).expect("there are questions");
        store.begin(id, &exam, at(0)).expect("begun");
        let mut number = 0;
        let mut step = |exam: &mut Exam, step: Step| {
            store.append(id, number, Entry { used: exam.used(), step }, exam.position(), at(60)).expect("saved");
            exam.apply(step);
            number += 1;
        };
        for place in 0..questions {
            step(&mut exam, Step::Goto(place));
            let question = exam.item().question.clone();
            let first = if place < wrong { question.keys } else { 0 };
            for option in (0..question.keys).map(|n| (first + n) % question.choices.len()) {
                step(&mut exam, Step::Pick(OptionId(option as u8)));
            }
            exam.elapse(Duration::from_secs(40));
        }
        step(&mut exam, Step::Submit);
        store.finish(id, &exam, &score(&exam), at(70), day_in_utc(at(70))).expect("ended");
        id
    }

    /// Status, standard output and standard error.
    fn run(&self, arguments: &[&str]) -> (i32, String, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_examdeck"));
        command.args(arguments).current_dir(self.folder.path());
        command.env("EXAMDECK_DATA_DIR", self.path("data")).env("TZ", "UTC");
        let output = command.output().expect("the program starts");
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        (output.status.code().expect("it ends"), text(output.stdout), text(output.stderr))
    }

    fn refused(&self, arguments: &[&str], status: i32) -> String {
        let (found, out, err) = self.run(arguments);
        assert_eq!((found, out.as_str()), (status, ""), "{arguments:?}: {err}");
        err
    }
}

fn shipped() -> Bank {
    gather(std::path::Path::new("nowhere"), &[]).entries[0].bank.as_ref().clone()
}

const MAKE: [&str; 5] = ["certificate", "--name", "Ada Lovelace", "-o", "ada.html"];

#[test]
fn a_certificate_is_made_and_verified() {
    let desk = Desk::new();
    assert_eq!(desk.refused(&MAKE, 1), "examdeck: no exam was sat yet\n");
    let conditions = earnest(&shipped());
    desk.sit(0, 100, 60, conditions);
    assert_eq!(desk.refused(&MAKE, 1), "examdeck: no exam was passed yet\n");
    let short = desk.sit(20, 25, 0, Conditions { limit: Some(Duration::from_secs(1800)), ..conditions });
    let beginning = &short.to_string()[..13];
    let why = format!("of the newest that was passed ({beginning}): it had 25 questions, the bank's exam has 100");
    assert_eq!(desk.refused(&MAKE, 1), format!("examdeck: no exam qualifies; {why}\n"));
    let first = desk.sit(10, 100, 18, conditions);

    let (status, out, err) = desk.run(&MAKE);
    assert_eq!((status, err.as_str()), (0, ""));
    let file = fs::read_to_string(desk.path("ada.html")).expect("it was written");
    let made = reading(&file);
    let (code, key) = (made.sealed.code(), made.sealed.fingerprint());
    assert_eq!(out, format!("ada.html\nCode {code}, signed with your key {key}\n"));
    assert_eq!(made.sealed.data.exam, first.to_string(), "the newest that qualifies");

    let (status, out, err) = desk.run(&["certificate", "verify", "ada.html"]);
    let expected = format!(
        "\
VERIFIED

It says:
  Ada Lovelace passed mrso 1.1.0
  with 82 of 100 points (82 %), pass mark {pass} %,
  on 29 November 2026, 00:15 (UTC+00:00)
  Code {code}
  Key  {key}

What this proves:
  - Nothing in the file has changed since this key signed it.
  - Marked again on mrso 1.1.0 (the same bank to the letter), these answers give 82 of 100 points (82 %).
  - It is the bank's whole exam of 100 questions, drawn by its weights.

What it does not prove:
  - Who sat, or with what help: the name is what the student typed.
  - That anybody else kept the time: the student's own program did.
  - Whose key it is: ask the student for the key's code.
",
        pass = shipped().exam.pass_percent
    );
    assert_eq!((status, out.as_str(), err.as_str()), (0, expected.as_str(), ""));

    // One exam by the beginning of its id, as `progress` lists it.
    let (_, listed, _) = desk.run(&["progress"]);
    for id in [first, short] {
        assert!(listed.contains(&format!("exam {}, ", &id.to_string()[..13])), "{listed}");
    }
    let one = |id: &str| desk.refused(&["certificate", id, "--name", "Ada", "-o", "one.html"], 1);
    let told = "examdeck: no certificate: it had 25 questions, the bank's exam has 100\n";
    assert_eq!(one(&short.to_string()[..13]), told);
    assert_eq!(one(&short.to_string().to_uppercase()), told);
    let usage = |id: &str| desk.refused(&["certificate", id, "--name", "Ada", "-o", "one.html"], 2);
    assert!(usage("ffff").ends_with("there is no exam `ffff`: `examdeck progress` lists them\n"));
    assert!(usage("0").ends_with("3 exams begin with `0`: type more of the id\n"));

    // Nothing is overwritten unless that is asked for; the same exam gives the same file.
    assert_eq!(
        desk.refused(&MAKE, 2),
        "examdeck: ada.html is there already; nothing was written (--force overwrites it)\n"
    );
    fs::write(desk.path("ada.html"), "mine").expect("written");
    assert_eq!(desk.run(&[&MAKE[..], &["--force"]].concat()).0, 0);
    assert_eq!(fs::read_to_string(desk.path("ada.html")).expect("it is there"), file);
    assert!(!desk.path("ada.html.part").exists());
    fs::create_dir(desk.path("folder")).expect("made");
    let into = ["certificate", "--name", "Ada", "--force", "-o"];
    assert!(desk.refused(&[&into[..], &["folder"]].concat(), 1).contains("cannot write folder"));
    assert!(desk.refused(&[&into[..], &["no/such.html"]].concat(), 1).contains("cannot write no/such.html"));
    let unnamed = ["certificate", "--name", " ", "-o", "x.html"];
    assert_eq!(desk.refused(&unnamed, 2), "examdeck: a certificate needs a name\n");
    assert!(!desk.path("x.html").exists() && !desk.path("one.html").exists());
}

/// `examdeck certificate verify x.html | grep -q …` and the like.
#[test]
fn nobody_takes_an_untrue_certificate_for_a_true_one_by_reading_no_further() {
    let desk = Desk::new();
    fs::copy("tests/fixtures/certificate/form-1.html", desk.path("page.html")).expect("copied");
    for arguments in [&["--json"][..], &[]] {
        let (reader, writer) = std::io::pipe().expect("a pipe");
        drop(reader);
        let mut command = Command::new(env!("CARGO_BIN_EXE_examdeck"));
        command.args(["certificate", "verify", "page.html"]).args(arguments).current_dir(desk.folder.path());
        command.env("EXAMDECK_DATA_DIR", desk.path("data")).stdout(writer);
        assert_eq!(command.status().expect("the program starts").code(), Some(1));
    }
}

#[test]
fn what_is_changed_foreign_or_hostile_is_said_so() {
    let desk = Desk::new();
    let bank = shipped();
    let exam = sat(drawn(&bank), earnest(&bank), 10);
    let honest = data(&stored(exam), &bank, "Ada".into(), 0);
    let file = |name: &str, text: &str| {
        fs::write(desk.path(name), text).expect("written");
        desk.run(&["certificate", "verify", name])
    };
    let html = Sealed::new(honest.clone(), &SECRET).html();
    let (status, out, _) = file("shown.html", &html.replacen("<bdi>Ada", "<bdi>Eve", 1));
    assert!(status == 1 && out.starts_with("NOT VERIFIED: do not trust it\n"), "{out}");
    assert!(out.contains("- The page was changed: it is not what its data shows.\n"), "{out}");
    let (status, out, _) = file("data.html", &html.replacen("\"name\":\"Ada\"", "\"name\":\"Eve\"", 1));
    assert!(status == 1 && out.contains("- The data was changed after it was signed"), "{out}");
    let (status, _, err) = file("broken.html", &html.replacen("\"name\":\"", "\"nome\":\"", 1));
    assert_eq!((status, err.as_str()), (1, "examdeck: broken.html was changed: its data cannot be read any more\n"));
    let (status, _, err) = file("page.html", "<html></html>");
    assert_eq!((status, err.as_str()), (2, "examdeck: page.html is no certificate of examdeck\n"));
    fs::write(desk.path("bytes.html"), [0xff, 0xfe]).expect("written");
    assert!(desk.refused(&["certificate", "verify", "bytes.html"], 2).contains("is no text"));
    assert!(desk.refused(&["certificate", "verify", "nowhere.html"], 2).contains("cannot read nowhere.html"));
    assert!(desk.refused(&["certificate", "verify", "/dev/zero"], 2).contains("not a regular file"));

    // Another bank, one that is not here, and a path in the place of an id.
    fs::write(desk.path("ok.html"), &html).expect("written");
    fs::copy("tests/fixtures/workbench/old.toml", desk.path("fire.toml")).expect("copied");
    let (status, out, _) = desk.run(&["certificate", "verify", "ok.html", "--bank", "fire.toml"]);
    assert!(status == 1 && out.starts_with("NOT VERIFIED: the file is whole, but"), "{out}");
    assert!(out.contains("(not the bank that was sat on), these answers give 0 of 100 points"), "{out}");
    assert!(out.contains("Questions that this bank does not have: ") && out.contains(" and 90 more."), "{out}");
    assert_eq!(desk.refused(&["certificate", "verify", "ok.html", "--bank", "none"], 2).lines().count(), 1);
    let mut other = honest.clone();
    other.bank.id = "fire.toml".into();
    let (status, out, _) = file("id.html", &Sealed::new(other, &SECRET).html());
    assert!(status == 1 && out.contains("fire.toml 1.1.0 is not installed here; name it with --bank."), "{out}");

    // Nothing of a file steers the terminal.
    let mut hostile = honest;
    let text = "\u{1b}]0;x\u{7}\u{202e}\r\n";
    (hostile.name, hostile.exam, hostile.program) = (text.into(), text.into(), text.into());
    (hostile.bank.version, hostile.bank.title, hostile.bank.sha256) = (text.into(), text.into(), text.into());
    (hostile.conditions.allowance, hostile.conditions.end, hostile.bank.id) = (text.into(), text.into(), text.into());
    hostile.answers[0].id = text.into();
    (hostile.ended, hostile.utc_offset, hostile.score.millipoints) = (i64::MAX, i32::MIN, u64::MAX);
    (hostile.conditions.limit, hostile.conditions.pauses) = (u64::MAX, vec![u64::MAX; 9]);
    hostile.answers[1].picked = vec![usize::MAX];
    for arguments in [&[][..], &["--json"], &["--bank", "mrso"]] {
        fs::write(desk.path("hostile.html"), Sealed::new(hostile.clone(), &SECRET).html()).expect("written");
        let (status, out, err) = desk.run(&[&["certificate", "verify", "hostile.html"], arguments].concat());
        assert_eq!(status, 1, "{out}{err}");
        assert!(!out.contains(|c: char| c != '\n' && (c.is_control() || c == '\u{202e}')), "{out:?}");
    }
}

#[test]
fn programs_read_the_same() {
    let desk = Desk::new();
    let bank = shipped();
    let html =
        Sealed::new(data(&stored(sat(drawn(&bank), earnest(&bank), 10)), &bank, "Ada".into(), 0), &SECRET).html();
    fs::write(desk.path("ada.html"), &html).expect("written");
    let (status, out, _) = desk.run(&["certificate", "verify", "ada.html", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    let sealed = reading(&html).sealed;
    let expected = serde_json::json!({
        "verdict": "verified", "signed": true, "unchanged": true, "name": "Ada", "bank": "mrso", "version": "1.1.0",
        "ended": ENDED.0, "millipoints": 90_000, "questions": 100, "pass_percent": bank.exam.pass_percent,
        "code": sealed.code(), "key": sealed.fingerprint(), "contradictions": [],
        "marked_on": {
            "bank": "mrso", "version": "1.1.0", "same": true, "millipoints": 90_000, "missing": [], "altered": [],
        },
    });
    assert_eq!((status, found), (0, expected));
}
