//! The preview of a bank: what its keys do, what stays when the file changes, and what it survives.

use examdeck::app::effect::Effect;
use examdeck::app::frame::frame;
use examdeck::app::input::{Key, Size};
use examdeck::app::model::{Model, Screen};
use examdeck::app::page::Line;
use examdeck::app::update::update;
use examdeck::engine::text::Text;
use examdeck::ui::Theme;
use proptest::prelude::*;

use crate::support;
use crate::support::bank::bank;
use crate::support::deck::{KNOTS, LIGHTS, deck};
use crate::support::preview::{author, deck_draft, draft, flawed, in_trouble, line, read, without};
use crate::support::world::{Student, keys};

/// What is on the screen, as text.
fn shown(s: &Student) -> String {
    let f = frame(&s.m);
    let lines = [f.top, f.body, f.bottom, f.side].concat();
    let text: Vec<String> = lines.iter().map(Line::text).collect();
    format!("{}|{}|{}\n{}", f.title, f.middle, f.right.text(), text.join("\n"))
}

fn id(n: usize) -> String {
    bank().questions[n].id.to_string()
}

/// An author who looks at the flawed bank.
fn looking() -> Student {
    let mut s = author(None, 80, 24);
    s.send(read(flawed(&bank())));
    s
}

#[test]
fn it_begins_with_the_first_question_or_the_one_that_is_asked_for() {
    let mut s = author(None, 80, 24);
    assert!(shown(&s).contains("Reading …"));
    s.send(read(draft(&bank())));
    assert!(shown(&s).contains(&id(0)));
    let mut s = author(Some(&id(3)), 80, 24);
    s.send(read(draft(&bank())));
    assert!(shown(&s).contains(&format!("Question 4 of {}", bank().questions.len())), "{}", shown(&s));
    let mut s = author(Some("nobody"), 80, 24);
    s.send(read(draft(&bank())));
    assert_eq!(s.notice(), "There is no question `nobody`");
    s.press("<right>");
    s.send(read(draft(&bank())));
    assert!(shown(&s).contains(&id(1)), "the place is kept after that");
}

#[test]
fn a_question_is_shown_as_a_student_sees_it_and_its_answer_folds_out() {
    let mut s = author(Some("spring-tide"), 80, 24);
    s.send(read(draft(&bank())));
    let question = bank().questions.iter().find(|q| q.id.as_str() == "spring-tide").expect("it is there").clone();
    let why =
        question.explanation.as_ref().expect("an explanation").as_str().split(' ').next().expect("a word").to_owned();
    let hidden = shown(&s);
    assert!(hidden.contains(question.choices[0].text.as_str()) && !hidden.contains('✓'), "{hidden}");
    s.press(" ");
    let told = shown(&s);
    assert!(told.contains('✓') && told.contains(&why), "{told}");
    s.send(read(draft(&bank())));
    assert!(shown(&s).contains('✓'), "it stays open when the file is saved");
    s.press("<enter>");
    assert_eq!(shown(&s), hidden);
}

#[test]
fn keys_move_and_go_to_a_number() {
    let mut s = looking();
    let at = |s: &Student| shown(s).split('|').nth(1).expect("the middle").to_owned();
    let last = bank().questions.len();
    for (pressed, number) in [
        ("<right>", 2),
        ("l", 3),
        ("<left>", 2),
        ("h", 1),
        ("<left>", 1),
        ("G", last),
        ("<right>", last),
        ("<home>", 1),
    ] {
        s.press(pressed);
        assert_eq!(at(&s), format!("Question {number} of {last}"), "{pressed}");
    }
    s.press("g3");
    assert!(shown(&s).contains(&format!("Go to question (1–{last}): 3_")));
    s.press("<enter>");
    assert_eq!(at(&s), format!("Question 3 of {last}"));
    s.press("g0<enter>g<enter>g9<esc>");
    assert_eq!(at(&s), format!("Question 3 of {last}"));
    s.press("g999<enter>");
    assert_eq!(s.notice(), format!("There is no such question: they go from 1 to {last}"));
}

#[test]
fn what_is_found_stands_with_its_question() {
    let mut s = looking();
    s.press("<right>");
    let text = shown(&s);
    for part in
        ["warning W01: the key has 49", "shorten the key", "Authors qualify the key", "warning W20: the question"]
    {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(
        text.starts_with(&format!("{}|Question 2 of {}|4 findings", bank().title, bank().questions.len())),
        "{text}"
    );
    s.press("<right>");
    let text = shown(&s);
    assert!(
        text.contains("This question is broken: students do not get it.") && text.contains("✗ error S01: "),
        "{text}"
    );
    let mut s = author(None, 120, 40);
    s.send(read(flawed(&bank())));
    let side = |s: &Student| frame(&s.m).side.iter().map(Line::text).collect::<String>();
    assert!(side(&s).contains("Nothing is found here."));
    s.press("<right>");
    assert!(side(&s).contains("warning W01"), "a wide terminal has a margin");
}

#[test]
fn the_list_of_findings_leads_to_their_questions() {
    let mut s = looking();
    s.press("f");
    assert!(matches!(s.m.screen(), Screen::Findings(0)));
    let text = shown(&s);
    assert!(text.contains("›  bank   B03  90 % of 20 claims are true"), "{text}");
    s.press("<enter>");
    assert_eq!(s.notice(), "This is about the bank as a whole; e edits it");
    s.press("<down><down><enter>");
    assert!(matches!(s.m.screen(), Screen::Preview));
    assert!(shown(&s).contains(&id(1)));
    s.press("f");
    assert!(matches!(s.m.screen(), Screen::Findings(1)), "the cursor is at the shown question");
    s.press("<esc>");
    s.send(read(draft(&bank())));
    s.press("f");
    assert_eq!(s.notice(), "Nothing is found in this bank");
    let mut s = looking();
    s.press("fG");
    s.send(read(draft(&bank())));
    assert!(shown(&s).contains("Nothing is found any more."));
    s.press("<enter><up>e<esc>");
    assert!(matches!(s.m.screen(), Screen::Preview));
}

#[test]
fn a_long_error_is_read_whole_in_the_list() {
    let mut s = author(None, 60, 16);
    s.send(read(draft(&bank())));
    let long = "fire-safety-of-the-whole-harbour.toml:70: not valid TOML: invalid basic string, expected `\"`";
    s.send(in_trouble(None, long));
    s.press("f");
    let bottom = frame(&s.m).bottom.iter().map(|l| l.text().trim().to_owned()).collect::<Vec<_>>().join(" ");
    assert!(bottom.contains(long), "{bottom}");
}

#[test]
fn the_answer_names_the_section_that_explains_it() {
    let mut s = author(None, 80, 24);
    let mut draft = draft(&bank());
    draft.pages[0].guide = Some((Text::new("Water"), Text::new("Spring tides")));
    s.send(read(draft));
    assert!(!shown(&s).contains("Guide"));
    s.press(" ");
    assert!(shown(&s).contains("  Guide   Water › Spring tides\n"), "{}", shown(&s));
}

#[test]
fn the_place_is_kept_by_the_questions_id() {
    let mut s = author(Some(&id(3)), 80, 24);
    s.send(read(draft(&bank())));
    s.send(read(draft(&without(&bank(), &[&id(0), &id(1)]))));
    assert!(shown(&s).contains(&id(3)) && shown(&s).contains("Question 2 of "), "{}", shown(&s));
    // If the question itself goes, the one that comes into its place is shown.
    s.send(read(draft(&without(&bank(), &[&id(0), &id(1), &id(3)]))));
    assert!(shown(&s).contains(&id(4)), "{}", shown(&s));
    let all: Vec<String> = (0..bank().questions.len()).map(id).collect();
    s.send(read(draft(&without(&bank(), &all.iter().map(String::as_str).collect::<Vec<_>>()))));
    assert!(shown(&s).contains("The bank has no question yet."));
    s.press(" <right>Gfge<esc>");
}

/// An author at a card of the deck of lights, whose first entry is asked both ways and has a finding.
fn at_card(id: &str) -> Student {
    let mut s = author(Some(id), 80, 24);
    s.send(read(deck_draft(&deck(LIGHTS))));
    s
}

#[test]
fn a_card_is_shown_front_first_and_folds_out_to_its_back_with_note_and_source() {
    let mut s = at_card("red-light");
    let front = shown(&s);
    assert!(front.contains("Lights and marks|Card 1 of 9|1 finding"), "{front}");
    assert!(front.contains("front to back · red-light") && front.contains("Which side shows the red light?"));
    assert!(!front.contains("Port") && front.contains("Space shows the answer"), "{front}");
    s.press(" ");
    let back = shown(&s);
    for told in ["Which side shows the red light?", "Port", "Port wine is red", "Source  The Harbour Pilot's Handbook"]
    {
        assert!(back.contains(told), "{told}: {back}");
    }
    s.press("<enter>");
    assert_eq!(shown(&s), front);
    let part = shown(&at_card("twelfths"));
    assert!(part.contains("part 1 · twelfths") && part.contains("rises [a part] in"), "{part}");
}

#[test]
fn what_is_found_in_an_entry_stands_with_each_of_its_cards_and_counts_once() {
    let mut s = at_card("red-light");
    assert!(shown(&s).contains("error S07"));
    s.press("n");
    assert!(shown(&s).contains("back to front") && shown(&s).contains("error S07"), "{}", shown(&s));
    assert!(shown(&s).contains("|1 finding\n"), "{}", shown(&s));
    s.press("f");
    assert_eq!(shown(&s).matches("S07").count(), 1);
    s.press("<enter>");
    assert!(shown(&s).contains("Card 1 of 9"));
}

#[test]
fn the_place_in_a_deck_is_kept_by_id_and_card() {
    let mut s = at_card("twelfths");
    s.press("n");
    assert!(shown(&s).contains("Card 4 of 9") && shown(&s).contains("part 2"), "{}", shown(&s));
    // The entry before is gone: the same card of the same entry stays.
    let mut fewer = deck(LIGHTS);
    fewer.entries.remove(0);
    s.send(read(deck_draft(&fewer)));
    assert!(shown(&s).contains("Card 2 of 7") && shown(&s).contains("part 2"), "{}", shown(&s));
    assert_eq!(at_card("nobody").notice(), "There is no card `nobody`");
    let mut s = at_card("red-light");
    s.press("g99<enter>");
    assert_eq!(s.notice(), "There is no such card: they go from 1 to 9");
    s.send(read(deck_draft(&deck(KNOTS))));
    assert!(shown(&s).contains("Card 1 of 1"), "{}", shown(&s));
    let mut none = deck(KNOTS);
    none.entries.clear();
    s.send(read(deck_draft(&none)));
    assert!(shown(&s).contains("The deck has no card yet."));
    s.press(" <right>Gfge<esc>");
}

#[test]
fn a_syntax_error_is_told_and_costs_nothing_that_was_seen() {
    let mut s = author(Some(&id(1)), 80, 24);
    s.send(in_trouble(None, "harbour.toml:4: missing quote"));
    assert!(shown(&s).contains("harbour.toml:4: missing quote"), "{}", shown(&s));
    s.send(read(draft(&bank())));
    assert_eq!(s.notice(), "");
    let good = shown(&s);
    assert!(good.contains(&id(1)));
    s.send(in_trouble(Some(draft(&without(&bank(), &[&id(1)]))), "harbour.toml:4: missing quote"));
    assert_eq!(s.notice(), "Last good state shown; harbour.toml:4: missing quote");
    assert_eq!(shown(&s), good.replace("nothing found", "✗ broken"));
    s.press("<right><left>");
    assert!(s.notice().contains("missing quote"), "it stands as long as it holds");
    assert!(good.contains("|nothing found") && shown(&s).contains("|✗ broken"), "{}", shown(&s));
    s.press("g999<enter>");
    assert!(s.notice().starts_with("There is no such question"));
    s.press("<home>n");
    assert!(s.notice().contains("missing quote"), "also after a passing word");
    s.press("f");
    assert!(shown(&s).contains("✗ S00  harbour.toml:4: missing quote"), "{}", shown(&s));
    s.press("q");
    s.send(read(draft(&bank())));
    assert_eq!((s.notice(), shown(&s)), ("", good));
}

/// The effects of one key.
fn effects(s: &mut Student, key: &str) -> Vec<Effect> {
    let now = s.now;
    keys(key).into_iter().flat_map(|k| update(&mut s.m, now, examdeck::app::effect::Msg::Key(k))).collect()
}

#[test]
fn e_opens_an_editor_at_the_question_or_the_finding() {
    let place = |effects: Vec<Effect>| match &effects[..] {
        [Effect::Edit(place)] => place.clone(),
        other => panic!("{other:?}"),
    };
    let mut s = looking();
    s.press("<right>");
    assert_eq!(place(effects(&mut s, "e")), line(20));
    s.press("f");
    assert_eq!(place(effects(&mut s, "e")), line(23), "the finding's own line");
    s.press("<home>");
    assert_eq!(place(effects(&mut s, "e")), line(1), "the bank's header");
    let mut s = author(None, 80, 24);
    assert!(effects(&mut s, "e").is_empty());
    assert_eq!(s.notice(), "There is nothing to edit yet");
}

#[test]
fn q_and_esc_leave() {
    for key in ["q", "<esc>", "<c-c>"] {
        assert!(looking().press(key), "{key}");
    }
    assert!(!looking().press("fq"), "from the list back to the question");
}

fn check(m: &Model, columns: u16, rows: u16) {
    assert!(matches!(m.places.first().map(|p| &p.screen), Some(Screen::Preview)), "the preview is always there");
    support::buffer(m, Theme::default(), columns, rows);
}

#[derive(Clone, Debug)]
enum Whim {
    Press(Key),
    Save(usize),
    Break(bool),
    Resize(u16, u16),
}

fn whim() -> impl Strategy<Value = Whim> {
    let some = "nphlge f0123456789jkGr?qa".chars().map(Key::Char);
    let others = [Key::Enter, Key::Esc, Key::Up, Key::Down, Key::Left, Key::Right, Key::PageDown, Key::Backspace];
    prop_oneof![
        20 => prop::sample::select(some.chain(others).collect::<Vec<_>>()).prop_map(Whim::Press),
        3 => (0usize..12).prop_map(Whim::Save),
        2 => any::<bool>().prop_map(Whim::Break),
        2 => (1u16..=200, 1u16..=60).prop_map(|(c, r)| Whim::Resize(c, r)),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_keys_and_no_edits_break_it(whims in prop::collection::vec(whim(), 1..80)) {
        let mut s = author(None, 80, 24);
        for whim in whims {
            match whim {
                Whim::Press(key) => drop(s.send(examdeck::app::effect::Msg::Key(key))),
                Whim::Save(count) => {
                    let mut draft = flawed(&bank());
                    draft.pages.truncate(count);
                    let cards = deck_draft(&deck(LIGHTS));
                    s.send(read(if count == 9 { cards } else { draft }));
                }
                Whim::Break(some) => drop(s.send(in_trouble(some.then(|| draft(&bank())), "x.toml:1: broken"))),
                Whim::Resize(columns, rows) => {
                    s.send(examdeck::app::effect::Msg::Resize(Size { columns, rows }));
                }
            }
            check(&s.m, s.m.size.columns, s.m.size.rows);
        }
    }
}
