//! Quotas: how many questions of a paper come from each domain.

/// What the domains were meant to give and what they can give.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// By weight alone.
    pub ideal: Vec<usize>,
    /// After shortages were filled from the others; never more than the stock.
    pub actual: Vec<usize>,
}

/// Shares `seats` out by `weights` with the largest remainder (Hamilton's method); ties go to the earlier domain.
/// If all weights are zero, all count the same.
pub fn largest_remainder(seats: usize, weights: &[u32]) -> Vec<usize> {
    if weights.is_empty() {
        return Vec::new();
    }
    let even = weights.iter().all(|&w| w == 0);
    let weight = |i: usize| if even { 1 } else { u128::from(weights[i]) };
    let total: u128 = (0..weights.len()).map(weight).sum();
    let seats_wide = seats as u128;
    let mut shares: Vec<usize> = (0..weights.len()).map(|i| (seats_wide * weight(i) / total) as usize).collect();
    let mut by_remainder: Vec<usize> = (0..weights.len()).collect();
    by_remainder.sort_by_key(|&i| std::cmp::Reverse(seats_wide * weight(i) % total));
    let left = seats - shares.iter().sum::<usize>();
    for &i in by_remainder.iter().take(left) {
        shares[i] += 1;
    }
    shares
}

/// Quotas for `seats` questions over domains with these weights and stocks. What a domain lacks is shared out by
/// weight among those that have questions left. The quotas sum to `seats` or to the whole stock, if that is smaller.
pub fn quotas(seats: usize, weights: &[u32], stock: &[usize]) -> Quotas {
    let seats = seats.min(stock.iter().sum());
    let ideal = largest_remainder(seats, weights);
    let mut actual: Vec<usize> = ideal.iter().zip(stock).map(|(&want, &have)| want.min(have)).collect();
    loop {
        let missing = seats - actual.iter().sum::<usize>();
        let open: Vec<usize> = (0..stock.len()).filter(|&i| actual[i] < stock[i]).collect();
        if missing == 0 || open.is_empty() {
            return Quotas { ideal, actual };
        }
        // Each round either fills the paper or empties a domain, so there are at most as many rounds as domains.
        let weights: Vec<u32> = open.iter().map(|&i| weights[i]).collect();
        for (&i, more) in open.iter().zip(largest_remainder(missing, &weights)) {
            actual[i] = (actual[i] + more).min(stock[i]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn shares_follow_the_weights() {
        assert_eq!(largest_remainder(100, &[15, 10, 18, 12, 15, 12, 18]), [15, 10, 18, 12, 15, 12, 18]);
        assert_eq!(largest_remainder(10, &[15, 10, 18, 12, 15, 12, 18]), [2, 1, 2, 1, 1, 1, 2]);
        assert_eq!(largest_remainder(3, &[0, 0]), [2, 1]);
    }

    #[test]
    fn a_shortage_is_filled_from_the_others() {
        let q = quotas(10, &[1, 1], &[2, 50]);
        assert_eq!(q.ideal, [5, 5]);
        assert_eq!(q.actual, [2, 8]);
    }

    #[test]
    fn a_domain_without_weight_gives_questions_only_when_others_are_empty() {
        assert_eq!(quotas(10, &[1, 0], &[50, 50]).actual, [10, 0]);
        assert_eq!(quotas(10, &[1, 0], &[4, 50]).actual, [4, 6]);
    }

    proptest! {
        #[test]
        fn quotas_fill_the_paper_and_stay_within_stock(
            seats in 0usize..300,
            domains in prop::collection::vec((0u32..1000, 0usize..80), 1..12),
        ) {
            let (weights, stock): (Vec<u32>, Vec<usize>) = domains.into_iter().unzip();
            let q = quotas(seats, &weights, &stock);
            prop_assert_eq!(q.actual.iter().sum::<usize>(), seats.min(stock.iter().sum()));
            for (a, s) in q.actual.iter().zip(&stock) {
                prop_assert!(a <= s);
            }
            let total: u64 = weights.iter().map(|&w| u64::from(w)).sum();
            let drawn = seats.min(stock.iter().sum()) as f64;
            for (share, &w) in q.ideal.iter().zip(&weights) {
                if total > 0 {
                    let exact = drawn * f64::from(w) / total as f64;
                    prop_assert!((*share as f64 - exact).abs() < 1.0, "quota rule");
                }
            }
        }
    }
}
