//! Choosing the next question of a drill.
//!
//! Chance comes from the drill's seed and the number of the question, and candidates are put in the order of their ids
//! before it decides: the same drill on another machine, or after a restart, asks the same.

use std::cmp::Reverse;
use std::collections::HashSet;
use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::chance::Chance;
use crate::engine::day::Day;
use crate::engine::filter::About;
use crate::engine::learner::Trail;
use crate::engine::mastery::Mastery;
use crate::engine::question::Question;
use crate::engine::slug::Slug;
use crate::engine::standing::Standing;
use crate::engine::time::Wall;

use super::{Course, Order};

/// How questions are chosen, for the help and the documentation; the numbers are [`MIX`], [`WINDOW`] and
/// [`SHRINK`](crate::engine::mastery::SHRINK).
pub const MIX_RULE: [&str; 6] = [
    "Of each ten questions four are ones you missed or guessed, four are new, and two are known; what one pile lacks, the others give.",
    "A missed one that you got right today counts as known until tomorrow.",
    "The domain is drawn by what your next right answer is worth there: its weight in the exam times the share you get wrong.",
    "A domain with few answers is taken to be as your average; ten answers of its own weigh as much as that.",
    "In the domain, what you have not answered for longest comes first; a new question comes by chance.",
    "No question comes again within the next twenty, in this drill or the next one, unless nothing else is left.",
];

/// Of each so many questions of a pile: missed or guessed, new, known.
pub const MIX: [usize; 3] = [4, 4, 2];
/// A question does not come again within so many.
pub const WINDOW: usize = 20;

/// How questions are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// A mix of missed, new and known, most from where a right answer is worth most ([`MIX_RULE`]).
    #[default]
    Weakest,
    /// The mistakes book, each question once, the longest unanswered first.
    Mistakes,
    /// New questions, the domain chosen as in [`Mode::Weakest`].
    Unseen,
    /// All questions, each once, shuffled.
    All,
    /// A few questions by the exam's weights, against the clock.
    Sprint,
}

impl Mode {
    /// In the order in which they are offered.
    pub const ALL: [Mode; 5] = [Mode::Weakest, Mode::Mistakes, Mode::Unseen, Mode::All, Mode::Sprint];

    /// The word that is stored and typed.
    pub fn label(self) -> &'static str {
        match self {
            Mode::Weakest => "weakest",
            Mode::Mistakes => "mistakes",
            Mode::Unseen => "unseen",
            Mode::All => "all",
            Mode::Sprint => "sprint",
        }
    }

    /// The mode with this [`label`](Self::label).
    pub fn from_label(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.label() == word)
    }

    fn takes(self, standing: Option<&Standing>) -> bool {
        match self {
            Mode::Mistakes => standing.is_some_and(|s| s.mistake.is_some()),
            Mode::Unseen => standing.is_none(),
            Mode::Weakest | Mode::All | Mode::Sprint => true,
        }
    }
}

/// What a student's answers make of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pile {
    /// Missed and not mended, or guessed the last time.
    Missed,
    /// Never answered.
    Unseen,
    /// Known.
    Known,
}

impl Pile {
    /// In the order of [`MIX`].
    pub const ALL: [Pile; 3] = [Pile::Missed, Pile::Unseen, Pile::Known];

    /// The pile of a question with this standing. A missed one that was right today rests among the known: only
    /// another day brings it on.
    pub fn of(standing: Option<&Standing>, today: Day) -> Self {
        match standing {
            None => Pile::Unseen,
            Some(s) if s.is_known() || (s.last_right && !s.last_guessed && s.last_day == today) => Pile::Known,
            Some(_) => Pile::Missed,
        }
    }
}

/// The next question.
#[derive(Clone, Debug, PartialEq)]
pub struct Next {
    /// The question.
    pub question: Arc<Question>,
    /// How many could be asked now, this one among them.
    pub left: usize,
}

#[derive(Clone, Copy)]
struct Candidate<'b> {
    question: &'b Arc<Question>,
    standing: Option<&'b Standing>,
    pile: Pile,
}

/// The question to ask next, none of those `withheld`; `None` if none is left.
pub fn next(bank: &Bank, trail: &Trail, course: &Course, today: Day, withheld: &HashSet<Slug>) -> Option<Next> {
    let wanted = wanted(bank, trail, &course.order, today, withheld);
    let mut asked: HashSet<&Slug> = course.asked.iter().collect();
    if course.order.mode == Mode::Weakest {
        asked.extend(resting(trail));
    }
    let fresh: Vec<Candidate<'_>> = wanted.iter().copied().filter(|c| !asked.contains(&c.question.id)).collect();
    let left = fresh.len();
    let chance = &mut Chance::of(course.seed, course.number as u64 + 1);
    let worth = || worth(bank, trail);
    let chosen = match course.order.mode {
        Mode::Weakest if fresh.is_empty() => longest_ago_asked(wanted, &course.asked),
        Mode::Weakest => {
            let pile = pile(&fresh, course);
            longest_ago_answered(of_a_domain(bank, of_pile(&fresh, pile), &worth(), chance), chance)
        }
        Mode::Mistakes => longest_ago_answered(fresh, chance),
        Mode::Unseen => any(of_a_domain(bank, fresh, &worth(), chance), chance),
        Mode::All => any(fresh, chance),
        Mode::Sprint => {
            let weights: Vec<f64> = bank.domains.iter().map(|d| f64::from(d.weight)).collect();
            any(of_a_domain(bank, fresh, &weights, chance), chance)
        }
    };
    chosen.map(|c| Next { question: c.question.clone(), left })
}

/// The questions after which fewer than [`WINDOW`] others were answered, in whichever drill. The answers of an exam are of
/// one moment, and none of them is before the others: after a long one, what was missed there may come at once.
fn resting(trail: &Trail) -> impl Iterator<Item = &Slug> {
    let mut times: Vec<Wall> = trail.standings.values().map(|s| s.last_at).collect();
    let free = (times.len() > WINDOW).then(|| *times.select_nth_unstable_by_key(WINDOW, |at| Reverse(*at)).1);
    trail.standings.iter().filter(move |(_, s)| free.is_none_or(|free| s.last_at > free)).map(|(id, _)| id)
}

/// What mode and order ask for, in the order of the ids.
fn wanted<'b>(
    bank: &'b Bank,
    trail: &'b Trail,
    order: &Order,
    today: Day,
    withheld: &HashSet<Slug>,
) -> Vec<Candidate<'b>> {
    let only: HashSet<&Slug> = order.only.iter().collect();
    let pace = bank.exam.pace();
    let meant = |c: &Candidate<'_>| {
        let about = About { standing: c.standing, mark: trail.marks.get(&c.question.id), pace };
        order.filter.matches(c.question, about)
    };
    let mut list: Vec<Candidate<'b>> = bank
        .questions
        .iter()
        .filter(|question| !withheld.contains(&question.id))
        .map(|question| {
            let standing = trail.standings.get(&question.id);
            Candidate { question, standing, pile: Pile::of(standing, today) }
        })
        .filter(|c| order.mode.takes(c.standing) && (only.is_empty() || only.contains(&c.question.id)) && meant(c))
        .collect();
    list.sort_unstable_by(|a, b| a.question.id.cmp(&b.question.id));
    list
}

/// How many questions a drill could ask if it began now.
pub fn stock(bank: &Bank, trail: &Trail, order: &Order, withheld: &HashSet<Slug>) -> usize {
    wanted(bank, trail, order, Day::default(), withheld).len()
}

/// What the next right answer in each domain is worth: its share of the exam times the share that is wrong there
/// ([`Mastery::expected`]).
pub fn worth(bank: &Bank, trail: &Trail) -> Vec<f64> {
    let mastery = Mastery::of(bank, trail);
    let weights: u64 = bank.domains.iter().map(|d| u64::from(d.weight)).sum();
    let each = bank.domains.iter().zip(&mastery.domains);
    each.map(|(domain, &share)| f64::from(domain.weight) / weights.max(1) as f64 * (1.0 - mastery.expected(share)))
        .collect()
}

/// The pile from which the question comes: ten places in an order by chance, anew for each ten. If that pile is empty,
/// another one takes the place, by its own share.
fn pile(fresh: &[Candidate<'_>], course: &Course) -> Pile {
    let mut places: Vec<Pile> = Pile::ALL.into_iter().zip(MIX).flat_map(|(p, n)| std::iter::repeat_n(p, n)).collect();
    let (ten, place) = (course.number / places.len(), course.number % places.len());
    let mut chance = Chance::of(course.seed, TENS + ten as u64);
    chance.shuffle(&mut places);
    let stocked = |pile: Pile| fresh.iter().any(|c| c.pile == pile);
    if stocked(places[place]) {
        return places[place];
    }
    let shares: Vec<f64> = Pile::ALL.iter().zip(MIX).map(|(&p, n)| if stocked(p) { n as f64 } else { 0.0 }).collect();
    let mut chance = Chance::of(course.seed, STEAD + course.number as u64);
    chance.weighted(&shares).map_or(places[place], |i| Pile::ALL[i])
}

/// Streams of chance beside those that choose a question: for the places of each ten, and for who takes an empty one.
const TENS: u64 = 1 << 33;
const STEAD: u64 = 1 << 34;

fn of_pile<'b>(fresh: &[Candidate<'b>], pile: Pile) -> Vec<Candidate<'b>> {
    fresh.iter().copied().filter(|c| c.pile == pile).collect()
}

/// Those of one domain, which is drawn by `weights` among the domains that any is of.
fn of_a_domain<'b>(bank: &Bank, list: Vec<Candidate<'b>>, weights: &[f64], chance: &mut Chance) -> Vec<Candidate<'b>> {
    let mut by_domain: Vec<Vec<Candidate<'b>>> = vec![Vec::new(); bank.domains.len()];
    for candidate in list {
        if let Some(place) = bank.domains.iter().position(|d| d.id == candidate.question.domain) {
            by_domain[place].push(candidate);
        }
    }
    let (touched, weights): (Vec<_>, Vec<f64>) =
        by_domain.into_iter().zip(weights).filter(|(list, _)| !list.is_empty()).unzip();
    let drawn = chance.weighted(&weights);
    drawn.and_then(|i| touched.into_iter().nth(i)).unwrap_or_default()
}

fn any<'b>(list: Vec<Candidate<'b>>, chance: &mut Chance) -> Option<Candidate<'b>> {
    let count = list.len() as u64;
    (count > 0).then(|| list[chance.below(count) as usize])
}

/// What was not answered for longest; chance decides among those of one moment, as the answers of an exam are.
fn longest_ago_answered<'b>(mut list: Vec<Candidate<'b>>, chance: &mut Chance) -> Option<Candidate<'b>> {
    let at = |c: &Candidate<'_>| c.standing.map(|s| s.last_at);
    let first = list.iter().map(at).min()?;
    list.retain(|c| at(c) == first);
    any(list, chance)
}

/// What was asked in an earlier drill, the longest ago first; then what was `asked` in this one, in its order.
fn longest_ago_asked<'b>(list: Vec<Candidate<'b>>, asked: &[Slug]) -> Option<Candidate<'b>> {
    let place = |c: &Candidate<'_>| asked.iter().position(|id| *id == c.question.id);
    list.into_iter().min_by_key(|c| (place(c), c.standing.map(|s| s.last_at)))
}
