//! Drills: what is asked next keeps the promises of the rule, and a drill that waited goes on as it was.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use examdeck::engine::answer::{AnswerId, Answered, Occasion};
use examdeck::engine::bank::Bank;
use examdeck::engine::day::Day;
use examdeck::engine::drill::choose::{MIX, MIX_RULE, Mode, Pile, WINDOW, stock, worth};
use examdeck::engine::drill::showing::LONGEST;
use examdeck::engine::drill::{Drill, KEPT, Order};
use examdeck::engine::exam::Step;
use examdeck::engine::learner::Trail;
use examdeck::engine::mastery::SHRINK;
use examdeck::engine::question::{Kind, OptionId};
use examdeck::engine::slug::Slug;
use examdeck::engine::text::Text;
use examdeck::engine::time::Wall;
use proptest::prelude::*;

use crate::support::arbitrary::banks;
use crate::support::bank::{bank, question, slug};

const DAY: i64 = 86_400;
/// The day of the drills; what was answered before them lies before it.
const TODAY: Day = Day(50);

fn order(bank: &Bank, mode: Mode) -> Order {
    Order { mode, ..Order::new(bank.id.clone()) }
}

fn answered(bank: &Bank, id: &Slug, at: i64, right: bool, guessed: bool) -> Answered {
    let question = bank.questions.iter().find(|q| q.id == *id).expect("a question of the bank");
    Answered {
        id: AnswerId::Alone(uuid::Uuid::nil()),
        bank: bank.id.clone(),
        version: bank.version.clone(),
        question: id.clone(),
        domain: question.domain.clone(),
        module: question.module.clone(),
        at: Wall(at),
        day: Day((at / DAY) as i32),
        occasion: Occasion::Drill,
        picked: Vec::new(),
        points: f64::from(u8::from(right)),
        guessed,
        flagged: false,
        spent: Duration::from_secs(30),
        change: None,
    }
}

/// A way through the bank: to each question that the bits of `history` name, an answer as its next bits say.
fn trail(bank: &Bank, history: u64) -> Trail {
    let mut trail = Trail::default();
    for (i, question) in bank.questions.iter().enumerate() {
        let bits = history.rotate_right(3 * i as u32 % 61);
        if bits & 1 == 1 {
            trail.take(&answered(bank, &question.id, (bits >> 3) as i64 % (40 * DAY), bits & 2 == 2, bits & 12 == 12));
        }
    }
    trail
}

/// Chooses the first options of the open question as the author wrote them, or others.
fn choose(drill: &mut Drill, right: bool) {
    let question = drill.open().expect("an open question").item().question.clone();
    let first = if right { 0 } else { question.choices.len() - question.keys };
    for option in first..first + question.keys {
        assert!(drill.apply(Step::Pick(OptionId(option as u8))));
    }
}

/// Answers the open question, takes that in, and gives its id.
fn answer(drill: &mut Drill, bank: &Bank, trail: &mut Trail, at: i64, right: bool) -> Slug {
    choose(drill, right);
    let answer = drill.answer(bank, Wall(at), Day((at / DAY) as i32)).expect("a whole answer");
    assert_eq!(answer.is_right(), right);
    trail.take(&answer);
    answer.question
}

/// The questions of a drill of at most `most`, all answered as `right` says.
fn asked(bank: &Bank, trail: &Trail, order: Order, seed: u64, most: usize, right: bool) -> Vec<Slug> {
    let (mut drill, mut trail) = (Drill::new(order, seed), trail.clone());
    let mut asked = Vec::new();
    while asked.len() < most && drill.go_on(bank, &trail, TODAY, &HashSet::new()) {
        asked.push(answer(&mut drill, bank, &mut trail, 50 * DAY + asked.len() as i64, right));
    }
    asked
}

/// A bank of `each` questions in domains of these weights.
fn bank_of(weights: &[u32], each: usize) -> Bank {
    let mut bank = bank();
    bank.domains = weights
        .iter()
        .enumerate()
        .map(|(d, &weight)| examdeck::engine::bank::Domain {
            id: slug(&format!("d{d}")),
            title: Text::new("D"),
            weight,
        })
        .collect();
    bank.questions = (0..weights.len() * each)
        .map(|i| {
            let domain = format!("d{}", i % weights.len());
            Arc::new(question(&format!("q{}", (i * 7919) % 100_003), &domain, Kind::Single, "Which?", 1, &["a", "b"]))
        })
        .collect();
    bank
}

/// Answers the questions of the bank one after the other: `of(domain, nth of it)` says whether it is right, if at all.
fn history(bank: &Bank, of: impl Fn(&str, usize) -> Option<bool>) -> Trail {
    let mut trail = Trail::default();
    let mut counts: HashMap<&str, usize> = HashMap::new();
    for (i, question) in bank.questions.iter().enumerate() {
        let nth = counts.entry(question.domain.as_str()).or_default();
        if let Some(right) = of(question.domain.as_str(), *nth) {
            trail.take(&answered(bank, &question.id, i as i64, right, false));
        }
        *nth += 1;
    }
    trail
}

proptest! {
    #[test]
    fn the_same_seed_asks_the_same_whatever_the_order_of_the_files(
        bank in banks(), history in any::<u64>(), seed in any::<u64>(), mode in prop::sample::select(Mode::ALL.to_vec()),
        turn in 0usize..40,
    ) {
        let trail = trail(&bank, history);
        let mut other = bank.clone();
        other.questions.reverse();
        let turn = turn % other.questions.len();
        other.questions.rotate_left(turn);
        let first = asked(&bank, &trail, order(&bank, mode), seed, 30, history & 1 == 0);
        prop_assert_eq!(&first, &asked(&bank, &trail, order(&bank, mode), seed, 30, history & 1 == 0), "the same again");
        prop_assert_eq!(&first, &asked(&other, &trail, order(&bank, mode), seed, 30, history & 1 == 0), "from another order");
    }

    #[test]
    fn no_question_comes_again_within_the_window_unless_nothing_else_is_left(
        bank in banks(), history in any::<u64>(), seed in any::<u64>(), right in any::<bool>(),
    ) {
        let list = asked(&bank, &trail(&bank, history), order(&bank, Mode::Weakest), seed, 70, right);
        prop_assert_eq!(list.len(), 70, "it has no end");
        // Of fewer questions than the window, the one asked longest ago comes: a full round lies between.
        let apart = WINDOW.min(bank.questions.len() - 1);
        for (i, id) in list.iter().enumerate() {
            prop_assert!(!list[i.saturating_sub(apart)..i].contains(id), "{id} again after less than {apart}");
        }
    }

    /// The drills of a student who begins one anew again and again, of all questions or of a few.
    #[test]
    fn nor_from_one_drill_to_the_next(
        bank in banks(), history in any::<u64>(), drills in prop::collection::vec((any::<u64>(), 1usize..12), 2..9),
        right in any::<bool>(), few in any::<bool>(),
    ) {
        let mut trail = trail(&bank, history);
        let mut among: Vec<Slug> = bank.questions.iter().map(|q| q.id.clone()).collect();
        among.truncate(if few { 5 } else { usize::MAX });
        let apart = WINDOW.min(among.len() - 1);
        let mut list: Vec<Slug> = Vec::new();
        for (seed, most) in drills {
            let mut drill = Drill::new(Order { only: among.clone(), ..order(&bank, Mode::Weakest) }, seed);
            for _ in 0..most {
                prop_assert!(drill.go_on(&bank, &trail, TODAY, &HashSet::new()));
                let id = answer(&mut drill, &bank, &mut trail, 50 * DAY + list.len() as i64, right);
                prop_assert!(!list[list.len().saturating_sub(apart)..].contains(&id), "{id} again within {apart}");
                list.push(id);
            }
        }
    }

    #[test]
    fn each_mode_asks_what_it_says_each_question_once(
        bank in banks(), history in any::<u64>(), seed in any::<u64>(), right in any::<bool>(),
    ) {
        let trail = trail(&bank, history);
        let standing = |id: &Slug| trail.standings.get(id);
        for mode in [Mode::Mistakes, Mode::Unseen, Mode::All] {
            let list = asked(&bank, &trail, order(&bank, mode), seed, usize::MAX, right);
            let unique: HashSet<&Slug> = list.iter().collect();
            prop_assert_eq!(unique.len(), list.len(), "{:?}: a question twice", mode);
            let expected = bank.questions.iter().filter(|q| match mode {
                Mode::Mistakes => standing(&q.id).is_some_and(|s| s.mistake.is_some()),
                Mode::Unseen => standing(&q.id).is_none(),
                _ => true,
            });
            prop_assert_eq!(unique, expected.map(|q| &q.id).collect::<HashSet<_>>(), "{:?}", mode);
            if mode == Mode::Mistakes {
                let last: Vec<Wall> = list.iter().filter_map(standing).map(|s| s.last_at).collect();
                prop_assert!(last.is_sorted(), "the longest unanswered first");
            }
        }
    }

    #[test]
    fn a_drill_has_at_most_as_many_questions_as_were_asked_for(
        bank in banks(), history in any::<u64>(), seed in any::<u64>(), questions in 1usize..30,
        mode in prop::sample::select(Mode::ALL.to_vec()),
    ) {
        let trail = trail(&bank, history);
        let wanted = Order { questions: Some(questions), ..order(&bank, mode) };
        let (mut drill, mut going) = (Drill::new(wanted, seed), trail.clone());
        let mut count = 0;
        while drill.go_on(&bank, &going, TODAY, &HashSet::new()) {
            let of = drill.course().of.expect("a count");
            prop_assert!(of <= questions && count < of, "question {} of {of}", count + 1);
            answer(&mut drill, &bank, &mut going, 50 * DAY + count as i64, true);
            count += 1;
        }
        let stock = asked(&bank, &trail, order(&bank, mode), seed, 40, true).len();
        let expected = if mode == Mode::Sprint { questions.min(bank.questions.len()) } else { questions.min(stock) };
        prop_assert_eq!(count, expected);
        prop_assert!(!drill.go_on(&bank, &going, TODAY, &HashSet::new()), "over is over");
    }

    #[test]
    fn a_drill_that_waited_goes_on_as_it_was(
        bank in banks(), history in any::<u64>(), seed in any::<u64>(), mode in prop::sample::select(Mode::ALL.to_vec()),
        steps in prop::collection::vec((crate::support::arbitrary::steps(), 0u64..5000, 0u8..8), 0..60),
    ) {
        let mut trail = trail(&bank, history);
        let mut drill = Drill::new(order(&bank, mode), seed);
        prop_assume!(drill.go_on(&bank, &trail, TODAY, &HashSet::new()));
        let mut at = 50 * DAY;
        for (step, ms, what) in steps {
            let again = Drill::restore(drill.keep(), &bank);
            prop_assert_eq!(&again, &drill);
            drill = again;
            drill.elapse(Duration::from_millis(ms));
            at += 1;
            match what {
                0 if drill.open().is_none_or(|o| o.is_answered()) => _ = drill.go_on(&bank, &trail, TODAY, &HashSet::new()),
                0 | 1 => {
                    if let Some(answer) = drill.answer(&bank, Wall(at), Day(50)) {
                        trail.take(&answer);
                    }
                }
                _ => _ = drill.apply(step),
            }
            let tally = &drill.course().tally;
            prop_assert!(tally.right <= tally.answered && tally.streak <= tally.best_streak);
            prop_assert_eq!(tally.domains.iter().map(|d| d.2).sum::<usize>(), tally.answered);
            prop_assert_eq!(tally.domains.iter().map(|d| d.1).sum::<usize>(), tally.right);
        }
    }
}

#[test]
fn the_rule_in_words_has_the_numbers_of_the_rule() {
    const WORDS: [&str; 11] = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    assert_eq!(MIX.iter().sum::<usize>(), 10);
    let [missed, unseen, known] = MIX.map(|n| WORDS[n]);
    assert!(
        MIX_RULE[0]
            .contains(&format!("{missed} are ones you missed or guessed, {unseen} are new, and {known} are known"))
    );
    assert!(MIX_RULE[3].contains("ten answers") && (SHRINK - 10.0).abs() < 1e-9);
    assert!(MIX_RULE[5].contains("twenty") && WINDOW == 20);
}

#[test]
fn of_each_ten_questions_four_are_missed_four_new_and_two_known() {
    let bank = bank_of(&[1], 300);
    let trail = history(&bank, |_, nth| (nth % 3 > 0).then_some(nth % 3 == 1));
    for seed in 0..20 {
        let list = asked(&bank, &trail, order(&bank, Mode::Weakest), seed, 60, true);
        for ten in list.chunks(10) {
            let count = |pile| ten.iter().filter(|id| Pile::of(trail.standings.get(*id), TODAY) == pile).count();
            assert_eq!(Pile::ALL.map(count), MIX, "seed {seed}");
        }
    }
}

#[test]
fn the_share_of_an_empty_pile_goes_to_the_others() {
    let bank = bank_of(&[1], 200);
    // Nothing missed: new and known are asked as 4 to 2, in about two thirds and one third of the missed ones' places.
    let trail = history(&bank, |_, nth| (nth % 2 == 0).then_some(true));
    let mut new = 0;
    for seed in 0..100 {
        let list = asked(&bank, &trail, order(&bank, Mode::Weakest), seed, 20, true);
        new += list.iter().filter(|id| !trail.standings.contains_key(*id)).count();
    }
    let expected = 2000.0 * 2.0 / 3.0; // 4 of 10 places, and two thirds of 4 others
    // The places of the missed ones are 800 draws: four standard deviations.
    assert!((new as f64 - expected).abs() < 4.0 * (800.0f64 * 2.0 / 9.0).sqrt(), "{new} new ones of 2000");
    // Nothing but known ones: they are asked.
    let all_known = history(&bank, |_, _| Some(true));
    assert_eq!(asked(&bank, &all_known, order(&bank, Mode::Weakest), 1, 50, true).len(), 50);
}

#[test]
fn domains_are_asked_by_what_the_next_right_answer_is_worth_there() {
    let bank = bank_of(&[50, 30, 20], 60);
    // The student knows most of the first, a third of the second, nothing yet of the third.
    let trail = history(&bank, |domain, nth| match domain {
        "d0" => (nth < 40).then_some(nth % 10 > 0),
        "d1" => (nth < 40).then_some(nth % 3 == 0),
        _ => None,
    });
    let worth = worth(&bank, &trail);
    let total: f64 = worth.iter().sum();
    assert!(worth[1] > worth[0] && worth[1] > worth[2], "{worth:?}");
    let mut counts = [0usize; 3];
    const DRAWS: usize = 3000;
    for seed in 0..DRAWS as u64 {
        let first = asked(&bank, &trail, order(&bank, Mode::Unseen), seed, 1, true);
        let question = bank.questions.iter().find(|q| q.id == first[0]).expect("there");
        counts[question.domain.as_str()[1..].parse::<usize>().expect("d0 to d2")] += 1;
    }
    let expected = worth.iter().map(|w| w / total * DRAWS as f64);
    let chi: f64 = counts.iter().zip(expected).map(|(&c, e)| (c as f64 - e).powi(2) / e).sum();
    assert!(chi < 13.82, "{counts:?} by {worth:?}: chi-square {chi:.1}"); // one in a thousand, 2 degrees of freedom
}

#[test]
fn what_a_domain_is_worth_is_its_weight_times_what_is_wrong_there() {
    let bank = bank_of(&[60, 40], 100);
    // Nothing answered: half is taken to be right everywhere.
    assert_eq!(worth(&bank, &Trail::default()), [0.3, 0.2]);
    // Two right answers do not make a domain known, a hundred nearly do; the other one follows the average.
    let few = worth(&bank, &history(&bank, |d, nth| (d == "d0" && nth < 2).then_some(true)));
    let many = worth(&bank, &history(&bank, |d, _| (d == "d0").then_some(true)));
    assert!((few[0] - 0.6 * (1.0 - (2.0 + 10.0 * 0.75) / 12.0)).abs() < 1e-12, "{few:?}");
    assert!(few[0] > 0.1 && many[0] < 0.002, "{few:?} {many:?}");
    // A domain without weight is worth nothing, and is asked only if there is no other.
    let weightless = bank_of(&[1, 0], 30);
    let list = asked(&weightless, &Trail::default(), order(&weightless, Mode::Unseen), 3, 60, true);
    let domains: Vec<&str> = list
        .iter()
        .filter_map(|id| weightless.questions.iter().find(|q| q.id == *id))
        .map(|q| q.domain.as_str())
        .collect();
    assert_eq!((domains[..30].contains(&"d1"), domains[30..].contains(&"d0")), (false, false));
}

#[test]
fn missed_and_known_ones_come_by_the_day_and_new_ones_by_chance() {
    let bank = bank_of(&[1], 60);
    let missed = history(&bank, |_, _| Some(false));
    let list = asked(&bank, &missed, order(&bank, Mode::Weakest), 5, WINDOW, true);
    let at: Vec<Wall> = list.iter().map(|id| missed.standings[id].last_at).collect();
    assert!(at.is_sorted(), "longest ago first");
    let firsts: HashSet<Slug> =
        (0..200).flat_map(|seed| asked(&bank, &Trail::default(), order(&bank, Mode::Weakest), seed, 1, true)).collect();
    assert!(firsts.len() > 50, "200 drills begin with {} of 60 new questions", firsts.len());
}

#[test]
fn a_filter_holds_for_every_question_and_as_the_record_changes() {
    let bank = bank();
    let filtered = |filter: &str, mode| Order { filter: filter.parse().expect("a filter"), ..order(&bank, mode) };
    let trail = Trail::default();
    for (filter, expected) in
        [("domain:tides", 5), ("domain:tides -type:tf", 3), ("module:m1 type:multi", 1), ("ebb", 1)]
    {
        let list = asked(&bank, &trail, filtered(filter, Mode::All), 1, 100, true);
        assert_eq!(list.len(), expected, "{filter}: {list:?}");
    }
    // What is answered is not unseen any more: in a mode without end, that is the end.
    assert_eq!(asked(&bank, &trail, filtered("unseen domain:rules", Mode::Weakest), 1, 100, true).len(), 4);
    assert_eq!(asked(&bank, &trail, filtered("domain:tides", Mode::Weakest), 1, 30, true).len(), 30);
    assert!(asked(&bank, &trail, filtered("missed", Mode::Sprint), 1, 30, true).is_empty());
}

#[test]
fn a_missed_question_that_was_right_today_rests_until_tomorrow() {
    let bank = bank_of(&[1], 60);
    let mut trail = history(&bank, |_, nth| Some(nth > 2));
    let missed: Vec<Slug> =
        trail.standings.iter().filter(|(_, s)| s.mistake.is_some()).map(|(id, _)| id.clone()).collect();
    let list = asked(&bank, &trail, order(&bank, Mode::Weakest), 9, 60, true);
    for id in &missed {
        assert_eq!(list.iter().filter(|asked| *asked == id).count(), 1, "mended for today");
        assert!(list[..10].contains(id), "but it came among the first");
        trail.take(&answered(&bank, id, 50 * DAY, true, false));
        assert_eq!(Pile::of(trail.standings.get(id), TODAY), Pile::Known);
        assert_eq!(Pile::of(trail.standings.get(id), Day(51)), Pile::Missed);
    }
}

#[test]
fn what_was_missed_in_a_long_exam_may_be_asked_at_once_and_in_the_next_drill_only_later() {
    let bank = bank_of(&[1], 900);
    let mut trail = Trail::default();
    for (nth, question) in bank.questions.iter().enumerate().take(100) {
        trail.take(&answered(&bank, &question.id, 50 * DAY - 1, nth % 10 > 0, false));
    }
    let missed =
        |list: &[Slug]| list.iter().filter(|id| trail.standings.get(*id).is_some_and(|s| !s.last_right)).count();
    assert_eq!(missed(&asked(&bank, &trail, order(&bank, Mode::Weakest), 1, 10, false)), MIX[0]);
    // One question is missed in a drill; in those that follow at once it comes after twenty others.
    let mut trail = Trail::default();
    let mut drill = Drill::new(order(&bank, Mode::Weakest), 7);
    assert!(drill.go_on(&bank, &trail, TODAY, &HashSet::new()));
    let id = answer(&mut drill, &bank, &mut trail, 50 * DAY, false);
    let mut between = 0;
    for seed in 0..10 {
        let mut drill = Drill::new(order(&bank, Mode::Weakest), seed);
        for _ in 0..6 {
            assert!(drill.go_on(&bank, &trail, TODAY, &HashSet::new()));
            let next = answer(&mut drill, &bank, &mut trail, 50 * DAY + 1 + between, true);
            if next == id {
                assert!(between >= WINDOW as i64, "after {between}");
                return;
            }
            between += 1;
        }
    }
    panic!("what was missed does not come again in {between} questions");
}

#[test]
fn a_sprint_follows_the_exams_weights_and_ends_at_zero() {
    let bank = bank_of(&[90, 10], 60);
    let mut heavy = 0;
    for seed in 0..200 {
        let list = asked(&bank, &Trail::default(), order(&bank, Mode::Sprint), seed, usize::MAX, true);
        assert_eq!(list.len(), 10);
        heavy +=
            list.iter().filter(|id| bank.questions.iter().any(|q| q.id == **id && q.domain.as_str() == "d0")).count();
    }
    assert!((1750..1850).contains(&heavy), "{heavy} of 2000 from the domain of weight 90");
    let mut trail = Trail::default();
    let mut sprint = Drill::new(order(&bank, Mode::Sprint), 1);
    assert!(sprint.go_on(&bank, &trail, TODAY, &HashSet::new()));
    assert_eq!(sprint.remaining(), Some(bank.exam.pace() * 10));
    sprint.elapse(Duration::from_secs(60));
    answer(&mut sprint, &bank, &mut trail, 0, true);
    sprint.elapse(Duration::from_secs(99)); // between two questions no time is spent
    assert!(sprint.go_on(&bank, &trail, TODAY, &HashSet::new()));
    assert_eq!(sprint.remaining(), Some(bank.exam.pace() * 10 - Duration::from_secs(60)));
    choose(&mut sprint, true);
    sprint.elapse(Duration::from_secs(7200));
    assert_eq!(sprint.remaining(), Some(Duration::ZERO));
    assert!(sprint.open().is_none(), "what was chosen and not given is no answer");
    assert_eq!(sprint.answer(&bank, Wall(0), Day(0)), None);
    assert!(!sprint.go_on(&bank, &trail, TODAY, &HashSet::new()));
    assert_eq!(sprint.course().tally.answered, 1);
}

#[test]
fn an_answer_is_final_and_says_what_it_was() {
    let bank = bank();
    let mut drill = Drill::new(Order { only: vec![slug("spring-tide")], ..order(&bank, Mode::All) }, 1);
    assert!(drill.go_on(&bank, &Trail::default(), TODAY, &HashSet::new()));
    assert_eq!(drill.answer(&bank, Wall(9), Day(0)), None, "nothing is chosen");
    drill.elapse(Duration::from_secs(20));
    drill.apply(Step::Pick(OptionId(0)));
    drill.apply(Step::Guess);
    drill.apply(Step::Pick(OptionId(2)));
    drill.elapse(Duration::from_secs(5));
    let answer = drill.answer(&bank, Wall(9), Day(0)).expect("an answer");
    assert_eq!((answer.points, answer.guessed, answer.spent), (0.0, true, Duration::from_secs(25)));
    assert_eq!(answer.picked, [Text::new("In the weeks of spring only")]);
    assert_eq!(answer.change, Some(examdeck::engine::answer::Change::Worse));
    assert_eq!(drill.answer(&bank, Wall(9), Day(0)), None, "it was given");
    for step in [Step::Pick(OptionId(0)), Step::Clear, Step::Guess, Step::Flag, Step::Goto(0), Step::Submit] {
        assert!(!drill.apply(step), "{step:?} after the answer");
    }
    drill.elapse(Duration::from_secs(500));
    assert_eq!(drill.answered()[0].response().spent(), Duration::from_secs(25), "reading the answer takes no time");
    assert!(!drill.go_on(&bank, &Trail::default(), TODAY, &HashSet::new()));
}

#[test]
fn who_has_gone_away_spends_no_more_than_ten_minutes() {
    let bank = bank();
    let mut drill = Drill::new(order(&bank, Mode::All), 1);
    assert!(drill.go_on(&bank, &Trail::default(), TODAY, &HashSet::new()));
    for _ in 0..5 {
        drill.elapse(Duration::from_secs(250));
    }
    assert_eq!(drill.open().expect("open").response().spent(), LONGEST);
}

#[test]
fn a_question_that_was_taken_out_or_revised_is_not_gone_on_with() {
    let bank = bank();
    let trail = Trail::default();
    let mut drill = Drill::new(order(&bank, Mode::All), 1);
    assert!(drill.go_on(&bank, &trail, TODAY, &HashSet::new()));
    choose(&mut drill, false);
    let kept = drill.keep();
    let id = drill.open().expect("open").item().question.id.clone();
    let place = bank.questions.iter().position(|q| q.id == id).expect("there");
    let mut without = bank.clone();
    without.questions.remove(place);
    let mut revised = bank.clone();
    Arc::make_mut(&mut revised.questions[place]).choices.swap(0, 1); // another key
    let mut reworded = bank.clone();
    Arc::make_mut(&mut reworded.questions[place]).stem = Text::new("Is it not?");
    for other in [&without, &revised, &reworded] {
        let mut again = Drill::restore(kept.clone(), other);
        assert!(again.open().is_none());
        let list: Vec<Slug> = std::iter::from_fn(|| {
            again
                .go_on(other, &trail, TODAY, &HashSet::new())
                .then(|| again.open().expect("open").item().question.id.clone())
        })
        .collect();
        assert_eq!(list.len(), other.questions.len(), "a revised one is asked anew");
    }
}

#[test]
fn an_answer_to_a_question_that_has_another_number_of_keys_now_is_not_given_twice() {
    let mut bank = bank();
    bank.questions.retain(|q| q.kind == Kind::Multi);
    bank.questions.truncate(1);
    let mut drill = Drill::new(order(&bank, Mode::All), 1);
    assert!(drill.go_on(&bank, &Trail::default(), TODAY, &HashSet::new()));
    choose(&mut drill, false);
    assert!(drill.answer(&bank, Wall(5), TODAY).is_some());
    let kept = drill.keep();
    assert!(Drill::restore(kept.clone(), &bank).open().is_some_and(|open| open.is_answered()));
    let keys = bank.questions[0].keys;
    for keys in [keys - 1, keys + 1] {
        let mut revised = bank.clone();
        Arc::make_mut(&mut revised.questions[0]).keys = keys; // the options read as before
        let again = Drill::restore(kept.clone(), &revised);
        assert!(again.open().is_none() && again.answered().is_empty(), "it was another question");
    }
}

#[test]
fn of_many_answers_the_last_right_ones_and_the_last_missed_ones_are_kept() {
    let bank = bank_of(&[1], 200);
    let (mut drill, mut trail) = (Drill::new(order(&bank, Mode::All), 1), Trail::default());
    let mut list = Vec::new();
    while drill.go_on(&bank, &trail, TODAY, &HashSet::new()) {
        let right = list.len() % 4 > 0;
        list.push((answer(&mut drill, &bank, &mut trail, list.len() as i64, right), right));
        if list.len() == KEPT {
            let kept = drill.answered().iter().map(|a| (a.item().question.id.clone(), a.is_right()));
            assert!(kept.eq(list.iter().cloned()), "of few, all are kept");
        }
    }
    for right in [true, false] {
        let alike = list.iter().filter(|(_, r)| *r == right).map(|(id, _)| id);
        let kept = drill.answered().iter().filter(|a| a.is_right() == right).map(|a| &a.item().question.id);
        let expected: Vec<&Slug> = alike.skip(if right { 150 - KEPT } else { 50 - KEPT }).collect();
        assert_eq!(kept.collect::<Vec<_>>(), expected, "right: {right}");
        assert_eq!(expected.len(), KEPT);
    }
}

proptest! {
    /// Whatever the mode and the past: what is withheld is never asked, and is not counted among what could be.
    #[test]
    fn what_is_withheld_is_never_asked(history in any::<u64>(), seed in any::<u64>(), first in 0usize..12, many in 0usize..12) {
        let bank = bank();
        let withheld: HashSet<Slug> = bank.questions.iter().cycle().skip(first).take(many).map(|q| q.id.clone()).collect();
        for mode in Mode::ALL {
            let trail = trail(&bank, history);
            let order = order(&bank, mode);
            let all = stock(&bank, &trail, &order, &HashSet::new());
            let left = stock(&bank, &trail, &order, &withheld);
            prop_assert!(left <= all && left + withheld.len() >= all);
            let mut drill = Drill::new(order, seed);
            for _ in 0..30 {
                if !drill.go_on(&bank, &trail, TODAY, &withheld) {
                    break;
                }
                prop_assert!(!withheld.contains(&drill.open().expect("open").item().question.id), "{mode:?}");
            }
        }
    }
}
