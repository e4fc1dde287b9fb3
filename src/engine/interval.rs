//! A share that was counted, and how far from it the true one may be.

/// The standard normal quantile of 97.5 %: a 95 % interval reaches so many standard errors to each side.
const Z: f64 = 1.959_963_985;

/// So many right of so many answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// How many are right.
    pub right: u32,
    /// Of how many.
    pub of: u32,
}

/// The ends of an interval, as shares from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Share {
    /// The share itself; `None` if nothing was counted.
    pub fn value(self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.right) / f64::from(self.of))
    }

    /// The 95 % score interval (Wilson, 1927): the true shares under which a count like this is not unlikely. Of few
    /// answers it says little: for 2 of 2 it is 34 to 100 %. `None` if nothing was counted.
    pub fn interval(self) -> Option<Interval> {
        let (share, n) = (self.value()?.min(1.0), f64::from(self.of));
        let z2 = Z * Z;
        let middle = (share + z2 / (2.0 * n)) / (1.0 + z2 / n);
        let reach = Z / (1.0 + z2 / n) * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
        Some(Interval { low: (middle - reach).max(0.0), high: (middle + reach).min(1.0) })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn percent(right: u32, of: u32) -> (f64, f64) {
        let i = Share { right, of }.interval().expect("something was counted");
        ((i.low * 1000.0).round() / 10.0, (i.high * 1000.0).round() / 10.0)
    }

    /// The first four are the examples of Newcombe (1998, Statistics in Medicine 17, 857–872), table I, method 3; the last
    /// follows from the formula.
    #[test]
    fn intervals_are_those_of_the_literature() {
        assert_eq!(percent(81, 263), (25.5, 36.6));
        assert_eq!(percent(15, 148), (6.2, 16.0));
        assert_eq!(percent(0, 20), (0.0, 16.1));
        assert_eq!(percent(1, 29), (0.6, 17.2));
        assert_eq!(percent(2, 2), (34.2, 100.0));
        assert_eq!(Share::default().interval(), None);
    }

    proptest! {
        #[test]
        fn an_interval_holds_the_share_and_narrows_with_more_answers(of in 1u32..5000, part in 0.0f64..=1.0) {
            let right = (f64::from(of) * part) as u32;
            let share = Share { right, of };
            let (value, i) = (share.value().expect("counted"), share.interval().expect("counted"));
            prop_assert!(i.low >= 0.0 && i.high <= 1.0 && i.low <= value + 1e-12 && value <= i.high + 1e-12);
            let more = Share { right: right * 4, of: of * 4 }.interval().expect("counted");
            prop_assert!(more.high - more.low < i.high - i.low);
        }
    }
}
