//! What a student does with a question whose answer is shown: a bookmark, a note, a report that it is faulty, a card; and
//! the way to the section of the guide that explains it.

use std::sync::Arc;

use crate::engine::answer::picked_texts;
use crate::engine::exam::Exam;
use crate::engine::fault::Fault;
use crate::engine::learner::Mark;
use crate::engine::question::Question;
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::decks::is_held;
use super::effect::{Effect, Record};
use super::keys::Action;
use super::model::{Model, Screen};
use super::page::{Line, Role, Span, labelled, labelled_spans};
use super::prompt::{Asks, Prompt};
use super::saving::save;
use super::wrap::cut;
use super::{drill, guide, room, walk};

/// The question that the screen is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    /// Its bank.
    pub bank: Slug,
    /// The bank's version.
    pub version: semver::Version,
    /// The question, as it is shown.
    pub question: Arc<Question>,
    /// The answer that was given, as the options read.
    pub picked: Option<Vec<Text>>,
}

impl Subject {
    /// The question at this place of a sitting's paper, with what was answered.
    pub fn of(exam: &Exam, place: usize) -> Option<Self> {
        let (item, response) = (exam.paper().items.get(place)?, exam.responses().get(place)?);
        let origin = &exam.paper().origin;
        Some(Self {
            bank: origin.bank.clone(),
            version: origin.version.clone(),
            question: item.question.clone(),
            picked: Some(picked_texts(item, response)).filter(|picked| !picked.is_empty()),
        })
    }
}

/// The question that marks are put on, if the screen shows one.
fn subject(m: &Model) -> Option<Subject> {
    match m.screen() {
        Screen::Walk(walk) => walk::subject(m, walk),
        Screen::Room => room::subject(m),
        Screen::Drill => drill::subject(m),
        Screen::Question(view) => Some(view.subject()),
        _ => None,
    }
}

/// Does what one of the keys for marks asks for.
pub fn act(m: &mut Model, action: Action, effects: &mut Vec<Effect>) {
    let Some(subject) = subject(m) else { return };
    // Its card, its section of the guide and what was noted on it tell the answer.
    if matches!(m.screen(), Screen::Question(view) if view.is_withheld(m)) {
        return m.say("Not before your unfinished exam has ended");
    }
    match action {
        Action::Explain => guide::open_section(m, &subject.bank, subject.question.guide.as_ref()),
        Action::MakeCard => effects.push(Effect::MakeCard(Box::new(subject.question.as_ref().clone()))),
        _ if is_held(m, effects) => {}
        Action::Bookmark => bookmark(m, &subject, effects),
        Action::Note => {
            let note = mark_of(m, &subject).note.unwrap_or_default();
            m.prompt = Some(Prompt::new(Asks::Note(subject), note.as_str()));
        }
        Action::Fault => {
            let reason = fault_of(m, &subject).map_or(Text::default(), |fault| fault.reason.clone());
            m.prompt = Some(Prompt::new(Asks::Fault(subject), reason.as_str()));
        }
        _ => {}
    }
}

fn mark_of(m: &Model, subject: &Subject) -> Mark {
    m.learner.mark(&subject.bank, &subject.question.id).cloned().unwrap_or_default()
}

fn fault_of<'m>(m: &'m Model, subject: &Subject) -> Option<&'m Fault> {
    m.learner.trail(&subject.bank)?.faults.get(&subject.question.id)
}

fn bookmark(m: &mut Model, subject: &Subject, effects: &mut Vec<Effect>) {
    let mark = mark_of(m, subject);
    let mark = Mark { bookmarked: !mark.bookmarked, ..mark };
    m.say(if mark.bookmarked { "★ Bookmarked; / and `bookmarked` finds it again" } else { "The bookmark is gone" });
    put_mark(m, subject, mark, effects);
}

/// Takes a note; an empty one takes the note away.
pub fn take_note(m: &mut Model, subject: &Subject, text: Text, effects: &mut Vec<Effect>) {
    let mark = Mark { note: Some(text).filter(|text| !text.is_blank()), ..mark_of(m, subject) };
    if mark == mark_of(m, subject) {
        return;
    }
    m.say(if mark.note.is_some() { "Noted; / and `noted` finds it again" } else { "The note is gone" });
    put_mark(m, subject, mark, effects);
}

fn put_mark(m: &mut Model, subject: &Subject, mark: Mark, effects: &mut Vec<Effect>) {
    let marks = &mut m.learner.trail_mut(&subject.bank).marks;
    if mark == Mark::default() {
        marks.remove(&subject.question.id);
    } else {
        marks.insert(subject.question.id.clone(), mark.clone());
    }
    save(m, Record::Mark(subject.bank.clone(), subject.question.id.clone(), mark), effects);
}

/// Takes what is wrong with a question; an empty text takes the report back.
pub fn take_fault(m: &mut Model, subject: &Subject, reason: Text, effects: &mut Vec<Effect>) {
    let known = fault_of(m, subject).map(|fault| &fault.reason);
    if known == Some(&reason) || known.is_none() && reason.is_blank() {
        return;
    }
    let (bank, question) = (subject.bank.clone(), subject.question.id.clone());
    let faults = &mut m.learner.trail_mut(&bank).faults;
    if reason.is_blank() {
        faults.remove(&question);
        m.say("The report is taken back");
        save(m, Record::FaultGone(bank, question), effects);
        return;
    }
    let (version, picked) = (subject.version.clone(), subject.picked.clone());
    let fault = Fault { bank, version, question: question.clone(), at: m.now.wall, picked, reason };
    faults.insert(question, fault.clone());
    m.say("Reported; `examdeck reports` writes your reports for the author");
    save(m, Record::Fault(Box::new(fault)), effects);
}

/// What the student has put on a question, on one line, of a note as much as fits; `None` if there is nothing.
pub fn signs(m: &Model, subject: &Subject, columns: usize) -> Option<Line> {
    let mark = mark_of(m, subject);
    let signs = [
        mark.bookmarked.then(|| ("★ bookmarked".to_owned(), Role::Strong)),
        fault_of(m, subject).map(|_| ("! reported".to_owned(), Role::Warn)),
        mark.note.map(|note| (format!("Note: {}", note.one_line()), Role::Strong)),
    ];
    let mut line = Line::of("  ", Role::Plain);
    for (sign, role) in signs.into_iter().flatten() {
        line.push(if line.spans.len() > 1 { " · " } else { "" }, Role::Muted);
        let room = columns.saturating_sub(line.width());
        line.push(cut(&sign, room), role);
    }
    (line.spans.len() > 1).then_some(line)
}

/// Where a question is explained, and the key that opens it.
pub fn guide_line(module: &Text, section: &Text, key: &str, columns: usize) -> Vec<Line> {
    let place = format!("{} › {}", module.one_line(), section.one_line());
    let spans = [Span::new(place, Role::Plain), Span::new(key, Role::Muted)];
    labelled_spans(Line::of("  Guide   ", Role::Strong), &spans, columns)
}

/// Where a question is explained, and the student's note and report on it, as lines; none if there is nothing.
pub fn lines(m: &Model, subject: &Subject, columns: usize) -> Vec<Line> {
    let mark = mark_of(m, subject);
    let mut lines = Vec::new();
    if let Some((module, section)) = guide::titles(m, &subject.bank, subject.question.guide.as_ref()) {
        lines.extend(guide_line(module, section, " (o)", columns));
    }
    if let Some(note) = &mark.note {
        lines.extend(labelled(Line::of("  Note    ", Role::Strong), note, columns, Role::Plain));
    }
    if let Some(fault) = fault_of(m, subject) {
        let about = format!("{} (on {}, version {})", fault.reason.one_line(), m.local_day(fault.at), fault.version);
        lines.extend(labelled(Line::of("  Report  ", Role::Warn), &Text::new(&about), columns, Role::Plain));
    }
    lines
}
