//! What is true is verified, and what the file shows comes from its data.

use examdeck::content::load::load;
use examdeck::content::source::SourceFile;
use examdeck::engine::bank::MultiAnswer;
use examdeck::engine::text::Text;
use examdeck::engine::time::Allowance;
use examdeck::publish::bank_digest::bank_digest;
use examdeck::publish::certificate::data;
use examdeck::publish::certificate::seal::Sealed;
use examdeck::publish::certificate::verify::Verdict;

use super::*;

#[test]
fn a_passed_exam_is_verified_on_its_bank() {
    let (bank, data) = sample();
    let html = Sealed::new(data, &SECRET).html();
    let reading = reading(&html);
    let (verdict, grading) = reading.judge(Some(&bank));
    let grading = grading.expect("there is a bank");
    assert_eq!(grading.contradictions, Vec::<String>::new());
    assert_eq!((verdict, grading.millipoints, grading.of, grading.same_bank), (Verdict::Verified, 8000, 10, true));
    for told in [
        "<bdi>Ada Lovelace</bdi>",
        "<bdi>Harbour pilot</bdi>",
        "harbour-pilot, version 1.2.0",
        "8 of 10 points (80 %)",
        "Practice pass mark 70 %",
        "28 November 2026, 14:05 (UTC+01:00)",
        "<dt>Time limit</dt><dd>2 h</dd>",
        "<dt>Extra time</dt><dd>none</dd>",
        "<dt>Time used</dt><dd>1 h</dd>",
        "<dt>Pauses</dt><dd>1, of 5 min</dd>",
        "seed 2026 (gives this paper again)",
        "It is not the examining board&#39;s".replace("&#39;", "'").as_str(),
        &reading.sealed.code(),
        &reading.sealed.fingerprint(),
    ] {
        assert!(html.contains(told), "{told} is not in\n{html}");
    }
}

/// The file was made by the first version that made any: every later one has to show the same.
#[test]
fn a_certificate_of_the_first_form_is_verified_for_ever() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/certificate/form-1.html");
    let file = std::fs::read_to_string(path).expect("it is there");
    let reading = reading(&file);
    assert_eq!(reading.sealed.html(), file);
    assert_eq!(reading.judge(Some(&support::bank::bank())).0, Verdict::Verified);
}

#[test]
fn extra_time_and_an_exam_that_timed_out_are_told() {
    let bank = support::bank::bank();
    let mut conditions = earnest(&bank);
    conditions.allowance = Allowance::Half;
    conditions.limit = conditions.limit.map(|limit| limit * 3 / 2);
    let mut exam = sat(drawn(&bank), conditions, 0);
    let data = |exam| data(&stored(exam), &bank, "Ada".into(), 0);
    let html = Sealed::new(data(exam.clone()), &SECRET).html();
    assert!(html.contains("<dd>3 h</dd>") && html.contains("<dd>×1.5 the exam&#39;s time</dd>"), "{html}");
    assert_eq!(judged(data(exam), &bank).0, Verdict::Verified);

    exam = Exam::start(drawn(&bank), conditions).expect("there are questions");
    for place in 0..10 {
        exam.apply(Step::Goto(place));
        (0..exam.item().question.keys as u8).for_each(|n| assert!(exam.apply(Step::Pick(OptionId(n)))));
    }
    exam.elapse(Duration::from_secs(999_999));
    let html = Sealed::new(data(exam.clone()), &SECRET).html();
    assert!(html.contains("<dd>3 h; ended by the clock</dd>"), "{html}");
    assert_eq!(judged(data(exam), &bank).0, Verdict::Verified);
}

#[test]
fn an_author_who_orders_options_anew_changes_no_score() {
    let (bank, data) = sample();
    let mut other = bank.clone();
    for question in &mut other.questions {
        let question = Arc::make_mut(question);
        question.choices[..question.keys].reverse();
        question.choices[question.keys..].reverse();
    }
    let (verdict, grading) = reading(&Sealed::new(data, &SECRET).html()).judge(Some(&other));
    let grading = grading.expect("there is a bank");
    assert_eq!((verdict, grading.millipoints), (Verdict::Unproven, 8000));
    assert!(!grading.same_bank && grading.missing.is_empty() && grading.altered.is_empty(), "{grading:?}");
}

#[test]
fn another_bank_proves_only_what_it_can() {
    let (bank, data) = sample();
    let sealed = reading(&Sealed::new(data.clone(), &SECRET).html());
    let first = data.answers[4].id.as_str();
    // Without a bank, the score stays unproven.
    assert_eq!(sealed.judge(None), (Verdict::Unproven, None));
    // A changed key: the answer that was right is wrong now.
    let wrong_key = mended(&bank, first, |q| {
        let last = q.choices.len() - 1;
        q.choices.swap(0, last);
    });
    let (verdict, grading) = sealed.judge(Some(&wrong_key));
    assert_eq!((verdict, grading.expect("graded").millipoints), (Verdict::Unproven, 7000));
    // A question that is gone, and one that asks something else.
    let mut less = mended(&bank, data.answers[5].id.as_str(), |q| q.stem = Text::new("Other?"));
    less.questions.retain(|q| q.id.as_str() != first);
    let (verdict, grading) = sealed.judge(Some(&less));
    let grading = grading.expect("graded");
    assert_eq!((verdict, grading.millipoints), (Verdict::Unproven, 7000));
    assert_eq!((grading.missing, grading.altered), (vec![first.to_owned()], vec![data.answers[5].id.clone()]));
    // Not one question: nothing to mark.
    let (verdict, grading) = sealed.judge(Some(&Bank { questions: Vec::new(), ..bank }));
    assert_eq!((verdict, grading.map(|g| (g.millipoints, g.missing.len()))), (Verdict::Unproven, Some((0, 10))));
}

#[test]
fn another_key_has_another_fingerprint() {
    let (_, data) = sample();
    let (mine, other) = (Sealed::new(data.clone(), &SECRET), Sealed::new(data, &[8; 32]));
    assert_eq!(mine.code(), other.code());
    assert_ne!(mine.fingerprint(), other.fingerprint());
    for code in [mine.code(), mine.fingerprint()] {
        assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4; 5], "{code}");
        assert!(!code.contains(['I', 'L', 'O', 'U']), "{code}");
    }
}

#[test]
fn a_hostile_name_stays_a_name() {
    let (_, mut data) = sample();
    let long = "w".repeat(300);
    for (name, shown) in [
        ("</script><script>alert(1)</script>", "&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("\u{202e}adA \"&' --><!--", "&lt;U+202E&gt;adA &quot;&amp;&#39; --&gt;&lt;!--"),
        ("عادة", "عادة"),
        (&long, &long),
    ] {
        data.name = name.into();
        let html = Sealed::new(data.clone(), &SECRET).html();
        assert!(html.contains(&format!("<bdi>{shown}</bdi>")), "{name}: {html}");
        assert_eq!(html.matches("<script").count(), 2, "{name}");
        assert_eq!(html.matches("</script").count(), 2, "{name}");
        assert!(reading(&html).is_whole(), "{name}");
    }
    use examdeck::publish::certificate::name;
    assert_eq!(name(" \u{202e}Ada\n  L. "), Ok("<U+202E>Ada L.".into()));
    assert_eq!(name(" \n"), Err("a certificate needs a name".into()));
    assert_eq!(name(&long), Err("a name has at most 100 characters, and this one has 300".into()));
}

#[test]
fn a_banks_digest_is_of_what_it_asks_and_not_of_how_its_files_look() {
    let text = std::fs::read_to_string("tests/fixtures/workbench/old.toml").expect("it is there");
    let digest = |text: &str| {
        let loaded = load(vec![SourceFile::new("bank.toml", text.as_bytes().to_vec())]);
        bank_digest(&loaded.bank.expect("a bank"))
    };
    let whole = digest(&text);
    assert_eq!(
        digest(&format!("# A note.\n\n{}\n# The end.\n", text.replace('\n', "\n\n").replace(" = ", "   =   "))),
        whole
    );

    let bank = support::bank::bank();
    let whole = bank_digest(&bank);
    let mut turned = bank.clone();
    turned.questions.reverse();
    assert_eq!(bank_digest(&turned), whole, "the order of files");
    assert_eq!(bank_digest(&mended(&bank, "ebb", |q| q.explanation = Some(Text::new("New.")))), whole, "explanations");
    type Mend = (&'static str, fn(&mut Question));
    let questions: [Mend; 8] = [
        ("stem", |q| q.stem = Text::new("Other?")),
        ("figure", |q| q.figure = Some(Text::new("-"))),
        ("key", |q| q.choices.swap(0, 1)),
        ("keys", |q| q.keys = 2),
        ("option", |q| q.choices[2].text = Text::new("Other")),
        ("pin", |q| q.choices[2].pinned_last = true),
        ("shuffle", |q| q.shuffle = false),
        ("module", |q| q.module = None),
    ];
    let mut seen = vec![whole];
    for (what, mend) in questions {
        seen.push(bank_digest(&mended(&bank, "spring-tide", mend)));
        assert_eq!(seen.iter().filter(|d| *d == &seen[seen.len() - 1]).count(), 1, "{what}");
    }
    type Rule = (&'static str, fn(&mut Bank));
    let rules: [Rule; 8] = [
        ("id", |b| b.id = support::bank::slug("other")),
        ("title", |b| b.title = Text::new("Other")),
        ("version", |b| b.version.patch += 1),
        ("questions", |b| b.exam.questions += 1),
        ("minutes", |b| b.exam.minutes += 1),
        ("pass mark", |b| b.exam.pass_percent += 1),
        ("marking", |b| b.exam.multi_answer = MultiAnswer::Partial),
        ("weight", |b| b.domains[0].weight += 1),
    ];
    for (what, mend) in rules {
        let mut other = bank.clone();
        mend(&mut other);
        seen.push(bank_digest(&other));
        assert_eq!(seen.iter().filter(|d| *d == &seen[seen.len() - 1]).count(), 1, "{what}");
    }
}
