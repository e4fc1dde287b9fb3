//! The real clock, the only place where the time is asked for.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::content::rules::item::Month;
use crate::engine::time::{Now, Wall};

/// A steady count from the program's start, and the wall's time.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: Instant,
    rate: u32,
}

impl Clock {
    /// Starts to count.
    #[allow(clippy::disallowed_methods)] // the one clock
    pub fn start() -> Self {
        Self { start: Instant::now(), rate: rate() }
    }

    /// The time now.
    pub fn now(&mut self) -> Now {
        Now { mono: self.start.elapsed() * self.rate, wall: wall() }
    }

    /// As long as `time` of this clock lasts for one who waits.
    pub fn real(&self, time: Duration) -> Duration {
        time / self.rate
    }
}

/// This moment, to see later how long ago it was.
#[allow(clippy::disallowed_methods)] // the one clock
pub fn moment() -> Instant {
    Instant::now()
}

/// The wall's time.
#[allow(clippy::disallowed_methods)] // the one clock
pub fn wall() -> Wall {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    Wall(i64::try_from(seconds).unwrap_or(i64::MAX))
}

/// The month of a moment, in UTC.
pub fn month(now: Wall) -> Month {
    let date = jiff::Timestamp::from_second(now.0).unwrap_or_default().to_zoned(jiff::tz::TimeZone::UTC).date();
    Month::new(date.year().into(), date.month().into())
}

/// How many times faster than the wall's the steady count runs: 1, but for tests of a debug build that cannot wait for
/// an exam to time out.
fn rate() -> u32 {
    if !cfg!(debug_assertions) {
        return 1;
    }
    super::loader::variable("EXAMDECK_TEST_CLOCK_RATE")
        .and_then(|v| v.to_str()?.parse().ok())
        .filter(|&r| r > 0)
        .unwrap_or(1)
}
