//! Students who drill.

use std::time::Duration;

use examdeck::app::drill::{self, DrillOrder};
use examdeck::app::effect::Msg;
use examdeck::app::input::Key;
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::drill::showing::Showing;

use super::bank::{bank, slug};
use super::world::Student;

/// A drill of these questions in any order; of all if there are none.
pub fn order(mode: Mode, ids: &[&str]) -> DrillOrder {
    DrillOrder { mode, only: ids.iter().map(|id| slug(id)).collect(), ..DrillOrder::new(bank().id) }
}

impl Student {
    /// At home with the small bank, and in a drill.
    pub fn drilling(order: DrillOrder, columns: u16, rows: u16) -> Self {
        let mut student = Self::at_home(bank(), columns, rows);
        student.drill(order);
        student
    }

    /// Begins a drill.
    pub fn drill(&mut self, order: DrillOrder) {
        let mut effects = Vec::new();
        drill::start(&mut self.m, order, &mut effects);
        for effect in effects {
            if let Some(answer) = self.memory.perform(effect, self.now) {
                self.send(Msg::Done(answer));
            }
        }
    }

    /// The question on the screen.
    pub fn open(&self) -> &Showing {
        self.m.drill.as_ref().and_then(|d| d.drill.open()).expect("an open question")
    }

    /// Chooses the right answer, or one that is wrong.
    pub fn choose(&mut self, right: bool) {
        let item = self.open().item().clone();
        let keys = item.question.keys;
        let rows = (0..item.order.len()).filter(|&row| item.question.is_key(item.order[row]) == right).take(keys);
        let wrong_rest = (0..item.order.len()).filter(|&row| item.question.is_key(item.order[row]) != right);
        for row in rows.chain(wrong_rest).take(keys) {
            self.send(Msg::Key(Key::Char(char::from(b'a' + row as u8))));
        }
    }

    /// Chooses after `seconds`, checks, and gives the question's id.
    pub fn answer(&mut self, right: bool, seconds: u64) -> String {
        let id = self.open().item().question.id.to_string();
        self.wait(Duration::from_secs(seconds));
        self.choose(right);
        self.check();
        id
    }

    /// ⏎ until the answer is shown.
    pub fn check(&mut self) {
        while self.m.drill.as_ref().is_some_and(|d| d.drill.open().is_some_and(|o| !o.is_answered())) {
            let before = self.m.place().scroll;
            let id = self.open().item().question.id.clone();
            self.press("<enter>");
            let next = self.m.drill.as_ref().and_then(|d| d.drill.open()).map(|o| o.item().question.id.clone());
            if next != Some(id) {
                return; // a sprint goes on at once
            }
            assert!(self.m.place().scroll != before || self.open().is_answered(), "⏎ leads on");
        }
    }

    /// ⏎ until the next question, or the end.
    pub fn next(&mut self) {
        while self.m.drill.as_ref().is_some_and(|d| d.drill.open().is_some_and(|o| o.is_answered())) {
            self.press("<enter>");
        }
    }

    /// Answers all questions that are left, as `right` says of the nth.
    pub fn answer_all(&mut self, right: impl Fn(usize) -> bool) {
        for n in 0.. {
            if self.m.drill.as_ref().is_none_or(|d| d.drill.open().is_none()) {
                return;
            }
            self.answer(right(n), 20 + 7 * (n as u64 % 3));
            self.next();
        }
    }
}
