//! A certificate made on the result of an exam that was sat in the terminal.

use std::fmt::Write;

use crate::desk::Desk;

/// Six claims, an exam of four of them in two minutes.
fn install_bank(desk: &Desk) {
    let mut text = "format = 1\n[bank]\nid = \"harbour\"\ntitle = \"Harbour\"\nversion = \"1.0.0\"\n\
         [exam]\nquestions = 4\nminutes = 2\npass_percent = 70\n\
         [[domains]]\nid = \"tides\"\ntitle = \"Tides\"\nweight = 1\n"
        .to_owned();
    for n in 0..6 {
        write!(
            text,
            "[[questions]]\nid = \"claim-{n}\"\ndomain = \"tides\"\nstem = \"Claim {n} holds.\"\nanswer = true\n"
        )
        .expect("a text takes it");
    }
    let folder = desk.data().join("question-bank");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("harbour.toml"), text).expect("the bank is written");
}

#[test]
fn c_on_the_result_of_a_passed_exam_writes_a_certificate_that_is_verified() {
    let desk = Desk::new();
    install_bank(&desk);
    let mut terminal = desk.sit(&["--bank", "harbour"]);
    for place in 1..=4 {
        terminal.wait_text(&format!("Question {place} of 4"));
        terminal.keys("a"); // True stands first
        terminal.wait_text(&format!("{place} answered · "));
        terminal.keys("\x1b[C");
    }
    terminal.press("r", "Review");
    terminal.press("S", "Every question is answered.");
    terminal.press("y", "✓ passed");
    terminal.press("c", "Name on the certificate:");
    terminal.press("\r", "Type the name that shall stand on it, or Esc");
    terminal.press("Ada \x1b[200~<script>\n\x1b[201~", "Ada <script>");
    let result = terminal.press("\r", "The certificate is written");
    let folder = desk.data().join("certificates");
    let files = |folder: &std::path::Path| {
        let entries = std::fs::read_dir(folder).expect("the folder");
        let mut paths: Vec<_> = entries.map(|e| e.expect("an entry").path()).collect();
        paths.sort();
        paths
    };
    let [file] = &files(&folder)[..] else { panic!("one file") };
    let name = file.file_name().expect("a name").to_string_lossy().into_owned();
    assert!(name.starts_with("harbour-20") && name.ends_with(".html"), "{name}");
    let letters = |text: &str| text.split_whitespace().collect::<String>();
    assert!(letters(&result).contains(&letters(&format!("Certificate: {}", file.display()))), "{result}");

    // Once more: another file, and the first stays.
    let first = std::fs::read(file).expect("it is there");
    terminal.press("c", "Name on the certificate:");
    terminal.keys("Eve\r");
    terminal.wait_text("-2.html");
    assert_eq!((files(&folder).len(), std::fs::read(file).expect("it is there")), (2, first));
    terminal.keys("\x03");
    assert_eq!(terminal.exit_code(), Some(0));
    terminal.assert_clean();

    let output = desk.plain(&["certificate", "verify"]).arg(file).output().expect("the program runs");
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(0), "{out}{}", String::from_utf8_lossy(&output.stderr));
    assert!(out.starts_with("VERIFIED\n") && out.contains("  Ada <script> passed harbour 1.0.0\n"), "{out}");
}

#[test]
fn c_on_the_result_of_a_short_exam_says_why_there_is_none() {
    let desk = Desk::new();
    install_bank(&desk);
    let mut terminal = desk.sit(&["--bank", "harbour", "--questions", "2"]);
    terminal.press("r", "Review");
    terminal.press("S", "2 unanswered");
    terminal.press("y", "✗ not passed");
    terminal.press("c", "No certificate: it had 2 questions, the bank's exam has 4");
    assert!(!desk.data().join("certificates").exists() && !desk.data().join("certificate.key").exists());
}
