//! Options that are numbers: their order, their ranges and their units.

use crate::engine::draw::number_with_unit;

use super::super::super::diagnostic::Code;
use super::super::super::raw::RawChoice;
use super::{Findings, Sight};

/// HDR 21: numbers stand in order, so that nobody searches. Options that change places are put in order by the program,
/// so only those with `shuffle = false` can be out of it.
pub fn w11_numbers_out_of_order(s: &Sight<'_>, out: &mut Findings) {
    if s.q.shuffle || s.is_claim() {
        return;
    }
    let read: Option<Vec<(f64, String)>> = shown(s).map(|c| number_with_unit(c.text.value.as_str())).collect();
    let Some(read) = read.filter(|r| r.len() > 2 && r.iter().all(|(_, unit)| *unit == r[0].1)) else { return };
    let sorted = read.is_sorted_by(|a, b| a.0 <= b.0) || read.is_sorted_by(|a, b| a.0 >= b.0);
    if let Some(first) = s.q.choices().next().filter(|_| !sorted) {
        let finding = s.warn(Code::W11, &first.text, "numbers are shown out of order");
        out.push(finding.help("remove shuffle = false: numbers with one unit are shown in ascending order"));
    }
}

/// The options that do not stay last.
fn shown<'q>(s: &Sight<'q>) -> impl Iterator<Item = &'q RawChoice> {
    s.q.choices().filter(|c| !c.pinned_last)
}

/// NBME: ranges that overlap have values with two right options. Only the key's range matters, and only if all options
/// are ranges.
pub fn w11_ranges_that_overlap(s: &Sight<'_>, out: &mut Findings) {
    let [key] = s.keys else { return };
    let ranges: Option<Vec<_>> = shown(s).map(|c| Some((c, range(c.text.value.as_str())?))).collect();
    let Some(ranges) = ranges.filter(|r| r.len() > 2) else { return };
    let (low, high, unit) = ranges[0].1.clone(); // the key stands first
    let meets = |r: &&(&RawChoice, (f64, f64, String))| r.1.0 < high && low < r.1.1 && r.1.2 == unit;
    if let Some((other, _)) = ranges[1..].iter().find(meets) {
        let finding = s.warn(Code::W11, &key.text, "the key's range overlaps another option's");
        let finding = finding.related(s.q.file, other.text.span.clone(), "this one");
        out.push(finding.help("part the ranges, so that each value is in one option"));
    }
}

/// `2 to 4 T` and `2–4 T`: two numbers and one unit.
fn range(text: &str) -> Option<(f64, f64, String)> {
    let text = text.strip_prefix("from ").unwrap_or(text);
    let (low, high) = [" to ", "–", "-"].iter().find_map(|dash| text.split_once(dash))?;
    let ((low, left), (high, right)) = (number_with_unit(low)?, number_with_unit(high)?);
    (left.is_empty() || left == right).then_some(())?;
    (low < high).then_some((low, high, right))
}

/// NBME: with 300 mT among options in T the arithmetic is tested instead of the subject.
pub fn w11_units_that_differ(s: &Sight<'_>, out: &mut Findings) {
    const FAMILIES: [&[&str]; 9] = [
        &["T", "mT", "µT", "G", "kG"],
        &["W", "mW", "kW", "MW"],
        &["m", "cm", "mm", "km"],
        &["V", "mV", "kV"],
        &["g", "kg", "mg"],
        &["Hz", "kHz", "MHz"],
        &["s", "ms", "min", "h"],
        &["l", "ml", "L", "mL"],
        &["A", "mA"],
    ];
    let read: Option<Vec<_>> = shown(s).map(|c| Some((c, number_with_unit(c.text.value.as_str())?.1))).collect();
    let Some(read) = read.filter(|r| r.len() > 2) else { return };
    let first = read[0].1.as_str();
    let Some(family) = FAMILIES.iter().find(|f| f.contains(&first)) else { return };
    let other = read.iter().find(|(_, unit)| unit != first && family.contains(&unit.as_str()));
    // Where the unit is what is asked, the numbers are the same.
    let values: Vec<f64> = s.options().iter().filter_map(|o| Some(number_with_unit(o)?.0)).collect();
    if let Some((choice, unit)) = other.filter(|_| values.iter().any(|v| *v != values[0])) {
        let message = format!("the options have values in {first} and in {unit}");
        out.push(s.warn(Code::W11, &choice.text, message).help("give all values in one unit"));
    }
}

#[cfg(test)]
mod tests {
    use super::range;

    #[test]
    fn ranges_are_read() {
        assert_eq!(range("2 to 4 T"), Some((2.0, 4.0, "T".into())));
        assert_eq!(range("0.5–3 T"), Some((0.5, 3.0, "T".into())));
        for none in ["-5 T", "2 T", "4 to 2", "two to four", "2 kg to 4 lb"] {
            assert_eq!(range(none), None, "{none}");
        }
    }
}
