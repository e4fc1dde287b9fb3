//! Time as a value: made in `runtime`, passed everywhere, never asked for.

use std::time::Duration;

/// Seconds since 1970-01-01T00:00:00Z; for history and pauses, never for an exam's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Wall(pub i64);

impl Wall {
    /// The whole seconds from `earlier` to `self`; zero if the clock was set back.
    pub fn since(self, earlier: Wall) -> Duration {
        Duration::from_secs(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }
}

/// The only clock: a steady count for time spent and the wall's time for history.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Now {
    /// A count that never falls and does not follow the wall clock; its zero means nothing.
    pub mono: Duration,
    /// The wall clock.
    pub wall: Wall,
}

/// Extra time an examinee is given, as test centres grant it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Allowance {
    /// The blueprint's own time.
    #[default]
    Standard,
    /// A quarter more.
    Quarter,
    /// Half as much again.
    Half,
    /// Twice the time.
    Double,
    /// No limit; the clock counts up.
    Untimed,
}

impl Allowance {
    /// In the order in which they are offered.
    pub const ALL: [Allowance; 5] =
        [Allowance::Standard, Allowance::Quarter, Allowance::Half, Allowance::Double, Allowance::Untimed];

    /// The time limit that `base` becomes; `None` means no limit.
    pub fn limit(self, base: Duration) -> Option<Duration> {
        match self {
            Allowance::Standard => Some(base),
            Allowance::Quarter => Some(base * 5 / 4),
            Allowance::Half => Some(base * 3 / 2),
            Allowance::Double => Some(base * 2),
            Allowance::Untimed => None,
        }
    }

    /// The word that is stored and shown: `×1.25`, `untimed`.
    pub fn label(self) -> &'static str {
        match self {
            Allowance::Standard => "×1",
            Allowance::Quarter => "×1.25",
            Allowance::Half => "×1.5",
            Allowance::Double => "×2",
            Allowance::Untimed => "untimed",
        }
    }

    /// The allowance with this [`label`](Self::label).
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|a| a.label() == label)
    }
}

/// `1:02:10`, or `2:45` under an hour; whole seconds, rounded down.
pub fn clock(time: Duration) -> String {
    let seconds = time.as_secs();
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m}:{s:02}") }
}

/// `1 h 21 min`, `7 min 30 s`, `2 h`: for reading, not for counting down, and so to the nearest second.
pub fn spoken(time: Duration) -> String {
    let seconds = rounded(time).as_secs();
    match (seconds / 3600, seconds / 60 % 60, seconds % 60) {
        (0, 0, s) => format!("{s} s"),
        (0, m, 0) => format!("{m} min"),
        (0, m, s) => format!("{m} min {s} s"),
        (h, 0, _) => format!("{h} h"),
        (h, m, _) => format!("{h} h {m} min"),
    }
}

/// To the nearest whole second: how long something took, for reading.
pub fn rounded(time: Duration) -> Duration {
    Duration::from_secs(time.as_secs() + u64::from(time.subsec_millis() >= 500))
}

/// The whole seconds left, rounded up, so that the last second is seen and zero means over.
pub fn ceil_seconds(left: Duration) -> u64 {
    left.as_secs() + u64::from(left.subsec_nanos() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_read_as_people_say_them() {
        assert_eq!(clock(Duration::from_secs(3730)), "1:02:10");
        assert_eq!(clock(Duration::from_secs(165)), "2:45");
        assert_eq!(spoken(Duration::from_secs(4860)), "1 h 21 min");
        assert_eq!(spoken(Duration::from_secs(7200)), "2 h");
        assert_eq!(spoken(Duration::from_secs(49)), "49 s");
        assert_eq!(spoken(Duration::from_secs(450)), "7 min 30 s");
        assert_eq!(spoken(Duration::from_secs(199) / 20), "10 s");
        assert_eq!(spoken(Duration::from_millis(9_499)), "9 s");
        assert_eq!(spoken(Duration::from_millis(59_500)), "1 min");
        assert_eq!(clock(rounded(Duration::from_millis(2_640))), "0:03");
        assert_eq!(ceil_seconds(Duration::from_millis(1)), 1);
        assert_eq!(ceil_seconds(Duration::from_secs(1)), 1);
    }

    #[test]
    fn allowances_are_told_apart_by_their_labels() {
        for a in Allowance::ALL {
            assert_eq!(Allowance::from_label(a.label()), Some(a));
        }
        assert_eq!(Allowance::Quarter.limit(Duration::from_secs(7200)), Some(Duration::from_secs(9000)));
        assert_eq!(Allowance::Untimed.limit(Duration::from_secs(7200)), None);
    }

    #[test]
    fn a_clock_set_back_makes_no_negative_pause() {
        assert_eq!(Wall(5).since(Wall(9)), Duration::ZERO);
    }
}
