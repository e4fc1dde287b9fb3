//! What the program does when nobody types, and when the terminal changes its size.

use std::time::Duration;

use crate::desk::{Desk, clock};
use crate::pty::is_chosen;

#[test]
fn every_size_down_to_one_cell_keeps_the_question() {
    let desk = Desk::new();
    let mut terminal = desk.sit(&["--seed", "5"]);
    terminal.press("nn", "Question 3 of 100");
    terminal.choose("b", 'B');
    let sizes =
        [(200, 60), (110, 20), (80, 24), (60, 16), (59, 15), (20, 5), (3, 2), (1, 1), (2, 40), (80, 24), (132, 43)];
    for (columns, rows) in sizes {
        let (bytes, _) = terminal.written();
        terminal.resize(columns, rows);
        if columns < 60 || rows < 16 {
            terminal.wait_written(bytes);
        } else {
            let screen = terminal.wait_text("Question 3 of 100");
            assert!(is_chosen(&screen, 'B'), "{columns}×{rows}:\n{screen}");
        }
    }
    for (columns, rows) in sizes.into_iter().rev() {
        terminal.resize(columns, rows); // and all of them at once
    }
    terminal.resize(90, 30); // none of them, so that the screen is drawn whole
    terminal.wait_text("Question 3 of 100");
    terminal.press("n", "Question 4 of 100");
    terminal.keys("q");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();
}

#[test]
fn in_a_terminal_of_a_few_cells_nothing_happens_to_the_exam() {
    for (columns, rows) in [(1, 1), (2, 3), (3, 40), (59, 2)] {
        let desk = Desk::new();
        let mut terminal = desk.sit(&["--seed", "5", "--questions", "10"]);
        terminal.press("l", "Question 2 of 10");
        terminal.resize(columns, rows);
        terminal.wait_for("the small screen", |screen| screen.contains('…') || screen.contains("At least"));
        terminal.keys("an?jqg5\r\x1b[6~\x1b[5~jjxf GrSyq");
        terminal.resize(80, 24);
        let screen = terminal.wait_text("Question 2 of 10");
        assert!(screen.contains("0 answered · 0 flagged"), "{columns}×{rows}\n{screen}");
        terminal.resize(columns, rows);
        terminal.wait_for("the small screen", |screen| screen.contains('…') || screen.contains("At least"));
        terminal.keys("\x03");
        assert_eq!(terminal.exit_code(), Some(0), "{columns}×{rows}");
        terminal.assert_clean();
        assert!(desk.sitting().points.is_none(), "the exam waits");
    }
}

/// How often the threads of a process went to sleep of their own will.
#[cfg(target_os = "linux")]
fn wakes(pid: u32) -> u64 {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process runs");
    tasks
        .map(|task| {
            let status = std::fs::read_to_string(task.expect("a thread").path().join("status")).unwrap_or_default();
            let line = status.lines().find_map(|l| l.strip_prefix("voluntary_ctxt_switches:"));
            line.and_then(|n| n.trim().parse::<u64>().ok()).unwrap_or(0)
        })
        .sum()
}

/// Whether a process still reads its content or makes an index of it: that thread may work for long without a pause.
#[cfg(target_os = "linux")]
fn is_at_work(pid: u32) -> bool {
    let tasks = std::fs::read_dir(format!("/proc/{pid}/task")).expect("the process runs");
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.ok()?.path().join("comm")).ok());
    names.into_iter().any(|name| ["loader", "index"].contains(&name.trim()))
}

#[test]
#[cfg(target_os = "linux")]
fn home_at_rest_writes_nothing_and_never_wakes() {
    let desk = Desk::new();
    let terminal = desk.open(&[]);
    terminal.wait_text("drawn from ");
    // Until the start is over, its loader and the index of all texts included.
    let mut before = wakes(terminal.pid());
    for _ in 0..100 {
        terminal.watch(Duration::from_millis(200));
        let now = wakes(terminal.pid());
        if now == before && !is_at_work(terminal.pid()) {
            break;
        }
        before = now;
    }
    assert_eq!(terminal.watch(Duration::from_secs(2)), (0, 0), "bytes and writes at rest");
    assert_eq!(wakes(terminal.pid()) - before, 0, "wakes at rest");
}

#[test]
fn the_exam_room_at_rest_draws_once_a_second_and_little() {
    let desk = Desk::new();
    let terminal = desk.sit(&["--seed", "5"]);
    let first = clock(&terminal.wait_for("a first tick", |screen| clock(screen) < 7200));
    let (bytes, writes) = terminal.watch(Duration::from_secs(3));
    let last = clock(&terminal.wait_text("Question 1 of 100"));
    assert!((1..=4).contains(&writes), "{writes} writes, {bytes} bytes");
    assert!(bytes <= 4 * 100, "{writes} writes, {bytes} bytes");
    assert!(first - last >= 2, "the clock goes on: {first} to {last}");
}
