//! A question, valid by construction: it has a stem, at least two options and at least one key that is not all of them.

use std::sync::Arc;

use super::guide::GuideRef;
use super::slug::Slug;
use super::text::Text;

/// How many options a question may have.
pub const MAX_OPTIONS: usize = 26;

/// The place of an option in its question as the author wrote it. It is the option's identity: the letter on the
/// screen depends on the paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OptionId(pub u8);

/// Whether a question has one key, several, or is a claim to judge.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One key among distractors.
    Single,
    /// Several keys; the examinee is told how many.
    Multi,
    /// A claim that is true or false.
    TrueFalse,
}

impl Kind {
    /// The words an instructor would use.
    pub fn label(self) -> &'static str {
        match self {
            Kind::Single => "single choice",
            Kind::Multi => "multi-answer",
            Kind::TrueFalse => "true/false",
        }
    }
}

/// What a question asks of the mind.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Level {
    /// Remember a fact.
    Recall,
    /// Use it in a plain situation.
    Application,
    /// Weigh several facts.
    Analysis,
}

impl Level {
    /// In the order of the format's documentation.
    pub const ALL: [Level; 3] = [Level::Recall, Level::Application, Level::Analysis];

    /// The word in the file format.
    pub const fn label(self) -> &'static str {
        match self {
            Level::Recall => "recall",
            Level::Application => "application",
            Level::Analysis => "analysis",
        }
    }

    /// The level that the file format calls `word`.
    pub fn from_label(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|l| l.label() == word)
    }
}

/// A part of a question, as far as words are looked for in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Part {
    /// What is asked.
    Stem,
    /// The options.
    Option,
    /// The explanation, and why each option is right or wrong.
    Explanation,
}

impl Part {
    /// In the order of the screen.
    pub const ALL: [Part; 3] = [Part::Stem, Part::Option, Part::Explanation];

    /// What it is called.
    pub fn label(self) -> &'static str {
        match self {
            Part::Stem => "stem",
            Part::Option => "option",
            Part::Explanation => "explanation",
        }
    }
}

/// One choice of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What the examinee reads.
    pub text: Text,
    /// The rationale: why it is right or wrong.
    pub why: Option<Text>,
    /// Whether it stays at the end however the others are ordered.
    pub pinned_last: bool,
}

/// A work that questions cite.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its title.
    pub title: Text,
    /// Who published it.
    pub organization: Option<Text>,
    /// The edition or version, as the publisher writes it.
    pub edition: Option<Text>,
    /// The year of publication.
    pub year: Option<i64>,
    /// Where to find it.
    pub url: Option<Text>,
}

/// A source with the place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// The work.
    pub source: Arc<Source>,
    /// Section, page or table.
    pub at: Option<Text>,
}

impl Source {
    /// `Title. Organization, 2022`, and `last` behind it: one line, for reading. A year that the edition or the end of the
    /// title names is not said again.
    pub fn line(&self, last: Option<&Text>) -> String {
        let year = self.year.map(|y| y.to_string()).filter(|year| !self.names(year));
        let details: Vec<String> = [self.organization.as_ref(), self.edition.as_ref()]
            .into_iter()
            .map(|text| text.map(Text::one_line))
            .chain([year, last.map(Text::one_line)])
            .flatten()
            .collect();
        let title = self.title.one_line();
        if details.is_empty() {
            return title;
        }
        let stop = if title.ends_with(['.', '?', '!', '…']) { "" } else { "." };
        format!("{title}{stop} {}", details.join(", "))
    }

    /// Whether a number stands in the edition, or at the end of the title.
    fn names(&self, number: &str) -> bool {
        let numbers = |text: &Text| -> Vec<String> {
            text.as_str().split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).map(str::to_owned).collect()
        };
        let title = self.title.as_str().trim_end_matches(|c: char| !c.is_alphanumeric());
        self.edition.as_ref().is_some_and(|edition| numbers(edition).iter().any(|n| n == number))
            || title.ends_with(number) && numbers(&self.title).last().is_some_and(|n| n == number)
    }
}

impl Citation {
    /// `Title. Organization, 2022, §7.3`: one line, for reading.
    pub fn line(&self) -> String {
        self.source.line(self.at.as_ref())
    }
}

/// A question and all that is said about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// Unique in its bank; a student's history hangs on it.
    pub id: Slug,
    /// The content area of the blueprint it counts for.
    pub domain: Slug,
    /// The chapter of the course, if the bank has chapters.
    pub module: Option<Slug>,
    /// One key, several, or true/false.
    pub kind: Kind,
    /// What is asked.
    pub stem: Text,
    /// A text drawing that stands beside the stem, shown as written.
    pub figure: Option<Text>,
    /// All options as the author wrote them, the keys first.
    pub choices: Vec<Choice>,
    /// How many of `choices`, from the first on, are keys. For true/false the first option is the right one.
    pub keys: usize,
    /// Whether the options may change places.
    pub shuffle: bool,
    /// Why the key is right.
    pub explanation: Option<Text>,
    /// What the question rests on.
    pub sources: Vec<Citation>,
    /// What it asks of the mind.
    pub level: Option<Level>,
    /// The syllabus code.
    pub objective: Option<Text>,
    /// Free labels.
    pub tags: Vec<Slug>,
    /// Questions with which it does not stand in one exam: each gives the other away, or asks the same ("enemy items",
    /// van der Linden, 2005). It holds both ways, whichever of the two says so.
    pub enemies: Vec<Slug>,
    /// The day of the last review, as `YYYY-MM-DD`.
    pub reviewed: Option<Text>,
    /// Where the guide explains it, as the author wrote it: there may be no such section.
    pub guide: Option<GuideRef>,
}

impl Question {
    /// Whether `option` is a key.
    pub fn is_key(&self, option: OptionId) -> bool {
        usize::from(option.0) < self.keys
    }

    /// The option's text and rationale; `None` if the question has no such option.
    pub fn choice(&self, option: OptionId) -> Option<&Choice> {
        self.choices.get(usize::from(option.0))
    }

    /// The right options, in the author's order.
    pub fn key_choices(&self) -> Vec<&Choice> {
        self.choices.iter().take(self.keys).collect()
    }

    /// The wrong options, in the author's order.
    pub fn distractors(&self) -> Vec<&Choice> {
        self.choices.iter().skip(self.keys).collect()
    }

    /// All options, in the author's order.
    pub fn options(&self) -> impl Iterator<Item = OptionId> + use<> {
        (0..self.choices.len().min(MAX_OPTIONS) as u8).map(OptionId)
    }

    /// The texts in which words are looked for. `True` and `False` are none.
    pub fn texts(&self) -> impl Iterator<Item = (Part, &Text)> {
        let options = self.choices.iter().filter(|_| self.kind != Kind::TrueFalse).map(|c| (Part::Option, &c.text));
        let whys = self.choices.iter().filter_map(|c| c.why.as_ref());
        let explanations = self.explanation.iter().chain(whys).map(|text| (Part::Explanation, text));
        std::iter::once((Part::Stem, &self.stem)).chain(options).chain(explanations)
    }

    /// What the examinee is told to do: `Choose two.`
    pub fn instruction(&self) -> String {
        match self.kind {
            Kind::Single => "Choose one.".into(),
            Kind::TrueFalse => "True or false?".into(),
            Kind::Multi => format!("Choose {}.", number_word(self.keys)),
        }
    }
}

/// Small numbers as words, as running text has them.
pub fn number_word(n: usize) -> String {
    const WORDS: [&str; 11] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
    WORDS.get(n).map_or_else(|| n.to_string(), |w| (*w).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_reads_as_a_sentence_whatever_its_title_ends_with() {
        let line = |title: &str, publisher: Option<&str>| {
            let organization = publisher.map(Text::new);
            Source { title: Text::new(title), organization, edition: None, year: Some(2022), url: None }
                .line(Some(&Text::new("p. 3")))
        };
        assert_eq!(line("MRI safety", Some("FDA")), "MRI safety. FDA, 2022, p. 3");
        assert_eq!(line("SAR: what is it?", None), "SAR: what is it? 2022, p. 3");
    }

    #[test]
    fn a_source_names_its_year_once() {
        let line = |title: &str, edition: Option<&str>| {
            let edition = edition.map(Text::new);
            Source { title: Text::new(title), organization: None, edition, year: Some(2014), url: None }.line(None)
        };
        assert_eq!(line("Safety guidance", Some("20 June 2014")), "Safety guidance. 20 June 2014");
        assert_eq!(line("Guidance (June 2014)", None), "Guidance (June 2014)");
        assert_eq!(line("Guidance (June 2014)", Some("2nd")), "Guidance (June 2014). 2nd");
        assert_eq!(line("The 2014 guidance", Some("Rev 12014")), "The 2014 guidance. Rev 12014, 2014");
        assert_eq!(line("Form 12014", None), "Form 12014. 2014");
    }
}
