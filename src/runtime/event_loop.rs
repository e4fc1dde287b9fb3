//! The loop: messages first, then the screen, then sleep until the next visible change.

use std::collections::VecDeque;
use std::io;
use std::time::Duration;

use crate::app::effect::{Answer, Effect, Msg, Record};
use crate::app::model::Model;
use crate::app::update::{may_quit, next_wake, update};
use crate::engine::time::Now;

use super::RunError;

/// The world as the loop needs it; tests have one whose clock jumps.
pub trait World {
    /// The time.
    fn now(&mut self) -> Now;
    /// Waits for a message, at most for `wait`; then it is [`Msg::Tick`]. With `None` it waits for ever.
    fn next_event(&mut self, wait: Option<Duration>) -> Result<Msg, RunError>;
    /// Whether a message is there already.
    fn has_event(&mut self) -> bool;
    /// Does what is asked and brings the answer, if there is one.
    fn perform(&mut self, effect: Effect) -> Option<Answer>;
    /// Draws the model.
    fn draw(&mut self, model: &Model) -> io::Result<()>;
}

/// Runs until the user leaves.
///
/// # Errors
/// If the terminal fails.
pub fn run(world: &mut impl World, mut model: Model) -> Result<(), RunError> {
    loop {
        show(world, &mut model)?;
        let msg = world.next_event(next_wake(&model))?;
        let now = world.now();
        let mut effects = VecDeque::from(update(&mut model, now, msg));
        // The student sees an answer while it is being written: a slow disk makes no slow key.
        let answers =
            |e: &Effect| matches!(e, Effect::Save(Record::Step { .. } | Record::Answer(..) | Record::Drill(..)));
        let mut shown = Ok(());
        if !effects.is_empty() && effects.iter().all(answers) {
            shown = show(world, &mut model); // a terminal that has gone away keeps no answer from the disk
        }
        // Each effect is done, and its answer taken, before the next message: an answer is on the disk before the next
        // key is handled.
        while let Some(effect) = effects.pop_front() {
            if matches!(effect, Effect::Quit) {
                if !effects.is_empty() {
                    effects.push_back(effect); // what can still be written is written first
                    continue;
                }
                if may_quit(&mut model) {
                    return Ok(());
                }
                continue;
            }
            if let Some(answer) = world.perform(effect) {
                let now = world.now();
                effects.extend(update(&mut model, now, Msg::Done(answer)));
            }
        }
        shown?;
    }
}

/// Draws what has changed. A burst of keys or resizes is worked off before one frame is drawn.
fn show(world: &mut impl World, model: &mut Model) -> Result<(), RunError> {
    if !world.has_event() && model.take_dirty() {
        world.draw(model).map_err(RunError::Terminal)?;
    }
    Ok(())
}
