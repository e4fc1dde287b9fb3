//! Taking the terminal and giving it back.

use std::io::{self, BufWriter, Stdout, Write};
use std::mem::ManuallyDrop;
use std::sync::Once;

use crossterm::cursor::{Hide, Show};
use crossterm::event::{DisableBracketedPaste, EnableBracketedPaste};
use crossterm::execute;
use crossterm::terminal::{EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode};
use ratatui::backend::CrosstermBackend;
use ratatui::{Frame, Terminal};

use crate::app::input::Size;

/// The terminal that frames are drawn on; a frame leaves in one piece.
///
/// It is never dropped: ratatui would show the cursor then and complain on standard error if that fails, which panics
/// when the terminal has gone away. The [`Guard`] shows the cursor.
pub struct Screen(ManuallyDrop<Terminal<CrosstermBackend<BufWriter<Stdout>>>>);

impl Screen {
    /// Draws a frame.
    pub fn draw(&mut self, view: impl FnOnce(&mut Frame<'_>)) -> io::Result<()> {
        self.0.draw(view).map(|_| ())
    }
}

/// Holds the terminal; gives it back when dropped, also by a panic.
#[derive(Debug)]
pub struct Guard(());

impl Guard {
    /// Takes the terminal: raw, alternate screen, no cursor, pastes marked as such.
    pub fn enter() -> io::Result<Self> {
        static HOOK: Once = Once::new();
        HOOK.call_once(|| {
            let default = std::panic::take_hook();
            std::panic::set_hook(Box::new(move |info| {
                restore();
                default(info);
            }));
        });
        take()?;
        Ok(Self(()))
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        restore();
    }
}

/// Puts the terminal into our mode.
pub fn take() -> io::Result<()> {
    enable_raw_mode()?;
    let taken = execute!(io::stdout(), EnterAlternateScreen, EnableBracketedPaste, Hide);
    if taken.is_err() {
        restore();
    }
    taken
}

/// Gives the terminal back as it was. Never fails: there may be no terminal left to fail to.
pub fn restore() {
    let mut out = io::stdout();
    let _ = execute!(out, DisableBracketedPaste, LeaveAlternateScreen, Show);
    let _ = out.flush();
    let _ = disable_raw_mode();
}

/// A fresh screen: the next frame is drawn whole.
pub fn screen() -> io::Result<Screen> {
    let backend = CrosstermBackend::new(BufWriter::with_capacity(1 << 16, io::stdout()));
    Terminal::new(backend).map(|terminal| Screen(ManuallyDrop::new(terminal)))
}

/// The terminal's size.
pub fn size() -> io::Result<Size> {
    crossterm::terminal::size().map(|(columns, rows)| Size { columns, rows })
}

/// Whether something was typed that is not read yet.
#[cfg(unix)]
pub fn input_waits() -> bool {
    use rustix::event::{PollFd, PollFlags, Timespec, poll};
    let stdin = io::stdin();
    let mut watched = [PollFd::new(&stdin, PollFlags::IN)];
    let at_once = Timespec { tv_sec: 0, tv_nsec: 0 };
    poll(&mut watched, Some(&at_once)).is_ok_and(|n| n > 0) && watched[0].revents().contains(PollFlags::IN)
}

/// Whether something was typed that is not read yet; here nobody can tell.
#[cfg(not(unix))]
pub fn input_waits() -> bool {
    false
}
