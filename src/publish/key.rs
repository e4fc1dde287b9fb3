//! The key: letters at a glance, then each question with its right options, rationales, explanation and sources.

use crate::engine::bank::MultiAnswer;
use crate::engine::paper::{Item, letter};

use super::version::Version;
use super::{html, markdown, prose};

const KIND: &str = "Key";
const STYLE: &str = include_str!("key.css");
/// How many letters stand in a row of the short key.
const ROW: usize = 10;

/// The letters of the right options: `B`, `A C`.
pub fn letters(item: &Item) -> String {
    let right = item.order.iter().enumerate().filter(|&(_, &option)| item.question.is_key(option));
    right.map(|(row, _)| letter(row).to_string()).collect::<Vec<_>>().join(" ")
}

/// How the answers are marked, a sentence an entry.
fn marking(version: &Version) -> Vec<String> {
    let count = version.paper.items.len();
    let rules = version.paper.origin.rules;
    let multi = match rules.multi_answer {
        MultiAnswer::AllOrNothing => "Several letters: one point for exactly these, else none.",
        MultiAnswer::Partial => {
            "Several letters: (right ones chosen − wrong ones chosen) ÷ right ones there are, never below zero."
        }
    };
    vec![
        format!(
            "One point a question, {count} in all; {} points pass ({} %).",
            version.points_to_pass(),
            rules.pass_percent
        ),
        multi.into(),
    ]
}

/// For each domain of the paper its title and the numbers of its questions.
fn by_domain(version: &Version) -> Vec<(String, Vec<usize>)> {
    let numbers = |domain| {
        let items = version.paper.items.iter().enumerate();
        items.filter(|(_, item)| item.question.domain == domain).map(|(i, _)| i + 1).collect::<Vec<_>>()
    };
    let domains = version.bank.domains.iter().map(|d| (d.title.one_line(), numbers(d.id.clone())));
    domains.filter(|(_, numbers)| !numbers.is_empty()).collect()
}

/// The works that the paper's questions cite, each once, by title.
fn sources(version: &Version) -> Vec<String> {
    let cited = version.paper.items.iter().flat_map(|item| &item.question.sources);
    let mut lines: Vec<String> = cited.map(|citation| citation.source.line(citation.source.url.as_ref())).collect();
    lines.sort();
    lines.dedup();
    lines
}

/// What the bank says of itself: authors and licence.
fn rights(version: &Version) -> String {
    let bank = version.bank;
    let mut out = format!("{}, version {} of the bank {}.", bank.title.one_line(), bank.version, bank.id);
    if !bank.authors.is_empty() {
        let authors: Vec<String> = bank.authors.iter().map(|a| a.one_line()).collect();
        out.push_str(&format!(" By {}.", authors.join(", ")));
    }
    if let Some(licence) = &bank.license {
        out.push_str(&format!(" Licence: {}.", licence.one_line()));
    }
    out
}

/// The key as a page.
pub fn html(version: &Version) -> String {
    let marking: String = marking(version).iter().map(|l| format!("<p>{}</p>\n", html::escape(l))).collect();
    let answers: String = version.paper.items.iter().enumerate().map(|(i, item)| answer_html(i + 1, item)).collect();
    let body = format!(
        "<header>\n<h1>{}</h1>\n<p class=\"kind\">{KIND} <strong>Version {}</strong></p>\n<p>{}</p>\n</header>\n\
         <section aria-label=\"Right letters\">\n<h2>Right letters</h2>\n{marking}{}</section>\n\
         <section aria-label=\"By domain\">\n<h2>By domain</h2>\n{}</section>\n\
         <section aria-label=\"Answers with rationales\">\n<h2>Answers with rationales</h2>\n{answers}</section>\n{}",
        html::escape(&version.bank.title.one_line()),
        version.letter(),
        html::escape(&version.facts()),
        letters_html(version),
        domains_html(version),
        end_html(version),
    );
    version.page(KIND, STYLE, body).html()
}

fn letters_html(version: &Version) -> String {
    let cell = |i: usize, item: &Item| format!("<li><span class=\"number\">{}</span> {}</li>\n", i + 1, letters(item));
    let cells: String = version.paper.items.iter().enumerate().map(|(i, item)| cell(i, item)).collect();
    let wide = version.paper.items.iter().any(|item| item.question.keys > 3);
    format!("<ol class=\"letters{}\">\n{cells}</ol>\n", if wide { " wide" } else { "" })
}

fn domains_html(version: &Version) -> String {
    let row = |(title, numbers): (String, Vec<usize>)| {
        format!(
            "<tr><th scope=\"row\">{}</th><td class=\"right\">{}</td><td>{}</td></tr>\n",
            html::escape(&title),
            numbers.len(),
            listed(&numbers)
        )
    };
    let rows: String = by_domain(version).into_iter().map(row).collect();
    format!(
        "<table>\n<thead>\n<tr><th scope=\"col\">Domain</th><th scope=\"col\" class=\"right\">Questions</th>\
         <th scope=\"col\">Numbers</th></tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
    )
}

fn listed(numbers: &[usize]) -> String {
    numbers.iter().map(usize::to_string).collect::<Vec<_>>().join(", ")
}

fn answer_html(number: usize, item: &Item) -> String {
    let q = &item.question;
    let option = |&id| {
        let Some(choice) = q.choice(id) else { return String::new() };
        let text = html::entry(&prose::blocks(&choice.text));
        let text = if q.is_key(id) { format!("<strong>✓ Right:</strong> {text}") } else { text };
        let why =
            choice.why.as_ref().map_or(String::new(), |why| format!("<div class=\"why\">{}</div>", html::text(why)));
        format!("<li>{text}{why}</li>\n")
    };
    let options: String = item.order.iter().map(option).collect();
    let figure = q.figure.as_ref().map_or(String::new(), html::pre);
    let explanation = q.explanation.as_ref().map_or(String::new(), html::text);
    let sources: String = q.sources.iter().map(|c| format!("<li>{}</li>\n", html::escape(&c.line()))).collect();
    let sources = if sources.is_empty() { sources } else { format!("<ul class=\"small sources\">\n{sources}</ul>\n") };
    format!(
        "<section class=\"question\" aria-label=\"Answer {number}\">\n<h3>{number}</h3>\n<div>\n\
         <p><strong>{}</strong> <span class=\"small\">({})</span></p>\n{}{figure}<ol type=\"A\">\n{options}</ol>\n\
         {explanation}{sources}</div>\n</section>\n",
        letters(item),
        q.id,
        html::text(&q.stem),
    )
}

fn end_html(version: &Version) -> String {
    let sources: String = sources(version).iter().map(|l| format!("<li>{}</li>\n", html::escape(l))).collect();
    let sources = if sources.is_empty() {
        sources
    } else {
        format!(
            "<section aria-label=\"Sources\">\n<h2>Sources</h2>\n<ul class=\"small\">\n{sources}</ul>\n</section>\n"
        )
    };
    let notice = version.bank.notice.as_ref().map_or(String::new(), html::text);
    format!(
        "{sources}<section aria-label=\"About this bank\">\n<h2>About this bank</h2>\n<p>{}</p>\n{notice}</section>\n",
        html::escape(&rights(version))
    )
}

/// The key as Markdown.
pub fn markdown(version: &Version) -> String {
    let mut out = format!(
        "# {}\n\n**{KIND} · {}**\n\n{}\n\n## Right letters\n\n",
        markdown::escape(&version.bank.title.one_line()),
        markdown::escape(&version.identity()),
        markdown::escape(&version.facts()),
    );
    for line in marking(version) {
        out.push_str(&format!("{}\n\n", markdown::escape(&line)));
    }
    out.push_str(&format!(
        "|{}\n|{}\n",
        " No. | Key |".repeat(ROW.min(version.paper.items.len())),
        " --: | --- |".repeat(ROW.min(version.paper.items.len()))
    ));
    for (r, row) in version.paper.items.chunks(ROW).enumerate() {
        let cells: String =
            row.iter().enumerate().map(|(i, item)| format!(" {} | **{}** |", r * ROW + i + 1, letters(item))).collect();
        out.push_str(&format!("|{cells}\n"));
    }
    out.push_str("\n## By domain\n\n");
    for (title, numbers) in by_domain(version) {
        out.push_str(&format!("- {} ({}): {}\n", markdown::escape(&title), numbers.len(), listed(&numbers)));
    }
    out.push_str("\n## Answers with rationales\n");
    for (i, item) in version.paper.items.iter().enumerate() {
        out.push_str(&answer_markdown(i + 1, item));
    }
    let sources = sources(version);
    if !sources.is_empty() {
        out.push_str("\n## Sources\n\n");
        sources.iter().for_each(|line| out.push_str(&format!("- {}\n", markdown::escape(line))));
    }
    out.push_str(&format!("\n## About this bank\n\n{}\n", markdown::escape(&rights(version))));
    if let Some(notice) = &version.bank.notice {
        out.push_str(&format!("\n{}\n", markdown::text(notice)));
    }
    out
}

fn answer_markdown(number: usize, item: &Item) -> String {
    let q = &item.question;
    let mut out = format!("\n### {number}: {}\n\n`{}`\n\n{}\n\n", letters(item), q.id, markdown::text(&q.stem));
    if let Some(figure) = &q.figure {
        out.push_str(&format!("{}\n\n", markdown::fenced(figure)));
    }
    for (row, &id) in item.order.iter().enumerate() {
        let Some(choice) = q.choice(id) else { continue };
        let right = if q.is_key(id) { " ✓" } else { "" };
        let mut text = format!("**{}{right}** {}", letter(row), markdown::text(&choice.text));
        if let Some(why) = &choice.why {
            text.push_str(&format!("\n\n{}", markdown::text(why)));
        }
        out.push_str(&format!("{}\n", markdown::item("- ", &text)));
    }
    if let Some(explanation) = &q.explanation {
        out.push_str(&format!("\n{}\n", markdown::text(explanation)));
    }
    for citation in &q.sources {
        out.push_str(&format!("\n{}\n", markdown::escape(&format!("Source: {}", citation.line()))));
    }
    out
}
