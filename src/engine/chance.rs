//! Chance from a seed: the same on every machine, whatever a library's own rules for seeds and ranges are.

use rand::rand_core::{Rng, SeedableRng};
use rand::rngs::ChaCha8Rng;

/// A stream of chance.
#[derive(Debug)]
pub struct Chance(ChaCha8Rng);

impl Chance {
    /// The stream of `seed`: the key is the seed itself, little-endian, so that no library's seeding rule matters.
    pub fn new(seed: u64) -> Self {
        Self::of(seed, 0)
    }

    /// The stream with this number among those of `seed`; number 0 is [`Chance::new`].
    pub fn of(seed: u64, number: u64) -> Self {
        let mut key = [0; 32];
        key[..8].copy_from_slice(&seed.to_le_bytes());
        key[8..16].copy_from_slice(&number.to_le_bytes());
        Self(ChaCha8Rng::from_seed(key))
    }

    /// An even number below `n`: values from the incomplete last block of `n` are thrown away.
    pub fn below(&mut self, n: u64) -> u64 {
        let limit = u64::MAX - u64::MAX % n;
        loop {
            let x = self.0.next_u64();
            if x < limit {
                return x % n;
            }
        }
    }

    /// Fisher and Yates' shuffle (Durstenfeld, 1964), from the back.
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i as u64 + 1) as usize);
        }
    }

    /// The index of a weight, each as often as it weighs; all the same if none weighs anything. `None` if there is none.
    pub fn weighted(&mut self, weights: &[f64]) -> Option<usize> {
        let last = weights.len().checked_sub(1)?;
        let total: f64 = weights.iter().sum();
        if total <= 0.0 {
            return Some(self.below(weights.len() as u64) as usize);
        }
        // The 53 bits that a float can hold, from 0 to just below 1.
        let mut left = total * (self.below(1 << 53) as f64 / (1u64 << 53) as f64);
        for (i, weight) in weights.iter().enumerate() {
            if left < *weight {
                return Some(i);
            }
            left -= weight;
        }
        // Rounding may leave a crumb: the last one that weighs anything has it.
        Some(weights.iter().rposition(|w| *w > 0.0).unwrap_or(last))
    }
}
