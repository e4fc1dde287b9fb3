//! Fitting the cards' schedule to the student's own log of grades.

use crate::app::study::{FITTED_AT, FORMER_PARAMETERS, PARAMETERS, parameters, parameters_text};
use crate::engine::schedule::{Fit, FitError, Parameters, optimize};
use crate::storage::{Store, StoreError};

/// So many grades are needed before a fit is worth anything.
pub const LEAST: u32 = 400;
/// After so many more grades it is made again without being asked for.
pub const AGAIN: u32 = 1_000;

/// What came of a fit.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// There are fewer than [`LEAST`] grades: so many.
    TooFew(u32),
    /// The log cannot be fitted to.
    Failed(FitError),
    /// It is better, and holds from now on.
    Applied(Fit),
    /// What holds is as good, and goes on to hold.
    Kept(Fit),
}

/// Fits, and applies the result if it is better; what held before is kept, to go back to.
pub fn fit(store: &mut Store) -> Result<Outcome, StoreError> {
    let grades = store.grades()?;
    if grades < LEAST {
        return Ok(Outcome::TooFew(grades));
    }
    let current = store.setting(PARAMETERS)?.and_then(|text| parameters(&text)).unwrap_or_default();
    let fitted = match optimize(&store.card_histories()?, &current) {
        Ok(fitted) => fitted,
        Err(error) => return Ok(Outcome::Failed(error)),
    };
    store.set_setting(FITTED_AT, Some(&grades.to_string()))?;
    if !fitted.is_better() {
        return Ok(Outcome::Kept(fitted));
    }
    store.set_setting(FORMER_PARAMETERS, Some(&parameters_text(&current)))?;
    store.set_setting(PARAMETERS, Some(&parameters_text(&fitted.parameters)))?;
    Ok(Outcome::Applied(fitted))
}

/// Whether [`AGAIN`] more grades have come since the last fit.
pub fn is_due(store: &Store) -> Result<bool, StoreError> {
    let fitted_at = store.setting(FITTED_AT)?.and_then(|n| n.parse().ok()).unwrap_or(0);
    Ok(store.grades()? >= AGAIN.saturating_add(fitted_at))
}

/// Goes back to the parameters before the last fit. `None` if there was none.
pub fn revert(store: &mut Store) -> Result<Option<Parameters>, StoreError> {
    let Some(former) = store.setting(FORMER_PARAMETERS)? else { return Ok(None) };
    store.set_setting(PARAMETERS, Some(&former))?;
    store.set_setting(FORMER_PARAMETERS, None)?;
    Ok(parameters(&former))
}
