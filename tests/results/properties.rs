//! It does not matter in which order files come, nor how often.

use std::fs;
use std::path::PathBuf;

use examdeck::exchange::results::class::{Attempts, gather};
use examdeck::exchange::results::report::{Report, report};
use proptest::prelude::*;

use crate::CLASS;

fn analysed(files: &[PathBuf]) -> Report {
    let class = gather(files, Attempts::First, 20, |path, trouble| panic!("{path:?}: {trouble:?}")).expect("no output");
    report(&class, Attempts::First, 20)
}

/// Without what tells the files and not the class, and to nine places.
fn figures(report: Report) -> String {
    let report = Report { files: 0, lines: 0, repeated: 0, ..report };
    fn round(value: &mut serde_json::Value) {
        match value {
            serde_json::Value::Array(all) => all.iter_mut().for_each(round),
            serde_json::Value::Object(all) => all.values_mut().for_each(round),
            serde_json::Value::Number(n) if n.is_f64() => {
                *value = format!("{:.9}", n.as_f64().unwrap_or_default() + 0.0).into();
            }
            _ => {}
        }
    }
    let mut value = serde_json::to_value(report).expect("JSON");
    round(&mut value);
    value.to_string()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn order_and_copies_of_files_change_nothing(
        order in Just((0..40).collect::<Vec<usize>>()).prop_shuffle(),
        again in proptest::collection::vec(0..40usize, 0..10),
    ) {
        let folder = tempfile::tempdir().expect("a folder");
        let class = fs::read_to_string(CLASS).expect("it is there");
        let lines: Vec<&str> = class.lines().collect();
        let file = |n: usize| {
            let path = folder.path().join(format!("{n}.jsonl"));
            fs::write(&path, lines[n * 12..][..12].join("\n")).expect("it is written");
            path
        };
        let straight: Vec<PathBuf> = (0..40).map(file).collect();
        let mixed: Vec<PathBuf> = order.iter().chain(&again).map(|&n| straight[n].clone()).collect();
        let (plain, other) = (analysed(&straight), analysed(&mixed));
        prop_assert_eq!(other.repeated, again.len() as u64 * 12);
        prop_assert_eq!(other.lines, other.counted + other.repeated);
        prop_assert_eq!(figures(plain), figures(other));
    }
}
