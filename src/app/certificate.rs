//! A certificate of the exam whose result is on the screen.

use std::sync::Arc;

use crate::engine::bank::Bank;
use crate::engine::qualify::{Unqualified, qualifies};
use crate::engine::record::ExamId;
use crate::engine::text::Text;

use super::effect::Effect;
use super::model::{Model, Report, Screen};
use super::prompt::{Asks, Prompt};

/// The most characters of a name.
pub const NAME_LENGTH: usize = 100;

/// Asks for the name that shall stand on it, or says why there is none.
pub fn ask(m: &mut Model) {
    let Some(report) = &m.report else { return };
    if !m.outbox.is_empty() {
        m.say("Not yet: the result is not saved");
        return;
    }
    match bank_of(m, report) {
        Ok(_) => m.prompt = Some(Prompt::new(Asks::Name, "")),
        Err(why) => tell(m, format!("No certificate: {why}")),
    }
}

/// Takes the name. Returns whether it is one; else the line stays.
pub fn take_name(m: &mut Model, name: Text, effects: &mut Vec<Effect>) -> bool {
    if name.is_blank() {
        m.say("Type the name that shall stand on it, or Esc");
        return false;
    }
    if let Some(report) = &m.report
        && let Ok(bank) = bank_of(m, report)
    {
        effects.push(Effect::Certify { exam: report.id, bank, name });
    }
    true
}

/// Takes where the certificate is.
pub fn take(m: &mut Model, exam: ExamId, path: Text) {
    if m.report.as_ref().is_some_and(|report| report.id == exam) {
        tell(m, format!("Certificate: {}", path.one_line()));
        m.say("The certificate is written; a browser prints it");
    }
}

/// Says it at the end of the result, for as long as that is shown: a path or a reason may be longer than a line.
fn tell(m: &mut Model, news: String) {
    if let Some(report) = &mut m.report {
        report.certificate = Some(news);
    }
    if matches!(m.screen(), Screen::Result) {
        m.place_mut().scroll = usize::MAX; // the view clamps it
    }
}

/// Whether there can be one of the exam whose result is looked at.
pub fn is_to_be_had(m: &Model) -> bool {
    m.report.as_ref().is_some_and(|report| bank_of(m, report).is_ok())
}

/// The bank on which the exam qualifies.
fn bank_of(m: &Model, report: &Report) -> Result<Arc<Bank>, String> {
    let origin = &report.exam.paper().origin;
    let volume = m.shelf.as_ref().and_then(|shelf| shelf.find(&origin.bank).and_then(|at| shelf.volumes.get(at)));
    let Some(volume) = volume else { return Err(format!("{} {} is not here any more", origin.bank, origin.version)) };
    qualifies(&report.exam, &volume.bank).map_err(|why: Unqualified| why.to_string())?;
    Ok(volume.bank.clone())
}
