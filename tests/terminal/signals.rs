//! Signals, suspending, and a terminal that goes away.

use rustix::process::Signal;

use crate::desk::{Desk, LARGE, PROGRAM};
use crate::pty::{Terminal, is_chosen};

fn in_a_shell(desk: &Desk) -> Terminal {
    let shell = ["--norc", "--noprofile", "--noediting", "-i"];
    let mut terminal = Terminal::start(desk.command("bash", &shell), LARGE);
    terminal.wait_text("ready> ");
    terminal.keys(&format!("'{PROGRAM}' exam --seed 6\r"));
    terminal.wait_text("Before the exam");
    terminal.press("\r", "Question 1 of 100");
    terminal.press("n", "Question 2 of 100");
    terminal.choose("b", 'B');
    terminal
}

#[test]
fn ctrl_z_gives_the_shell_a_clean_terminal_and_fg_brings_the_question_back() {
    let desk = Desk::new();
    let mut terminal = in_a_shell(&desk);
    for _ in 0..3 {
        let stopped = terminal.press("\x1a", "Stopped");
        assert!(!stopped.contains("Question 2"), "the shell's own screen is back:\n{stopped}");
        terminal.assert_clean();
        let echoed = terminal.press("echo still $((40 + 2))\r", "still 42");
        assert!(echoed.contains("echo still"), "what is typed is seen:\n{echoed}");
        let back = terminal.press("fg\r", "Question 2 of 100");
        assert!(is_chosen(&back, 'B'), "{back}");
    }
    terminal.press("n", "Question 3 of 100");
    terminal.press("q", "ready> ");
    terminal.assert_clean();
    terminal.keys("exit 7\r");
    assert_eq!(terminal.exit_code(), Some(7));
    assert!(desk.steps().iter().filter(|s| s.kind == "pause").count() >= 3, "each stop is a pause, not exam time");
}

#[test]
fn a_limit_of_the_size_of_files_is_a_failed_write_and_not_the_end() {
    let desk = Desk::new();
    let shell = ["--norc", "--noprofile", "--noediting", "-i"];
    let mut terminal = Terminal::start(desk.command("bash", &shell), LARGE);
    terminal.wait_text("ready> ");
    terminal.keys(&format!("'{PROGRAM}' drill --mode all --seed 6\r"));
    terminal.wait_text("Before the drill");
    terminal.press("\r", "Drill 1 of");
    terminal.keys("\x03");
    terminal.wait_for("the shell", |screen| screen.ends_with("ready> "));
    terminal.keys(&format!("ulimit -f 64; '{PROGRAM}' drill\r"));
    terminal.wait_text("Go on");
    terminal.press("\r", "Drill 1 of");
    terminal.keys(&"f".repeat(40)); // each is written
    terminal.wait_text("Not saved: ");
    terminal.press("\x03", "Not saved yet!");
    terminal.press("\x03", "ready> ");
    terminal.assert_clean();
}

#[test]
fn a_stop_from_outside_gives_a_clean_terminal_too() {
    let desk = Desk::new();
    let mut terminal = in_a_shell(&desk);
    // The program, not the shell, is stopped: the shell's job is asked for.
    terminal.press("\x1a", "Stopped");
    terminal.press("fg\r", "Question 2 of 100");
    let pid = std::fs::read_to_string(desk.data().join("lock")).expect("a lock");
    let pid: i32 = pid.split_whitespace().nth(1).expect("a process").trim_end_matches(',').parse().expect("its number");
    let pid = rustix::process::Pid::from_raw(pid).expect("a process");
    rustix::process::kill_process(pid, Signal::TSTP).expect("the signal is sent");
    terminal.wait_for("the shell", |screen| screen.matches("Stopped").count() == 2 && screen.ends_with("ready> "));
    terminal.assert_clean();
    terminal.press("fg\r", "Question 2 of 100");
    terminal.press("n", "Question 3 of 100");
}

#[test]
fn ctrl_z_where_no_shell_could_continue_says_so_and_goes_on() {
    let desk = Desk::new();
    let mut terminal = desk.sit(&["--seed", "6"]);
    terminal.press("\x1a", "There is no shell here that could continue the program");
    terminal.choose("a", 'A');
}

#[test]
fn a_signal_to_end_leaves_the_terminal_clean_and_the_exam_at_home() {
    let signals = [(Signal::TERM, 15), (Signal::HUP, 1), (Signal::INT, 2), (Signal::QUIT, 3)];
    for (signal, number) in signals {
        let desk = Desk::new();
        let mut terminal = desk.sit(&["--seed", "6"]);
        terminal.press("n", "Question 2 of 100");
        terminal.choose("a", 'A');
        terminal.signal(signal);
        assert_eq!(terminal.exit_code(), Some(128 + number), "{signal:?}");
        terminal.assert_clean();
        let terminal = desk.open(&[]);
        terminal.wait_text("› Resume        your exam: question 2 of 100");
        assert_eq!(desk.answers()[1].picked.len(), 1, "{signal:?}");
    }
}

#[test]
fn a_terminal_that_goes_away_ends_the_program_and_keeps_the_exam() {
    let ignored = format!("trap '' HUP; exec '{PROGRAM}' exam --seed 6");
    let starts: [(&str, &[&str]); 2] = [(PROGRAM, &["exam", "--seed", "6"]), ("sh", &["-c", &ignored])];
    for (program, arguments) in starts {
        let desk = Desk::new();
        let mut terminal = Terminal::start(desk.command(program, arguments), LARGE);
        terminal.wait_text("Before the exam");
        terminal.press("\r", "Question 1 of 100");
        terminal.choose("a", 'A');
        terminal.hang_up();
        // 129 if the hang-up is seen first, 1 if a frame finds no terminal: nobody is left to read it.
        let code = terminal.exit_code();
        assert!(matches!(code, Some(129 | 1)), "{code:?} {arguments:?}");
        desk.open(&[]).wait_text("› Resume        your exam: question 1 of 100");
        assert_eq!(desk.answers()[0].picked.len(), 1);
    }
}
