//! Text and blocks as Markdown (CommonMark with tables): a text reads as it was meant, and never as markup of its own.

use crate::engine::guide::{Align, Block, Cell, Table};
use crate::engine::markup::{Face, Run};
use crate::engine::text::Text;

use super::prose;

/// `text` inside a line.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let entity = c == '&' && chars.peek().is_some_and(|next| next.is_alphanumeric() || *next == '#');
        if entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '~' | '$' | '|') {
            out.push('\\');
        }
        out.push(if c == '\n' { ' ' } else { c });
    }
    out
}

/// Guards the beginning of a line that could be taken for a heading, a quote, a list, a rule or a table.
fn line_start(line: String) -> String {
    let line = line.trim_start();
    if line.starts_with(['#', '>', '-', '+', '=', ':']) {
        return format!("\\{line}");
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line.as_bytes().get(digits) {
        Some(b'.' | b')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line.to_owned(),
    }
}

/// Running text inside a line.
pub fn runs(runs: &[Run]) -> String {
    let mut out = String::new();
    for run in runs {
        let mark = match run.face {
            Face::Plain => {
                out.push_str(&escape(&run.text));
                continue;
            }
            Face::Code => {
                out.push_str(&code(&run.text));
                continue;
            }
            Face::Strong => ("**", "<strong>", "</strong>"),
            Face::Emphasis => ("*", "<em>", "</em>"),
        };
        // Stars hold for certain only around letters and digits, and apart from other stars.
        let edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let plain = edge(run.text.chars().next()) && edge(run.text.chars().next_back()) && !out.ends_with('*');
        let (open, close) = if plain { (mark.0, mark.0) } else { (mark.1, mark.2) };
        out.push_str(&format!("{open}{}{close}", escape(&run.text)));
    }
    out
}

/// Code between more backticks than it holds in a row.
fn code(text: &str) -> String {
    let fence = "`".repeat(longest_run(text, '`') + 1);
    let text = text.replace('\n', " ");
    let pad = if text.starts_with(['`', ' ']) || text.ends_with(['`', ' ']) { " " } else { "" };
    format!("{fence}{pad}{text}{pad}{fence}")
}

fn longest_run(text: &str, mark: char) -> usize {
    text.split(|c| c != mark).map(str::len).max().unwrap_or(0)
}

/// Blocks with an empty line between, without a line break at the end; a heading inside a section has four `#`.
pub fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (i, block) in blocks.iter().enumerate() {
        if i > 0 {
            out.push_str("\n\n");
        }
        // Two lists in a row would become one.
        if i > 0 && matches!((&blocks[i - 1], block), (Block::List { .. }, Block::List { .. })) {
            out.push_str("<!-- -->\n\n");
        }
        out.push_str(&self::block(block));
    }
    out
}

/// The paragraphs and lists of a bank's text.
pub fn text(text: &Text) -> String {
    blocks(&prose::blocks(text))
}

fn block(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("#### {}", runs(words)),
        Block::Paragraph(words) => line_start(runs(words)),
        Block::List { first, entries } => list(*first, entries),
        Block::Quote(inside) => indented(&blocks(inside), "> ", "> "),
        Block::Table(content) => table(content),
        Block::Code(drawing) => fenced(drawing),
        Block::Rule => "* * *".into(),
    }
}

fn list(first: Option<u64>, entries: &[Vec<Block>]) -> String {
    let simple = |e: &[Block]| matches!(e, [Block::Paragraph(_)] | [Block::Paragraph(_), Block::List { .. }]);
    let gap = if entries.iter().all(|e| simple(e)) { "\n" } else { "\n\n" };
    let set = |(i, entry): (usize, &Vec<Block>)| {
        let label = first.map_or("- ".into(), |first| format!("{}. ", first.saturating_add(i as u64)));
        item(&label, &blocks(entry))
    };
    entries.iter().enumerate().map(set).collect::<Vec<_>>().join(gap)
}

/// An entry of a list after its label, the other lines below its text.
pub fn item(label: &str, text: &str) -> String {
    indented(text, label, &" ".repeat(label.len()))
}

fn indented(text: &str, first: &str, rest: &str) -> String {
    let line = |(i, line): (usize, &str)| {
        let margin = if i == 0 { first } else { rest };
        if line.is_empty() { margin.trim_end().to_owned() } else { format!("{margin}{line}") }
    };
    // The margin of an empty line is kept where it is more than space.
    text.split('\n').enumerate().map(line).collect::<Vec<_>>().join("\n")
}

/// A text drawing, as written.
pub fn fenced(drawing: &Text) -> String {
    let fence = "`".repeat((longest_run(drawing.as_str(), '`') + 1).max(3));
    format!("{fence}text\n{}\n{fence}", drawing.as_str().trim_end_matches('\n'))
}

fn table(table: &Table) -> String {
    let row = |cells: &[Cell]| format!("| {} |", cells.iter().map(cell).collect::<Vec<_>>().join(" | "));
    let rule = |align: &Align| match align {
        Align::Left => "---",
        Align::Centre => ":-:",
        Align::Right => "--:",
    };
    let rules = table.columns.iter().map(rule).collect::<Vec<_>>().join(" | ");
    let mut lines = vec![row(&table.head), format!("| {rules} |")];
    lines.extend(table.rows.iter().map(|cells| row(cells)));
    lines.join("\n")
}

fn cell(cell: &Cell) -> String {
    let set = |run: &Run| match run.face {
        Face::Code => runs(std::slice::from_ref(run)).replace('|', "\\|"),
        _ => runs(std::slice::from_ref(run)),
    };
    cell.iter().map(set).collect()
}
