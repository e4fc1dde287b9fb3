//! One sitting of a paper: a state machine over which time is spent.
//!
//! It knows no clock. Whoever runs it says how much time has passed ([`Exam::elapse`]) and what the examinee did
//! ([`Exam::apply`]); a step that is not legal changes nothing. The log of steps is the truth: replaying it gives the
//! same sitting again, so going on after a crash is the same code as running.

use std::collections::BTreeSet;
use std::time::Duration;

use super::paper::{Item, Paper};
use super::question::{Kind, OptionId};
use super::time::Allowance;

/// When the examinee learns whether an answer was right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default, Hash)]
pub enum Feedback {
    /// At the end, as in the exam.
    #[default]
    Exam,
    /// After each answer, which is then final.
    Tutor,
}

impl Feedback {
    /// The word that is stored.
    pub fn label(self) -> &'static str {
        match self {
            Feedback::Exam => "exam",
            Feedback::Tutor => "tutor",
        }
    }

    /// The feedback with this [`label`](Self::label).
    pub fn from_label(word: &str) -> Option<Self> {
        [Feedback::Exam, Feedback::Tutor].into_iter().find(|f| f.label() == word)
    }
}

/// The conditions of a sitting; they are part of its result.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Conditions {
    /// When answers are shown.
    pub feedback: Feedback,
    /// The time limit; `None` means untimed.
    pub limit: Option<Duration>,
    /// The extra time that is part of `limit`.
    pub allowance: Allowance,
}

/// One thing an examinee does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Chooses an option of the current question; on a multi-answer question, chooses it or takes it back.
    Pick(OptionId),
    /// Takes the whole answer of the current question back.
    Clear,
    /// Marks the current question, or takes the mark away.
    Flag,
    /// Marks the answer of the current question as a guess, or takes that back. It never changes the score.
    Guess,
    /// Strikes an option of the current question out, or takes that back.
    Strike(OptionId),
    /// Goes to a question, counted from 0.
    Goto(usize),
    /// Tutor feedback: shows whether the current answer is right, which makes it final.
    Reveal,
    /// The examinee was away: the program was closed or the machine slept. No exam time passes.
    Pause(Duration),
    /// Ends the exam.
    Submit,
}

/// A step and the time used when it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Exam time used before the step.
    pub used: Duration,
    /// The step.
    pub step: Step,
}

/// Why an exam ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// The examinee ended it.
    Submitted,
    /// The time ran out.
    TimedOut,
}

impl End {
    /// The word that is stored.
    pub fn label(self) -> &'static str {
        match self {
            End::Submitted => "submitted",
            End::TimedOut => "timed-out",
        }
    }

    /// The end with this [`label`](Self::label).
    pub fn from_label(word: &str) -> Option<Self> {
        [End::Submitted, End::TimedOut].into_iter().find(|e| e.label() == word)
    }
}

/// What the examinee has done with one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    picked: BTreeSet<OptionId>,
    struck: BTreeSet<OptionId>,
    flagged: bool,
    guessed: bool,
    visited: bool,
    revealed: bool,
    spent: Duration,
    first: Option<BTreeSet<OptionId>>,
}

impl Response {
    /// The chosen options.
    pub fn picked(&self) -> &BTreeSet<OptionId> {
        &self.picked
    }

    /// The options struck out.
    pub fn struck(&self) -> &BTreeSet<OptionId> {
        &self.struck
    }

    /// Whether the question is marked to come back to.
    pub fn is_flagged(&self) -> bool {
        self.flagged
    }

    /// Whether the examinee says that the answer is a guess; where nothing is chosen, that it will be one.
    pub fn is_guessed(&self) -> bool {
        self.guessed
    }

    /// Whether there is an answer, and the examinee says that it is a guess.
    pub fn has_guess(&self) -> bool {
        self.guessed && !self.picked.is_empty()
    }

    /// Whether the question has been on the screen.
    pub fn is_visited(&self) -> bool {
        self.visited
    }

    /// Whether tutor feedback was given, so that the answer is final.
    pub fn is_revealed(&self) -> bool {
        self.revealed
    }

    /// Time spent on the question.
    pub fn spent(&self) -> Duration {
        self.spent
    }

    /// The first complete answer, if the final one differs from it.
    pub fn changed_from(&self) -> Option<&BTreeSet<OptionId>> {
        self.first.as_ref().filter(|first| **first != self.picked)
    }
}

/// A sitting of a paper.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exam {
    paper: Paper,
    conditions: Conditions,
    responses: Vec<Response>,
    position: usize,
    used: Duration,
    away: Vec<Duration>,
    end: Option<End>,
}

impl Exam {
    /// Begins a sitting on the first question. `None` if the paper has no questions.
    pub fn start(paper: Paper, conditions: Conditions) -> Option<Self> {
        let mut responses = vec![Response::default(); paper.items.len()];
        responses.first_mut()?.visited = true;
        Some(Self { paper, conditions, responses, position: 0, used: Duration::ZERO, away: Vec::new(), end: None })
    }

    /// The sitting that these entries lead to.
    pub fn replay(paper: Paper, conditions: Conditions, log: &[Entry]) -> Option<Self> {
        let mut exam = Self::start(paper, conditions)?;
        for entry in log {
            exam.elapse(entry.used.saturating_sub(exam.used));
            exam.apply(entry.step);
        }
        Some(exam)
    }

    /// Spends `time` on the current question. At the limit the exam ends; no time passes after the end.
    pub fn elapse(&mut self, time: Duration) {
        if self.end.is_some() {
            return;
        }
        let spent = self.conditions.limit.map_or(time, |limit| time.min(limit.saturating_sub(self.used)));
        self.used += spent;
        self.responses[self.position].spent += spent;
        if self.conditions.limit.is_some_and(|limit| self.used >= limit) {
            self.end = Some(End::TimedOut);
        }
    }

    /// Does `step`. Returns whether anything changed; a step that is not legal changes nothing.
    pub fn apply(&mut self, step: Step) -> bool {
        if self.end.is_some() {
            return false;
        }
        match step {
            Step::Pick(option) => self.pick(option),
            Step::Clear => self.clear(),
            Step::Flag => {
                self.response_mut().flagged ^= true;
                true
            }
            Step::Guess => self.guess(),
            Step::Strike(option) => self.strike(option),
            Step::Goto(index) => self.go_to(index),
            Step::Reveal => self.reveal(),
            Step::Pause(away) => {
                self.away.push(away);
                true
            }
            Step::Submit => {
                self.end = Some(End::Submitted);
                true
            }
        }
    }

    fn pick(&mut self, option: OptionId) -> bool {
        let question = self.item().question.clone();
        let response = self.response_mut();
        if response.revealed || question.choice(option).is_none() {
            return false;
        }
        if question.kind == Kind::Multi {
            if !response.picked.remove(&option) {
                if response.picked.len() >= question.keys {
                    return false; // as many as are asked for are chosen; one must be taken back first
                }
                response.picked.insert(option);
            }
        } else if response.picked.contains(&option) {
            return false;
        } else {
            response.picked = BTreeSet::from([option]);
        }
        response.struck.remove(&option);
        if response.picked.len() == question.keys && response.first.is_none() {
            response.first = Some(response.picked.clone());
        }
        true
    }

    fn clear(&mut self) -> bool {
        let response = self.response_mut();
        let had = !response.revealed && !response.picked.is_empty();
        if had {
            response.picked.clear();
        }
        had
    }

    /// Once the answer was shown it is too late to call it a guess, or no guess.
    fn guess(&mut self) -> bool {
        let response = self.response_mut();
        let open = !response.revealed;
        response.guessed ^= open;
        open
    }

    /// An option is never both chosen and struck out: striking out a chosen one takes the choice back.
    fn strike(&mut self, option: OptionId) -> bool {
        let exists = self.item().question.choice(option).is_some();
        let response = self.response_mut();
        if !exists || response.revealed {
            return false;
        }
        if !response.struck.remove(&option) {
            response.struck.insert(option);
            response.picked.remove(&option);
        }
        true
    }

    fn go_to(&mut self, index: usize) -> bool {
        if index >= self.responses.len() || index == self.position {
            return false;
        }
        self.position = index;
        self.response_mut().visited = true;
        true
    }

    fn reveal(&mut self) -> bool {
        if self.conditions.feedback != Feedback::Tutor || !self.is_complete(self.position) || self.response().revealed {
            return false;
        }
        self.response_mut().revealed = true;
        true
    }

    fn response_mut(&mut self) -> &mut Response {
        &mut self.responses[self.position]
    }

    /// The paper.
    pub fn paper(&self) -> &Paper {
        &self.paper
    }

    /// The conditions.
    pub fn conditions(&self) -> Conditions {
        self.conditions
    }

    /// The index of the current question, from 0.
    pub fn position(&self) -> usize {
        self.position
    }

    /// The current question.
    pub fn item(&self) -> &Item {
        &self.paper.items[self.position]
    }

    /// What was done with the current question.
    pub fn response(&self) -> &Response {
        &self.responses[self.position]
    }

    /// What was done with each question.
    pub fn responses(&self) -> &[Response] {
        &self.responses
    }

    /// Exam time used; never more than the limit.
    pub fn used(&self) -> Duration {
        self.used
    }

    /// Exam time left; `None` if untimed.
    pub fn remaining(&self) -> Option<Duration> {
        self.conditions.limit.map(|limit| limit.saturating_sub(self.used))
    }

    /// The pauses: how long the examinee was away each time.
    pub fn pauses(&self) -> &[Duration] {
        &self.away
    }

    /// Why the exam ended; `None` while it goes on.
    pub fn end(&self) -> Option<End> {
        self.end
    }

    /// Whether the question at `index` has as many options chosen as it asks for.
    pub fn is_complete(&self, index: usize) -> bool {
        match (self.responses.get(index), self.paper.items.get(index)) {
            (Some(response), Some(item)) => response.picked.len() == item.question.keys,
            _ => false,
        }
    }

    /// Whether options of the question at `index` are chosen, but fewer than it asks for. When the exam ends so, they are
    /// its answer.
    pub fn is_incomplete(&self, index: usize) -> bool {
        self.responses.get(index).is_some_and(|r| !r.picked.is_empty()) && !self.is_complete(index)
    }

    /// How many questions are so.
    pub fn incomplete(&self) -> usize {
        (0..self.responses.len()).filter(|&i| self.is_incomplete(i)).count()
    }

    /// How many questions are answered completely.
    pub fn answered(&self) -> usize {
        (0..self.responses.len()).filter(|&i| self.is_complete(i)).count()
    }

    /// How many questions are flagged.
    pub fn flagged(&self) -> usize {
        self.responses.iter().filter(|r| r.flagged).count()
    }
}
