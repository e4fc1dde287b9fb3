//! The engine of the flash cards: schedule, review, queue and plan.

mod plan;
mod properties;
mod queue;
mod reference;

/// A small generator for tests that want the same numbers everywhere: splitmix64 (Steele, Lea and Flood, 2014).
pub struct Chance(pub u64);

impl Chance {
    /// The next number.
    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.draw() % n
    }
}

/// Noon, UTC, of a study day.
pub fn noon(day: examdeck::engine::day::Day) -> examdeck::engine::time::Wall {
    examdeck::engine::time::Wall(i64::from(day.0) * 86_400 + 43_200)
}
