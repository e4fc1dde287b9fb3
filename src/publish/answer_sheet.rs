//! The answer sheet: a row of bubbles for each question, with as many letters as the widest question has options.

use crate::engine::paper::{Item, letter};
use crate::engine::question::Kind;

use super::version::{Version, mark};
use super::{html, markdown};

const KIND: &str = "Answer sheet";
const STYLE: &str = include_str!("answer_sheet.css");

/// The sheet as a page.
pub fn html(version: &Version) -> String {
    let letters: Vec<char> = (0..version.width()).map(letter).collect();
    let bubbles: String = letters.iter().map(|l| format!("<span class=\"bubble\">{l}</span> ")).collect();
    let row = |(i, item): (usize, &Item)| {
        let mark = mark(&item.question);
        let mark = mark.map_or(String::new(), |mark| format!("<span class=\"mark\">{mark}</span>"));
        format!("<li><span class=\"number\">{}</span> {bubbles}{mark}</li>\n", i + 1)
    };
    let rows: String = version.paper.items.iter().enumerate().map(row).collect();
    let body = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"kind\">{KIND} <strong>Version {}</strong></p>\n</header>\n\
         <ul class=\"lines\">\n<li>Name</li>\n<li>Date</li>\n<li>Points of {}</li>\n</ul>\n\
         <p>Check that your question paper is version {}. {}</p>\n\
         <section aria-label=\"Answers\">\n<h2>Answers</h2>\n<ol class=\"rows {}\">\n{rows}</ol>\n</section>\n",
        html::escape(&version.bank.title.one_line()),
        version.letter(),
        version.paper.items.len(),
        version.letter(),
        told(version),
        columns(letters.len()),
    );
    version.page(KIND, STYLE, body).html()
}

/// How the sheet is filled.
fn told(version: &Version) -> String {
    let mut told = "Fill one bubble a row, or as many as the row says.".to_owned();
    if version.paper.items.iter().any(|i| i.question.kind == Kind::TrueFalse) {
        told.push_str(" At true/false, A is true and B is false.");
    }
    told
}

/// How many columns of rows stand side by side.
fn columns(letters: usize) -> &'static str {
    match letters {
        0..=6 => "three",
        7..=11 => "two",
        _ => "one",
    }
}

/// The sheet as Markdown.
pub fn markdown(version: &Version) -> String {
    let letters: Vec<String> = (0..version.width()).map(|i| letter(i).to_string()).collect();
    let mut out = format!(
        "# {}\n\n**{KIND} · {}**\n\nName: ______________________________\n\nDate: ______________________________\n\n\
         {}\n\n\
         |  | {} |  |\n| --: |{} --- |\n",
        markdown::escape(&version.bank.title.one_line()),
        markdown::escape(&version.identity()),
        told(version),
        letters.join(" | "),
        " :-: |".repeat(letters.len()),
    );
    for (i, item) in version.paper.items.iter().enumerate() {
        let boxes = " ( ) |".repeat(letters.len());
        out.push_str(&format!("| {} |{boxes} {} |\n", i + 1, mark(&item.question).unwrap_or_default()));
    }
    out
}
