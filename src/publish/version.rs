//! One version of a printed exam, and the facts that its paper, its answer sheet and its key have in common.

use std::time::Duration;

use crate::engine::bank::{Bank, MultiAnswer};
use crate::engine::paper::{Paper, letter};
use crate::engine::question::{Kind, Question};
use crate::engine::text::Text;
use crate::engine::time::spoken;

use super::page::Page;

/// The most characters of a filter that are told on every page.
const MARGIN: usize = 60;

/// A version: the same questions as the others of its exam, in its own order.
#[derive(Clone, Copy, Debug)]
pub struct Version<'e> {
    /// The bank.
    pub bank: &'e Bank,
    /// The questions in the order of this version.
    pub paper: &'e Paper,
    /// Which version it is, from 0.
    pub number: usize,
}

impl Version<'_> {
    /// Its letter: A, B, …
    pub fn letter(&self) -> char {
        letter(self.number)
    }

    /// The beginning of its files' names: bank, seed and letter, all harmless in a path.
    pub fn file_stem(&self) -> String {
        format!("{}-{}-seed-{}-{}", self.bank.id, self.bank.version, self.paper.seed, self.letter())
    }

    /// What tells this version from all other papers, in a line.
    pub fn identity(&self) -> String {
        format!("Version {} · {}", self.letter(), self.source())
    }

    /// From what it was drawn: bank, seed and filter. With these it can be drawn again.
    fn source(&self) -> String {
        let over = self.paper.among.as_ref().map_or(String::new(), |filter| format!(" · over {}", short(filter)));
        format!("{} {} · seed {}{over}", self.bank.id, self.bank.version, self.paper.seed)
    }

    /// How many questions, in what time, and what passes.
    pub fn facts(&self) -> String {
        let count = self.paper.items.len();
        let rules = self.paper.origin.rules;
        let seconds = u64::from(rules.minutes) * 60 * count as u64 / rules.questions.max(1) as u64;
        let questions = if count == 1 { "question" } else { "questions" };
        let time = spoken(Duration::from_secs(seconds));
        format!("{count} {questions} · {time} · pass mark {} %", rules.pass_percent)
    }

    /// The points that pass: a whole number where points are whole.
    pub fn points_to_pass(&self) -> String {
        let rules = self.paper.origin.rules;
        let hundredths = self.paper.items.len() * rules.pass_percent as usize;
        match rules.multi_answer {
            MultiAnswer::AllOrNothing => hundredths.div_ceil(100).to_string(),
            MultiAnswer::Partial => (hundredths as f64 / 100.0).to_string(),
        }
    }

    /// How many options the widest question has.
    pub fn width(&self) -> usize {
        self.paper.items.iter().map(|item| item.order.len()).max().unwrap_or(0)
    }

    /// What the examinee is told, a sentence or two an entry.
    pub fn instructions(&self) -> Vec<String> {
        let mut out = vec![
            format!("Write your name and the date on the answer sheet of version {}, and answer there.", self.letter()),
            "Fill one bubble for each question, unless the question asks for more.".to_owned(),
        ];
        if self.paper.items.iter().any(|i| i.question.kind == Kind::Multi) {
            let marked = match self.paper.origin.rules.multi_answer {
                MultiAnswer::AllOrNothing => "only exactly the right ones gain the point.",
                MultiAnswer::Partial => "right ones gain a share of the point, wrong ones cost a share.",
            };
            out.push(format!("Where a question says how many to choose, fill so many bubbles: {marked}"));
        }
        out.push("A wrong answer costs no more than a missing one, so answer every question.".to_owned());
        out
    }

    /// A page of this version.
    pub fn page<'p>(&'p self, kind: &str, style: &'p str, body: String) -> Page<'p> {
        let title = self.bank.title.one_line();
        Page {
            title: format!("{title}: {}, version {}", kind.to_lowercase(), self.letter()),
            language: self.bank.language.as_ref(),
            style,
            margins: [format!("Version {}", self.letter()), self.source(), kind.to_owned()],
            body,
        }
    }
}

/// A filter as it fits into the margin of a page.
fn short(filter: &Text) -> String {
    let line = filter.one_line();
    match line.char_indices().nth(MARGIN) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

/// What a question's row on the answer sheet is marked with; nothing for one answer of several options.
pub fn mark(question: &Question) -> Option<String> {
    match question.kind {
        Kind::Single => None,
        Kind::Multi => Some(format!("choose {}", question.keys)),
        Kind::TrueFalse => Some("true/false".into()),
    }
}
