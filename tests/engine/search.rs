//! The search: it finds what the filter means, ranks it, and says where it stands.

use std::sync::Arc;

use examdeck::engine::bank::Bank;
use examdeck::engine::day::Day;
use examdeck::engine::deck::{Deck, Entry, Segment as Piece, Wording};
use examdeck::engine::filter::{About, Filter};
use examdeck::engine::learner::{Learner, Mark};
use examdeck::engine::question::{Kind, Part};
use examdeck::engine::search::{Found, Hits, MOST_HITS, Origin, Place, Records, Segment, search};
use examdeck::engine::standing::{Mistake, Standing};
use examdeck::engine::text::Text;
use proptest::prelude::*;

use crate::support::bank::{bank, question, slug};

fn deck() -> Deck {
    let pair = |id: &str, front: &str, back: &str, note: Option<&str>| {
        Arc::new(Entry {
            id: slug(id),
            wording: Wording::Pair { front: Text::new(front), back: Text::new(back), both_ways: true },
            note: note.map(Text::new),
            domain: Some(slug("tides")),
            module: None,
            sources: Vec::new(),
        })
    };
    let hidden = |text: &str| Piece::Hidden { text: Text::new(text), hint: None };
    let cloze = Entry {
        id: slug("neaps"),
        wording: Wording::Cloze(vec![Piece::Plain(Text::new("The range is least at ")), hidden("neap tides")]),
        note: None,
        domain: None,
        module: None,
        sources: Vec::new(),
    };
    Deck {
        id: slug("pilot-cards"),
        title: Text::new("Pilot cards"),
        version: semver::Version::new(1, 0, 0),
        bank: None,
        description: None,
        license: None,
        entries: vec![
            pair("syzygy", "Syzygy", "Sun, moon and earth in one line", Some("Spring tides follow.")),
            Arc::new(cloze),
        ],
    }
}

fn segments(banks: Vec<Bank>) -> Vec<Arc<Segment>> {
    let banks = banks.into_iter().map(|b| Segment::of(Origin::Bank(Arc::new(b))));
    banks.chain([Segment::of(Origin::Deck(Arc::new(deck())))]).map(Arc::new).collect()
}

fn found(text: &str) -> Hits {
    search(&segments(vec![bank()]), &text.parse().expect("a filter"), &Learner::default(), &mut Records::default())
}

/// The ids of what was found, with the places.
fn listed(text: &str) -> Vec<String> {
    let name = |found: &Found| match found {
        Found::Question(_, q) => q.id.to_string(),
        Found::Card(_, entry) => entry.id.to_string(),
        Found::Section(bank, module, section) => format!("{}#{section}", bank.modules[*module].id),
    };
    found(text).best.iter().map(|hit| format!("{} {}", name(&hit.found), hit.place.label())).collect()
}

#[test]
fn questions_and_cards_are_found_with_the_place_of_the_hit() {
    assert_eq!(listed("greatest"), ["spring-tide stem"]);
    assert_eq!(listed("quarter moons"), ["spring-tide option"]);
    assert_eq!(listed("syz"), ["syzygy front"]);
    assert_eq!(listed("\"sun moon\""), ["syzygy back"]);
    assert_eq!(listed("neap range"), ["neaps front", "spring-tide explanation"]);
    assert_eq!(listed("汽笛"), ["fog-signals stem"]);
    assert!(listed("nowhere").is_empty());
}

#[test]
fn a_section_that_is_named_for_what_is_sought_comes_first() {
    let bank = Arc::new(bank());
    let segments = [Origin::Bank(bank.clone()), Origin::Guide(bank)].map(|o| Arc::new(Segment::of(o)));
    let found = |text: &str| {
        search(&segments, &text.parse().expect("a filter"), &Learner::default(), &mut Records::default()).best
    };
    let hits = found("spring");
    assert!(matches!(hits[0].found, Found::Section(..)) && hits[0].place == Place::Heading);
    assert!(hits.len() > 1 && matches!(hits[1].found, Found::Question(..)));
}

#[test]
fn what_only_questions_have_finds_no_card() {
    assert_eq!(listed("spring unseen"), ["spring-tide option"]);
    assert!(listed("spring").contains(&"syzygy note".into()));
    assert_eq!(listed("syzygy domain:tides"), ["syzygy front"]);
    assert!(listed("syzygy domain:lights").is_empty());
    assert_eq!(listed("spring -id:spring-tide"), ["syzygy note"]);
}

#[test]
fn whole_words_come_first_and_the_stem_before_the_options() {
    let mut bank = bank();
    let with = |id: &str, stem: &str, key: &str| Arc::new(question(id, "tides", Kind::Single, stem, 1, &[key, "b"]));
    bank.questions = vec![
        with("in-option", "Which?", "keel"),
        with("begins-so", "What are keelsons?", "a"),
        with("in-stem", "What is a keel?", "a"),
    ];
    let hits = search(
        &[Arc::new(Segment::of(Origin::Bank(Arc::new(bank))))],
        &"keel".parse().expect("a filter"),
        &Learner::default(),
        &mut Records::default(),
    );
    let ids: Vec<String> = hits
        .best
        .iter()
        .map(|h| match &h.found {
            Found::Question(_, q) => q.id.to_string(),
            Found::Card(..) | Found::Section(..) => String::new(),
        })
        .collect();
    assert_eq!(ids, ["in-stem", "in-option", "begins-so"]);
}

#[test]
fn only_the_best_are_listed_and_all_are_counted() {
    let mut bank = bank();
    bank.questions = (0..MOST_HITS + 50)
        .map(|i| Arc::new(question(&format!("q{i}"), "tides", Kind::Single, "Keel?", 1, &["a", "b"])))
        .collect();
    let hits =
        search(&segments(vec![bank]), &"keel".parse().expect("a filter"), &Learner::default(), &mut Records::default());
    assert_eq!((hits.best.len(), hits.total), (MOST_HITS, MOST_HITS + 50));
    assert!(
        matches!(&hits.best[0].found, Found::Question(_, q) if q.id == slug("q0")),
        "equals stay in the bank's order"
    );
}

/// Banks whose texts are made of few words, so that phrases meet by chance.
fn wordy() -> impl Strategy<Value = Bank> {
    let text = || "[ab]{1,2}( [ab]{1,2}){0,5}";
    prop::collection::vec((text(), text(), text(), prop::option::of(text())), 1..12).prop_map(|questions| {
        let mut bank = bank();
        let make = |(i, (stem, key, other, why)): (usize, (String, String, String, Option<String>))| {
            let mut q = question(&format!("q{i}"), "tides", Kind::Single, &stem, 1, &[&key, &other]);
            q.explanation = why.map(|w| Text::new(&w));
            Arc::new(q)
        };
        bank.questions = questions.into_iter().enumerate().map(make).collect();
        bank
    })
}

proptest! {
    #[test]
    fn the_search_finds_exactly_what_the_filter_means(
        bank in wordy(),
        text in "(-?(\"[ab]{1,2}( [ab]{1,2}){0,2}\"|[ab]{1,2}(-[ab]{1,2})?|q1|unseen|bookmarked|missed|type:tf|id:q[01])( | or )){0,3}(a|b|ab|unseen)",
        done in prop::collection::vec((any::<bool>(), any::<bool>(), any::<bool>()), 12),
    ) {
        let filter: Filter = text.parse().expect("a filter");
        let mut learner = Learner::default();
        for (question, (answered, missed, marked)) in bank.questions.iter().zip(done) {
            let trail = learner.trail_mut(&bank.id);
            if answered {
                let mistake = missed.then_some(Mistake { missed: Day(1), right_days: 0, last_right: None });
                trail.standings.insert(question.id.clone(), Standing { answers: 1, mistake, ..Standing::default() });
            }
            if marked {
                trail.marks.insert(question.id.clone(), Mark { bookmarked: true, note: None });
            }
        }
        // What is known of a question that the bank has no more is passed over.
        learner.trail_mut(&bank.id).standings.insert(slug("gone"), Standing { answers: 1, ..Standing::default() });
        let meant: Vec<_> = bank.questions.iter().filter(|q| {
            let about = About {
                standing: learner.standing(&bank.id, &q.id), mark: learner.mark(&bank.id, &q.id), pace: bank.exam.pace(),
            };
            filter.matches(q, about)
        }).map(|q| q.id.clone()).collect();
        let segments = [Arc::new(Segment::of(Origin::Bank(Arc::new(bank.clone()))))];
        let mut records = Records::default();
        search(&segments, &"unseen".parse().expect("a filter"), &learner, &mut records);
        let hits = search(&segments, &filter, &learner, &mut records);
        let mut found = Vec::new();
        for hit in &hits.best {
            let (Found::Question(_, q), Place::Question(part)) = (&hit.found, hit.place) else { panic!("a question") };
            let phrases = examdeck::engine::search::wanted(&filter);
            let there = q.texts().filter(|(p, _)| *p == part).any(|(_, t)| phrases.iter().any(|p| p.is_in(t.as_str())));
            prop_assert!(part == Part::Stem || there, "{} is not in the {:?} of {}", filter, part, q.id);
            found.push(q.id.clone());
        }
        found.sort_by_key(|id| bank.questions.iter().position(|q| q.id == *id));
        prop_assert_eq!(found, meant, "{}", filter);
        prop_assert_eq!(hits.total, hits.best.len());
    }
}
