//! Reading a guide: the place, the marks, the search, and the ways from a question and back.

use examdeck::app::effect::{Msg, Record};
use examdeck::app::frame::frame;
use examdeck::app::input::Size;
use examdeck::app::keys::Context;
use examdeck::app::model::{Access, Screen};
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::record::Reading;
use examdeck::engine::text::Text;
use examdeck::engine::time::Allowance;
use examdeck::ui::Theme;

use crate::support::bank::{bank, paper};
use crate::support::world::Student;

/// In the guide of the first module.
fn reading(columns: u16, rows: u16) -> Student {
    let mut s = Student::at_home(bank(), columns, rows);
    s.press("s<enter>");
    assert_eq!(s.m.context(), Context::Guide);
    s
}

fn shown(s: &Student) -> String {
    let Size { columns, rows } = s.m.size;
    crate::support::text(&crate::support::buffer(&s.m, Theme::default(), columns, rows))
}

/// The line under the header: the section, and what there is of it.
fn section(s: &Student) -> String {
    frame(&s.m).top[0].text().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The first line of the body.
fn top(s: &Student) -> String {
    let shown = frame(&s.m);
    shown.body[shown.scroll].text().trim().to_owned()
}

/// What was written last of the guide.
fn written(s: &Student) -> Option<&Reading> {
    s.memory.cards.iter().rev().find_map(|record| match record {
        Record::Reading(reading) => Some(&**reading),
        _ => None,
    })
}

fn read(s: &Student) -> Vec<&str> {
    s.m.reading.iter().flat_map(|r| r.read.iter().map(|slug| slug.as_str())).collect()
}

#[test]
fn sections_are_gone_to_by_key_by_number_and_by_the_contents() {
    let mut s = reading(80, 24);
    s.press("s");
    assert!(top(&s).starts_with("1  Spring and neap"));
    s.press("s");
    assert!(top(&s).starts_with("2  Slack water"));
    s.press("jjS");
    assert!(top(&s).starts_with("2  Slack water"), "out of its middle to its beginning");
    s.press("S");
    assert!(top(&s).starts_with("1  Spring and neap"));
    s.press("SS");
    assert_eq!(frame(&s.m).scroll, 0);
    s.press("4");
    assert!(top(&s).starts_with("4  Remember"), "also the last one comes to the top: {}", top(&s));
    s.press("s");
    assert_eq!(s.notice(), "This is the last section");
    s.press("9");
    assert_eq!(s.notice(), "This guide has 4 sections");
    s.press("t");
    assert_eq!(s.m.context(), Context::Contents);
    assert!(shown(&s).contains("›  4  Remember"), "{}", shown(&s));
    s.press("g<down><enter>");
    assert!(top(&s).starts_with("2  Slack water"));
    s.press("t<esc><esc><esc>");
    assert_eq!(s.m.context(), Context::Home);
}

#[test]
fn a_section_is_read_when_its_end_was_on_the_screen_and_the_reader_goes_on() {
    let mut s = reading(80, 16);
    assert_eq!(read(&s), Vec::<&str>::new());
    s.press("s");
    assert_eq!(read(&s), Vec::<&str>::new(), "its beginning is not its end");
    s.press("<pgdn>");
    assert_eq!(read(&s), Vec::<&str>::new(), "its end is there, and the reader has not gone on");
    s.press("<pgdn>");
    assert_eq!(read(&s), ["spring-and-neap"]);
    assert!(shown(&s).contains("1 of 4 read"), "{}", shown(&s));
    s.press("1r");
    assert_eq!((read(&s), s.notice()), (vec![], "Marked as not read"));
    assert_eq!(written(&s).map(|r| r.read.len()), Some(0));
    s.press("jj");
    assert_eq!(read(&s), Vec::<&str>::new(), "the mark stays away");
    s.press("r");
    assert_eq!((read(&s), s.notice()), (vec!["spring-and-neap"], "Marked as read"));
    assert!(section(&s).contains("✓ read"), "{}", section(&s));
    s.press("tgr");
    assert_eq!(read(&s), Vec::<&str>::new(), "from the contents, too");
    // Under the help nothing is read.
    s.press("<enter>4?");
    s.press("<pgdn><pgdn><esc>");
    assert_eq!(read(&s), Vec::<&str>::new());
    // Behind the last section nothing comes: who leaves it has read it.
    s.press("<esc>");
    assert_eq!(read(&s), ["remember"]);
    assert_eq!(written(&s).map(|r| r.read.len()), Some(1));
}

#[test]
fn a_short_section_that_is_only_opened_is_not_read() {
    for (on, marks) in
        [("s", true), ("j", true), ("<pgdn>", true), (" ", true), ("S", false), ("1", false), ("t", false)]
    {
        let mut s = reading(80, 40);
        s.press("tg<down><enter>");
        assert!(top(&s).starts_with("2  Slack water") && read(&s).is_empty(), "opened from the contents");
        assert!(section(&s).starts_with("section 2 of 4"), "the heading is on the screen: {}", section(&s));
        s.press(on);
        assert_eq!(read(&s).contains(&"slack-water"), marks, "{on}: {:?}", read(&s));
    }
    let mut s = reading(80, 40);
    s.press("2s");
    assert_eq!(read(&s), ["slack-water"], "the next ones, which are on the screen, too, have yet to be read");
}

#[test]
fn what_the_reader_marks_as_not_read_stays_so_until_the_guide_is_read_again() {
    let mut s = reading(80, 24);
    s.press("2rr");
    assert_eq!((read(&s), s.notice()), (vec![], "Marked as not read"));
    s.press("jkjS<pgdn>s");
    assert!(!read(&s).contains(&"slack-water"), "{:?}", read(&s));
    s.press("<esc><enter>2s");
    assert!(read(&s).contains(&"slack-water"), "in a later visit");
}

#[test]
fn the_place_is_kept() {
    let mut s = reading(80, 24);
    s.press("2jjj");
    let place = top(&s);
    s.press("<esc>");
    assert_eq!(written(&s).and_then(|r| r.section.clone()).map(|s| s.to_string()).as_deref(), Some("slack-water"));
    let letters = written(&s).expect("written").letters;
    s.press("<enter>");
    assert_eq!(top(&s), place);
    // Another module has a place of its own.
    s.press("<esc><down><enter><esc><up><enter>");
    assert_eq!(top(&s), place);
    // The end of the program finds it written, even if only a line was scrolled.
    s.press("k<c-c>");
    assert!(written(&s).expect("written").letters < letters);
}

#[test]
fn another_width_shows_the_same_words() {
    let mut s = reading(80, 24);
    s.press("1jjj");
    let words = top(&s);
    let first = words.split(' ').next().expect("words").to_owned();
    for (columns, rows) in [(60, 16), (120, 40), (1, 1), (70, 20), (80, 24)] {
        s.send(Msg::Resize(Size { columns, rows }));
        if columns >= 60 {
            assert!(top(&s).contains(&first), "{columns}: {:?} has no {first:?}", top(&s));
        }
    }
    s.send(Msg::Resize(Size { columns: 80, rows: 24 }));
    // Also under another screen.
    s.press("t");
    s.send(Msg::Resize(Size { columns: 61, rows: 17 }));
    s.press("<esc>");
    assert!(top(&s).contains(&first), "{:?} has no {first:?}", top(&s));
}

#[test]
fn words_are_found() {
    let mut s = reading(80, 16);
    s.press("/the RED");
    assert!(shown(&s).contains("Find in this guide: the RED_"), "{}", shown(&s));
    s.press("<enter>");
    assert!(shown(&s).contains("\"the RED\": 1 of 1 place"), "{}", shown(&s));
    assert!(shown(&s).contains("› The red sector marks danger"), "{}", shown(&s));
    s.press("/tide<enter>");
    assert!(shown(&s).contains("\"tide\": 1 of 3 places"), "{}", shown(&s));
    s.press("nn");
    assert!(shown(&s).contains("\"tide\": 3 of 3 places"));
    s.press("NNN");
    assert!(shown(&s).contains("\"tide\": 3 of 3 places"), "from the first to the last");
    s.press("/xyzzy<enter>");
    assert_eq!(s.notice(), "Nothing is found for \"xyzzy\"");
    assert_eq!(s.m.context(), Context::Prompt, "to be mended");
    for _ in 0..5 {
        s.press("<back>");
    }
    s.press("<enter>n");
    assert_eq!(s.notice(), "Type / and the words to look for first");
    // Keys are letters while words are typed, and a paste is typed.
    s.press("/qS?");
    s.send(Msg::Paste(Text::new(" pasted\nwords ")));
    assert!(shown(&s).contains("Find in this guide: qS?pasted words_"), "{}", shown(&s));
    s.press("<esc>");
    assert_eq!(s.m.context(), Context::Guide);
}

#[test]
fn a_wide_drawing_is_moved() {
    let mut s = reading(60, 16);
    s.press("1<pgdn>");
    assert!(shown(&s).contains('›'), "{}", shown(&s));
    assert!(!shown(&s).contains("water's bulge") && shown(&s).contains("columns more at the right"), "{}", shown(&s));
    s.press("<right>");
    assert!(shown(&s).contains("water's bulge"), "{}", shown(&s));
    s.press("h");
    assert!(!shown(&s).contains("water's bulge"), "{}", shown(&s));
    let mut s = reading(80, 24);
    s.press("<right>");
    assert_eq!(s.notice(), "Every drawing is shown whole");
}

/// Going through the answers to these questions.
fn walking(ids: &[&str]) -> Student {
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Untimed };
    let exam = Exam::start(paper(&bank(), ids), conditions).expect("questions");
    let mut s = Student::examined(bank(), exam, 80, 24);
    s.press("rSy<enter>");
    assert_eq!(s.m.context(), Context::Walk);
    s
}

#[test]
fn a_question_opens_its_section_and_esc_comes_back() {
    let mut s = walking(&["spring-tide", "third-hour"]);
    s.press("<down>o");
    assert!(matches!(s.m.screen(), Screen::Guide(reader) if reader.module().id.as_str() == "m1"));
    assert_eq!(top(&s), "1  Spring and neap");
    s.press("<esc>");
    assert_eq!(s.m.context(), Context::Walk);
    assert!(shown(&s).contains("Answer 1 of 2"), "{}", shown(&s));
    s.press("<right>o");
    assert!(matches!(s.m.screen(), Screen::Guide(reader) if reader.module().id.as_str() == "m2"));
    s.press("<esc><esc>");
    assert_eq!(s.m.context(), Context::Result);
}

/// What `o` opens is named under the answer, everywhere alike; a link that leads nowhere is not.
#[test]
fn an_answer_names_the_section_that_explains_it() {
    let named = "  Guide   On the chart › Spring and neap (o)";
    let mut s = walking(&["spring-tide", "crossing"]);
    assert!(shown(&s).contains(named), "{}", shown(&s));
    s.press("<right>");
    assert!(!shown(&s).contains("Guide"), "{}", shown(&s));
    s.press("<left><esc><esc>/id:spring-tide<enter>");
    assert_eq!(s.m.context(), Context::Question);
    assert!(shown(&s).contains(named), "{}", shown(&s));
    let mut s = Student::drilling(crate::support::drill::order(Mode::All, &["spring-tide"]), 80, 24);
    assert!(!shown(&s).contains("Guide"), "not before it is answered: {}", shown(&s));
    s.answer(true, 5);
    assert!(shown(&s).contains(named), "{}", shown(&s));
    // The bank may have lost the section since.
    let mut other = bank();
    other.modules[0].guide = crate::support::guide::bridge();
    s.m.shelf = Some(crate::support::world::shelf(vec![other]));
    assert!(!shown(&s).contains("Guide"), "{}", shown(&s));
}

#[test]
fn a_question_without_a_section_says_so() {
    let mut s = walking(&["crossing", "ebb"]);
    s.press("o");
    assert_eq!(s.notice(), "The guide says nothing about this question");
    assert_eq!(s.m.context(), Context::Walk);
    // The bank may have lost its guide, or the section, since the exam.
    let mut other = bank();
    other.modules[0].guide = None;
    s.m.shelf = Some(crate::support::world::shelf(vec![other]));
    s.press("<right>o");
    assert_eq!(s.notice(), "The guide says nothing about this question");
    s.m.shelf = None;
    s.press("o");
    assert_eq!(s.notice(), "The guide says nothing about this question");
    // Or the whole bank was removed.
    s.m.shelf = Some(crate::support::world::shelf(Vec::new()));
    s.press("o");
    assert_eq!(s.notice(), format!("The bank `{}` is not there any more, nor its guide", bank().id));
}

#[test]
fn a_look_from_a_question_does_not_move_the_place() {
    let mut s = walking(&["spring-tide"]);
    s.press("<esc><esc>s<enter>4<esc><esc>");
    let kept = written(&s).cloned().expect("written");
    assert_eq!(kept.section.as_ref().map(|s| s.as_str()), Some("remember"));
    s.press("e<enter><enter>o<pgdn><pgdn><esc>");
    let now = written(&s).expect("written");
    assert_eq!((&now.section, now.letters), (&kept.section, kept.letters));
    assert!(now.read.len() >= kept.read.len(), "but what was read is read");
}

#[test]
fn while_another_program_has_the_data_nothing_is_written() {
    let mut s = reading(80, 24);
    s.m.access = Access::Held(Text::new("process 1"));
    s.press("2r4<esc>");
    assert_eq!(written(&s), None);
    s.press("<enter>");
    assert!(top(&s).starts_with("4  Remember"), "but here it is known");
}

#[test]
fn a_bank_without_a_guide_says_so() {
    let mut bank = bank();
    bank.modules.iter_mut().for_each(|m| m.guide = None);
    let mut s = Student::at_home(bank, 80, 24);
    assert!(shown(&s).contains("Study guide   none in this bank"), "{}", shown(&s));
    s.press("s");
    assert_eq!((s.notice(), s.m.context()), ("This bank has no study guide", Context::Home));
}

#[test]
fn a_place_in_a_section_that_is_gone_is_the_beginning() {
    let mut s = reading(80, 24);
    s.press("4<esc>");
    s.m.reading[0].section = examdeck::engine::slug::Slug::new("gone");
    s.press("<enter>");
    assert_eq!(frame(&s.m).scroll, 0);
}

#[test]
fn a_section_is_drilled_from_its_text_and_from_the_contents() {
    for keys in ["1d", "tgd", "gd"] {
        let mut s = reading(80, 24);
        s.press(keys);
        assert_eq!(s.m.context(), Context::Drill, "{}", shown(&s));
        let order = &s.m.drill.as_ref().expect("a drill").drill.course().order;
        assert_eq!(order.only.len(), 4, "all that the section explains, and nothing else");
        s.press("<esc>");
        assert_ne!(s.m.context(), Context::Drill);
        assert!(matches!(s.m.context(), Context::Guide | Context::Contents), "Esc comes back to the guide");
    }
    let mut s = reading(80, 24);
    s.press("2d");
    assert_eq!((s.m.context(), s.notice()), (Context::Guide, "This section explains no question"));
}

#[test]
fn the_search_finds_what_the_guide_says_and_opens_its_section() {
    let whole = bank();
    let guide = whole.modules.iter().find_map(|m| m.guide.clone()).expect("a guide");
    let (place, wanted) = guide.sections.iter().enumerate().next_back().expect("a section");
    let mut s = Student::at_home(bank(), 80, 24);
    let title = wanted.title.one_line();
    s.press("/");
    s.press(&format!("\"{title}\""));
    let text = shown(&s);
    assert!(text.contains("guide") && text.contains("heading"), "{text}");
    s.press("<enter>");
    assert_eq!(s.m.context(), Context::Guide, "{}", shown(&s));
    assert!(top(&s).contains(&title), "section {place}: {}", top(&s));
    s.press("<esc>");
    assert!(matches!(s.m.screen(), Screen::Search(_)));
}

/// Who jumps to the end has not read it, whatever the next key is; who then moves reads on.
#[test]
fn a_jump_to_the_end_reads_nothing() {
    for on in ["j", " ", "<pgdn>", "s", "G", "<esc>"] {
        let mut s = reading(60, 16);
        s.press("G");
        s.press(on);
        assert_eq!(read(&s), Vec::<&str>::new(), "{on}");
    }
    for on in ["kjj", "k<esc>", "<pgup><pgdn><pgdn>"] {
        let mut s = reading(60, 16);
        s.press("G");
        s.press(on);
        assert!(read(&s).contains(&"remember"), "{on}: {:?}", read(&s));
    }
}
