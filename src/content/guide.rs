//! A guide's Markdown (CommonMark with tables) → [`Guide`]. What a terminal cannot show becomes plain text or is left
//! out, and is a finding.

use std::collections::HashMap;
use std::mem::take;
use std::sync::Arc;

use pulldown_cmark::{Alignment, Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use crate::engine::guide::{Align, Block, Guide, Section, Table, slug_of};
use crate::engine::markup::{Face, Run};
use crate::engine::slug::{MAX_SLUG, Slug};
use crate::engine::text::Text;

use super::diagnostic::{Code, Diagnostic, Span};
use super::fields::Context;
use super::quota::Quota;
use super::source::SourceFile;

/// The widest drawing or table, in columns: a screen of 80 shows it with its indent.
pub const MAX_WIDTH: usize = 72;
/// How deep lists and boxes may stand in each other; what would be deeper stands at this depth.
const MAX_NESTING: usize = 8;
/// The most findings that are listed of one guide. All of them may stand in one line, and each is shown with its line.
const MAX_FINDINGS: usize = 1_000;

/// A guide that was read, with the places of its sections.
#[derive(Clone, Debug)]
pub struct ReadGuide {
    /// The guide.
    pub guide: Arc<Guide>,
    /// The file it was read from, as an index into the files of the load.
    pub file: usize,
    /// Where the heading of each section stands in it.
    pub headings: Vec<Span>,
}

/// Reads the guide in `source`, which is file number `file` of the load.
pub fn read_guide(file: usize, source: &SourceFile, findings: &mut Vec<Diagnostic>) -> ReadGuide {
    if let Some(at) = source.not_utf8 {
        findings.push(
            Diagnostic::error(Code::S13, file, at..at + '\u{fffd}'.len_utf8(), "this byte is not UTF-8")
                .kept()
                .help("save the file as UTF-8; it looks like another encoding, such as Windows-1252"),
        );
    }
    let quota = Quota::of(MAX_FINDINGS);
    let mut setter = Setter {
        context: Context { file, base: 0, text: &source.text, findings, quota: &quota },
        guide: Guide::default(),
        headings: Vec::new(),
        taken: HashMap::new(),
        open: Vec::new(),
        too_deep: 0,
        runs: Vec::new(),
        strong: 0,
        emphasis: 0,
        raw: None,
    };
    for (event, span) in Parser::new_ext(&source.text, Options::ENABLE_TABLES).into_offset_iter() {
        setter.take(event, span);
    }
    setter.close_paragraph();
    quota.tell(file, source.text.len(), setter.context.findings);
    ReadGuide { guide: Arc::new(setter.guide), file, headings: setter.headings }
}

/// A container that is open.
enum Open {
    Quote(Vec<Block>),
    List { first: Option<u64>, entries: Vec<Vec<Block>> },
    Entry(Vec<Block>),
    Table(Table, Vec<Vec<Run>>),
}

/// Sets the parser's events into a guide.
struct Setter<'f> {
    context: Context<'f>,
    guide: Guide,
    headings: Vec<Span>,
    /// The sections' slugs, with the section and how often its slug was wanted again.
    taken: HashMap<Slug, (usize, usize)>,
    open: Vec<Open>,
    /// How many open containers are deeper than [`MAX_NESTING`].
    too_deep: usize,
    /// The paragraph, heading or cell that is being read.
    runs: Vec<Run>,
    strong: usize,
    emphasis: usize,
    /// The drawing or HTML that is being read.
    raw: Option<String>,
}

impl Setter<'_> {
    fn take(&mut self, event: Event<'_>, span: Span) {
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(tag) => self.end(tag, span),
            Event::Text(text) | Event::Html(text) => match &mut self.raw {
                Some(raw) => raw.push_str(&text),
                None => self.text(&text, None, span),
            },
            Event::Code(text) => self.text(&text, Some(Face::Code), span),
            Event::InlineHtml(html) if html.starts_with("<!--") => {}
            Event::InlineHtml(_) => self.unshown(span, "HTML is left out of a guide", "write the text alone"),
            Event::SoftBreak | Event::HardBreak => self.text(" ", None, span),
            Event::Rule => self.block(Block::Rule),
            // Not asked for from the parser.
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.text(&text, None, span)
            }
            Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        match tag {
            Tag::Strong => self.strong += 1,
            Tag::Emphasis => self.emphasis += 1,
            Tag::Link { link_type: LinkType::Autolink | LinkType::Email, .. } => {}
            Tag::Link { .. } => {
                self.unshown(span, "a link shows its text only", "write where it leads as text, if it matters")
            }
            Tag::Image { .. } => self.unshown(span, "an image is shown as its description", "draw it in characters"),
            Tag::TableHead | Tag::TableRow | Tag::TableCell => {}
            block => {
                self.close_paragraph();
                match block {
                    Tag::CodeBlock(_) | Tag::HtmlBlock => self.raw = Some(String::new()),
                    Tag::BlockQuote(_) => self.nest(Open::Quote(Vec::new())),
                    Tag::List(first) => self.nest(Open::List { first, entries: Vec::new() }),
                    Tag::Item => self.nest(Open::Entry(Vec::new())),
                    Tag::Table(columns) => {
                        let columns = columns.into_iter().map(align).collect();
                        self.open.push(Open::Table(Table { columns, ..Table::default() }, Vec::new()));
                    }
                    _ => {}
                }
            }
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span) {
        match tag {
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Emphasis => self.emphasis = self.emphasis.saturating_sub(1),
            TagEnd::Heading(level) => self.heading(level, span),
            TagEnd::CodeBlock => self.drawing(span),
            TagEnd::HtmlBlock => self.html(span),
            TagEnd::TableCell => {
                let cell = take(&mut self.runs);
                if let Some(Open::Table(_, row)) = self.open.last_mut() {
                    row.push(cell);
                }
            }
            TagEnd::TableHead => {
                if let Some(Open::Table(table, row)) = self.open.last_mut() {
                    table.head = take(row);
                }
            }
            TagEnd::TableRow => {
                if let Some(Open::Table(table, row)) = self.open.last_mut() {
                    table.rows.push(take(row));
                }
            }
            TagEnd::Table => {
                if let Some(Open::Table(table, _)) = self.open.pop() {
                    self.too_wide(table_width(&table), "this table", &span);
                    self.block(Block::Table(table));
                }
            }
            TagEnd::BlockQuote(_) | TagEnd::List(_) | TagEnd::Item => {
                self.close_paragraph();
                self.unnest();
            }
            TagEnd::Paragraph => self.close_paragraph(),
            _ => {}
        }
    }

    fn unshown(&mut self, span: Span, message: &str, help: &str) {
        self.context.push(Diagnostic::warning(Code::S14, self.context.file, span, message).help(help));
    }

    /// Adds text to what is being read.
    fn text(&mut self, raw: &str, face: Option<Face>, span: Span) {
        let face = face.unwrap_or(match (self.strong, self.emphasis) {
            (0, 0) => Face::Plain,
            (0, _) => Face::Emphasis,
            _ => Face::Strong,
        });
        let text = self.context.clean(raw, span).value.as_str().replace('\n', " ");
        // Marks at the beginning of a piece would stack on the letter before, past the limit.
        let text = if self.runs.is_empty() { &text } else { text.trim_start_matches(|c: char| c.width() == Some(0)) };
        match self.runs.last_mut() {
            Some(last) if last.face == face => last.text.push_str(text),
            _ => self.runs.push(Run { text: text.to_owned(), face }),
        }
    }

    fn close_paragraph(&mut self) {
        let runs = take(&mut self.runs);
        if runs.iter().any(|r| !r.text.trim().is_empty()) {
            self.block(Block::Paragraph(runs));
        }
    }

    /// Adds a block where the text is.
    fn block(&mut self, block: Block) {
        match self.open.last_mut() {
            Some(Open::Quote(blocks) | Open::Entry(blocks)) => blocks.push(block),
            Some(Open::List { entries, .. }) => entries.push(vec![block]),
            Some(Open::Table(..)) => {} // its cells hold running text only
            None => match self.guide.sections.last_mut() {
                Some(section) => section.blocks.push(block),
                None => self.guide.opening.push(block),
            },
        }
    }

    fn nest(&mut self, container: Open) {
        if self.too_deep > 0 || self.open.len() >= MAX_NESTING {
            self.too_deep += 1;
        } else {
            self.open.push(container);
        }
    }

    fn unnest(&mut self) {
        if self.too_deep > 0 {
            self.too_deep -= 1;
            return;
        }
        match self.open.pop() {
            Some(Open::Quote(blocks)) => self.block(Block::Quote(blocks)),
            Some(Open::List { first, entries }) => self.block(Block::List { first, entries }),
            Some(Open::Entry(blocks)) => match self.open.last_mut() {
                Some(Open::List { entries, .. }) => entries.push(blocks),
                _ => blocks.into_iter().for_each(|b| self.block(b)),
            },
            Some(Open::Table(..)) | None => {}
        }
    }

    fn heading(&mut self, level: HeadingLevel, span: Span) {
        let runs = take(&mut self.runs);
        if !self.open.is_empty() || level > HeadingLevel::H2 {
            return self.block(Block::Heading(runs));
        }
        let words: String = runs.iter().map(|r| r.text.as_str()).collect();
        let title = Text::new(&Text::new(&words).one_line());
        if level == HeadingLevel::H1 && self.guide.title.is_none() && self.guide.sections.is_empty() {
            self.guide.title = Some(title);
            return;
        }
        let slug = self.own_slug(&title, &span);
        self.headings.push(span);
        self.guide.sections.push(Section { slug, title, blocks: Vec::new() });
    }

    /// The slug of a section; a heading that was there before gets a number, so that each section can be reached.
    fn own_slug(&mut self, title: &Text, span: &Span) -> Slug {
        let (wanted, at) = (slug_of(title.as_str()), self.guide.sections.len());
        let Some(&(first, mut again)) = self.taken.get(&wanted) else {
            self.taken.insert(wanted.clone(), (at, 1));
            return wanted;
        };
        let message = format!("two sections of the guide are called `{wanted}`");
        let finding = Diagnostic::error(Code::S13, self.context.file, span.clone(), message)
            .kept()
            .related(self.context.file, self.headings[first].clone(), "the first one")
            .help("change a heading: questions find a section by its words");
        self.context.push(finding);
        let stem = &wanted.as_str()[..wanted.as_str().len().min(MAX_SLUG - 8)];
        loop {
            again += 1;
            let numbered = Slug::new(&format!("{}-{again}", stem.trim_end_matches('-')));
            if let Some(slug) = numbered.filter(|slug| !self.taken.contains_key(slug)) {
                self.taken.insert(wanted, (first, again));
                self.taken.insert(slug.clone(), (at, 1));
                return slug;
            }
        }
    }

    fn drawing(&mut self, span: Span) {
        let raw = self.raw.take().unwrap_or_default();
        let text = self.context.clean(raw.trim_end(), span.clone()).value;
        if let Some(line) = text.as_str().lines().find(|l| l.width() > MAX_WIDTH) {
            let place = self.context.part(line, 0..line.len(), &span);
            self.too_wide(line.width(), "this line of a drawing", &place);
        }
        self.block(Block::Code(text));
    }

    fn too_wide(&mut self, width: usize, what: &str, span: &Span) {
        if width > MAX_WIDTH {
            let message = format!("{what} is {width} columns wide");
            let help = format!("make it at most {MAX_WIDTH}, so that a screen of 80 columns shows it whole");
            self.unshown(span.clone(), &message, &help);
        }
    }

    fn html(&mut self, span: Span) {
        let raw = self.raw.take().unwrap_or_default();
        let html = raw.trim();
        if !(html.starts_with("<!--") && html.ends_with("-->")) {
            self.unshown(span.clone(), "HTML is shown as written", "write Markdown");
            self.text(html, None, span);
            self.close_paragraph();
        }
    }
}

fn align(alignment: Alignment) -> Align {
    match alignment {
        Alignment::None | Alignment::Left => Align::Left,
        Alignment::Center => Align::Centre,
        Alignment::Right => Align::Right,
    }
}

/// The width of a table whose cells are padded, with its bars.
fn table_width(table: &Table) -> usize {
    let width = |cell: &Vec<Run>| cell.iter().map(|r| r.text.width()).sum::<usize>();
    let column = |i: usize| {
        std::iter::once(&table.head).chain(&table.rows).filter_map(|row| row.get(i)).map(width).max().unwrap_or(0)
    };
    (0..table.columns.len()).map(|i| column(i) + 3).sum::<usize>() + 1
}
