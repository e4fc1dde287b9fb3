//! A small start for a new bank or deck: files that hold one example of each kind, and in which nothing is found.

use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::kind::ContentKind;

const BANK: &str = include_str!("starter/bank.toml");
const QUESTIONS: &str = include_str!("starter/questions.toml");
const DECK: &str = include_str!("starter/deck.toml");
const CARDS: &str = include_str!("starter/cards.toml");
/// What parts the examples of a template.
const CUT: &str = "# ---- cut here ----\n";

/// What a start is made of.
#[derive(Clone, Debug)]
pub struct Start {
    /// A bank or a deck.
    pub kind: ContentKind,
    /// Its identifier.
    pub id: Slug,
    /// Its name.
    pub title: Text,
    /// Its language, as a BCP 47 tag.
    pub language: Text,
    /// Its content areas; none will do for a deck.
    pub areas: Vec<Area>,
    /// The bank that a deck belongs to.
    pub bank: Option<Slug>,
    /// The day that the examples say they were reviewed on, as `YYYY-MM-DD`.
    pub today: String,
}

/// A content area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// Its identifier.
    pub id: Slug,
    /// Its name.
    pub title: Text,
}

/// A file to be written: its name and its text.
pub type NewFile = (String, String);

impl Start {
    /// The start as one file.
    pub fn one_file(&self) -> String {
        let examples = self.examples();
        let placed = examples.iter().enumerate().map(|(i, example)| self.placed(example, i));
        let mut text = self.header();
        for example in placed {
            text.push('\n');
            text.push_str(&example);
        }
        text
    }

    /// The start as the files of a folder: the header, and a file for each area.
    pub fn folder(&self) -> Vec<NewFile> {
        let mut files = vec![(self.kind.header().to_owned(), self.header())];
        let examples = self.examples();
        if self.areas.is_empty() {
            files.push((format!("{}.toml", self.items()), examples.join("\n")));
        }
        for (nth, area) in self.areas.iter().enumerate() {
            let mut text =
                format!("# Holds for all {} of this file.\n{}", self.items(), entry("domain", area.id.as_str()));
            let own = examples.iter().enumerate().filter(|(i, _)| i % self.areas.len() == nth);
            own.for_each(|(_, example)| text.push_str(&format!("\n{example}")));
            files.push((format!("{:02}-{}.toml", nth + 1, area.id), text));
        }
        files
    }

    fn items(&self) -> &'static str {
        match self.kind {
            ContentKind::Bank => "questions",
            ContentKind::Deck => "cards",
        }
    }

    fn header(&self) -> String {
        let template = match self.kind {
            ContentKind::Bank => BANK,
            ContentKind::Deck => DECK,
        };
        let mut out = String::new();
        for line in template.lines() {
            match line {
                "# LANGUAGE NOTE" if self.is_english() => {}
                "# LANGUAGE NOTE" => {
                    out.push_str("# The examples are in English; write yours in the language below.\n")
                }
                "id = \"ID\"" => out.push_str(&entry("id", self.id.as_str())),
                "title = \"TITLE\"" => out.push_str(&entry("title", &self.title.one_line())),
                "language = \"LANGUAGE\"" => out.push_str(&entry("language", self.language.as_str())),
                "# bank = \"BANK\"" => out.extend(self.bank.as_ref().map(|bank| entry("bank", bank.as_str()))),
                "# DOMAINS" => out.push_str(&self.areas.iter().map(domain).collect::<Vec<_>>().join("\n")),
                _ => out.extend([line, "\n"]),
            }
        }
        out
    }

    fn is_english(&self) -> bool {
        self.language.as_str().split('-').next().is_some_and(|tag| tag.eq_ignore_ascii_case("en"))
    }

    fn examples(&self) -> Vec<String> {
        let template = match self.kind {
            ContentKind::Bank => QUESTIONS,
            ContentKind::Deck => CARDS,
        };
        template.split(CUT).map(|example| example.replace("2000-01-01", &self.today)).collect()
    }

    /// The example with the domain that the `nth` one has.
    fn placed(&self, example: &str, nth: usize) -> String {
        let Some(area) = nth.checked_rem(self.areas.len()).map(|i| &self.areas[i]) else { return example.to_owned() };
        let id_ends = example.find("\nid = ").and_then(|at| example[at + 1..].find('\n').map(|end| at + 1 + end + 1));
        let (above, below) = example.split_at(id_ends.unwrap_or(0));
        format!("{above}{}{below}", entry("domain", area.id.as_str()))
    }
}

fn domain(area: &Area) -> String {
    let title = entry("title", &area.title.one_line());
    format!("[[domains]]\n{}{title}weight = 1\n", entry("id", area.id.as_str()))
}

/// A key with a text, on a line.
fn entry(key: &str, text: &str) -> String {
    format!("{key} = {}\n", toml::Value::from(text))
}
