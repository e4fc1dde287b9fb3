//! One changed character anywhere, and it is no certificate any more.

use examdeck::publish::certificate::verify::{File, Verdict, read};
use serde_json::Value;

use super::*;

/// Whether a file passes for a whole one.
fn passes(file: &str) -> bool {
    matches!(read(file), File::Readable(reading) if reading.is_whole())
}

#[test]
fn every_changed_byte_is_found() {
    let (_, data) = sample();
    let html = Sealed::new(data, &SECRET).html();
    assert!(passes(&html));
    let mut changed = 0;
    for at in 0..html.len() {
        let mut bytes = html.clone().into_bytes();
        bytes[at] ^= 1; // another digit, another letter, or another case of the sign
        if let Ok(file) = String::from_utf8(bytes) {
            changed += 1;
            assert!(!passes(&file), "byte {at}: …{}…", &file[file.floor_char_boundary(at.saturating_sub(20))..=at]);
        }
    }
    assert!(changed + 20 > html.len(), "nearly every byte was tried: {changed} of {}", html.len());
    for file in [format!("{html}\n"), format!("\n{html}"), html.to_uppercase(), html.replace("\n</main>", " </main>")] {
        assert!(!passes(&file));
    }
}

/// All ways to change one value of the data.
fn variants(value: &Value) -> Vec<Value> {
    match value {
        Value::String(text) => vec![Value::from(format!("{text}1")), Value::from("")],
        Value::Number(n) => vec![Value::from(n.as_i64().expect("whole") + 1)],
        Value::Bool(b) => vec![Value::from(!b)],
        Value::Array(list) => {
            let mut out = vec![Value::Array(list.iter().chain(list.first()).cloned().collect())];
            out.push(Value::Array(list.iter().skip(1).cloned().collect()));
            for (i, entry) in list.iter().enumerate() {
                out.extend(variants(entry).into_iter().map(|v| {
                    let mut list = list.clone();
                    list[i] = v;
                    Value::Array(list)
                }));
            }
            out.retain(|v| v != value);
            out
        }
        Value::Object(fields) => {
            let each = fields.iter().flat_map(|(name, field)| {
                variants(field).into_iter().map(|v| {
                    let mut fields = fields.clone();
                    fields[name] = v;
                    Value::Object(fields)
                })
            });
            each.collect()
        }
        Value::Null => Vec::new(),
    }
}

#[test]
fn data_that_was_changed_and_shown_anew_is_caught_by_the_signature() {
    let (bank, data) = sample();
    let sealed = Sealed::new(data.clone(), &SECRET);
    let value = serde_json::to_value(&data).expect("JSON");
    let mut tried = 0;
    for variant in variants(&value) {
        let other: Data = serde_json::from_value(variant.clone()).unwrap_or_else(|e| panic!("{variant}: {e}"));
        assert_ne!(other, data);
        let forged = Sealed { data: other, ..sealed.clone() };
        match read(&forged.html()) {
            File::Newer => assert_ne!(forged.data.form, data.form),
            File::Readable(reading) => {
                assert!(reading.shown && !reading.signed, "{variant}");
                assert_eq!(reading.judge(Some(&bank)).0, Verdict::Refuted);
            }
            other => panic!("{variant}: {other:?}"),
        }
        tried += 1;
    }
    assert!(tried > 100, "{tried}");
    // Another key for the same signature, and the other way round.
    let other = Sealed::new(data, &[8; 32]);
    for forged in [Sealed { key: other.key, ..sealed.clone() }, Sealed { signature: other.signature, ..sealed }] {
        assert!(!reading(&forged.html()).signed);
    }
}

/// Who signs what is not so, with a key of his own, is caught by the bank.
#[test]
fn a_lie_that_is_signed_is_caught_by_the_bank() {
    let (bank, honest) = sample();
    assert_eq!(judged(honest.clone(), &bank), (Verdict::Verified, Vec::new()));
    type Lie = (&'static str, fn(&mut Data));
    let lies: [Lie; 17] = [
        ("the answers give 8 of 10 points (80 %)", |d| d.score.millipoints = 10_000),
        ("the answers give 8 of 10 points", |d| d.score.of = 8),
        ("another pass mark", |d| d.score.pass_percent = 60),
        ("another title", |d| d.bank.title = "Master mariner".into()),
        ("another name or version", |d| d.bank.version = "2.0.0".into()),
        ("its time limit was 3 h, the bank's exam has 2 h", |d| d.conditions.limit = 10_800_000),
        ("its time limit was 2 h, the bank's exam has 3 h", |d| d.conditions.allowance = "×1.5".into()),
        ("nobody knows that extra time", |d| d.conditions.allowance = "×9".into()),
        ("more time was used than there was", |d| d.conditions.used = 7_200_001),
        ("it ended in another way", |d| d.conditions.end = "timed-out".into()),
        ("it ended before it began", |d| d.started = d.ended + 1),
        ("its name is none", |d| d.name = "\u{202e}Ada".into()),
        ("not from all domains", |d| d.seed = 1),
        ("not from all domains", |d| d.answers.swap(0, 1)),
        ("it had 9 questions, the bank's exam has 10", |d| drop(d.answers.remove(0))),
        ("questions or options are not the bank's", |d| d.answers[3].id = "no-such-question".into()),
        ("more answers than it asks for", |d| d.answers[0].picked = vec![0, 1, 2, 3]),
    ];
    for (told, lie) in lies {
        let mut data = honest.clone();
        lie(&mut data);
        let (verdict, contradictions) = judged(data, &bank);
        assert_eq!(verdict, Verdict::Refuted, "{told}");
        assert!(contradictions.iter().any(|c| c.contains(told)), "{told}: {contradictions:?}");
    }
    let mut twice = honest.clone();
    twice.seed_alone = false;
    twice.answers[1] = twice.answers[0].clone();
    assert!(judged(twice, &bank).1.iter().any(|c| c.contains("stands in it twice")));
}

#[test]
fn what_is_no_certificate_is_said_so() {
    let (_, mut data) = sample();
    let html = Sealed::new(data.clone(), &SECRET).html();
    assert_eq!(read(""), File::Foreign);
    assert_eq!(read("<script type=\"application/json\" id=\"data\">\n"), File::Foreign);
    assert_eq!(read(&"x".repeat(examdeck::publish::certificate::verify::MAX_FILE + 1)), File::Foreign);
    assert_eq!(read(&html.replace("\"form\":1", "\"form\":one")), File::Broken);
    assert_eq!(read(&html.replace("\"form\":1", "\"form\":1,\"grade\":\"A\"")), File::Broken);
    data.form = 2;
    assert_eq!(read(&Sealed::new(data, &SECRET).html()), File::Newer);
}
