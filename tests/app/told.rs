//! What is told to the student: whole, where the eye is, and for as long as it holds.

use examdeck::app::drill::DrillOrder;
use examdeck::app::keys::Context;
use examdeck::engine::drill::choose::Mode;
use examdeck::ui::Theme;

use crate::support::bank::bank;
use crate::support::drill::order;
use crate::support::world::Student;
use crate::support::{buffer, text};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 40)];

/// What is on the screen.
fn screen(s: &Student) -> String {
    text(&buffer(&s.m, Theme { colour: false, ascii: false }, s.m.size.columns, s.m.size.rows))
}

/// The words on the screen without its line breaks, indents and rules.
fn words(s: &Student) -> String {
    screen(s).replace('━', " ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The column in which this begins.
fn column(s: &Student, part: &str) -> usize {
    let screen = screen(s);
    let line = screen.lines().find(|l| l.contains(part)).unwrap_or_else(|| panic!("no {part} in\n{screen}"));
    line.chars().count() - line[line.find(part).unwrap_or_default()..].chars().count()
}

#[test]
fn a_message_that_is_too_long_for_the_rule_stands_whole_over_it() {
    for (columns, rows) in SIZES {
        let mut s = Student::drilling(order(Mode::All, &["give-way"]), columns, rows);
        s.press("a<enter>");
        assert!(words(&s).contains("Choose three. If you do not know: guess, and say so with u"), "{}", screen(&s));
        s.press("<esc>nfdomain:tides level:hard<enter>");
        let told = s.notice().to_owned();
        assert!(told.len() > 40 && words(&s).contains(&told), "{told}:\n{}", screen(&s));
        assert!(screen(&s).contains("Only these questions: "), "the line is still there:\n{}", screen(&s));
    }
}

#[test]
fn a_message_stands_where_the_text_does() {
    for (columns, rows) in SIZES {
        let mut s = Student::at_home(bank(), columns, rows);
        s.press("n5");
        assert_eq!(column(&s, "Numbers are typed"), column(&s, "Before the exam") + 2, "{}", screen(&s));
        s.press("<esc>m<enter>");
        assert_eq!(column(&s, "There is nothing to mend"), column(&s, "Mistakes book") + 2, "{}", screen(&s));
    }
}

#[test]
fn what_is_wrong_with_a_filter_is_told_as_long_as_it_stands_there() {
    for (columns, rows) in SIZES {
        for (key, rows_down) in [("n", "<down><up>"), ("w", "<down><down>")] {
            let mut s = Student::at_home(bank(), columns, rows);
            s.press(&format!("{key}fdomain:seas<enter>"));
            for keys in ["", rows_down, "<up>"] {
                s.press(keys);
                let told = "harbour-pilot has no domain:seas, but: tides, lights, rules";
                assert!(words(&s).contains(told), "after {keys}:\n{}", screen(&s));
            }
            s.press("f<c-u><enter>");
            assert!(!words(&s).contains("has no"), "{}", screen(&s));
        }
        // So does what is wrong with a line that is typed, wherever the cursor goes in it.
        let mut s = Student::at_home(bank(), columns, rows);
        s.press("nfdomain:tides )x<enter><left>");
        assert!(words(&s).contains("column 14: "), "{}", screen(&s));
        s.press("<right><back>");
        assert!(!words(&s).contains("column 14: "), "{}", screen(&s));
        s.press("<esc>");
        assert_eq!((s.m.context(), s.notice()), (Context::Setup, ""));
    }
}

#[test]
fn a_screen_keeps_its_name_beside_a_bank_with_a_long_one() {
    let mut long = bank();
    long.title = examdeck::engine::text::Text::new("Harbour, river, canal and open roadstead pilotage, first class");
    for (columns, rows) in SIZES {
        let mut s = Student::at_home(long.clone(), columns, rows);
        s.drill(DrillOrder { questions: Some(2), ..order(Mode::All, &[]) });
        s.answer(false, 5);
        s.press("<esc>m");
        let first = screen(&s).lines().next().unwrap_or_default().to_owned();
        assert!(first.contains("Mistakes book") && first.contains("1 to mend"), "{first}");
        // The clock of an exam is not what gives way.
        s.press("<esc>n<enter>");
        let first = screen(&s).lines().next().unwrap_or_default().to_owned();
        assert!(first.contains("Question 1 of") && first.contains("◷ ") && first.contains(":00"), "{first}");
    }
}

#[test]
fn settings_and_the_text_under_them_begin_in_one_column() {
    for (columns, rows) in SIZES {
        let mut s = Student::at_home(bank(), columns, rows);
        s.press("n");
        assert_eq!(column(&s, "Answers shown"), column(&s, "12 questions you have"), "{}", screen(&s));
        s.press("<esc>w");
        assert_eq!(column(&s, "How many"), column(&s, "A mix of missed"), "{}", screen(&s));
    }
}

#[test]
fn before_an_exam_the_pass_mark_is_told_and_what_gets_no_certificate() {
    const SMALL: (u16, u16) = (60, 16);
    let told = |keys: &str, (columns, rows): (u16, u16)| {
        let mut s = Student::at_home(bank(), columns, rows);
        s.press("n");
        s.press(keys);
        words(&s)
    };
    for size in SIZES {
        let plain = told("", size);
        assert!(plain.contains("70 % to pass, a practice mark.") && !plain.contains("certificate"), "{plain}");
    }
    // Extra time is no hindrance.
    assert!(!told("<down><right>", SMALL).contains("certificate"));
    for (keys, why) in [
        ("<down><left>", "No certificate: untimed."),
        ("<down><down><right>", "No certificate: answers shown after each question."),
        ("fdomain:tides<enter>", "No certificate, and not in the trend: over a filter, 5 of 10 questions."),
        ("<down><left><down><right>", "No certificate: answers shown after each question, untimed."),
    ] {
        assert!(
            told(keys, (80, 24)).contains(&format!("70 % to pass, a practice mark. {why}")),
            "{}",
            told(keys, (80, 24))
        );
    }
    // A shorter exam.
    let mut long = bank();
    long.exam.questions = 12;
    let mut s = Student::at_home(long, 80, 24);
    s.press("n<left>");
    assert!(words(&s).contains("No certificate, and not in the trend: 10 of 12 questions."), "{}", screen(&s));
}

#[test]
fn a_seed_is_explained_where_it_is_typed() {
    for (columns, rows) in SIZES {
        let mut s = Student::at_home(bank(), columns, rows);
        s.press("n");
        assert!(!words(&s).contains("A seed is"), "{}", screen(&s));
        s.press("<up><down><down><down><down>");
        let told =
            "A seed is a number that makes the paper: type one, and the same number gives the same questions again.";
        assert!(words(&s).contains(told), "{}", screen(&s));
    }
}
