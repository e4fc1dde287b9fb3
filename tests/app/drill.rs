//! Drills: answers are checked, shown and written; what waits goes on; time is spent, and a sprint ends.

use std::collections::HashSet;
use std::time::Duration;

use examdeck::app::drill::DrillOrder;
use examdeck::app::effect::{Answer, Msg};
use examdeck::app::frame::frame;
use examdeck::app::keys::Context;
use examdeck::app::model::{Model, Screen};
use examdeck::app::page::Line;
use examdeck::app::update::next_wake;
use examdeck::engine::answer::Occasion;
use examdeck::engine::drill::choose::Mode;
use examdeck::engine::exam::{Conditions, Exam, Feedback};
use examdeck::engine::standing::Standing;
use examdeck::engine::text::Text;
use examdeck::engine::time::Allowance;

use crate::support::bank::{bank, exam_id, paper, slug};
use crate::support::drill::order;
use crate::support::world::{Student, ready};

fn drilling(mode: Mode, ids: &[&str]) -> Student {
    Student::drilling(order(mode, ids), 80, 24)
}

fn shown(s: &Student) -> String {
    let f = frame(&s.m);
    let lines = f.top.iter().chain(&f.body).chain(&f.bottom).map(Line::text);
    format!("{}|{}|{}\n{}", f.title, f.middle, f.right.text(), lines.collect::<Vec<_>>().join("\n"))
}

fn context(s: &Student) -> Context {
    s.m.context()
}

/// The program started anew on what was written.
fn restarted(s: &Student) -> Student {
    let mut again = Student { m: Model::new(s.m.size, s.now, None), memory: Default::default(), now: s.now };
    again.memory.learner = s.memory.learner.clone();
    again.memory.drills = s.memory.drills.clone();
    let Msg::Done(Answer::Ready(mut ready)) = ready(vec![bank()], Vec::new()) else { unreachable!("it is ready") };
    ready.learner = s.memory.learner.clone();
    ready.drills = s.memory.drills.clone();
    again.send(Msg::Done(Answer::Ready(ready)));
    again
}

#[test]
fn choosing_shows_nothing_and_enter_shows_all() {
    let mut s = drilling(Mode::All, &["spring-tide"]);
    s.choose(false);
    assert_eq!(context(&s), Context::Drill);
    assert!(!shown(&s).contains('✗') && !shown(&s).contains("Spring tides follow"), "{}", shown(&s));
    s.choose(true); // it may be changed until it is checked
    s.choose(false);
    assert!(s.memory.answers.is_empty());
    s.check();
    assert_eq!(context(&s), Context::DrillAnswer);
    let text = shown(&s);
    let (answer, key) = (text.find("✗ Wrong: ").expect("a verdict"), text.find("Just after").expect("the key"));
    assert!(text[..key].trim_end().ends_with(|c: char| c.is_ascii_uppercase()) && text[answer..].contains(" is right"));
    for told in [
        "(your answer)",
        "Sun and moon pull along one line",
        "The name comes from springing up",
        "Wind changes the height",
        "right angles",
        "Spring tides follow",
        "Source  The Harbour Pilot's Handbook. Board of Pilots, 2022, §4.2",
    ] {
        assert!(text.contains(told), "{told} in {text}");
    }
    s.press("abcd x<back>u"); // it is final
    assert_eq!(s.memory.answers.len(), 1);
    assert_eq!(s.memory.learner.standing(&bank().id, &slug("spring-tide")).map(|s| (s.answers, s.right)), Some((1, 0)));
    s.press("<enter>");
    assert_eq!(context(&s), Context::DrillEnd);
}

#[test]
fn enter_without_an_answer_asks_for_one() {
    let mut s = drilling(Mode::All, &["tide-causes"]);
    s.press("<enter>");
    assert!(s.notice().starts_with("Choose two. "), "{}", s.notice());
    s.press("a<enter>");
    assert!(s.notice().starts_with("Choose two. ") && context(&s) == Context::Drill, "{}", s.notice());
    s.press("bc");
    assert!(s.notice().contains("Take one back first"), "{}", s.notice());
    s.press("<enter>");
    assert_eq!(context(&s), Context::DrillAnswer);
}

#[test]
fn a_long_question_is_read_to_its_end_before_it_is_checked() {
    let mut s = Student::drilling(order(Mode::All, &["fog-signals"]), 60, 16);
    s.press("a");
    let mut pages = 0;
    while context(&s) == Context::Drill {
        s.press("<enter>");
        pages += 1;
    }
    assert!(pages > 2, "checked after {pages} presses");
    let mut pages = 0;
    while context(&s) == Context::DrillAnswer {
        s.press("<enter>");
        pages += 1;
    }
    assert!(pages > 1, "the answer is read to its end too");
}

#[test]
fn answers_say_what_they_were() {
    let mut s = drilling(Mode::Weakest, &[]);
    s.press("uf");
    let id = s.answer(true, 33);
    s.next();
    let wrong = s.answer(false, 12);
    let [first, second] = &s.memory.answers[..] else { panic!("two answers") };
    assert_eq!(
        (first.question.as_str(), first.is_right(), first.guessed, first.flagged),
        (id.as_str(), true, true, true)
    );
    assert_eq!(
        (first.occasion, first.spent, first.bank.as_str()),
        (Occasion::Drill, Duration::from_secs(33), "harbour-pilot")
    );
    assert_eq!((second.question.as_str(), second.is_right(), second.guessed), (wrong.as_str(), false, false));
    assert_ne!(first.id, second.id);
    assert!(
        s.m.learner.standing(&bank().id, &first.question).is_some_and(|s| !s.is_known()),
        "a right guess is not known"
    );
    assert_eq!(s.m.learner, s.memory.learner, "what is shown is what is written");
}

#[test]
fn what_waits_goes_on_in_the_middle_of_a_question() {
    let mut s = drilling(Mode::Weakest, &[]);
    for right in [true, false, true] {
        s.answer(right, 10);
        s.next();
    }
    s.press("u<down>x");
    s.choose(false);
    s.wait(Duration::from_secs(17));
    // Killed: nothing more is written. At most the seconds since the last heartbeat are lost.
    let mut again = restarted(&s);
    again.jump(40_000); // time in which it did not run
    assert!(shown(&again).contains("go on: 3 answered"), "{}", shown(&again));
    again.press("w<enter>");
    let (before, after) = (s.open(), again.open());
    assert_eq!(after.item(), before.item(), "the same question, its options in the same order");
    assert_eq!(
        (after.response().picked(), after.response().struck()),
        (before.response().picked(), before.response().struck())
    );
    assert!(after.response().is_guessed());
    let lost = before.response().spent() - after.response().spent();
    assert!(lost < Duration::from_secs(10), "{lost:?} lost"); // the test's ticks are ten seconds apart
    assert_eq!(again.m.drill.as_ref().map(|d| d.drill.course()), s.m.drill.as_ref().map(|d| d.drill.course()));
    // After that both ask the same.
    for student in [&mut s, &mut again] {
        student.check();
        student.next();
    }
    assert_eq!(again.open().item(), s.open().item());
}

#[test]
fn leaving_keeps_all_and_the_shown_answer_is_shown_again() {
    for leave in ["<esc>", "q", "<c-c>"] {
        let mut s = drilling(Mode::All, &[]);
        s.answer(false, 25);
        let (item, text) = (s.open().item().clone(), shown(&s));
        assert_eq!(s.press(leave), leave == "<c-c>");
        assert!(s.m.drill.is_none() && matches!(s.m.screen(), Screen::Home(_)));
        let mut again = restarted(&s);
        again.press("w<enter>");
        assert_eq!((again.open().item(), shown(&again)), (&item, text), "after {leave}");
        again.next();
        assert_eq!(context(&again), Context::Drill);
        assert_eq!(again.memory.answers.len(), 0, "it is not answered again");
    }
}

#[test]
fn a_drill_that_is_over_does_not_wait() {
    let mut s = drilling(Mode::All, &["ebb", "lookout"]);
    s.answer_all(|_| true);
    assert!(s.memory.drills.is_empty() && s.m.drills.is_empty());
    assert!(shown(&s).contains("2 of 2 right") && !shown(&s).contains('%'), "{}", shown(&s));
    s.press("n");
    assert_eq!(context(&s), Context::Drill);
    s.press("S");
    assert!(shown(&s).contains("No question was answered") && s.memory.drills.is_empty());
    s.press("<esc>");
    assert!(matches!(s.m.screen(), Screen::Home(_)));
}

/// From wherever a drill is begun: the one that gives way is named, and its answers stay.
#[test]
fn a_waiting_drill_that_gives_way_is_told_of() {
    for (keys, begins) in [
        ("w<down><enter>", "from the screen before a drill"),
        ("m<enter>", "from the mistakes book"),
        ("s<enter>1d", "from a section of the guide"),
    ] {
        let mut s = drilling(Mode::All, &["spring-tide", "third-hour", "ebb"]);
        s.answer(false, 10);
        s.press("<esc>");
        s.press(keys);
        assert_eq!(context(&s), Context::Drill, "{begins}");
        assert_eq!(s.notice(), "The drill was ended (1 of 3); its answers count", "{begins}");
        assert_eq!(s.memory.answers.len(), 1, "{begins}");
        let kept = s.memory.drills[&bank().id].clone().expect("the new one waits");
        assert_eq!(kept.course.tally.answered, 0, "{begins}");
        s.press("<esc>");
        s.press(keys);
        assert_eq!(s.notice(), "", "nothing was answered in that one: {begins}");
    }
    // Also the one on the screen, by the way through the guide.
    let mut s = drilling(Mode::All, &["spring-tide", "third-hour", "ebb"]);
    while s.answer(false, 10) != "spring-tide" {
        s.next();
    }
    s.press("od");
    assert_eq!(context(&s), Context::Drill);
    assert!(s.notice().starts_with("The drill was ended ("), "{}", s.notice());
    // One that is over, or that goes on, is not spoken of; nor one that gives way to none.
    let mut s = drilling(Mode::All, &["ebb", "lookout"]);
    s.answer(true, 10);
    s.press("<esc>w<enter>");
    assert_eq!(s.notice(), "");
    s.press("<esc>m<enter>");
    assert!(s.notice().contains("nothing to mend"), "{}", s.notice());
    s.press("<esc>w<enter>");
    s.next();
    s.answer(true, 10);
    s.next();
    s.press("n");
    assert_eq!(s.notice(), "");
}

#[test]
fn a_drill_says_what_is_drilled_there_at_home_and_where_it_is_gone_on_with() {
    for (keys, what) in [
        ("s<enter>1d", "section: Spring and neap"),
        ("w<down><down><right><enter>", "weakest first, Tides and currents"),
        ("wfmodule:m1<enter><enter>", "weakest first, m1 "),
        ("wf-missed ebb<enter><enter>", "weakest first, -missed ebb"),
        ("w<enter>", "weakest first"),
    ] {
        let mut s = Student::at_home(bank(), 120, 40);
        s.press(keys);
        assert_eq!(context(&s), Context::Drill);
        assert!(shown(&s).lines().next().is_some_and(|header| header.contains(what)), "{}", shown(&s));
        s.press("<esc>");
        let mut home = Student::at_home(bank(), 120, 40);
        home.m.drills = s.m.drills.clone();
        assert!(shown(&home).contains(what), "{}", shown(&home));
        home.press("w");
        assert!(shown(&home).contains(&format!("Go on:            {what}")), "{}", shown(&home));
    }
}

#[test]
fn a_drill_that_cannot_be_read_gives_way_to_a_new_one() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.memory.drills.insert(bank().id, None);
    let mut s = restarted(&s);
    s.press("w<enter>");
    assert_eq!(context(&s), Context::Drill);
    assert!(s.notice().contains("cannot be read"), "{}", s.notice());
    assert!(s.memory.drills[&bank().id].is_some());
}

#[test]
fn a_question_that_left_the_bank_is_passed_over_with_a_word() {
    let mut s = drilling(Mode::All, &[]);
    s.answer(true, 5);
    s.next();
    let gone = s.open().item().question.id.clone();
    s.press("<esc>");
    let mut other = bank();
    other.questions.retain(|q| q.id != gone);
    let Msg::Done(Answer::Ready(mut ready)) = ready(vec![other], Vec::new()) else { unreachable!("it is ready") };
    (ready.learner, ready.drills) = (s.memory.learner.clone(), s.memory.drills.clone());
    s.send(Msg::Done(Answer::Ready(ready)));
    s.press("w<enter>");
    assert!(s.notice().contains("taken out or revised"), "{}", s.notice());
    s.answer_all(|_| true);
    assert_eq!(s.memory.answers.len(), 11);
    assert!(s.memory.answers.iter().all(|a| a.question != gone));
}

#[test]
fn another_programs_answers_are_read_before_a_drill_begins() {
    let mut s = drilling(Mode::All, &[]);
    s.answer(false, 5);
    s.press("<esc>");
    let mut other = restarted(&s);
    other.m.learner = Default::default();
    other.m.drills = Default::default();
    other.m.access = examdeck::app::model::Access::Held(Text::new("process 4711"));
    other.memory.held = Some(Text::new("Close the other examdeck first"));
    other.press("w<enter>");
    assert!(other.m.drill.is_none() && other.notice().contains("Close the other"), "{}", other.notice());
    other.memory.held = None;
    other.press("<enter>");
    assert_eq!(other.m.learner, s.memory.learner);
    assert_eq!(context(&other), Context::Drill);
}

#[test]
fn what_another_program_did_to_exams_is_read_too() {
    let mut s = Student::at_home(bank(), 80, 24);
    s.m.access = examdeck::app::model::Access::Held(Text::new("process 4711"));
    let conditions = Conditions { feedback: Feedback::Exam, limit: None, allowance: Allowance::Untimed };
    let exam = Exam::start(paper(&bank(), &["ebb"]), conditions).expect("a question");
    s.memory.keep(exam_id(1), exam, s.now);
    s.press("w<enter><esc>");
    assert_eq!(s.m.history.len(), 1);
}

#[test]
fn a_full_disk_loses_no_answer() {
    let mut s = drilling(Mode::All, &[]);
    s.memory.full = true;
    for _ in 0..3 {
        s.answer(true, 2);
        s.next();
    }
    assert!(s.memory.answers.is_empty() && s.notice().contains("Not saved"), "{}", s.notice());
    let kept = s.m.outbox.len();
    assert!(kept > 5 && s.notice().contains(&format!("{kept} changes are kept")), "{}", s.notice());
    assert!(!s.m.outbox.is_empty());
    s.press("<esc>w<enter>");
    assert!(s.notice().contains("Not saved"), "going on hides nothing: {}", s.notice());
    s.memory.full = false;
    s.wait(Duration::from_secs(12));
    assert_eq!(s.memory.answers.len(), 3);
    assert_eq!(s.memory.drills.get(&bank().id).cloned().flatten().map(|k| k.course.tally.answered), Some(3));
}

#[test]
fn time_is_spent_only_while_a_question_is_open() {
    let mut s = drilling(Mode::All, &["ebb", "lookout"]);
    s.wait(Duration::from_secs(30));
    s.press("?");
    s.wait(Duration::from_secs(10)); // the help does not stop it
    s.press("<esc><c-z>");
    s.now.mono += Duration::from_secs(500);
    s.send(Msg::Resumed); // stopped
    s.now.mono += Duration::from_secs(100);
    s.send(Msg::Tick); // asleep: it wakes at least every five seconds
    assert_eq!(s.open().response().spent(), Duration::from_secs(40));
    s.choose(true);
    s.check();
    s.wait(Duration::from_secs(300));
    assert_eq!(s.open().response().spent(), Duration::from_secs(40));
    assert_eq!(next_wake(&s.m), None, "while an answer is read, the program sleeps");
    s.next();
    assert_eq!(s.open().response().spent(), Duration::ZERO);
    s.wait(Duration::from_secs(3600));
    assert_eq!(s.open().response().spent(), Duration::from_secs(600), "who is away that long has gone");
    assert_eq!(next_wake(&s.m), None);
}

#[test]
fn a_sprint_has_a_clock_and_ends_at_zero() {
    let mut s = drilling(Mode::Sprint, &[]);
    let limit = Duration::from_secs(7200); // 10 questions at 12 minutes
    assert_eq!(s.m.drill.as_ref().and_then(|d| d.drill.remaining()), Some(limit));
    let first = s.answer(true, 100);
    assert_eq!(context(&s), Context::Drill, "the next one comes at once");
    assert!(s.notice().starts_with('✓') && s.open().item().question.id.as_str() != first);
    s.answer(false, 100);
    assert!(s.notice().starts_with('✗'));
    s.press("t");
    assert!(shown(&s).contains("clock hidden"));
    s.press("t");
    assert!(next_wake(&s.m).is_some_and(|w| w <= Duration::from_secs(1)), "the clock ticks");
    s.choose(true);
    s.wait(limit - Duration::from_secs(200));
    assert_eq!(context(&s), Context::DrillEnd);
    assert!(s.notice().contains("time is over") && shown(&s).contains("1 of 2 right, 8 not answered"), "{}", shown(&s));
    s.press("n<enter>q"); // typed for the question that is no more
    assert_eq!(context(&s), Context::DrillEnd);
    assert!(s.memory.answers.iter().all(|a| a.occasion == Occasion::Sprint) && s.memory.answers.len() == 2);
    s.wait(Duration::from_secs(3));
    s.press("w");
    assert!(shown(&s).contains("(your answer)"), "{}", shown(&s));
}

#[test]
fn the_missed_ones_are_gone_through_with_the_answers_given() {
    let mut s = drilling(Mode::All, &[]);
    s.press("u");
    s.answer_all(|n| n % 3 > 0);
    let missed: Vec<_> = s.memory.answers.iter().filter(|a| !a.is_right()).cloned().collect();
    s.press("w");
    for (i, answer) in missed.iter().enumerate() {
        let text = shown(&s);
        assert!(text.contains(&format!("wrong {} of {}", i + 1, missed.len())), "{text}");
        assert!(text.contains(answer.question.as_str()) && text.contains("✗ wrong"), "{text}");
        assert_eq!(text.contains("≈ a guess"), answer.guessed);
        for picked in &answer.picked {
            assert!(text.contains(&format!("(your answer) {}", &picked.one_line()[..4])), "{picked} in {text}");
        }
        s.press("<right>");
    }
    s.press("<esc>");
    assert_eq!(context(&s), Context::DrillEnd);
}

#[test]
fn all_answers_are_gone_through_from_the_end_and_from_among_the_missed_ones() {
    for keys in ["a", "wa<home>"] {
        let mut s = drilling(Mode::All, &[]);
        s.press("f");
        s.answer_all(|n| n % 3 > 0);
        s.press(keys);
        for (i, answer) in s.memory.answers.clone().iter().enumerate() {
            let text = shown(&s);
            assert!(text.contains(&format!("Answer {} of 12", i + 1)), "{text}");
            assert!(text.contains(answer.question.as_str()), "{text}");
            assert_eq!(text.contains("✓ right"), answer.is_right(), "{text}");
            s.press("<right>");
        }
        s.press("f");
        assert!(shown(&s).contains("flagged 1 of 1"), "{}", shown(&s));
    }
    let mut s = drilling(Mode::All, &["ebb"]);
    s.answer_all(|_| true);
    assert!(shown(&s).contains("a goes through all answers"), "{}", shown(&s));
    s.press("w");
    assert_eq!((context(&s), s.notice()), (Context::DrillEnd, "Every answer is right"));
    s.press("a");
    assert_eq!(context(&s), Context::Walk);
}

#[test]
fn from_a_question_of_the_book_one_goes_to_the_next() {
    let mut s = drilling(Mode::All, &["ebb", "lookout", "head-on"]);
    s.answer_all(|_| false);
    s.press("<esc>m<down><enter>");
    let mut seen = vec![shown(&s)];
    for _ in 0..2 {
        s.press("<right>");
        assert_eq!(context(&s), Context::Question);
        seen.push(shown(&s));
    }
    assert_eq!(seen.iter().collect::<HashSet<_>>().len(), 3);
    s.press("<right>");
    assert!(s.notice().contains("last one") && shown(&s) == seen[2], "{}", s.notice());
    s.press("<left><left>");
    assert_eq!(shown(&s), seen[0]);
    s.press("<left>");
    assert!(s.notice().contains("first one"), "{}", s.notice());
    s.press("<esc><esc>");
    assert!(matches!(s.m.screen(), Screen::Home(_)), "it was one way in, and is one way out");
}

#[test]
fn the_mistakes_book_is_drilled_and_left_on_two_days() {
    let mut s = drilling(Mode::All, &["ebb", "lookout", "head-on"]);
    s.answer_all(|_| false);
    s.press("<esc>");
    for (day, to_mend) in [(0, 3), (1, 0)] {
        s.press("m");
        assert!(
            shown(&s).contains("3 to mend") && shown(&s).contains(&format!("right on {day} of 2 days")),
            "{}",
            shown(&s)
        );
        s.press("d");
        s.answer_all(|_| true);
        assert_eq!(examdeck::app::mistakes::count(&s.m, &bank().id), if day == 0 { 3 } else { to_mend });
        s.press("<esc><esc>");
        s.jump(86_400);
    }
    s.press("m");
    assert!(shown(&s).contains("Nothing to mend"), "{}", shown(&s));
    s.press("d");
    assert!(s.notice().contains("nothing to mend"), "{}", s.notice());
}

#[test]
fn the_screen_before_a_drill_says_what_fits() {
    let mut s = drilling(Mode::All, &["ebb"]);
    s.answer_all(|_| false);
    s.press("<esc>w");
    assert!(shown(&s).contains("12 questions to choose from"), "{}", shown(&s));
    s.press("<right>");
    assert!(shown(&s).contains("mistakes book") && shown(&s).contains("1 question to choose from"), "{}", shown(&s));
    s.press("<right>");
    assert!(shown(&s).contains("11 questions to choose from"), "{}", shown(&s));
    s.press("<down><left><left><enter>");
    let order = s.m.drill.as_ref().map(|d| d.drill.course().order.clone()).expect("a drill");
    assert_eq!((order.mode, order.questions), (Mode::Unseen, None));
    let mut asked = HashSet::new();
    while context(&s) == Context::Drill {
        asked.insert(s.answer(true, 1));
        s.next();
    }
    assert_eq!(asked.len(), 11);
    s.press("<esc>w<right><right><enter>");
    assert!(s.notice().contains("No question fits"), "{}", s.notice());
    let _ = DrillOrder::new(bank().id);
}

#[test]
fn a_filter_is_typed_before_a_drill_and_a_fault_in_it_stays_to_be_mended() {
    let mut s = drilling(Mode::All, &["ebb"]);
    s.answer_all(|_| false);
    s.press("<esc>wfmissed (<enter>");
    assert_eq!(context(&s), Context::Prompt, "it is still there");
    assert!(!s.notice().is_empty(), "and what is wrong with it is said");
    s.press("<back><back><enter>");
    assert_eq!(context(&s), Context::DrillSetup);
    assert!(shown(&s).contains("missed") && shown(&s).contains("1 question to choose from"), "{}", shown(&s));
    s.press("f<c-u>domain:nowhere<enter>");
    assert!(shown(&s).contains("harbour-pilot has no domain:nowhere, but: "), "{}", shown(&s));
    s.press("f<c-u><enter>");
    assert!(shown(&s).contains("all questions"), "{}", shown(&s));
}

#[test]
fn who_types_a_filter_means_a_new_drill_and_not_the_one_that_waits() {
    let mut s = drilling(Mode::All, &["ebb", "lookout"]);
    s.answer(true, 5);
    s.press("<esc>w");
    assert!(shown(&s).contains("› Go on:"), "{}", shown(&s));
    s.press("f<c-u>id:slack-water<enter><enter>");
    assert_eq!(s.open().item().question.id.as_str(), "slack-water");
}

#[test]
fn an_entry_of_the_mistakes_book_opens_the_question_and_comes_back() {
    let mut s = drilling(Mode::All, &["ebb", "lookout"]);
    s.answer_all(|_| false);
    s.press("<esc>m<down><down><enter>");
    assert_eq!(context(&s), Context::Question);
    assert!(shown(&s).contains("0 of 1 right") && shown(&s).contains("mistakes book"), "{}", shown(&s));
    s.press("<esc>");
    assert_eq!(context(&s), Context::Mistakes);
}

#[test]
fn home_names_the_weakest_domain_also_of_few_answers_and_none_if_none_is_below_the_average() {
    let mut s = drilling(Mode::All, &["ebb", "slack-water"]);
    s.answer_all(|n| n > 0);
    s.press("<esc>");
    assert!(!shown(&s).contains("Weakest"), "only one domain was asked: {}", shown(&s));
    s.drill(order(Mode::All, &["lookout", "give-way"]));
    s.answer_all(|_| false);
    s.press("<esc>");
    let told = "Weakest domain: Rules of the road, 0 of 2 known.";
    assert!(shown(&s).contains(told), "{}", shown(&s));
}

#[test]
fn what_cannot_be_read_is_not_shown_as_nothing() {
    let mut s = Student::at_home(bank(), 80, 24);
    let Msg::Done(Answer::Ready(mut ready)) = ready(vec![bank()], Vec::new()) else { unreachable!("it is ready") };
    ready.history = Err(Text::new("the disk is broken"));
    s.send(Msg::Done(Answer::Ready(ready)));
    assert!(!shown(&s).contains("nothing") && !shown(&s).contains("0 of 12"), "{}", shown(&s));
    for (key, said) in [("p", "Your progress cannot be read"), ("m", "Your mistakes book cannot be read")] {
        s.press(key);
        assert!(matches!(s.m.screen(), Screen::Home(_)));
        assert_eq!(s.notice(), said);
    }
}

/// Practising the flagged questions takes no flag away; `f` does, on a question that comes with its flag.
#[test]
fn a_flag_stays_until_it_is_taken_off() {
    let flagged = |s: &Student| {
        let flagged = |(id, standing): (&_, &Standing)| standing.flagged.then(|| format!("{id}"));
        s.m.learner.trail(&bank().id).into_iter().flat_map(|t| &t.standings).filter_map(flagged).collect::<Vec<_>>()
    };
    let practise =
        |s: &mut Student| s.drill(DrillOrder { filter: "flagged".parse().expect("a filter"), ..order(Mode::All, &[]) });
    let mut s = drilling(Mode::All, &["ebb", "crossing"]);
    s.press("f");
    let first = s.answer(true, 9);
    s.next();
    s.answer(true, 9);
    s.next();
    assert_eq!(flagged(&s), std::slice::from_ref(&first));

    practise(&mut s);
    assert!(shown(&s).contains("⚑ flagged"), "{}", shown(&s));
    assert_eq!(s.answer(false, 9), first);
    s.next();
    assert_eq!((flagged(&s), context(&s)), (vec![first.clone()], Context::DrillEnd));

    // Left and gone on with, it is as it was.
    practise(&mut s);
    s.press("f");
    assert!(!shown(&s).contains("⚑ flagged"), "{}", shown(&s));
    s.press("<esc>w<enter>");
    assert_eq!(context(&s), Context::Drill);
    assert!(!shown(&s).contains("⚑ flagged"), "{}", shown(&s));
    s.answer(true, 9);
    assert_eq!(flagged(&s), [""; 0]);
}
