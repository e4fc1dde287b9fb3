//! Drawing a paper from a bank: by blueprint, from a seed, the same on every machine.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::Arc;

use super::bank::Bank;
use super::blueprint::{Quotas, quotas};
use super::chance::Chance;
use super::enemies::Enemies;
use super::filter::Filter;
use super::learner::Trail;
use super::paper::{Item, Origin, Paper};
use super::question::{OptionId, Question};
use super::slug::Slug;
use super::text::Text;

/// What to draw.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// How many questions; fewer are drawn if there are not so many.
    pub questions: usize,
    /// Only these; `None` means all, by the blueprint.
    pub among: Option<Among>,
}

/// A filter, and the questions that it means now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Among {
    filter: Filter,
    ids: HashSet<Slug>,
}

impl Among {
    /// What `filter` means in a bank for the student of `trail`; `None` if it means every question.
    pub fn of(filter: Filter, bank: &Bank, trail: &Trail) -> Option<Self> {
        if filter.is_everything() {
            return None;
        }
        let pace = bank.exam.pace();
        let meant = bank.questions.iter().filter(|q| filter.matches(q, trail.about(&q.id, pace)));
        let ids = meant.map(|q| q.id.clone()).collect();
        Some(Self { filter, ids })
    }

    /// Whether it means no question.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }

    /// The filter.
    pub fn filter(&self) -> &Filter {
        &self.filter
    }
}

/// A domain that could not give what its weight asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shortage {
    /// The domain.
    pub domain: Slug,
    /// How many questions its weight asks for.
    pub wanted: usize,
    /// How many it has.
    pub available: usize,
}

/// How a draw will turn out, known before it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Forecast {
    /// How many questions the paper will have.
    pub questions: usize,
    /// Domains that cannot fill their quota; the others fill it for them.
    pub shortages: Vec<Shortage>,
    /// How many of its questions at the least stand beside an enemy, because there are not enough others.
    pub meeting: usize,
    /// How many questions of the pool the student has never answered.
    pub unseen: usize,
}

/// Works out how [`draw`] will turn out, for the screen before the exam. A question is `seen` that was ever answered.
pub fn forecast(bank: &Bank, request: &Request, seen: &HashSet<Slug>) -> Forecast {
    let pools = pools(bank, request);
    let shares = shares(bank, request, &pools);
    let shortages = bank
        .domains
        .iter()
        .zip(shares.ideal.iter().zip(&pools))
        .filter(|(_, (want, pool))| pool.len() < **want)
        .map(|(d, (&wanted, pool))| Shortage { domain: d.id.clone(), wanted, available: pool.len() })
        .collect();
    Forecast {
        questions: shares.actual.iter().sum(),
        shortages,
        meeting: meeting(bank, &pools, &shares.actual),
        unseen: pools.iter().flatten().filter(|q| !seen.contains(&q.id)).count(),
    }
}

/// How many questions cannot be kept apart from their enemies when so many are taken from each pool: within the domains, or
/// over all of them if that is more.
fn meeting(bank: &Bank, pools: &[Vec<Arc<Question>>], taken: &[usize]) -> usize {
    let enemies = Enemies::among(&bank.questions);
    let within = pools.iter().zip(taken).map(|(pool, take)| take.saturating_sub(enemies.apart(pool))).sum();
    taken.iter().sum::<usize>().saturating_sub(enemies.apart(&pools.concat())).max(within)
}

/// Draws a paper. Within each domain's quota the questions not in `seen` (those ever answered) come first; with `seen` as `None` the
/// history is ignored, and the seed alone decides unless the filter asks for the student's record. Enemies
/// ([`Question::enemies`]) stand in one paper only if there are not enough other questions for it.
///
/// The result depends on the ids and domains of the bank's questions, not on the order of its files.
pub fn draw(bank: &Bank, request: &Request, seed: u64, seen: Option<&HashSet<Slug>>) -> Paper {
    let mut chance = Chance::new(seed);
    let pools = pools(bank, request);
    let shares = shares(bank, request, &pools);
    let enemies = Enemies::among(&bank.questions);
    let mut questions: Vec<Arc<Question>> = Vec::new();
    for (mut pool, take) in pools.into_iter().zip(shares.actual) {
        chance.shuffle(&mut pool);
        if let Some(seen) = seen {
            let is_new = |id: &Slug| !seen.contains(id);
            // Of enemies each paper takes one: they are not put off until there are fewer papers left than of them.
            let papers = pool.iter().filter(|q| is_new(&q.id)).count() / take.max(1);
            let is_due = |q: &Question| enemies.of(&q.id).filter(|id| is_new(id)).count() + 1 >= papers;
            // Stable: chance decides among equals.
            pool.sort_by_cached_key(|q| (!is_new(&q.id), !is_due(q)));
        }
        enemies.keep_apart(pool, take, &mut questions);
    }
    chance.shuffle(&mut questions);
    let items =
        questions.into_iter().map(|question| Item { order: option_order(&question, &mut chance), question }).collect();
    let filter = request.among.as_ref().map(Among::filter);
    let seed_alone = seen.is_none() && !filter.is_some_and(Filter::asks_for_record);
    let among = filter.map(|filter| Text::new(&filter.to_string()));
    Paper { origin: Origin::of(bank), seed, seed_alone, among, items }
}

/// How many versions of a paper there may be.
pub const MAX_VERSIONS: u8 = 4;

/// `count` versions of the paper that [`draw`] gives for `seed` without a history: the same questions, each version
/// with its own order of questions and options. The first is that paper itself.
pub fn versions(bank: &Bank, request: &Request, seed: u64, count: u8) -> Vec<Paper> {
    let first = draw(bank, request, seed, None);
    let another = |version| {
        let mut chance = Chance::of(seed, u64::from(version));
        let mut items = first.items.clone();
        chance.shuffle(&mut items);
        for item in &mut items {
            item.order = option_order(&item.question, &mut chance);
        }
        Paper { items, ..first.clone() }
    };
    let others: Vec<Paper> = (1..count.min(MAX_VERSIONS)).map(another).collect();
    std::iter::once(first).chain(others).collect()
}

/// The questions that may be drawn, a pool for each domain of the bank, each sorted by id.
fn pools(bank: &Bank, request: &Request) -> Vec<Vec<Arc<Question>>> {
    let wanted = |q: &Question| request.among.as_ref().is_none_or(|among| among.ids.contains(&q.id));
    bank.domains
        .iter()
        .map(|domain| {
            let mut pool: Vec<_> =
                bank.questions.iter().filter(|q| q.domain == domain.id && wanted(q)).cloned().collect();
            pool.sort_by(|a, b| a.id.cmp(&b.id));
            pool
        })
        .collect()
}

/// A filter's exam shares out by weight among the domains that have questions there; the others have no share.
fn shares(bank: &Bank, request: &Request, pools: &[Vec<Arc<Question>>]) -> Quotas {
    let narrowed = request.among.is_some();
    let touched: Vec<usize> = (0..pools.len()).filter(|&i| !narrowed || !pools[i].is_empty()).collect();
    let weights: Vec<u32> = touched.iter().map(|&i| bank.domains[i].weight).collect();
    let stock: Vec<usize> = touched.iter().map(|&i| pools[i].len()).collect();
    let of_touched = quotas(request.questions, &weights, &stock);
    let mut all = Quotas { ideal: vec![0; pools.len()], actual: vec![0; pools.len()] };
    for (at, &i) in touched.iter().enumerate() {
        all.ideal[i] = of_touched.ideal[at];
        all.actual[i] = of_touched.actual[at];
    }
    all
}

/// A question by itself, as a paper may have it. The order of its options depends on its id alone, so that it stays while
/// the question is being written.
pub fn alone(question: Arc<Question>) -> Item {
    // FNV-1a (Fowler, Noll & Vo), to spread ids over seeds.
    let seed = question
        .id
        .as_str()
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    Item { order: option_order(&question, &mut Chance::new(seed)), question }
}

/// The order in which a question's options are shown: ascending if all are numbers with one unit, as written with
/// `shuffle = false`, else by chance; pinned options stay last.
pub fn option_order(question: &Question, chance: &mut Chance) -> Vec<OptionId> {
    let mut order: Vec<OptionId> = question.options().collect();
    if question.shuffle {
        chance.shuffle(&mut order);
        if let Some(values) = numeric_values(question) {
            order.sort_by(|a, b| {
                values[usize::from(a.0)].partial_cmp(&values[usize::from(b.0)]).unwrap_or(Ordering::Equal)
            });
        }
    }
    order.sort_by_key(|&o| question.choice(o).is_some_and(|c| c.pinned_last));
    order
}

/// The options' values, if each is a plain number and all have the same unit; pinned options do not count.
pub fn numeric_values(question: &Question) -> Option<Vec<f64>> {
    let mut unit: Option<String> = None;
    let mut values = Vec::new();
    for choice in &question.choices {
        if choice.pinned_last {
            values.push(f64::MAX);
            continue;
        }
        let (value, u) = number_with_unit(choice.text.as_str())?;
        if unit.get_or_insert_with(|| u.clone()) != &u {
            return None;
        }
        values.push(value);
    }
    unit.map(|_| values)
}

/// `1,500 W/kg` is 1500 and `W/kg`, `Patient 2` is 2 and `Patient `; `2 to 4 T` is no plain number.
pub fn number_with_unit(text: &str) -> Option<(f64, String)> {
    let text = text.trim().replace('\u{2212}', "-");
    if let Some((name, number)) = text.rsplit_once(' ')
        && !name.is_empty()
        && name.chars().all(char::is_alphabetic)
        && number.bytes().all(|b| b.is_ascii_digit())
    {
        return Some((number.parse().ok()?, format!("{name} ")));
    }
    let end = text
        .char_indices()
        .find(|&(i, c)| !(c.is_ascii_digit() || matches!(c, '.' | ',') || (i == 0 && matches!(c, '-' | '+'))))
        .map_or(text.len(), |(i, _)| i);
    let (number, unit) = text.split_at(end);
    // A comma parts thousands here; "1,5" is another custom, and no number that could be ordered with certainty.
    let grouped =
        number.split(',').skip(1).all(|group| group.split('.').next().is_some_and(|digits| digits.len() == 3));
    let number = number.replace(',', "");
    if !grouped || !number.contains(|c: char| c.is_ascii_digit()) || unit.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value: f64 = number.parse().ok()?;
    let unit = unit.trim();
    Some((value, unit.strip_suffix('s').filter(|u| u.len() > 2).unwrap_or(unit).to_owned()))
}

/// The items in an order by chance, the same for the same seed.
pub fn shuffled<T>(mut items: Vec<T>, seed: u64) -> Vec<T> {
    Chance::new(seed).shuffle(&mut items);
    items
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_their_units() {
        assert_eq!(number_with_unit("1,500 W/kg"), Some((1500.0, "W/kg".into())));
        assert_eq!(number_with_unit("−4 °C"), Some((-4.0, "°C".into())));
        assert_eq!(number_with_unit("15 minutes"), Some((15.0, "minute".into())));
        assert_eq!(number_with_unit("1,5 T"), None);
        assert_eq!(number_with_unit("2 to 4 T"), None);
        assert_eq!(number_with_unit("Patient 2"), Some((2.0, "Patient ".into())));
        assert_eq!(number_with_unit("about -5"), None);
    }
}
