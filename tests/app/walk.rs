//! Random keys, times and sizes, then a drawing: nothing panics, and what must hold holds.

use std::time::Duration;

use examdeck::app::effect::{Answer, Msg};
use examdeck::app::frame::frame;
use examdeck::app::input::{Key, Size};
use examdeck::app::keys::{Action, Context, resolve};
use examdeck::app::mistakes;
use examdeck::app::model::{Model, Screen};
use examdeck::app::update::next_wake;
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::drill::showing::LONGEST;
use examdeck::engine::exam::Exam;
use examdeck::engine::review::CardState;
use examdeck::engine::text::Text;
use examdeck::engine::time::Wall;
use examdeck::ui::Theme;
use proptest::prelude::*;

use crate::support::arbitrary::papers;
use crate::support::bank::{bank, exam_id};
use crate::support::deck::{KNOTS, LIGHTS, kept, learned, learner};
use crate::support::drill::order;
use crate::support::world::{NOON, Student};

#[derive(Clone, Debug)]
enum Whim {
    Press(Key),
    Wait(u64),
    Sleep(u64),
    Resize(u16, u16),
    Stop,
    Paste(String),
    Disk(bool),
}

fn some_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        12 => prop::sample::select("abcdefghjklnoprstuwxyGNS[]/123450 ?".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        3 => any::<char>().prop_map(Key::Char),
        10 => prop::sample::select(vec![
            Key::Enter, Key::Enter, Key::Esc, Key::Up, Key::Down, Key::Left, Key::Right, Key::PageUp, Key::PageDown,
            Key::Home, Key::End, Key::Backspace, Key::Tab, Key::Ctrl('c'), Key::Ctrl('f'), Key::Char('q'),
        ]),
    ]
}

/// Keys of decks, cards and the line for a date, and some others.
fn card_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        12 => prop::sample::select("      11233344uuubsrcd".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        3 => prop::sample::select("d2026-1".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        4 => prop::sample::select(vec![Key::Enter, Key::Enter, Key::Esc, Key::Down, Key::Backspace, Key::PageDown]),
        2 => some_key(),
    ]
}

/// Keys of drills.
fn drill_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        12 => prop::sample::select("aaabbcdeuxftmwS 12n".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        12 => Just(Key::Enter),
        4 => prop::sample::select(vec![Key::Esc, Key::Down, Key::Up, Key::Right, Key::Backspace, Key::PageDown]),
        2 => some_key(),
    ]
}

fn whims(key: impl Strategy<Value = Key>) -> impl Strategy<Value = Vec<Whim>> {
    let one = prop_oneof![
        30 => key.prop_map(Whim::Press),
        4 => (0u64..12_000).prop_map(Whim::Wait),
        1 => (0u64..100_000_000).prop_map(Whim::Sleep),
        4 => (1u16..=200, 1u16..=60).prop_map(|(c, r)| Whim::Resize(c, r)),
        2 => (1u16..=4, 1u16..=4).prop_map(|(c, r)| Whim::Resize(c, r)),
        1 => Just(Whim::Stop),
        1 => "\\PC{0,20}".prop_map(Whim::Paste),
        2 => any::<bool>().prop_map(Whim::Disk),
    ];
    prop::collection::vec(one, 1..120)
}

fn check(m: &Model, columns: u16, rows: u16) {
    assert!(matches!(m.places.first().map(|p| &p.screen), Some(Screen::Home(_))), "home is always there");
    assert_eq!((m.size.columns, m.size.rows), (columns, rows));
    let shown = frame(m);
    assert!(shown.scroll <= shown.body.len());
    assert!(
        shown.scroll + shown.body_rows(m.size) <= shown.body.len()
            || shown.scroll == 0
            || shown.body_rows(m.size) == 0
            || shown.scroll == shown.last_scroll(m.size)
    );
    assert!(!m.in_flight, "an answer came for each write");
    assert_eq!(m.retry_at.is_some(), !m.outbox.is_empty(), "what is kept is tried again");
    if let Some(sitting) = &m.sitting {
        assert!(sitting.row < sitting.exam.item().order.len());
        assert_eq!(sitting.exam.end(), None, "an ended sitting is a result");
        assert!(m.is_examining(), "a sitting goes on only where it is seen");
    }
    match m.screen() {
        Screen::Room => assert!(m.sitting.is_some()),
        Screen::Review(review) => {
            assert!(review.cursor < m.sitting.as_ref().expect("a sitting").exam.responses().len());
        }
        Screen::Result => assert!(m.report.is_some()),
        Screen::Cards(_) if m.help.is_none() => {
            let cards = m.study.as_ref().expect("the decks").cards.len();
            let left: Vec<usize> = shown.right.text().split(' ').filter_map(|w| w.parse().ok()).collect();
            assert!((1..=3).contains(&left.len()), "{}", shown.right.text());
            assert!(left.iter().sum::<usize>() <= cards, "{}", shown.right.text());
        }
        Screen::Drill => {
            let drilling = m.drill.as_ref().expect("a drill");
            if let Some(open) = drilling.drill.open() {
                assert!(drilling.row < open.item().order.len());
                assert!(open.response().spent() <= LONGEST || drilling.drill.remaining().is_some());
            }
        }
        Screen::Mistakes(row) => assert!(*row <= mistakes::count(m, &m.volume().expect("a bank").bank.id)),
        Screen::Guide(reader) => {
            let sections = reader.module().guide.as_ref().expect("only guides are opened").sections.len();
            assert!(m.reading.iter().all(|r| r.read.len() <= 4), "sections that there are");
            assert_eq!(reader.section().is_some(), reader.address().is_some());
            assert!(sections > 0);
        }
        Screen::Walk(walk) => assert!(walk.at < m.report.as_ref().expect("a report").score.points.len()),
        _ => {}
    }
    let wakes = next_wake(m);
    if !m.is_drilling() {
        assert_eq!(wakes.is_some(), m.is_examining() || m.retry_at.is_some());
    }
    if (m.is_examining() || m.is_drilling() && wakes.is_some()) && m.retry_at.is_none() {
        assert!(wakes.is_some_and(|w| !w.is_zero()), "never wakes at once");
    }
    let buffer = crate::support::buffer(m, Theme::default(), columns, rows);
    assert_eq!((buffer.area.width, buffer.area.height), (columns, rows));
}

/// How many cards may change when the key is pressed.
fn cards_changed_by(m: &Model, key: Key) -> usize {
    let crams = frame(m).title == "Cramming";
    match (m.context(), resolve(m.context(), key)) {
        (Context::Cards, Some(Action::Bury | Action::SetAside | Action::Undo)) => 1,
        (Context::Cards, Some(Action::Turn | Action::Grade(_))) if !crams => 1,
        (Context::Decks, Some(Action::TakeIn)) => usize::MAX,
        _ => 0,
    }
}

fn walk(mut student: Student, whims: Vec<Whim>) {
    let begun = student.m.study.as_ref().map(|s| s.states.clone()).unwrap_or_default();
    let (mut columns, mut rows) = (student.m.size.columns, student.m.size.rows);
    for whim in whims {
        let used = student.m.sitting.as_ref().map(|s| (s.id, s.exam.used()));
        let cards = student.m.study.as_ref().map(|s| s.states.clone());
        let mut may_change = 0;
        match whim {
            Whim::Press(key) => {
                may_change = cards_changed_by(&student.m, key);
                student.send(Msg::Key(key));
            }
            Whim::Wait(ms) => {
                student.now.mono += Duration::from_millis(ms);
                student.now.wall = Wall(NOON + student.now.mono.as_secs() as i64);
                student.send(Msg::Tick);
            }
            Whim::Sleep(ms) => {
                student.now.mono += Duration::from_millis(ms);
                student.send(Msg::Tick);
            }
            Whim::Resize(c, r) => {
                (columns, rows) = (c, r);
                student.send(Msg::Resize(Size { columns, rows }));
            }
            Whim::Stop => {
                student.now.mono += Duration::from_secs(500);
                student.send(Msg::Resumed);
            }
            Whim::Paste(text) => {
                student.send(Msg::Paste(Text::new(&text)));
            }
            Whim::Disk(full) => student.memory.full = full,
        }
        if let (Some(before), Some(study)) = (cards, &student.m.study) {
            let changed = before.iter().zip(&study.states).filter(|(a, b)| a != b).count();
            assert!(changed <= may_change, "{changed} cards changed, {may_change} may");
        }
        if let (Some((id, before)), Some(sitting)) = (used, &student.m.sitting)
            && sitting.id == id
        {
            assert!(sitting.exam.used() >= before, "time given back");
        }
        check(&student.m, columns, rows);
    }
    // Whatever happened: once the disk has room again, everything is written.
    student.memory.full = false;
    student.wait(Duration::from_secs(12));
    assert!(student.m.outbox.is_empty());
    for (card, begun) in student.m.study.iter().flat_map(|s| s.cards.iter().zip(&begun)) {
        let key = card.key();
        assert_eq!(student.stored(&key).unwrap_or(*begun), student.card(&key.to_string()), "{key}");
    }
    assert_eq!(student.m.learner, student.memory.learner, "what is known is what is written");
    assert_eq!(student.m.drills, student.memory.drills, "what waits is what is written");
    if let Some(sitting) = &student.m.sitting {
        let kept = student.memory.sittings.iter().find(|s| s.id == sitting.id).expect("kept");
        assert_eq!(kept.log.len() as u64, sitting.steps);
        assert_eq!(kept.exam().responses().len(), sitting.exam.responses().len());
        for (a, b) in kept.exam().responses().iter().zip(sitting.exam.responses()) {
            assert_eq!(a.picked(), b.picked());
            assert_eq!(a.is_flagged(), b.is_flagged());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn from_home(whims in whims(some_key()), columns in 1u16..=200, rows in 1u16..=60) {
        walk(Student::at_home(bank(), columns, rows), whims);
    }

    #[test]
    fn from_a_drill(
        whims in whims(drill_key()),
        mode in prop::sample::select(Mode::ALL.to_vec()),
        start in prop::sample::select(vec!["", "a<enter>", "<esc>m", "<esc>w", "<esc>w<down><enter>", "S", "a<enter><enter>w"]),
        columns in 1u16..=200,
        rows in 1u16..=60,
    ) {
        let mut student = Student::at_home(bank(), 80, 24);
        student.drill(order(Mode::All, &[]));
        student.answer_all(|n| n % 2 == 0);
        student.press("<esc>");
        student.jump(86_400);
        student.send(Msg::Resize(Size { columns, rows }));
        student.drill(order(mode, &[]));
        student.press(start);
        walk(student, whims);
    }

    #[test]
    fn from_the_exam_room(
        whims in whims(some_key()),
        paper in papers(),
        conditions in crate::support::arbitrary::conditions(),
        columns in 1u16..=200,
        rows in 1u16..=60,
    ) {
        let exam = Exam::start(paper, conditions).expect("questions");
        prop_assume!(exam.remaining().is_none_or(|r| !r.is_zero()));
        walk(Student::examined(bank(), exam, columns, rows), whims);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn from_the_decks(
        whims in whims(card_key()),
        dated in any::<bool>(),
        start in prop::sample::select(vec!["", "d", "c", "cc", "c<enter>", "c<down><enter> ", "c<enter> 3 1"]),
        columns in 1u16..=200,
        rows in 1u16..=60,
    ) {
        let states = [
            ("isophase/forward", learned(20, 3)),
            ("occulting/forward", CardState { lapses: 7, ..learned(9, 1) }),
            ("fog/forward", CardState { suspended: true, ..learned(9, 1) }),
        ];
        let date: &[(&str, &str)] = if dated { &[("exam-date", "2026-12-12")] } else { &[] };
        let mut student = learner(&[LIGHTS, KNOTS], kept(&states, date), columns, rows);
        student.press(start);
        walk(student, whims);
    }
}

/// Keys of guides, and some others.
fn guide_key() -> impl Strategy<Value = Key> {
    prop_oneof![
        12 => prop::sample::select("sS[]jk  tnN/rghlG12345".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        3 => prop::sample::select("tide".chars().collect::<Vec<_>>()).prop_map(Key::Char),
        4 => prop::sample::select(vec![Key::Enter, Key::Enter, Key::Esc, Key::Down, Key::Backspace, Key::PageDown]),
        2 => some_key(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn from_the_guide(whims in whims(guide_key()), columns in 1u16..=200, rows in 1u16..=60) {
        let mut student = Student::at_home(bank(), columns, rows);
        student.press("s<enter>");
        walk(student, whims);
    }
}

#[test]
fn every_guide_screen_can_be_drawn_at_every_size() {
    let mut student = Student::at_home(bank(), 1, 1);
    // The list, a guide, a section, a search, its hit, the contents, their help.
    for keys in ["s", "<enter>", "2", "/tide", "<enter>", "t", "?"] {
        student.press(keys);
        for columns in (1..=130).step_by(7) {
            for rows in (1..=45).step_by(6) {
                student.send(Msg::Resize(Size { columns, rows }));
                check(&student.m, columns, rows);
            }
        }
    }
}

#[test]
fn every_card_screen_can_be_drawn_at_every_size() {
    let states = [("fog/forward", learned(9, 1)), ("red-light/backward", learned(9, 1))];
    let mut student = learner(&[LIGHTS, KNOTS], kept(&states, &[("exam-date", "2026-12-12")]), 1, 1);
    // Home, its prompt, the decks, their help, a front, its back, the other one, a cloze, the end.
    for keys in ["", "d", "<esc>c", "?", "<esc><enter>", " ", "4 ", "4", " 4 4 4 4 4 4"] {
        student.press(keys);
        for columns in (1..=130).step_by(3) {
            for rows in (1..=45).step_by(4) {
                student.send(Msg::Resize(Size { columns, rows }));
                check(&student.m, columns, rows);
            }
        }
    }
}

#[test]
fn every_drill_screen_can_be_drawn_at_every_size() {
    let mut student = Student::at_home(bank(), 80, 24);
    student.drill(order(Mode::All, &[]));
    student.answer_all(|n| n % 2 == 0);
    student.press("<esc>");
    // The setup, its help, a question, its answer, the setup with one that waits, the book, an end, a missed one.
    for keys in ["w", "?", "<esc><enter>", "a<enter>", "<esc>w", "<esc>m<down>", "<esc>w<enter><enter>S", "w"] {
        student.press(keys);
        for columns in (1..=130).step_by(3) {
            for rows in (1..=45).step_by(4) {
                student.send(Msg::Resize(Size { columns, rows }));
                check(&student.m, columns, rows);
            }
        }
        student.send(Msg::Resize(Size { columns: 80, rows: 24 }));
    }
}

#[test]
fn every_size_can_be_drawn() {
    let bank = bank();
    let paper = crate::support::bank::paper(&bank, &crate::support::bank::all(&bank));
    let exam = Exam::start(
        paper,
        examdeck::engine::exam::Conditions { feedback: Default::default(), limit: None, allowance: Default::default() },
    )
    .expect("questions");
    let mut student = Student::examined(bank, exam, 1, 1);
    // The long question, the review, the result, an answer, the help.
    for keys in ["g8<enter>", "r", "Sy", "<enter>", "?"] {
        student.press(keys);
        for columns in (1..=130).step_by(3) {
            for rows in (1..=45).step_by(4) {
                student.send(Msg::Resize(Size { columns, rows }));
                check(&student.m, columns, rows);
            }
        }
    }
}

#[test]
fn an_answer_that_nobody_waits_for_does_no_harm() {
    let mut student = Student::at_home(bank(), 80, 24);
    student.send(Msg::Done(Answer::Refused(Text::new("no"))));
    student.send(Msg::Done(Answer::History(Vec::new())));
    student.send(Msg::Done(Answer::Saved));
    let _ = exam_id(1);
    check(&student.m, 80, 24);
}
