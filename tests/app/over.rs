//! Exams over a filter: what is shown before them, what they ask, and that they stay apart.

use std::collections::HashSet;
use std::time::Duration;

use examdeck::app::frame::frame;
use examdeck::app::keys::Context;
use examdeck::app::page::Line;
use examdeck::engine::draw::{Among, Request, draw};
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::learner::Trail;
use examdeck::engine::record::Outcome;
use examdeck::engine::score::Tally;
use examdeck::engine::text::Text;
use examdeck::engine::time::Allowance;

use crate::support::bank::bank;
use crate::support::drill::order;
use crate::support::past::{self, Past};
use crate::support::world::Student;

fn shown(s: &Student) -> String {
    let f = frame(&s.m);
    f.top.iter().chain(&f.body).chain(&f.bottom).map(Line::text).collect::<Vec<_>>().join("\n")
}

/// The questions of the exam that goes on.
fn asked(s: &Student) -> Vec<String> {
    let items = &s.m.sitting.as_ref().expect("an exam").exam.paper().items;
    let mut ids: Vec<String> = items.iter().map(|i| i.question.id.to_string()).collect();
    ids.sort();
    ids
}

/// At home, after a drill in which these were missed.
fn missed(ids: &[&str]) -> Student {
    let mut s = Student::drilling(order(Mode::All, ids), 80, 24);
    s.answer_all(|_| false);
    s.press("<esc>");
    s
}

#[test]
fn what_the_filter_means_is_counted_and_asked() {
    let mut s = missed(&["ebb", "lookout"]);
    s.press("nfmissed<enter>");
    let setup = shown(&s);
    assert!(setup.contains("Among             missed") && setup.contains("Only 2 questions fit"), "{setup}");
    assert!(setup.contains("No certificate, and not in the trend: over a"), "{setup}");
    s.press("<enter>");
    assert_eq!(asked(&s), ["ebb", "lookout"]);
    s.press("aarSy");
    let result = shown(&s);
    assert!(result.contains("Over missed: practice, no full mock exam"), "{result}");
    s.press("c");
    assert!(shown(&s).contains("No certificate: its questions were chosen by a filter: missed"), "{}", shown(&s));
    assert_eq!(s.notice(), "", "said once");
}

#[test]
fn home_names_the_last_whole_exam_and_calls_a_part_a_part() {
    let mut s = past::student(Past::Lots, &[], 80, 24);
    assert!(shown(&s).contains("last 78 %, passed"), "{}", shown(&s));
    let whole = s.m.history.clone();
    let mut part = whole[0].clone();
    (part.questions, part.among) = (10, Some(Text::new("domain:tides")));
    part.outcome = part.outcome.map(|o| Outcome { total: Tally { points: 1.0, of: 10 }, passed: false, ..o });
    s.m.history.insert(0, part.clone());
    assert!(shown(&s).contains("last 78 %, passed") && shown(&s).contains("8 in all"), "{}", shown(&s));
    s.m.history = vec![part];
    assert!(shown(&s).contains("partial: 10 %, not passed · 1 in all"), "{}", shown(&s));
}

#[test]
fn where_nothing_fits_nothing_begins_and_the_way_out_is_told() {
    let mut s = missed(&["ebb"]);
    s.press("nfmissed -id:ebb<enter>");
    assert!(shown(&s).contains("No question fits `missed -id:ebb`. f types another filter"), "{}", shown(&s));
    s.press("<enter>");
    assert_eq!((s.m.context(), s.notice()), (Context::Setup, "No question fits these settings"));
    s.press("f<c-u>domain:seas<enter>");
    assert!(shown(&s).contains("harbour-pilot has no domain:seas, but: tides, "), "{}", shown(&s));
    s.press("f<c-u><enter>");
    assert!(shown(&s).contains("all questions") && !shown(&s).contains("certificate"), "{}", shown(&s));
}

/// What is wrong is said, the line stays, and the cursor stands there; at the end there may be more to type.
#[test]
fn a_fault_in_a_filter_stays_to_be_mended_where_it_is() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("nf  domain:tides )x<enter>");
    assert_eq!(s.m.context(), Context::Prompt);
    assert!(s.notice().starts_with("column 14: "), "{}", s.notice());
    s.press("(<enter>");
    assert_eq!(s.m.context(), Context::Setup);
    assert!(shown(&s).contains("Among             domain:tides x"), "{}", shown(&s));
    s.press("f<c-u>domain:tides or<enter>");
    s.press(" type:tf<enter>");
    assert!(shown(&s).contains("domain:tides or type:tf"), "{}", shown(&s));
}

/// The record is read when the exam begins: a mark that was put meanwhile counts.
#[test]
fn the_record_counts_as_it_is_at_the_start() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("nfbookmarked<enter>/id:ebb<enter>*<esc><esc>");
    assert_eq!(s.m.context(), Context::Setup);
    s.press("<enter>");
    assert_eq!(asked(&s), ["ebb"]);
}

#[test]
fn a_seed_says_whom_it_gives_the_same_paper() {
    let mut s = missed(&["ebb"]);
    s.press("n<down><down><down><down>77");
    for (filter, told, warned) in [
        ("", "77 (the same paper for everyone)", false),
        ("domain:tides", "77 (the same paper with this filter)", false),
        ("-missed", "77 (the paper for your record now)", true),
    ] {
        s.press(&format!("f<c-u>{filter}<enter>"));
        assert!(shown(&s).contains(told), "{}", shown(&s));
        assert_eq!(shown(&s).contains("`missed` goes by your record as it is now"), warned, "{}", shown(&s));
    }
}

/// The end of an ended exam stands in the list as on its result; the filter, which tells exams apart, gives way last.
#[test]
fn past_exams_have_the_time_of_their_result_and_keep_their_filter() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.press("nfdomain:tides or domain:lights<enter><enter>aarS");
    s.wait(Duration::from_secs(290));
    s.press("y");
    let ended = frame(&s.m).right.text();
    s.jump(3600);
    s.press("<esc>n<enter>");
    let began = s.m.local(s.m.now.wall);
    s.wait(Duration::from_secs(290));
    s.press("<esc>e");
    let list = shown(&s);
    let row = |of: &str| list.lines().find(|l| l.contains(of)).unwrap_or_else(|| panic!("{of}: {list}")).to_owned();
    assert!(row("passed").contains(&ended) && row("used").contains(&began) && ended < began, "{ended} {began}\n{list}");
    assert!(
        row("passed").ends_with("over domain:tides or domain:…")
            && row("used").ends_with("used    harbour-pilot 1.2.0"),
        "{list}"
    );
    // What is left of the version is left out, not cut.
    s.press("<esc>nf<c-u>domain:tides<enter><enter>arSy<esc>e");
    assert!(shown(&s).contains("not passed  over domain:tides\n"), "{}", shown(&s));
}

/// The record is spoken of where a word of the filter asks for it.
#[test]
fn a_result_says_what_had_a_part_in_the_draw() {
    for (filter, said) in [
        ("id:ebb", "seed 7 (unseen questions came first)"),
        ("unseen id:ebb", "seed 7 (your record had a part in the draw)"),
        ("", "seed 7 (unseen questions came first)"),
    ] {
        let bank = bank();
        let among = Among::of(filter.parse().expect("a filter"), &bank, &Trail::default());
        let paper = draw(&bank, &Request { questions: 1, among }, 7, Some(&HashSet::new()));
        let limit = Some(Duration::from_secs(60));
        let conditions = Conditions { feedback: Feedback::Exam, limit, allowance: Allowance::Standard };
        let mut s = Student::examined(bank, Exam::start(paper, conditions).expect("a question"), 80, 24);
        s.press("arSy");
        assert!(shown(&s).contains(said), "{filter}: {}", shown(&s));
    }
}
