//! The filter language: what it means, that it prints as it reads, and what is said of what cannot be read.

use std::time::Duration;

use examdeck::engine::day::Day;
use examdeck::engine::filter::{About, Filter, HELP, MAX_DEPTH, MAX_LENGTH, Record, Test, help};
use examdeck::engine::learner::Mark;
use examdeck::engine::phrase::Phrase;
use examdeck::engine::question::{Kind, Level, Question};
use examdeck::engine::standing::{Mistake, Standing};
use examdeck::engine::text::Text;
use proptest::prelude::*;

use crate::support::arbitrary::banks;
use crate::support::bank::{bank, question, slug};

const PACE: Duration = Duration::from_secs(60);

fn filter(text: &str) -> Filter {
    text.parse().unwrap_or_else(|e| panic!("{text}: {e}"))
}

/// The ids of the pilotage bank's questions that `text` means, for a student who never answered one.
fn meant(text: &str) -> Vec<String> {
    let filter = filter(text);
    let about = About { standing: None, mark: None, pace: PACE };
    bank().questions.iter().filter(|q| filter.matches(q, about)).map(|q| q.id.to_string()).collect()
}

fn is_meant(text: &str, question: &Question, standing: Option<Standing>, mark: Option<Mark>) -> bool {
    filter(text).matches(question, About { standing: standing.as_ref(), mark: mark.as_ref(), pace: PACE })
}

#[test]
fn words_of_the_question_choose_questions() {
    assert_eq!(meant("").len(), bank().questions.len());
    assert_eq!(meant("()").len(), bank().questions.len());
    assert!(meant("-()").is_empty());
    let tides = meant("domain:tides");
    assert!(tides.contains(&"spring-tide".into()) && !tides.contains(&"red-sector".into()));
    assert_eq!(meant("id:spring-tide"), ["spring-tide"]);
    assert_eq!(meant("DOMAIN:Tides level:recall"), meant("level:recall domain:tides"));
    assert_eq!(meant("type:tf").len() + meant("-type:tf").len(), bank().questions.len());
    assert_eq!(meant("type:tf or type:multi or type:single").len(), bank().questions.len());
    assert!(meant("domain:tid").is_empty(), "an id is not guessed");
}

#[test]
fn text_is_found_in_stem_options_and_explanation_however_it_is_written() {
    for (text, id) in [
        ("greatest", "spring-tide"),
        ("quarter-moons", "spring-tide"),
        ("\"add up\"", "spring-tide"),
        ("\"Water takes TIME\"", "spring-tide"),
        ("cafe angelique", "fog-signals"),
        ("汽笛を鳴", "fog-signals"),
        ("diaph", "fog-signals"),
    ] {
        assert!(meant(text).contains(&id.to_owned()), "{text}: {:?}", meant(text));
    }
    assert!(meant("\"diaph\"").is_empty(), "what is quoted is whole");
    assert!(meant("oon").is_empty(), "a word is not found by its middle");
    assert!(meant("\"takes water time\"").is_empty());
    assert!(meant("handbook").is_empty(), "sources are no text to look in");
}

#[test]
fn words_of_the_record_read_the_record() {
    let q = question("ebb", "tides", Kind::TrueFalse, "The ebb runs out.", 1, &["True", "False"]);
    let seen = Standing { answers: 1, right: 1, last_right: true, last_spent: PACE, ..Standing::default() };
    let mistake = Some(Mistake { missed: Day(1), right_days: 0, last_right: None });
    let is = |word: &str, standing| is_meant(word, &q, standing, None);
    assert!(is("unseen", None) && !is("unseen", Some(seen)));
    assert!(is("known", Some(seen)) && !is("known", None));
    assert!(!is("known", Some(Standing { mistake, ..seen })) && is("missed", Some(Standing { mistake, ..seen })));
    assert!(is("guessed", Some(Standing { last_guessed: true, ..seen })) && !is("guessed", Some(seen)));
    assert!(is("flagged", Some(Standing { flagged: true, ..seen })) && !is("flagged", Some(seen)));
    let slow = Standing { last_spent: Duration::from_secs(91), ..seen };
    assert!(is("slow", Some(slow)) && !is("slow", Some(Standing { last_spent: Duration::from_secs(90), ..seen })));
    let mark = Mark { bookmarked: true, note: None };
    assert!(is_meant("bookmarked -noted", &q, None, Some(mark.clone())));
    assert!(is_meant("noted", &q, None, Some(Mark { note: Some(Text::new("why?")), ..mark })));
    assert!(is_meant("-bookmarked", &q, None, None));
}

#[test]
fn or_binds_less_than_side_by_side_and_minus_most() {
    for (text, printed) in [
        ("missed domain:rf|unseen", "missed domain:rf or unseen"),
        ("missed OR (unseen or known)", "missed or unseen or known"),
        ("((missed)) (unseen (slow))", "missed unseen slow"),
        ("-(missed or unseen) -(a b)", "-(missed or unseen) -(a b)"),
        ("--missed -(-unseen)", "missed unseen"),
        ("(missed or unseen) slow", "(missed or unseen) slow"),
        ("\"missed\" \"a  b\" 10:30", "\"missed\" \"a b\" 10:30"),
        ("missed () or -()", "missed"),
        ("missed or ()", ""),
        ("-()", "-()"),
        ("Level:ANALYSIS Missed", "level:analysis missed"),
    ] {
        assert_eq!(filter(text).to_string(), printed, "{text}");
    }
}

#[test]
fn what_cannot_be_read_is_named_with_its_place_and_what_may_be_there() {
    let cases: Vec<String> = [
        "domian:rf",
        "missed level:hard",
        "type:",
        "domain:R_F",
        "missed (unseen",
        "missed)",
        "a or",
        "or a",
        "a | | b",
        "(a or) b",
        "a \"b c",
        "- a",
        "a -",
        "-)",
        "≤",
        "\"...\"",
        "tag:\"x y\"",
        "level:\u{1b}[31m",
    ]
    .into_iter()
    .map(|text| {
        let error = text.parse::<Filter>().expect_err(text);
        let text = Text::new(text);
        let column = error.column;
        format!(
            "{text}\n{}^ {column}: {}{}",
            " ".repeat(column - 1),
            error.message,
            if error.unfinished { " …" } else { "" }
        )
    })
    .collect();
    insta::assert_snapshot!(cases.join("\n"));
}

#[test]
fn length_and_depth_have_limits() {
    assert!("a".repeat(MAX_LENGTH).parse::<Filter>().is_ok());
    assert!("a".repeat(MAX_LENGTH + 1).parse::<Filter>().is_err());
    let nested = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n)).parse::<Filter>();
    assert!(nested(MAX_DEPTH - 1).is_ok() && nested(MAX_DEPTH).is_err());
    assert!(format!("{}a", "-".repeat(MAX_DEPTH)).parse::<Filter>().is_err());
}

#[test]
fn names_that_the_bank_does_not_have_are_told() {
    let (what, there) = filter("missed -(domain:tide or unseen)").unknown_in(&bank()).expect("unknown");
    assert_eq!(what, "domain:tide");
    assert!(there.contains(&"tides".to_owned()));
    assert_eq!(filter("domain:tides id:ebb spring").unknown_in(&bank()), None);
    assert!(filter("id:nowhere").unknown_in(&bank()).is_some() && filter("tag:nowhere").unknown_in(&bank()).is_some());
}

#[test]
fn the_help_fits_a_screen_and_names_every_word() {
    let help = help();
    assert!(help.lines().all(|l| l.chars().count() <= 80), "{help}");
    for record in Record::ALL {
        assert!(help.contains(record.label()));
    }
    for (written, _) in HELP.iter().filter(|(w, _)| !w.contains("ID")) {
        assert!(written.parse::<Filter>().is_ok(), "{written}");
    }
}

fn tests() -> impl Strategy<Value = Test> {
    let id = || "[a-z0-9]{1,6}(-[a-z0-9]{1,3})?".prop_map(|s| slug(&s));
    let domain = prop_oneof![id(), (0usize..4).prop_map(|i| slug(&format!("d{i}")))];
    prop_oneof![
        domain.prop_map(Test::Domain),
        id().prop_map(Test::Module),
        id().prop_map(Test::Tag),
        id().prop_map(Test::Id),
        prop::sample::select(Level::ALL.to_vec()).prop_map(Test::Level),
        prop::sample::select(vec![Kind::Single, Kind::Multi, Kind::TrueFalse]).prop_map(Test::Kind),
        prop::sample::select(Record::ALL.to_vec()).prop_map(Test::Record),
        any::<String>().prop_filter_map("no word", |s| Phrase::exact(&s)).prop_map(Test::Text),
        Just(Test::Text(Phrase::exact("option").expect("a word"))),
    ]
}

pub fn filters() -> impl Strategy<Value = Filter> {
    let bare = "[a-zA-Zµé0-9.:'+/-]{1,8}".prop_filter_map("no word", |s| s.parse::<Filter>().ok());
    let leaf = prop_oneof![8 => tests().prop_map(Filter::is), 2 => bare, 1 => Just(Filter::default())];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            inner.clone().prop_map(Filter::not),
            prop::collection::vec(inner.clone(), 0..4).prop_map(Filter::all),
            prop::collection::vec(inner, 0..4).prop_map(Filter::any),
        ]
    })
}

prop_compose! {
    pub fn standings()(
        answers in 0u32..4, last_right: bool, last_guessed: bool, flagged: bool, spent in 0u64..200, missed: bool,
    ) -> Standing {
        let mistake = missed.then_some(Mistake { missed: Day(3), right_days: 0, last_right: None });
        let last_spent = Duration::from_secs(spent);
        Standing { answers, last_right, last_guessed, flagged, last_spent, mistake, ..Standing::default() }
    }
}

pub fn marks() -> impl Strategy<Value = Mark> {
    (any::<bool>(), any::<Option<String>>())
        .prop_map(|(bookmarked, note)| Mark { bookmarked, note: note.map(|n| Text::new(&n)) })
}

proptest! {
    #[test]
    fn a_filter_reads_as_it_prints(filter in filters()) {
        let printed = filter.to_string();
        let read = printed.parse::<Filter>();
        prop_assert_eq!(read.as_ref(), Ok(&filter), "{}", printed);
    }

    #[test]
    fn whatever_can_be_read_prints_as_the_same(text in "[-()|\" a-z:]{0,40}|[\\PC\\x00-\\x1f]{0,20}") {
        if let Ok(filter) = text.parse::<Filter>() {
            let printed = filter.to_string();
            prop_assert_eq!(printed.parse::<Filter>(), Ok(filter), "{} → {}", text, printed);
        }
    }

    #[test]
    fn an_error_lies_in_the_text(text in "[-()|\" a-z:]{0,20}") {
        if let Err(error) = text.parse::<Filter>() {
            prop_assert!((1..=text.chars().count() + 1).contains(&error.column));
            prop_assert!(!error.message.is_empty());
        }
    }

    #[test]
    fn every_question_is_meant_by_a_filter_or_by_its_negation(
        filter in filters(), bank in banks(), standing in prop::option::of(standings()), mark in prop::option::of(marks()),
    ) {
        let about = About { standing: standing.as_ref(), mark: mark.as_ref(), pace: PACE };
        let negation = filter.clone().not();
        for question in &bank.questions {
            prop_assert!(filter.matches(question, about) != negation.matches(question, about), "{} on {}", filter, question.id);
        }
        prop_assert_eq!(negation.not(), filter);
    }

    #[test]
    fn and_and_or_mean_what_they_say(
        one in filters(), other in filters(), bank in banks(), standing in prop::option::of(standings()),
    ) {
        let about = About { standing: standing.as_ref(), mark: None, pace: PACE };
        let both = Filter::all([one.clone(), other.clone()]);
        let either = Filter::any([one.clone(), other.clone()]);
        for q in &bank.questions {
            let (a, b) = (one.matches(q, about), other.matches(q, about));
            prop_assert_eq!(both.matches(q, about), a && b);
            prop_assert_eq!(either.matches(q, about), a || b);
        }
    }
}
