//! A program in a pseudo-terminal: keys go in, a screen comes out, and nothing sleeps for a fixed time.

use std::io::{Read, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, ExitStatus, MasterPty, PtySize, native_pty_system};
use rustix::process::{Pid, Signal, kill_process};
use rustix::termios::LocalModes;

/// How long anything may take on a slow machine before a test gives up.
pub const DEADLINE: Duration = Duration::from_secs(30);
/// What ends each frame of the program: a screen is looked at between frames only.
const FRAME_END: &[u8] = b"\x1b[?25l";

/// Whether the screen shows the option with this letter as chosen: alone, or among several.
pub fn is_chosen(screen: &str, letter: char) -> bool {
    ['●', '■'].iter().any(|mark| screen.contains(&format!("{mark} {letter}  ")))
}

/// What the program has written.
struct Seen {
    parser: vt100::Parser,
    raw: Vec<u8>,
    reads: usize,
    ended: bool,
    let_go: bool,
}

impl Seen {
    /// Whether no frame is half drawn.
    fn is_whole(&self) -> bool {
        self.ended || !self.parser.screen().alternate_screen() || self.raw.ends_with(FRAME_END)
    }
}

/// A terminal with a program in it. The program is killed when this is dropped.
pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Box<dyn Write + Send>>,
    reader: Option<JoinHandle<()>>,
    seen: Arc<(Mutex<Seen>, Condvar)>,
    modes: [u64; 4],
    status: Option<ExitStatus>,
}

fn modes(master: &dyn MasterPty) -> [u64; 4] {
    let t = master.get_termios().expect("the terminal's modes");
    [t.input_flags.bits(), t.output_flags.bits(), t.control_flags.bits(), t.local_flags.bits()].map(u64::from)
}

fn read_on(mut from: Box<dyn Read + Send>, seen: &(Mutex<Seen>, Condvar)) {
    let mut buffer = vec![0; 1 << 16];
    loop {
        let n = from.read(&mut buffer).unwrap_or(0);
        let mut now = seen.0.lock().unwrap();
        now.parser.process(&buffer[..n]);
        now.raw.extend_from_slice(&buffer[..n]);
        now.reads += 1;
        let over = n == 0 || now.let_go;
        now.ended |= over;
        seen.1.notify_all();
        if over {
            return;
        }
    }
}

impl Terminal {
    /// Starts `command` in a terminal of `columns` × `rows`.
    pub fn start(command: CommandBuilder, (columns, rows): (u16, u16)) -> Self {
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let modes = modes(&*pair.master);
        let parser = vt100::Parser::new(rows, columns, 0);
        let seen = Seen { parser, raw: Vec::new(), reads: 0, ended: false, let_go: false };
        let seen = Arc::new((Mutex::new(seen), Condvar::new()));
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let from = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let for_reader = seen.clone();
        let reader = std::thread::spawn(move || read_on(from, &for_reader));
        Self { child, master: Some(pair.master), writer: Some(writer), reader: Some(reader), seen, modes, status: None }
    }

    fn seen(&self) -> MutexGuard<'_, Seen> {
        self.seen.0.lock().unwrap()
    }

    /// Waits until `wanted` gives something, and looks again whenever the program has written.
    fn wait<T>(&self, what: &str, wanted: impl Fn(&Seen) -> Option<T>) -> T {
        let end = Instant::now() + DEADLINE;
        let mut seen = self.seen();
        loop {
            if let Some(found) = wanted(&seen) {
                return found;
            }
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() || seen.ended {
                let screen = seen.parser.screen().contents();
                let why = if seen.ended { "the program has ended" } else { "in vain" };
                let last = String::from_utf8_lossy(&seen.raw[seen.raw.len().saturating_sub(300)..]).into_owned();
                drop(seen);
                panic!("waited for {what}, {why}; the screen:\n{screen}\nthe last bytes: {last:?}");
            }
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
    }

    /// Waits for a whole frame that is `wanted`, and gives its text.
    pub fn wait_for(&self, what: &str, wanted: impl Fn(&str) -> bool) -> String {
        self.wait(what, |seen| seen.is_whole().then(|| seen.parser.screen().contents()).filter(|s| wanted(s)))
    }

    /// Waits for a whole frame that holds `text`.
    pub fn wait_text(&self, text: &str) -> String {
        self.wait_for(&format!("`{text}`"), |screen| screen.contains(text))
    }

    /// Types.
    pub fn keys(&mut self, keys: &str) {
        let writer = self.writer.as_mut().expect("the terminal is open");
        writer.write_all(keys.as_bytes()).and_then(|()| writer.flush()).expect("keys are taken");
    }

    /// Types, and waits for a whole frame that holds `text`.
    pub fn press(&mut self, keys: &str, text: &str) -> String {
        self.keys(keys);
        self.wait_text(text)
    }

    /// Types what chooses the option with this letter, and waits until it is chosen.
    pub fn choose(&mut self, keys: &str, letter: char) -> String {
        self.keys(keys);
        self.wait_for(&format!("{letter}, chosen"), |screen| is_chosen(screen, letter))
    }

    /// Types, and waits for the screen whose header begins with `title`.
    pub fn go(&mut self, keys: &str, title: &str) -> String {
        self.keys(keys);
        let begins = |screen: &str| screen.lines().next().is_some_and(|l| l.trim_start().starts_with(title));
        self.wait_for(&format!("the screen `{title}`"), begins)
    }

    /// Waits until everything typed so far is on the disk: the next key, here one that opens the help, is handled after
    /// that.
    pub fn settle(&mut self) {
        self.go("?", "Help");
        self.keys("\x1b");
        self.wait_for("the help to close", |screen| !screen.trim_start().starts_with("Help"));
    }

    /// Resizes. What stood on the screen is forgotten, so that whatever is seen was drawn at the new size.
    pub fn resize(&self, columns: u16, rows: u16) {
        {
            let mut seen = self.seen();
            seen.parser.screen_mut().set_size(rows.max(2), columns.max(2)); // vt100 overflows at one
            seen.parser.process(b"\x1b[2J");
        }
        let size = PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 };
        self.master.as_ref().expect("the terminal is open").resize(size).expect("the terminal resizes");
    }

    /// The bytes and the reads so far.
    pub fn written(&self) -> (usize, usize) {
        let seen = self.seen();
        (seen.raw.len(), seen.reads)
    }

    /// Waits until the program has written more than `bytes` in all, to the end of a frame.
    pub fn wait_written(&self, bytes: usize) {
        self.wait("output", |seen| (seen.raw.len() > bytes && seen.is_whole()).then_some(()));
    }

    /// Watches for `time` and gives the bytes and the reads that came meanwhile.
    pub fn watch(&self, time: Duration) -> (usize, usize) {
        let end = Instant::now() + time;
        let mut seen = self.seen();
        let (bytes, reads) = (seen.raw.len(), seen.reads);
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            seen = self.seen.1.wait_timeout(seen, left).unwrap().0;
        }
        (seen.raw.len() - bytes, seen.reads - reads)
    }

    /// All bytes so far.
    pub fn raw(&self) -> Vec<u8> {
        self.seen().raw.clone()
    }

    /// The process.
    pub fn pid(&self) -> u32 {
        self.child.process_id().expect("a process")
    }

    /// Sends a signal to the process.
    pub fn signal(&self, signal: Signal) {
        let pid = Pid::from_raw(self.pid().cast_signed()).expect("a process");
        kill_process(pid, signal).expect("the signal is sent");
    }

    /// Waits for the end of the process, and gives its exit code; a signal that ended it is told as `None`.
    pub fn exit_code(&mut self) -> Option<u32> {
        let status = self.end();
        status.signal().is_none().then(|| status.exit_code())
    }

    fn end(&mut self) -> ExitStatus {
        let end = Instant::now() + DEADLINE;
        while self.status.is_none() {
            self.status = self.child.try_wait().expect("the process can be waited for");
            assert!(Instant::now() < end, "the process does not end");
            let seen = self.seen();
            drop(self.seen.1.wait_timeout(seen, Duration::from_millis(5)).unwrap());
        }
        if self.master.is_some() {
            self.wait("the rest of the output", |seen| seen.ended.then_some(()));
        }
        self.status.clone().expect("it has ended")
    }

    /// Kills the process as `kill -9` does.
    pub fn kill(&mut self) {
        self.signal(Signal::KILL);
        self.end();
    }

    /// Closes the terminal under the program.
    pub fn hang_up(&mut self) {
        self.seen().let_go = true;
        self.resize(90, 30); // the reader waits in a read, and sees that it shall go once there is something to read
        self.reader.take().expect("the terminal is open").join().expect("the reader ends");
        self.writer = None;
        self.master = None;
    }

    /// Waits until the terminal is as it was before the program came.
    pub fn assert_clean(&self) {
        let end = Instant::now() + DEADLINE;
        loop {
            let seen = self.seen();
            let faults = self.faults(&seen.raw);
            if faults.is_empty() {
                return;
            }
            assert!(!seen.ended && Instant::now() < end, "the terminal is not clean: {faults:?}");
            drop(self.seen.1.wait_timeout(seen, Duration::from_millis(10)).unwrap());
        }
    }

    fn faults(&self, raw: &[u8]) -> Vec<&'static str> {
        let now = modes(&**self.master.as_ref().expect("the terminal is open"));
        let cooked = u64::from((LocalModes::ICANON | LocalModes::ECHO).bits());
        let checks = [
            (last_of(raw, "1049", b"hl") != Some(b'h'), "it is on the alternate screen"),
            (last_of(raw, "25", b"hl") != Some(b'l'), "the cursor is hidden"),
            (last_of(raw, "2004", b"hl") != Some(b'h'), "pastes are marked"),
            (now[3] & cooked == cooked, "it is not line by line, or has no echo"),
            (now == self.modes, "its modes have changed"),
        ];
        checks.iter().filter(|(well, _)| !well).map(|(_, fault)| *fault).collect()
    }
}

/// The last byte of `finals` that stands after `ESC [ ? number`.
fn last_of(raw: &[u8], number: &str, finals: &[u8]) -> Option<u8> {
    let prefix = format!("\x1b[?{number}").into_bytes();
    raw.windows(prefix.len() + 1)
        .rev()
        .filter(|w| w.starts_with(&prefix))
        .map(|w| w[prefix.len()])
        .find(|b| finals.contains(b))
}

impl Drop for Terminal {
    fn drop(&mut self) {
        if self.status.is_none() {
            if let Some(pid) = self.child.process_id().and_then(|p| Pid::from_raw(p.cast_signed())) {
                let _ = kill_process(pid, Signal::KILL);
            }
            let _ = self.child.wait();
        }
    }
}
