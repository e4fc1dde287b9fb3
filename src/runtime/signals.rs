//! Signals, and a terminal that goes away. Two threads wait for them and are otherwise asleep.

use std::io;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
#[cfg(unix)]
use std::thread;
use std::time::{Duration, Instant};

use super::clock::moment;

/// Whether a key is being handled, and who waits until it is not.
static AT_WORK: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// How long a signal waits for the key in hand. Writing may hang with its disk, drawing with its terminal.
const PATIENCE: Duration = Duration::from_secs(1);

/// A key is being handled until this is dropped.
#[derive(Debug)]
pub struct Work(());

/// Says that a key is being handled: what it writes is written before a signal ends the program.
pub fn work() -> Work {
    *at_work() = true;
    Work(())
}

impl Drop for Work {
    fn drop(&mut self) {
        *at_work() = false;
        AT_WORK.1.notify_all();
    }
}

fn at_work() -> MutexGuard<'static, bool> {
    AT_WORK.0.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Waits until the key in hand is done. As long as the result is held, no other is taken up.
#[cfg(unix)]
fn after_work() -> MutexGuard<'static, bool> {
    let waited = AT_WORK.1.wait_timeout_while(at_work(), PATIENCE, |busy| *busy);
    waited.unwrap_or_else(PoisonError::into_inner).0
}

/// Set when the program went on after it was stopped, so that the screen must be drawn anew.
#[cfg(unix)]
static WENT_ON: AtomicBool = AtomicBool::new(false);

/// Set while the program stops itself: it then goes on by itself, too, and needs no waking. (A signal in the very moment
/// of a key can keep crossterm 0.29 from seeing the key until the next one.)
#[cfg(unix)]
static OWN_STOP: AtomicBool = AtomicBool::new(false);

/// Whether the terminal is lent to an editor: what is typed there is meant for it, also Ctrl-C.
static LOAN: Mutex<Loan> = Mutex::new(Loan::Never);

/// How long a Ctrl-C that ended the editor may take to reach the thread that hears of signals.
const ECHO: Duration = Duration::from_secs(1);

/// Who has the terminal.
#[derive(Clone, Copy, Debug)]
enum Loan {
    /// It was never lent.
    Never,
    /// Another program has it.
    Lent,
    /// It is ours again since then.
    Returned(Instant),
}

impl Loan {
    /// Whether an interrupt that is heard of at `now` was meant for the other program.
    fn takes_interrupts(self, now: Instant) -> bool {
        match self {
            Loan::Never => false,
            Loan::Lent => true,
            Loan::Returned(at) => now.duration_since(at) < ECHO,
        }
    }
}

fn loan() -> MutexGuard<'static, Loan> {
    LOAN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The terminal is lent until this is dropped.
#[derive(Debug)]
pub struct Lent(());

/// Says that the terminal is lent to another program.
pub fn lend() -> Lent {
    *loan() = Loan::Lent;
    Lent(())
}

impl Drop for Lent {
    fn drop(&mut self) {
        *loan() = Loan::Returned(moment());
    }
}

/// Wakes the loop, which waits for the terminal.
#[cfg(unix)]
pub fn wake() {
    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::WINCH);
}

/// Nothing can wake the loop here; it looks now and then.
#[cfg(not(unix))]
pub fn wake() {}

/// Whether the program went on after a stop since this was last asked.
#[cfg(unix)]
pub fn went_on() -> bool {
    WENT_ON.swap(false, Ordering::AcqRel)
}

/// Whether the program went on after a stop since this was last asked; here it cannot be stopped.
#[cfg(not(unix))]
pub fn went_on() -> bool {
    false
}

/// Begins to watch. Everything that matters is on the disk when no key is in hand, so ending is giving the terminal back.
#[cfg(unix)]
pub fn watch() -> io::Result<()> {
    use signal_hook::consts::{
        SIGALRM, SIGCONT, SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGTSTP, SIGUSR1, SIGUSR2, SIGXCPU, SIGXFSZ,
    };
    use signal_hook::iterator::Signals;

    use super::terminal;

    let ends = [SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGALRM, SIGUSR1, SIGUSR2, SIGXCPU];
    let mut signals = Signals::new(ends.into_iter().chain([SIGTSTP, SIGCONT, SIGXFSZ]))?;
    thread::Builder::new().name("signals".into()).spawn(move || {
        for signal in signals.forever() {
            let loan = *loan();
            let lent = matches!(loan, Loan::Lent);
            match signal {
                SIGINT | SIGQUIT if loan.takes_interrupts(moment()) => {}
                SIGCONT if lent => {}
                SIGXFSZ => {} // the write that was too much fails, and is told as any other
                SIGTSTP => {
                    if !lent {
                        terminal::restore();
                    }
                    let _ = rustix::process::kill_process(rustix::process::getpid(), rustix::process::Signal::STOP);
                }
                SIGCONT if OWN_STOP.swap(false, Ordering::AcqRel) => {}
                SIGCONT => {
                    // A shell sets its own modes while we are stopped.
                    let _ = terminal::take();
                    WENT_ON.store(true, Ordering::Release);
                    wake();
                }
                end => {
                    let _done = after_work();
                    terminal::restore();
                    std::process::exit(128 + end);
                }
            }
        }
    })?;
    thread::Builder::new().name("terminal".into()).spawn(wait_for_hang_up)?;
    Ok(())
}

/// Signals are not watched here.
#[cfg(not(unix))]
pub fn watch() -> io::Result<()> {
    Ok(())
}

/// Ends the program when the terminal goes away, also where SIGHUP is ignored: nobody is left to ask.
#[cfg(unix)]
fn wait_for_hang_up() {
    use rustix::event::{PollFd, PollFlags, poll};
    let stdin = io::stdin();
    loop {
        let mut watched = [PollFd::new(&stdin, PollFlags::empty())];
        match poll(&mut watched, None) {
            Ok(_) if watched[0].revents().intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) => {
                let _done = after_work();
                std::process::exit(129);
            }
            Ok(_) | Err(rustix::io::Errno::INTR) => {}
            Err(_) => return,
        }
    }
}

/// Stops the program as Ctrl-Z does, until the shell continues it. Returns whether there is a shell to do so: in a
/// terminal of its own the program would stand still for ever.
#[cfg(unix)]
pub fn suspend() -> bool {
    use rustix::process::{Signal, getpgrp, getsid, kill_process_group};
    let group = getpgrp();
    if getsid(None).is_ok_and(|session| session == group) {
        return false;
    }
    super::terminal::restore();
    OWN_STOP.store(true, Ordering::Release);
    let stopped = kill_process_group(group, Signal::STOP).is_ok();
    let _ = super::terminal::take();
    stopped
}

/// There is nothing to stop the program here.
#[cfg(not(unix))]
pub fn suspend() -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interrupt_that_is_heard_of_when_the_editor_has_ended_was_the_editors() {
        let now = moment();
        let heard = |loan: Loan, after: Duration| loan.takes_interrupts(now + after);
        assert!(heard(Loan::Lent, Duration::from_secs(600)));
        assert!(heard(Loan::Returned(now), Duration::from_millis(300)));
        assert!(!heard(Loan::Returned(now), ECHO));
        assert!(!heard(Loan::Never, Duration::ZERO));
    }
}
