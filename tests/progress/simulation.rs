//! Students of known ability practise and sit a mock exam: how often does the range hold their score?

use examdeck::engine::answer::Occasion;
use examdeck::engine::bank::{Bank, Domain};
use examdeck::engine::day::Day;
use examdeck::engine::draw::{Request, draw};
use examdeck::engine::holdings::Holdings;
use examdeck::engine::question::Kind;
use examdeck::engine::readiness::{Blueprint, Foresight, Readiness};
use examdeck::engine::sums::Sums;
use examdeck::engine::tally::{Count, Group};
use examdeck::engine::text::Text;
use std::sync::Arc;

use crate::support::bank::{bank, question, slug};
use crate::support::past::Chance;

const SEED: u64 = 2026;
const DOMAINS: usize = 7;
/// The domains' weights in the shipped blueprint, and nine questions for each seat.
const WEIGHTS: [u32; DOMAINS] = [15, 10, 18, 12, 15, 12, 18];
const STOCK_PER_SEAT: u32 = 9;
/// How many days ago students practised.
const AGES: [u32; 10] = [90, 60, 45, 30, 21, 14, 7, 3, 1, 0];
const TODAY: Day = Day(20_000);
/// How often a question that comes again is known because it was seen before.
const REMEMBERED: f64 = 0.3;
const STUDENTS_PER_PROFILE: usize = 290;

/// The chance of a right answer in each domain.
type Ability = [f64; DOMAINS];

/// Every kind of student; `None` stands for students who are all different.
const PROFILES: [(&str, Option<Ability>); 7] = [
    ("weak", Some([0.45; DOMAINS])),
    ("middling", Some([0.65; DOMAINS])),
    ("strong", Some([0.88; DOMAINS])),
    ("very strong", Some([0.96; DOMAINS])),
    ("uneven", Some([0.95, 0.5, 0.75, 0.6, 0.9, 0.35, 0.8])),
    ("one gap", Some([0.85, 0.85, 0.4, 0.85, 0.85, 0.85, 0.85])),
    ("all different", None),
];

/// A domain, as often as its weight says.
fn domain(chance: &mut Chance) -> usize {
    let mut at = chance.number() * f64::from(WEIGHTS.iter().sum::<u32>());
    WEIGHTS
        .iter()
        .position(|&w| {
            at -= f64::from(w);
            at < 0.0
        })
        .unwrap_or(DOMAINS - 1)
}

/// How much a student has practised.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Practice {
    /// Until a number is shown.
    Least,
    /// So many answers.
    Answers(u32),
}

const PRACTICES: [Practice; 5] =
    [Practice::Least, Practice::Answers(100), Practice::Answers(300), Practice::Answers(700), Practice::Answers(1500)];

fn exam_bank() -> Bank {
    let id = |i: usize| format!("domain-{i}");
    let mut bank = bank();
    bank.domains =
        (0..DOMAINS).map(|i| Domain { id: slug(&id(i)), title: Text::new("A domain"), weight: WEIGHTS[i] }).collect();
    bank.exam.questions = 100;
    bank.exam.pass_percent = 70;
    let of_domain = |i: usize| {
        (0..WEIGHTS[i] * STOCK_PER_SEAT).map(move |n| {
            let id = format!("question-{i}-{n}");
            Arc::new(question(&id, &format!("domain-{i}"), Kind::TrueFalse, "Is it?", 1, &["Yes", "No"]))
        })
    };
    bank.questions = (0..DOMAINS).flat_map(of_domain).collect();
    bank
}

/// A student on the way to the exam.
struct Student {
    /// Today's ability, and how much lower it was 60 days ago.
    ability: Ability,
    learned: f64,
    seen: [u32; DOMAINS],
    sums: Sums,
}

impl Student {
    fn new(ability: Option<Ability>, learned: f64, chance: &mut Chance) -> Self {
        let ability = ability.unwrap_or_else(|| {
            let level = 0.4 + 0.5 * chance.number();
            std::array::from_fn(|_| (level + 0.3 * (chance.number() - 0.5)).clamp(0.05, 0.98))
        });
        Self { ability, learned, seen: [0; DOMAINS], sums: Sums::default() }
    }

    /// Answers so many questions of each domain on a day; any question of the bank may come, also one seen before.
    fn practise(&mut self, age: u32, answers: &[u32; DOMAINS], chance: &mut Chance) {
        for (domain, &answers) in answers.iter().enumerate() {
            let ability = (self.ability[domain] - self.learned * f64::from(age) / 60.0).max(0.25);
            let mut counts = [Count::default(); 2];
            for _ in 0..answers {
                let stock = f64::from(WEIGHTS[domain] * STOCK_PER_SEAT);
                let first = !chance.comes(f64::from(self.seen[domain]) / stock);
                self.seen[domain] += u32::from(first);
                let right = chance.comes(ability) || (!first && chance.comes(REMEMBERED));
                let count = &mut counts[usize::from(first)];
                count.answers += 1;
                count.right += u32::from(right);
                count.points += f64::from(u8::from(right));
            }
            for (first, count) in [false, true].into_iter().zip(&counts).filter(|(_, c)| c.answers > 0) {
                let domain = slug(&format!("domain-{domain}"));
                let day = Day(TODAY.0 - age as i32);
                self.sums.add(&Group { day, domain, module: None, occasion: Occasion::Drill, first }, count, TODAY);
            }
        }
    }

    /// Practises, and looks at what is foreseen.
    fn foresees(&mut self, practice: Practice, exam: &Blueprint, chance: &mut Chance) -> Foresight {
        match practice {
            Practice::Answers(all) => {
                let mut left = all;
                for (i, &age) in AGES.iter().enumerate() {
                    let today = left / (AGES.len() - i) as u32;
                    left -= today;
                    let mut answers = [0; DOMAINS];
                    (0..today).for_each(|_| answers[domain(chance)] += 1);
                    self.practise(age, &answers, chance);
                }
            }
            Practice::Least => {}
        }
        // One more answer in each domain that lacks any, a day after the other and round again.
        let mut ages = AGES.into_iter().cycle();
        loop {
            match exam.readiness(&self.sums, TODAY) {
                Readiness::Foreseen(foresight) => return foresight,
                Readiness::TooFew(lacks) => {
                    let lacking = |d: usize| lacks.iter().any(|l| l.domain.as_str() == format!("domain-{d}"));
                    let answers = std::array::from_fn(|d| u32::from(lacking(d)));
                    self.practise(ages.next().unwrap_or(0), &answers, chance);
                }
            }
        }
    }

    /// The score in a drawn mock exam with so many questions of each domain.
    fn sits(&self, seats: &[usize; DOMAINS], chance: &mut Chance) -> usize {
        (0..DOMAINS).map(|d| (0..seats[d]).filter(|_| chance.comes(self.ability[d])).count()).sum()
    }
}

/// How the ranges of many students came out.
#[derive(Clone, Copy, Default)]
struct Tried {
    students: usize,
    below: usize,
    above: usize,
    width: usize,
    answers: u32,
    passed: usize,
    pass_chances: f64,
}

impl Tried {
    fn percent(self, n: usize) -> f64 {
        n as f64 * 100.0 / self.students as f64
    }

    fn held(self) -> f64 {
        self.percent(self.students - self.below - self.above)
    }
}

fn try_out(ability: Option<Ability>, learned: f64, practice: Practice, students: usize, chance: &mut Chance) -> Tried {
    let bank = exam_bank();
    let exam = Blueprint::of(&bank, &Holdings::of(&bank));
    let paper = draw(&bank, &Request { questions: 100, ..Request::default() }, SEED, None);
    let of_domain = |d: usize| paper.items.iter().filter(|i| i.question.domain == bank.domains[d].id).count();
    let seats = std::array::from_fn(of_domain);
    let mut tried = Tried { students, ..Tried::default() };
    for _ in 0..students {
        let mut student = Student::new(ability, learned, chance);
        let foresight = student.foresees(practice, &exam, chance);
        let score = student.sits(&seats, chance);
        tried.below += usize::from(score < foresight.low);
        tried.above += usize::from(score > foresight.high);
        tried.width += foresight.high - foresight.low;
        tried.answers += student.sums.total.answers;
        tried.passed += usize::from(score >= 70);
        tried.pass_chances += foresight.pass_chance;
    }
    tried
}

/// Tries all profiles at one amount of practice, and says what came out.
fn check(practice: Practice, seed: u64) {
    let mut chance = Chance(seed);
    let mut all = Tried::default();
    let mut said = String::new();
    for (name, ability) in PROFILES {
        let tried = try_out(ability, 0.0, practice, STUDENTS_PER_PROFILE, &mut chance);
        said.push_str(&format!(", {name} {:.1}", tried.held()));
        all.students += tried.students;
        all.below += tried.below;
        all.above += tried.above;
        all.width += tried.width;
        all.answers += tried.answers;
        all.passed += tried.passed;
        all.pass_chances += tried.pass_chances;
    }
    let held = all.held();
    let said = format!(
        "{practice:?}, {} students, {:.0} answers each: {held:.1} % held, {:.1} % below, {:.1} % above, {:.1} points wide{said}",
        all.students,
        f64::from(all.answers) / all.students as f64,
        all.percent(all.below),
        all.percent(all.above),
        all.width as f64 / all.students as f64,
    );
    println!("{said}");
    assert!(all.students >= 2000 && (85.0..=95.0).contains(&held), "{said}");
    let (passed, foreseen) = (all.percent(all.passed), all.pass_chances * 100.0 / all.students as f64);
    // The flat prior is a little cautious while answers are few.
    assert!((passed - foreseen).abs() < 6.0, "{passed:.1} % passed, {foreseen:.1} % were foreseen to");
}

#[test]
fn nine_ranges_in_ten_hold_the_score_after_the_least_practice() {
    check(PRACTICES[0], SEED);
}

#[test]
fn nine_ranges_in_ten_hold_the_score_after_100_answers() {
    check(PRACTICES[1], SEED);
}

#[test]
fn nine_ranges_in_ten_hold_the_score_after_300_answers() {
    check(PRACTICES[2], SEED);
}

#[test]
fn nine_ranges_in_ten_hold_the_score_after_700_answers() {
    check(PRACTICES[3], SEED);
}

#[test]
fn nine_ranges_in_ten_hold_the_score_after_1500_answers() {
    check(PRACTICES[4], SEED);
}

/// `cargo test --release --test progress -- --ignored --nocapture` says what came out.
#[test]
#[ignore = "five times as long as the tests above"]
fn nine_ranges_in_ten_hold_the_score_whatever_the_seed() {
    for seed in 1..=5 {
        println!("seed {seed}");
        PRACTICES.into_iter().for_each(|practice| check(practice, seed));
    }
}

/// Ability that rose over the last weeks is foreseen too late: the documentation says that the range then lies too low.
#[test]
fn who_learns_fast_scores_above_the_range_and_not_below() {
    let mut chance = Chance(SEED);
    let tried = try_out(Some([0.75; DOMAINS]), 0.15, Practice::Answers(700), 200, &mut chance);
    println!("learned 15 points in 60 days: {:.1} % held, {:.1} % above", tried.held(), tried.percent(tried.above));
    assert!(tried.percent(tried.below) < 5.0 && tried.above > tried.below);
}
