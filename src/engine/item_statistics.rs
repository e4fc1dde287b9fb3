//! How questions did with many examinees: classical item statistics, gathered answer by answer in steady memory.
//!
//! A question's *rest* is what the same examinee gained in the same sitting on the other questions, as a share of their
//! number, so that sittings of different lengths can be told together. Correlating with the rest and not with the whole keeps a
//! question from being correlated with itself (Henrysson, 1963, Correction of item-total correlations in item analysis,
//! Psychometrika 28, 211–218).

use std::time::Duration;

/// Below this facility a question is too hard.
pub const TOO_HARD: f64 = 0.30;
/// Above this facility a question is too easy.
pub const TOO_EASY: f64 = 0.95;
/// Below this discrimination a question hardly tells the strong from the weak.
pub const WEAK: f64 = 0.20;
/// A distractor does not work if fewer than this share of those who were wrong chose it. The share is of the wrong and not
/// of all, as on an easy question no distractor can draw 5 % of all (Raymond, Stevens & Bucak, 2019, The optimal number of
/// options for multiple-choice questions on high-stakes tests, Advances in Health Sciences Education 24, 141–150).
pub const IDLE: f64 = 0.05;
/// The share of examinees with the highest rests that counts as strong (Kelley, 1939, The selection of upper and lower groups for
/// the validation of test items, Journal of Educational Psychology 30, 17–24).
pub const STRONG: f64 = 0.27;
/// By so many standard deviations must the strong prefer a distractor to the key: one-sided 5 % (McNemar, 1947, Note
/// on the sampling error of the difference between correlated proportions or percentages, Psychometrika 12, 153–157). Who chose
/// both, where several may be chosen, is counted on both sides, which errs to silence.
const PREFERRED: f64 = 1.645;
/// Rests are told apart by whole percents where the strong are picked out.
const BINS: usize = 101;

/// Mean and squares of a row of numbers (Welford, 1962).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    n: u64,
    sum: f64,
    mean: f64,
    squares: f64,
}

impl Spread {
    /// Adds a number.
    pub fn add(&mut self, x: f64) {
        self.n += 1;
        self.sum += x;
        let away = x - self.mean;
        self.mean += away / self.n as f64;
        self.squares += away * (x - self.mean);
    }

    /// How many numbers there were.
    pub fn n(&self) -> u64 {
        self.n
    }

    /// Their mean; `None` without one. Of whole numbers it is the same in whatever order they came.
    pub fn mean(&self) -> Option<f64> {
        (self.n > 0).then(|| self.sum / self.n as f64)
    }

    /// Their variance, as of a whole population.
    fn variance(&self) -> f64 {
        if self.n == 0 { 0.0 } else { self.squares / self.n as f64 }
    }

    /// Their standard deviation, as of a sample (n − 1); `None` for fewer than two.
    pub fn deviation(&self) -> Option<f64> {
        (self.n > 1).then(|| (self.squares / (self.n - 1) as f64).sqrt())
    }
}

/// Two rows of numbers side by side.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pairs {
    x: Spread,
    y: Spread,
    products: f64,
}

impl Pairs {
    /// Adds a pair.
    pub fn add(&mut self, x: f64, y: f64) {
        let away = x - self.x.mean;
        self.x.add(x);
        self.y.add(y);
        self.products += away * (y - self.y.mean);
    }

    /// How many pairs there were.
    pub fn n(&self) -> u64 {
        self.x.n
    }

    /// Pearson's correlation; `None` if one of the rows does not vary.
    pub fn correlation(&self) -> Option<f64> {
        let squares = self.x.squares * self.y.squares;
        (squares > 0.0).then(|| (self.products / squares.sqrt()).clamp(-1.0, 1.0))
    }
}

/// One examinee's answer to one question.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Given {
    /// The points it gained, 0 to 1.
    pub points: f64,
    /// The chosen options, a bit each.
    pub picked: u32,
    /// The time spent on the question.
    pub spent: Duration,
    /// What the examinee gained on the others of the sitting, 0 to 1; `None` if there were no others.
    pub rest: Option<f64>,
}

/// How often an option was chosen, and by whom.
#[derive(Clone, Debug, PartialEq)]
pub struct OptionTally {
    /// How many chose it.
    pub chosen: u64,
    rest: Pairs,
    bins: Vec<u32>,
}

impl OptionTally {
    /// The correlation of choosing it with the rest: well below zero for a distractor that misleads the weak.
    pub fn discrimination(&self) -> Option<f64> {
        self.rest.correlation()
    }
}

/// The answers to one question, added up. The first `keys` options are the keys.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemTally {
    keys: usize,
    points: Spread,
    rest: Pairs,
    bins: Vec<u32>,
    spent: Duration,
    /// How many left it without an answer; they gained no point.
    pub omitted: u64,
    /// How many answered and did not get the whole point.
    pub wrong: u64,
    /// The options.
    pub options: Vec<OptionTally>,
}

impl ItemTally {
    /// No answers yet to a question with so many options.
    pub fn new(options: usize, keys: usize) -> Self {
        let none = OptionTally { chosen: 0, rest: Pairs::default(), bins: vec![0; BINS] };
        Self {
            keys,
            points: Spread::default(),
            rest: Pairs::default(),
            bins: vec![0; BINS],
            spent: Duration::ZERO,
            omitted: 0,
            wrong: 0,
            options: vec![none; options],
        }
    }

    /// Adds an answer.
    pub fn add(&mut self, given: &Given) {
        self.points.add(given.points);
        self.spent = self.spent.saturating_add(given.spent);
        self.omitted += u64::from(given.picked == 0);
        self.wrong += u64::from(given.picked != 0 && given.points < 1.0);
        if let Some(rest) = given.rest {
            self.rest.add(given.points, rest);
            self.bins[bin(rest)] += 1;
        }
        for (place, option) in self.options.iter_mut().enumerate() {
            let chosen = given.picked >> place & 1 == 1;
            option.chosen += u64::from(chosen);
            if let Some(rest) = given.rest {
                option.rest.add(f64::from(u8::from(chosen)), rest);
                option.bins[bin(rest)] += u32::from(chosen);
            }
        }
    }

    /// How many answers there were.
    pub fn n(&self) -> u64 {
        self.points.n
    }

    /// The mean of the points: of one-point questions the share that was right.
    pub fn facility(&self) -> Option<f64> {
        self.points.mean()
    }

    /// The correlation of the points with the rest, which is the corrected point-biserial one.
    pub fn discrimination(&self) -> Option<f64> {
        self.rest.correlation()
    }

    /// The mean time spent on it, in seconds.
    pub fn seconds(&self) -> Option<f64> {
        (self.n() > 0).then(|| self.spent.as_millis() as f64 / 1000.0 / self.n() as f64)
    }

    /// Whether the option works; `None` for a key, and if fewer than `least` were wrong.
    pub fn works(&self, option: usize, least: u64) -> Option<bool> {
        let judged = option >= self.keys && self.wrong >= least;
        judged.then(|| self.options[option].chosen as f64 >= IDLE * self.wrong as f64)
    }

    /// How many are strong, and how many of them chose each option. The strong are those with the highest rests, whole percents of
    /// them, until there are at least [`STRONG`] of all.
    pub fn strong(&self) -> (u64, Vec<u64>) {
        let mut count = 0;
        let mut from = BINS;
        while from > 0 && (count as f64) < STRONG * self.rest.n() as f64 {
            from -= 1;
            count += u64::from(self.bins[from]);
        }
        let chose = |o: &OptionTally| o.bins[from..].iter().copied().map(u64::from).sum();
        (count, self.options.iter().map(chose).collect())
    }

    /// Whether the strong choose a distractor more than a key, by more than chance explains, and choosing it goes better with
    /// the rest than choosing the key does. On a hard question that alone keeps out two distractors that all fall for.
    fn key_is_doubtful(&self) -> bool {
        let (_, strong) = self.strong();
        let goes = |o: usize| self.options[o].discrimination().unwrap_or(0.0);
        let key = (0..self.keys).min_by_key(|&o| strong[o]);
        key.is_some_and(|key| {
            (self.keys..self.options.len()).any(|other| {
                let (d, k) = (strong[other] as f64, strong[key] as f64);
                d > k && d - k >= PREFERRED * (d + k).sqrt() && goes(other) > goes(key)
            })
        })
    }

    /// What an author should look at, the worst first; nothing if there were fewer than `least` answers.
    pub fn findings(&self, least: u64) -> Vec<Finding> {
        let Some(facility) = self.facility().filter(|_| self.n() >= least) else { return Vec::new() };
        // The last digits depend on the order of the answers, and must not decide.
        let discrimination = self.discrimination().map(|d| (d * 1e12).round() / 1e12);
        let idle = (self.keys..self.options.len()).any(|o| self.works(o, least) == Some(false));
        [
            (Finding::LikelyWrongKey, self.key_is_doubtful()),
            (Finding::NegativeDiscrimination, discrimination.is_some_and(|d| d < 0.0)),
            (Finding::TooHard, facility < TOO_HARD),
            (Finding::WeakDiscrimination, discrimination.is_some_and(|d| (0.0..WEAK).contains(&d))),
            (Finding::IdleDistractor, idle),
            (Finding::TooEasy, facility > TOO_EASY),
        ]
        .into_iter()
        .filter_map(|(finding, is)| is.then_some(finding))
        .collect()
    }
}

/// The percent in which a rest lies. Thirds of a point must not fall below their whole percent by rounding.
fn bin(rest: f64) -> usize {
    ((rest * 100.0 + 1e-9) as usize).min(BINS - 1)
}

/// What an author should look at, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// The strong choose a distractor more than the key.
    LikelyWrongKey,
    /// Those who gain the point are the weaker ones.
    NegativeDiscrimination,
    /// Facility below [`TOO_HARD`].
    TooHard,
    /// Discrimination below [`WEAK`].
    WeakDiscrimination,
    /// A distractor that hardly anybody who is wrong chooses.
    IdleDistractor,
    /// Facility above [`TOO_EASY`].
    TooEasy,
}

impl Finding {
    /// The word in files.
    pub fn label(self) -> &'static str {
        match self {
            Finding::LikelyWrongKey => "likely-wrong-key",
            Finding::NegativeDiscrimination => "negative-discrimination",
            Finding::TooHard => "too-hard",
            Finding::WeakDiscrimination => "weak-discrimination",
            Finding::IdleDistractor => "idle-distractor",
            Finding::TooEasy => "too-easy",
        }
    }

    /// For reading.
    pub fn words(self) -> &'static str {
        match self {
            Finding::LikelyWrongKey => "likely a wrong key: the strong choose a distractor",
            Finding::NegativeDiscrimination => "the weaker get it right",
            Finding::TooHard => "too hard",
            Finding::WeakDiscrimination => "hardly tells the strong from the weak",
            Finding::IdleDistractor => "a distractor does not work",
            Finding::TooEasy => "too easy",
        }
    }
}

/// How well the scores of a paper can be relied on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliability {
    /// The coefficient; `None` if the scores do not vary.
    pub coefficient: Option<f64>,
    /// The standard error of measurement, in the unit of the scores.
    pub error: Option<f64>,
}

impl Reliability {
    fn of(coefficient: Option<f64>, scores: &Spread) -> Self {
        // Gulliksen, 1950, Theory of Mental Tests: s √(1 − r).
        let error = coefficient.zip(scores.deviation()).map(|(r, s)| s * (1.0 - r).max(0.0).sqrt());
        Self { coefficient, error }
    }
}

/// The sittings of one and the same paper, added up.
#[derive(Clone, Debug, PartialEq)]
pub struct PaperTally {
    items: Vec<Spread>,
    /// The points of each sitting.
    pub scores: Spread,
}

impl PaperTally {
    /// No sitting yet of a paper with so many questions.
    pub fn new(questions: usize) -> Self {
        Self { items: vec![Spread::default(); questions], scores: Spread::default() }
    }

    /// Adds a sitting: its points by question, always in the same order.
    pub fn add(&mut self, points: &[f64]) {
        self.items.iter_mut().zip(points).for_each(|(item, &p)| item.add(p));
        self.scores.add(points.iter().sum());
    }

    /// Formula 20 of Kuder and Richardson (1937, The theory of the estimation of test reliability, Psychometrika 2, 151–160):
    /// k ÷ (k − 1) · (1 − Σ p q ÷ σ²). With parts of points p q is the variance of the points, which is Cronbach's α (1951).
    pub fn kr20(&self) -> Reliability {
        let (k, variance) = (self.items.len() as f64, self.scores.variance());
        let of_items: f64 = self.items.iter().map(Spread::variance).sum();
        let coefficient = (k > 1.0 && variance > 0.0).then(|| k / (k - 1.0) * (1.0 - of_items / variance));
        Reliability::of(coefficient, &self.scores)
    }
}

/// Sittings of papers that differ, each taken as a sample of the bank's questions.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PapersTally {
    /// The share of points of each sitting.
    pub shares: Spread,
    errors: Spread,
}

impl PapersTally {
    /// Adds a sitting with these points by question. One of a single question says nothing of its error.
    pub fn add(&mut self, points: impl Iterator<Item = f64>) {
        let mut own = Spread::default();
        points.for_each(|p| own.add(p));
        if own.n() > 1 {
            self.shares.add(own.mean);
            self.errors.add(own.squares / ((own.n() - 1) * own.n()) as f64);
        }
    }

    /// The share of the variance of the scores that is not error, where each sitting's error is that of drawing its questions: the
    /// items-within-persons design, for whole points formula 21 of Kuder and Richardson (1937), which holds for questions
    /// drawn by chance (Lord, 1955, Sampling fluctuations resulting from the sampling of test items, Psychometrika 20, 1–22).
    pub fn kr21(&self) -> Reliability {
        let variance = self.shares.variance();
        let coefficient = (variance > 0.0).then(|| 1.0 - self.errors.mean / variance);
        Reliability::of(coefficient, &self.shares)
    }
}
