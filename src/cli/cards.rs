//! `examdeck cards due` and `examdeck cards optimize`.

use std::io::Write;
use std::path::Path;

use serde::Serialize;

use crate::app::study::Study;
use crate::runtime::fitting::{self, LEAST, Outcome};
use crate::runtime::loader;
use crate::storage::open::open_to_read;

use super::{Status, chain};

/// What `due --json` prints.
#[derive(Serialize)]
struct Due {
    today: String,
    exam_date: Option<String>,
    reviews_per_day: Option<u32>,
    new_per_day: Option<u32>,
    fits: Option<bool>,
    decks: Vec<DeckRow>,
}

#[derive(Serialize)]
struct DeckRow {
    id: String,
    title: String,
    version: String,
    cards: usize,
    due: usize,
    learning: usize,
    new: usize,
    suspended: usize,
}

/// Prints what is due today.
pub fn due(data_dir: &Path, json: bool, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let study = match loader::study(data_dir) {
        Ok(study) => study,
        Err(error) => {
            writeln!(err, "examdeck: {}", chain(&error))?;
            return Ok(Status::Findings);
        }
    };
    let due = due_today(&study);
    if json {
        writeln!(out, "{}", serde_json::to_string_pretty(&due)?)?;
        return Ok(Status::Ok);
    }
    for deck in &due.decks {
        writeln!(
            out,
            "{:<24} {:>4} new {:>4} due {:>4} learning of {} cards",
            deck.title, deck.new, deck.due, deck.learning, deck.cards
        )?;
    }
    if let (Some(date), Some(reviews), Some(new)) = (&due.exam_date, due.reviews_per_day, due.new_per_day) {
        writeln!(out, "Exam on {date}: about {reviews} reviews and {new} new cards a day.")?;
    }
    Ok(Status::Ok)
}

fn due_today(study: &Study) -> Due {
    let decks = study.decks.iter().enumerate().map(|(i, volume)| {
        let counts = study.deck_counts(i);
        let id = &volume.deck.id;
        DeckRow {
            id: id.to_string(),
            title: volume.deck.title.one_line(),
            version: volume.deck.version.to_string(),
            cards: study.of_deck(Some(id)).count(),
            due: counts.due,
            learning: counts.learning,
            new: counts.new,
            suspended: study.suspended(Some(id)),
        }
    });
    let outlook = study.outlook();
    Due {
        today: study.day().date().to_string(),
        exam_date: study.plan().map(|p| p.exam_day.date().to_string()),
        reviews_per_day: outlook.map(|o| o.reviews_per_day),
        new_per_day: outlook.map(|o| o.new_per_day),
        fits: outlook.map(|o| o.fits),
        decks: decks.collect(),
    }
}

/// Fits the schedule to the student's log, or goes back.
pub fn optimize(data_dir: &Path, revert: bool, out: &mut impl Write, err: &mut impl Write) -> std::io::Result<Status> {
    let result = open_to_read(data_dir).and_then(|store| {
        let Some(mut store) = store else { return Ok("No card was graded yet.".to_owned()) };
        if revert {
            return Ok(match fitting::revert(&mut store)? {
                Some(_) => "The schedule is as it was before the last fit.".into(),
                None => "There is no fit to go back from.".into(),
            });
        }
        Ok(match fitting::fit(&mut store)? {
            Outcome::TooFew(grades) => format!("{grades} grades so far; from {LEAST} on the schedule can be fitted to you."),
            Outcome::Failed(error) => format!("Nothing was changed: {error}."),
            Outcome::Applied(fit) => format!(
                "Log-loss over your log: {:.4} before, {:.4} after. Applied; `examdeck cards optimize --revert` goes back.",
                fit.loss_before, fit.loss_after
            ),
            Outcome::Kept(fit) => format!(
                "Log-loss over your log: {:.4} before, {:.4} after. Not better: nothing was changed.",
                fit.loss_before, fit.loss_after
            ),
        })
    });
    match result {
        Ok(text) => {
            writeln!(out, "{text}")?;
            Ok(Status::Ok)
        }
        Err(error) => {
            writeln!(err, "examdeck: {}", chain(&error))?;
            Ok(Status::Findings)
        }
    }
}
