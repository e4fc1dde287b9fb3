//! The question paper.

use crate::engine::paper::{Item, letter};
use crate::engine::question::Kind;

use super::version::Version;
use super::{html, markdown, prose};

const KIND: &str = "Question paper";
const STYLE: &str = include_str!("paper.css");

/// The paper as a page.
pub fn html(version: &Version) -> String {
    let title = html::escape(&version.bank.title.one_line());
    let told: String = version.instructions().iter().map(|line| format!("<li>{}</li>\n", html::escape(line))).collect();
    let notice = version
        .bank
        .notice
        .as_ref()
        .map_or(String::new(), |n| format!("<div class=\"small\">\n{}</div>\n", html::text(n)));
    let questions: String = version.paper.items.iter().enumerate().map(|(i, item)| question(i + 1, item)).collect();
    let body = format!(
        "<header>\n<h1>{title}</h1>\n<p class=\"kind\">{KIND} <strong>Version {}</strong></p>\n<p>{}</p>\n</header>\n\
         <section class=\"box\" aria-label=\"Before you begin\">\n<h2>Before you begin</h2>\n<ul>\n{told}</ul>\n{notice}</section>\n\
         <section aria-label=\"Questions\">\n<h2>Questions</h2>\n{questions}</section>\n\
         <p class=\"end\">End of the questions</p>\n",
        version.letter(),
        html::escape(&version.facts()),
    );
    version.page(KIND, STYLE, body).html()
}

fn question(number: usize, item: &Item) -> String {
    let q = &item.question;
    let instruction = match q.kind {
        Kind::Single => String::new(),
        _ => format!("<p class=\"instruction\">{}</p>\n", html::escape(&q.instruction())),
    };
    let figure = q.figure.as_ref().map_or(String::new(), html::pre);
    let option = |&id| {
        let text = q.choice(id).map_or(String::new(), |c| html::entry(&prose::blocks(&c.text)));
        format!("<li>{text}</li>\n")
    };
    let options: String = item.order.iter().map(option).collect();
    format!(
        "<section class=\"question\" aria-label=\"Question {number}\">\n<h3>{number}</h3>\n<div>\n{}{figure}{instruction}\
         <ol type=\"A\">\n{options}</ol>\n</div>\n</section>\n",
        html::text(&q.stem)
    )
}

/// The paper as Markdown.
pub fn markdown(version: &Version) -> String {
    let mut out = format!(
        "# {}\n\n**{KIND} · {}**\n\n{}\n\n## Before you begin\n\n",
        markdown::escape(&version.bank.title.one_line()),
        markdown::escape(&version.identity()),
        markdown::escape(&version.facts()),
    );
    for line in version.instructions() {
        out.push_str(&format!("- {}\n", markdown::escape(&line)));
    }
    if let Some(notice) = &version.bank.notice {
        out.push_str(&format!("\n{}\n", markdown::text(notice)));
    }
    out.push_str("\n## Questions\n");
    for (i, item) in version.paper.items.iter().enumerate() {
        let q = &item.question;
        out.push_str(&format!("\n### {}\n\n{}\n\n", i + 1, markdown::text(&q.stem)));
        if let Some(figure) = &q.figure {
            out.push_str(&format!("{}\n\n", markdown::fenced(figure)));
        }
        if q.kind != Kind::Single {
            out.push_str(&format!("*{}*\n\n", markdown::escape(&q.instruction())));
        }
        for (row, &id) in item.order.iter().enumerate() {
            let text = q.choice(id).map_or(String::new(), |c| markdown::text(&c.text));
            out.push_str(&format!("{}\n", markdown::item("- ", &format!("**{}** {text}", letter(row)))));
        }
    }
    out
}
