//! Distributions of points: chances of 0, 1, 2 … points, which sum to one.

/// The chances of each number of successes among `n` trials whose common chance is Beta(`a`, `b`) (Skellam, 1948).
///
/// Each chance follows from its neighbour, from the likeliest number outwards, so that nothing runs out of range.
pub fn beta_binomial(n: usize, a: f64, b: f64) -> Vec<f64> {
    let ratio = |k: usize| {
        let (k, n) = (k as f64, n as f64);
        (n - k) * (a + k) / ((k + 1.0) * (b + n - k - 1.0)) // of k + 1 successes to k
    };
    let middle = (n as f64 * a / (a + b)).round() as usize;
    let mut chances = vec![0.0; n + 1];
    chances[middle] = 1.0;
    for k in middle..n {
        chances[k + 1] = chances[k] * ratio(k);
    }
    for k in (0..middle).rev() {
        chances[k] = chances[k + 1] / ratio(k);
    }
    let whole: f64 = chances.iter().sum();
    chances.iter_mut().for_each(|chance| *chance /= whole);
    chances
}

/// The distribution of the sum of two independent numbers of points.
pub fn together(one: &[f64], other: &[f64]) -> Vec<f64> {
    let mut sum = vec![0.0; one.len() + other.len() - 1];
    for (i, a) in one.iter().enumerate() {
        for (cell, b) in sum[i..].iter_mut().zip(other) {
            *cell += a * b;
        }
    }
    sum
}

/// The number of points below which a share `q` of the chances lies. Half of the number's own chance counts as below
/// (the mid-P of Lancaster, 1961): with whole numbers a range would else hold more than its share.
pub fn quantile(chances: &[f64], q: f64) -> usize {
    let mut below = 0.0;
    chances
        .iter()
        .position(|chance| {
            let middle = below + chance / 2.0;
            below += chance;
            middle >= q
        })
        .unwrap_or(chances.len() - 1)
}

/// The logarithm of the Beta function.
pub fn ln_beta(a: f64, b: f64) -> f64 {
    libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mean_and_variance(chances: &[f64]) -> (f64, f64) {
        let moment = |power| chances.iter().enumerate().map(|(k, c)| (k as f64).powi(power) * c).sum::<f64>();
        (moment(1), moment(2) - moment(1).powi(2))
    }

    #[test]
    fn with_an_even_prior_every_number_is_as_likely() {
        for chance in beta_binomial(9, 1.0, 1.0) {
            assert!((chance - 0.1).abs() < 1e-12);
        }
    }

    #[test]
    fn quantiles_are_the_middle_of_their_step() {
        let even = [0.25; 4];
        assert_eq!((quantile(&even, 0.05), quantile(&even, 0.5), quantile(&even, 0.95)), (0, 2, 3));
        assert_eq!(quantile(&[0.04, 0.9, 0.06], 0.05), 1);
        assert_eq!(quantile(&[0.12, 0.88], 0.05), 0);
    }

    proptest! {
        #[test]
        fn mean_and_variance_are_those_of_the_formulae(n in 1usize..2000, a in 0.1f64..900.0, b in 0.1f64..900.0) {
            let (mean, variance) = mean_and_variance(&beta_binomial(n, a, b));
            let (n, s) = (n as f64, a + b);
            let (wanted, spread) = (n * a / s, n * a * b * (s + n) / (s * s * (s + 1.0)));
            prop_assert!((mean - wanted).abs() < 1e-6 * n, "{mean} {wanted}");
            prop_assert!((variance - spread).abs() < 1e-6 * n * n, "{variance} {spread}");
        }

        #[test]
        fn sums_of_points_have_the_sum_of_their_means(n in 0usize..60, k in 0usize..60, a in 0.5f64..50.0) {
            let (one, other) = (beta_binomial(n, a, 3.0), beta_binomial(k, 2.0, a));
            let sum = together(&one, &other);
            prop_assert_eq!(sum.len(), n + k + 1);
            let mean = |c: &[f64]| mean_and_variance(c).0;
            prop_assert!((mean(&sum) - mean(&one) - mean(&other)).abs() < 1e-9);
        }
    }
}
