//! Progress: the pages in a terminal, and what the commands print, to the letter.

use std::fmt::Write;
use std::time::Duration;

use examdeck::content::load::load;
use examdeck::content::source::SourceFile;
use examdeck::engine::bank::Bank;
use examdeck::engine::day::{Day, day_in_utc};
use examdeck::engine::draw::{Request, draw};
use examdeck::engine::exam::{Conditions, Exam, Feedback, Step};
use examdeck::engine::question::OptionId;
use examdeck::engine::record::ExamId;
use examdeck::engine::score::score;
use examdeck::engine::time::{Allowance, Wall};

use crate::desk::{Desk, now};

/// A bank of 24 claims in two domains; its exam has 20 questions.
pub fn install_bank(desk: &Desk) -> Bank {
    let mut text = "format = 1\n[bank]\nid = \"harbour\"\ntitle = \"Harbour\"\nversion = \"1.0.0\"\n\
         [exam]\nquestions = 20\nminutes = 20\npass_percent = 70\n\
         [[domains]]\nid = \"tides\"\ntitle = \"Tides\"\nweight = 1\n\
         [[domains]]\nid = \"lights\"\ntitle = \"Lights\"\nweight = 1\n"
        .to_owned();
    for n in 0..24 {
        let domain = ["tides", "lights"][n % 2];
        write!(
            text,
            "[[questions]]\nid = \"claim-{n}\"\ndomain = \"{domain}\"\nstem = \"Claim {n} holds.\"\nanswer = true\n"
        )
        .expect("a text takes it");
    }
    let folder = desk.data().join("question-bank");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("harbour.toml"), &text).expect("the bank is written");
    load(vec![SourceFile::new("harbour.toml", text.into_bytes())]).bank.expect("it loads")
}

/// A mock exam that ended at `at`: the lights all right, and of the tides every second one, each in 30 seconds. The
/// first answer is a guess.
pub fn sit(desk: &Desk, bank: &Bank, at: Wall) {
    let paper = draw(bank, &Request { questions: 20, ..Request::default() }, 2026, None);
    let limit = Some(Duration::from_secs(1200));
    let conditions = Conditions { feedback: Feedback::Exam, limit, allowance: Allowance::Standard };
    let mut exam = Exam::start(paper, conditions).expect("questions");
    let (id, mut tides) = (ExamId(uuid::Uuid::from_u128(7)), 0);
    let mut store = desk.store();
    store.begin(id, &exam, at).expect("it begins");
    for place in 0..20 {
        exam.apply(Step::Goto(place));
        if place == 0 {
            exam.apply(Step::Guess);
        }
        let is_tide = exam.item().question.domain.as_str() == "tides";
        tides += usize::from(is_tide);
        exam.apply(Step::Pick(OptionId(u8::from(is_tide && tides % 2 == 0))));
        exam.elapse(Duration::from_secs(30));
    }
    exam.apply(Step::Submit);
    store.finish(id, &exam, &score(&exam), at, day_in_utc(at)).expect("it ends");
}

pub fn printed(desk: &Desk, arguments: &[&str]) -> String {
    let output = desk.plain(arguments).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("text")
}

fn date(day: Day) -> String {
    day.date().to_string()
}

#[test]
fn progress_prints_what_is_foreseen_the_figures_and_the_exams() {
    let desk = Desk::new();
    assert_eq!(printed(&desk, &["progress"]), "No exam yet.\n");
    let (bank, at) = (install_bank(&desk), now());
    sit(&desk, &bank, at);
    let started = jiff::Timestamp::from_second(at.0).expect("a time").to_zoned(jiff::tz::TimeZone::UTC);
    let expected = format!(
        "\
Harbour
  11–19 of 20 expected on a mock exam, pass chance 72 %
  15 of 20 answers right (53–89 %), 30 s each; 20 of 24 questions seen
    Tides                         5 of 10   23–77 %     10 of 12 seen   0:30
    Lights                       10 of 10  72–100 %     10 of 12 seen   0:30

Days of study: streak 1 day, longest 1

{}  15 of 20, passed  harbour 1.0.0, seed 2026, exam {}, 10 min used
    Tides                        5 of 10   50 %
    Lights                      10 of 10  100 %
",
        started.strftime("%Y-%m-%d %H:%M"),
        &desk.store().summaries().expect("the exams")[0].id.to_string()[..13],
    );
    assert_eq!(printed(&desk, &["progress"]), expected);
    assert_eq!(printed(&desk, &["progress", "--ascii"]), expected.replace('–', "-"));
}

#[test]
fn the_tables_have_a_line_a_row_and_the_json_has_the_same_figures() {
    let desk = Desk::new();
    let (bank, at) = (install_bank(&desk), now());
    sit(&desk, &bank, at);
    desk.install_deck(3);
    desk.learn(1..=2);
    let (today, learned) = (day_in_utc(at), Day(day_in_utc(at).0 - 10));
    let csv = |table: &str| printed(&desk, &["progress", "--csv", table]);
    let domains = csv("domains");
    assert!(
        domains.contains("\nharbour,tides,10,5,23.7,76.3,10,12,30\nharbour,lights,10,10,72.2,100,10,12,30\n"),
        "{domains}"
    );
    assert!(domains.contains("\nmrso,rf,0,0,,,0,"), "what was never answered has no interval: {domains}");
    assert!(csv("modules").starts_with("bank,id,answers,right,low_percent,high_percent,seen,questions,seconds_each\n"));
    assert_eq!(csv("days"), format!("day,answers,right,cards\n{},0,0,2\n{},20,15,0\n", date(learned), date(today)));
    let exams = csv("exams");
    assert!(
        exams.contains(",harbour,1.0.0,finished,false,exam,1,20,") && exams.ends_with(",600,15,75,true\n"),
        "{exams}"
    );
    let due: Vec<usize> =
        csv("cards").lines().skip(1).map(|l| l.split(',').nth(1).expect("two").parse().expect("a number")).collect();
    assert_eq!(due.len(), 14);

    let told: serde_json::Value = serde_json::from_str(&printed(&desk, &["progress", "--json"])).expect("JSON");
    assert_eq!(told["today"], date(today));
    let harbour = told["banks"].as_array().expect("banks").iter().find(|b| b["id"] == "harbour").expect("the bank");
    let shown = |key: &str| harbour[key].clone();
    assert_eq!(
        (shown("answers"), shown("right"), shown("seen"), shown("questions")),
        (20.into(), 15.into(), 20.into(), 24.into())
    );
    assert_eq!((shown("guesses"), shown("no_guesses")), (1.into(), 19.into()));
    let readiness = &harbour["readiness"];
    assert_eq!((&readiness["low"], &readiness["high"], &readiness["questions"]), (&11.into(), &19.into(), &20.into()));
    assert_eq!(harbour["domains"][0]["low_percent"], 23.7);
    let mrso = told["banks"].as_array().expect("banks").iter().find(|b| b["id"] == "mrso").expect("the bank");
    assert!(mrso["readiness"]["expected"].is_null() && mrso["readiness"]["missing"][0]["answers"].as_u64() > Some(0));
    assert_eq!(told["streak"]["days"], 1);
    let foreseen: Vec<usize> = told["cards_due"]
        .as_array()
        .expect("days")
        .iter()
        .map(|d| d["cards"].as_u64().expect("a number") as usize)
        .collect();
    assert_eq!(foreseen, due);
}

#[test]
fn every_page_opens_and_the_streak_is_hidden_for_good() {
    let desk = Desk::new();
    let bank = install_bank(&desk);
    sit(&desk, &bank, now());
    let mut terminal = desk.open(&[]);
    terminal.wait_text("› Mock exam");
    let banks = terminal.press("b", "Harbour");
    let row = |name: &str| banks.lines().position(|l| l.contains(name)).expect("the bank is listed");
    let (harbour, cursor) = (row("Harbour"), row("›"));
    terminal.keys(&if harbour > cursor { "j" } else { "k" }.repeat(harbour.abs_diff(cursor)));
    terminal.press("\r", "11–19 of 20 expected, pass chance 72 %");
    terminal.press("p", "›Overview");
    terminal.wait_text("15 of 20 right");
    for (page, shown) in [
        ("›Exams", "15 of 20"),
        ("›Domains", "23–77 %"),
        ("›Modules", "no modules"),
        ("›Days", "Streak 1 day, longest 1."),
        ("›Cards", "as their schedule stands"),
        ("›Slowest", "holds."),
        ("›Overview", "Streak"),
    ] {
        let screen = terminal.press("\t", page);
        assert!(screen.contains(shown), "{page}:\n{screen}");
    }
    let screen = terminal.press("s", "The streak is not shown any more");
    assert!(!screen.contains("longest"), "{screen}");
    terminal.press("\x1b", "› Mock exam");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
    assert!(!printed(&desk, &["progress"]).contains("streak"));
    let told: serde_json::Value = serde_json::from_str(&printed(&desk, &["progress", "--json"])).expect("JSON");
    assert!(told["streak"].is_null());
}
