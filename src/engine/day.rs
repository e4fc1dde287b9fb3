//! Study days: they turn at 04:00 local time.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, ToSpan};

use super::time::Wall;

/// The hour, local time, at which one study day gives way to the next.
pub const DAY_TURNS_AT: i8 = 4;

/// A study day, counted from 1970-01-01. It turns at 04:00 local time, so that a late evening is one day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Day(pub i32);

impl Day {
    /// The study day of this date.
    pub fn from_date(date: Date) -> Day {
        Day(epoch().until(date).map_or(0, |span: Span| span.get_days()))
    }

    /// Its date; the calendar's first or last if it lies outside.
    pub fn date(self) -> Date {
        let edge = if self.0 < 0 { Date::MIN } else { Date::MAX };
        Span::new().try_days(self.0).and_then(|days| epoch().checked_add(days)).unwrap_or(edge)
    }

    /// The day `days` later.
    pub fn plus(self, days: u32) -> Day {
        Day(self.0.saturating_add_unsigned(days))
    }

    /// The latest day that somebody may honestly have been in, now that it is this one here: who travels west lives some
    /// hours again. What is of a later day was done while the clock was wrong.
    pub fn latest(self) -> Day {
        self.plus(1)
    }

    /// Whole days from `earlier` to `self`; zero if the clock was set back.
    pub fn since(self, earlier: Day) -> u32 {
        u32::try_from(i64::from(self.0) - i64::from(earlier.0)).unwrap_or(0)
    }
}

fn epoch() -> Date {
    jiff::civil::date(1970, 1, 1)
}

/// The study day of a moment.
pub fn day_of(wall: Wall, zone: &TimeZone) -> Day {
    let edge = if wall.0 < 0 { Timestamp::MIN } else { Timestamp::MAX };
    let local = zone.to_datetime(Timestamp::from_second(wall.0).unwrap_or(edge));
    let early = local.hour() < DAY_TURNS_AT;
    Day::from_date(local.date().saturating_sub(if early { 1.day() } else { 0.days() }))
}

/// The study day of a moment for somebody who lives by UTC.
pub fn day_in_utc(wall: Wall) -> Day {
    day_of(wall, &TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_turns_at_four_also_when_the_clocks_change() {
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").expect("a valid zone");
        let at = |text: &str| {
            let local: jiff::civil::DateTime = text.parse().expect("a valid time");
            day_of(Wall(local.to_zoned(zone.clone()).expect("it exists").timestamp().as_second()), &zone).date()
        };
        assert_eq!(at("2026-03-29T03:59:59"), jiff::civil::date(2026, 3, 28));
        assert_eq!(at("2026-03-29T04:00:00"), jiff::civil::date(2026, 3, 29));
        assert_eq!(at("2026-10-25T03:30:00"), jiff::civil::date(2026, 10, 24));
        assert_eq!(at("2026-10-25T23:30:00"), jiff::civil::date(2026, 10, 25));
        assert_eq!(at("2026-10-26T00:30:00"), jiff::civil::date(2026, 10, 25));
    }

    #[test]
    fn days_and_dates_are_one_to_one_and_nothing_overflows() {
        for day in [-719_000, -1, 0, 20_000, 2_900_000].map(Day) {
            assert_eq!(Day::from_date(day.date()), day);
        }
        assert_eq!(Day(i32::MAX).date(), Date::MAX);
        assert_eq!(Day(i32::MIN).date(), Date::MIN);
        assert_eq!(Day(i32::MAX).plus(1), Day(i32::MAX));
        assert_eq!(Day(3).since(Day(5)), 0);
        for wall in [i64::MIN, i64::MAX].map(Wall) {
            day_of(wall, &TimeZone::UTC);
        }
    }
}
