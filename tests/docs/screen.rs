//! README's picture: the exam room, painted by the program.

use std::path::Path;
use std::time::Duration;

use examdeck::content::load::load;
use examdeck::content::source::find_banks;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::question::Kind;
use examdeck::engine::time::Allowance;
use examdeck::ui::Theme;

use crate::support::bank::paper;
use crate::support::world::Student;
use crate::support::{buffer, text};

const SHOWN: &str = "clin-level1-parent";

/// At the seventeenth of a hundred questions, 18 minutes in: answered, one option struck out, flagged.
pub fn room() -> String {
    let found = find_banks(Path::new("question-bank/mrso")).expect("the bank that ships");
    let bank = load(found[0].read().0).bank.expect("it loads");
    let single = bank.questions.iter().filter(|q| q.kind == Kind::Single && q.id.as_str() != SHOWN);
    let mut ids: Vec<&str> = single.map(|q| q.id.as_str()).take(99).collect();
    ids.insert(16, SHOWN);
    let mut paper = paper(&bank, &ids);
    paper.items[16].order.rotate_right(1);
    let limit = Some(Duration::from_secs(7200));
    let conditions = Conditions { feedback: Feedback::Exam, limit, allowance: Allowance::Standard };
    let mut exam = Exam::start(paper, conditions).expect("questions");
    exam.elapse(Duration::from_secs(1072));
    let mut student = Student::examined(bank, exam, 80, 18);
    student.press(&("a<right>".repeat(14) + "af<right>af<right>b<down><down>xf<up>"));
    text(&buffer(&student.m, Theme { colour: false, ascii: false }, 80, 18))
}
