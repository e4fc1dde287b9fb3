//! What the student's record says of every question of a bank, a byte each: read from the standings and marks, which are
//! few, and not looked up question by question at every key.

use super::super::filter::{About, Record};
use super::super::learner::Learner;
use super::{Origin, Segment};

/// The tables of the segments that were asked for, by their place in the search. They hold as long as the segments and
/// the student's record stay the same.
#[derive(Clone, Debug, Default)]
pub struct Records(Vec<Option<Vec<u8>>>);

impl Records {
    /// The [`Record::bits`] of each question of the segment in this place; nothing for a deck.
    pub(super) fn of(&mut self, place: usize, segment: &Segment, learner: &Learner) -> &[u8] {
        if self.0.len() <= place {
            self.0.resize(place + 1, None);
        }
        self.0[place].get_or_insert_with(|| table(segment, learner))
    }
}

fn table(segment: &Segment, learner: &Learner) -> Vec<u8> {
    let Origin::Bank(bank) = &segment.origin else { return Vec::new() };
    let pace = bank.exam.pace();
    let mut table = vec![Record::bits(About { standing: None, mark: None, pace }); bank.questions.len()];
    let Some(trail) = learner.trail(&bank.id) else { return table };
    let standings = trail.standings.iter().map(|(id, standing)| (id, Some(standing), trail.marks.get(id)));
    let marks = trail.marks.iter().map(|(id, mark)| (id, trail.standings.get(id), Some(mark)));
    for (id, standing, mark) in standings.chain(marks) {
        if let Some(place) = segment.held.place(id) {
            table[place] = Record::bits(About { standing, mark, pace });
        }
    }
    table
}
