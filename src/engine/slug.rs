//! Short identifiers that are safe to print, to store and to type.

use std::fmt;
use std::sync::Arc;

use super::latin::plain;

/// The longest slug that is accepted, in bytes.
pub const MAX_SLUG: usize = 96;

/// An identifier of lower-case letters, digits and single hyphens, such as `water-on-oil`.
///
/// A student's history hangs on slugs, so they are never derived from a text or a position.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Slug(Arc<str>);

impl Slug {
    /// Accepts `raw` if it is a slug: 1 to [`MAX_SLUG`] bytes of `a-z`, `0-9`, and hyphens that stand between them.
    pub fn new(raw: &str) -> Option<Self> {
        let legal = !raw.is_empty()
            && raw.len() <= MAX_SLUG
            && raw
                .split('-')
                .all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()));
        legal.then(|| Self(raw.into()))
    }

    /// The slug that a title or a heading suggests: its letters and digits, in lower case, Latin letters as plain ones, a
    /// hyphen for each run of anything else. `None` if it has no Latin letter and no digit.
    pub fn suggested(title: &str) -> Option<Self> {
        let plain = plain(title);
        let parts = plain.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
        let joined = parts.collect::<Vec<_>>().join("-").to_ascii_lowercase();
        Self::new(joined[..joined.len().min(MAX_SLUG)].trim_end_matches('-'))
    }

    /// A slug of the program's own.
    pub(super) fn fixed(slug: &'static str) -> Self {
        debug_assert!(Self::new(slug).is_some());
        Self(slug.into())
    }

    /// The slug as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &*self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_suggest_slugs() {
        let slug = |title: &str| Slug::suggested(title).map(|s| s.to_string());
        assert_eq!(slug("Fire safety (2026)").as_deref(), Some("fire-safety-2026"));
        assert_eq!(slug("  --A--  ").as_deref(), Some("a"));
        assert_eq!(slug("Löscher").as_deref(), Some("loscher"));
        assert_eq!(slug("Où vont les détecteurs ?").as_deref(), Some("ou-vont-les-detecteurs"));
        assert_eq!(slug("消防"), None);
        assert_eq!(slug(&"ab ".repeat(100)).map(|s| s.len() <= MAX_SLUG), Some(true));
    }

    #[test]
    fn accepts_words_and_refuses_what_could_hurt_a_terminal_or_a_path() {
        for good in ["a", "water-on-oil", "2026-q1", &"x".repeat(MAX_SLUG)] {
            assert!(Slug::new(good).is_some(), "{good}");
        }
        for bad in ["", "-a", "a-", "a--b", "A", "a b", "../x", "a\u{1b}", "é", &"x".repeat(MAX_SLUG + 1)] {
            assert!(Slug::new(bad).is_none(), "{bad:?}");
        }
    }
}
