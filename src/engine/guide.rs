//! The study guide: what is taught, as data that a screen or a page can set. `content` reads it from Markdown.

use std::fmt;

use super::markup::Run;
use super::slug::Slug;
use super::text::Text;

/// Where a question is explained: `module#section`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct GuideRef {
    /// The module whose guide it is.
    pub module: Slug,
    /// The section of that guide.
    pub section: Slug,
}

impl GuideRef {
    /// Reads `module#section`.
    pub fn parse(raw: &str) -> Option<Self> {
        let (module, section) = raw.split_once('#')?;
        Some(Self { module: Slug::new(module)?, section: Slug::new(section)? })
    }
}

impl fmt::Display for GuideRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}#{}", self.module, self.section)
    }
}

/// The guide of one module. Each section's slug is its own.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Guide {
    /// Its file, as the bank names it.
    pub path: Text,
    /// Its title, if it has one.
    pub title: Option<Text>,
    /// What stands before the first section.
    pub opening: Vec<Block>,
    /// Its sections, in the author's order.
    pub sections: Vec<Section>,
}

impl Guide {
    /// The index of the section with this slug.
    pub fn find(&self, section: &Slug) -> Option<usize> {
        self.sections.iter().position(|s| s.slug == *section)
    }
}

/// A section of a guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its address in the guide.
    pub slug: Slug,
    /// Its heading.
    pub title: Text,
    /// What it says.
    pub blocks: Vec<Block>,
}

impl Section {
    /// What it says, as plain text on one line.
    pub fn text(&self) -> Text {
        let mut words = String::new();
        self.blocks.iter().for_each(|block| block.read(&mut words));
        Text::new(words.trim_end())
    }
}

impl Block {
    /// Adds what it says to `out`, with a space behind it.
    fn read(&self, out: &mut String) {
        let mut runs = |runs: &[Run]| {
            runs.iter().for_each(|run| out.push_str(&run.text));
            out.push(' ');
        };
        match self {
            Block::Heading(said) | Block::Paragraph(said) => runs(said),
            Block::List { entries, .. } => entries.iter().flatten().for_each(|block| block.read(out)),
            Block::Quote(blocks) => blocks.iter().for_each(|block| block.read(out)),
            Block::Table(table) => table.head.iter().chain(table.rows.iter().flatten()).for_each(|cell| runs(cell)),
            Block::Code(_) | Block::Rule => {} // a drawing is looked at, not read
        }
    }
}

/// A piece of a guide's text. The runs' texts hold no line break.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading inside a section.
    Heading(Vec<Run>),
    /// Running text.
    Paragraph(Vec<Run>),
    /// A list.
    List {
        /// The number of the first entry; `None` for a list without numbers.
        first: Option<u64>,
        /// The entries.
        entries: Vec<Vec<Block>>,
    },
    /// A box that stands out from the text.
    Quote(Vec<Block>),
    /// A table.
    Table(Table),
    /// A drawing or a sample, shown as written.
    Code(Text),
    /// A thematic break.
    Rule,
}

/// A table; every row has as many cells as the head.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Table {
    /// How each column is set.
    pub columns: Vec<Align>,
    /// The head.
    pub head: Vec<Cell>,
    /// The rows below it.
    pub rows: Vec<Vec<Cell>>,
}

/// A cell of a table.
pub type Cell = Vec<Run>;

/// How a column of a table is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Align {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Centre,
    /// At the right.
    Right,
}

/// The slug of a heading, as [`Slug::suggested`]; one that suggests none is called `section`.
pub fn slug_of(heading: &str) -> Slug {
    Slug::suggested(heading).unwrap_or_else(|| Slug::fixed("section"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn slugs_are_the_plain_letters_of_a_heading() {
        for (heading, slug) in [
            ("Fringe field and the 5 gauss line", "fringe-field-and-the-5-gauss-line"),
            ("SAR: what it is — and isn't", "sar-what-it-is-and-isn-t"),
            ("  B1+RMS ", "b1-rms"),
            ("Where détectors go?", "where-detectors-go"),
            ("日本", "section"),
            ("", "section"),
        ] {
            assert_eq!(slug_of(heading).as_str(), slug);
        }
    }

    #[test]
    fn a_link_names_a_module_and_a_section() {
        let link = GuideRef::parse("m5#sar-limits").expect("it is one");
        assert_eq!((link.module.as_str(), link.section.as_str()), ("m5", "sar-limits"));
        assert_eq!(link.to_string(), "m5#sar-limits");
        for bad in ["", "m5", "#sar", "m5#", "m5#Sar", "m5#a#b", "m 5#a"] {
            assert_eq!(GuideRef::parse(bad), None, "{bad}");
        }
    }

    proptest! {
        #[test]
        fn every_heading_has_a_slug(heading in ".{0,200}") {
            let slug = slug_of(&heading);
            prop_assert_eq!(Slug::new(slug.as_str()), Some(slug));
        }
    }
}
