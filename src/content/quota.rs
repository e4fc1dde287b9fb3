//! How many findings are kept: a file of nothing but mistakes must not fill the memory, and nobody reads them all.

use std::cell::Cell;

use super::diagnostic::{Code, Diagnostic, Severity};

/// The most findings that are listed of a bank or a deck.
pub const MAX_FINDINGS: usize = 100_000;

/// Room for findings; what finds none is counted.
#[derive(Debug)]
pub struct Quota {
    left: Cell<usize>,
    more: Cell<usize>,
    /// The worst of those that are not kept.
    worst: Cell<Option<Severity>>,
}

impl Default for Quota {
    fn default() -> Self {
        Self::of(MAX_FINDINGS)
    }
}

impl Quota {
    /// Room for so many.
    pub fn of(most: usize) -> Self {
        Self { left: Cell::new(most), more: Cell::new(0), worst: Cell::new(None) }
    }

    /// Keeps a finding if there is room. The first that leaves the question or card of `list` out is always kept, so
    /// that no question is taken for sound.
    pub fn push(&self, list: &mut Vec<Diagnostic>, finding: Diagnostic) {
        let decides = finding.leaves_out && !list.last().is_some_and(|last| last.leaves_out);
        if self.take() || decides { list.push(finding) } else { self.count(&finding) }
    }

    /// Keeps findings as long as there is room.
    pub fn append(&self, list: &mut Vec<Diagnostic>, findings: Vec<Diagnostic>) {
        findings.into_iter().for_each(|finding| if self.take() { list.push(finding) } else { self.count(&finding) });
    }

    /// Says at byte `at` of `file` how many more there are. What was not kept may be an error: so is this, then.
    pub fn tell(&self, file: usize, at: usize, list: &mut Vec<Diagnostic>) {
        let Some(severity) = self.worst.get() else { return };
        let message = format!("{} more findings are not listed", self.more.get());
        let finding = Diagnostic { severity, ..Diagnostic::warning(Code::S00, file, at..at, message) };
        list.push(finding.help("mend the others first, and check again"));
    }

    /// Room for the same findings once more, of which `kept` have theirs already.
    pub fn again(&self, kept: usize) -> Self {
        let left = Cell::new(MAX_FINDINGS.saturating_sub(kept));
        Self { left, more: self.more.clone(), worst: self.worst.clone() }
    }

    fn take(&self) -> bool {
        let left = self.left.get();
        self.left.set(left.saturating_sub(1));
        left > 0
    }

    fn count(&self, finding: &Diagnostic) {
        self.more.set(self.more.get() + 1);
        self.worst.set(self.worst.get().max(Some(finding.severity)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(quota: &Quota) -> Option<(String, Severity)> {
        let mut list = Vec::new();
        quota.tell(0, 0, &mut list);
        list.pop().map(|f| (f.message, f.severity))
    }

    #[test]
    fn what_finds_no_room_is_counted_with_the_worst_of_it() {
        let (quota, mut list) = (Quota::of(2), Vec::new());
        let warning = Diagnostic::warning(Code::S11, 0, 0..1, "a tab");
        let error = Diagnostic::error(Code::S07, 0, 0..1, "no id").kept();
        quota.append(&mut list, vec![error.clone(), warning.clone()]);
        assert_eq!((list.len(), told(&quota)), (2, None));
        quota.push(&mut list, warning);
        assert_eq!(told(&quota), Some(("1 more findings are not listed".into(), Severity::Warning)));
        quota.push(&mut list, error);
        assert_eq!(told(&quota), Some(("2 more findings are not listed".into(), Severity::Error)));
        assert_eq!(list.len(), 2);
    }

    #[test]
    fn without_room_one_that_leaves_out_is_kept_for_each_question() {
        let quota = Quota::of(0);
        for _ in 0..3 {
            let mut own = Vec::new();
            for finding in [
                Diagnostic::warning(Code::S11, 0, 0..1, "a tab"),
                Diagnostic::error(Code::S07, 0, 0..1, "no id"),
                Diagnostic::error(Code::S07, 0, 0..1, "no stem"),
            ] {
                quota.push(&mut own, finding);
            }
            assert_eq!(own.iter().map(|f| f.message.as_str()).collect::<Vec<_>>(), ["no id"]);
        }
        assert_eq!(told(&quota).map(|(_, severity)| severity), Some(Severity::Error));
    }
}
