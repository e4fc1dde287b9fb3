//! The study guide: contents, then each module on pages of its own.

use crate::engine::bank::{Bank, Module};
use crate::engine::guide::{Guide, Section};
use crate::engine::slug::Slug;

use super::page::Page;
use super::{html, markdown};

const STYLE: &str = include_str!("guide.css");

/// A module with its guide, and its number in the bank from 1.
struct Chapter<'b> {
    number: usize,
    module: &'b Module,
    guide: &'b Guide,
}

impl Chapter<'_> {
    fn title(&self) -> String {
        self.guide.title.as_ref().unwrap_or(&self.module.title).one_line()
    }

    /// Where a section stands in the page; no slug has two hyphens in a row.
    fn anchor(&self, section: &Section) -> String {
        format!("{}--{}", self.module.id, section.slug)
    }
}

/// The modules of the bank that have a guide; only these, if some are named.
fn chapters<'b>(bank: &'b Bank, only: &[Slug]) -> Vec<Chapter<'b>> {
    let wanted = |module: &Module| only.is_empty() || only.contains(&module.id);
    let modules = bank.modules.iter().enumerate().filter(|(_, module)| wanted(module));
    modules.filter_map(|(i, module)| Some(Chapter { number: i + 1, module, guide: module.guide.as_deref()? })).collect()
}

/// The guides of the named modules, or of all, as a page.
pub fn html(bank: &Bank, only: &[Slug]) -> String {
    let chapters = chapters(bank, only);
    let title = bank.title.one_line();
    let contents: String = chapters.iter().map(contents_html).collect();
    let texts: String = chapters.iter().map(chapter_html).collect();
    let licence = bank.license.as_ref().map_or(String::new(), |l| format!("Licence: {}. ", l.one_line()));
    let notice = bank.notice.as_ref().map_or(String::new(), html::text);
    let body = format!(
        "<header>\n<h1>{}: study guide</h1>\n<p>{}</p>\n</header>\n<nav aria-label=\"Contents\">\n<h2>Contents</h2>\n\
         <ol class=\"contents\">\n{contents}</ol>\n</nav>\n<section class=\"small\" aria-label=\"About this guide\">\n<p>{}</p>\n{notice}</section>\n\
         {texts}",
        html::escape(&title),
        html::escape(&format!("{} {}", bank.id, bank.version)),
        html::escape(licence.trim_end()),
    );
    Page {
        title: format!("{title}: study guide"),
        language: bank.language.as_ref(),
        style: STYLE,
        margins: ["Study guide".into(), format!("{} {}", bank.id, bank.version), String::new()],
        body,
    }
    .html()
}

fn contents_html(chapter: &Chapter) -> String {
    let section = |s: &Section| {
        format!("<li><a href=\"#{}\">{}</a></li>\n", chapter.anchor(s), html::escape(&s.title.one_line()))
    };
    let sections: String = chapter.guide.sections.iter().map(section).collect();
    let sections = if sections.is_empty() { sections } else { format!("\n<ul>\n{sections}</ul>\n") };
    format!(
        "<li value=\"{}\"><a href=\"#{}\">{}</a>{sections}</li>\n",
        chapter.number,
        chapter.module.id,
        html::escape(&chapter.title())
    )
}

fn chapter_html(chapter: &Chapter) -> String {
    let section = |s: &Section| {
        let title = html::escape(&s.title.one_line());
        format!("<section>\n<h3 id=\"{}\">{title}</h3>\n{}</section>\n", chapter.anchor(s), html::blocks(&s.blocks))
    };
    let sections: String = chapter.guide.sections.iter().map(section).collect();
    format!(
        "<section class=\"module\">\n<h2 id=\"{}\">{}. {}</h2>\n{}{sections}</section>\n",
        chapter.module.id,
        chapter.number,
        html::escape(&chapter.title()),
        html::blocks(&chapter.guide.opening),
    )
}

/// The same as Markdown.
pub fn markdown(bank: &Bank, only: &[Slug]) -> String {
    let chapters = chapters(bank, only);
    let title = markdown::escape(&bank.title.one_line());
    let mut out = format!("# {title}: study guide\n\n{}\n", markdown::escape(&format!("{} {}", bank.id, bank.version)));
    for chapter in &chapters {
        out.push_str(&format!("\n## {}. {}\n", chapter.number, markdown::escape(&chapter.title())));
        if !chapter.guide.opening.is_empty() {
            out.push_str(&format!("\n{}\n", markdown::blocks(&chapter.guide.opening)));
        }
        for section in &chapter.guide.sections {
            let title = markdown::escape(&section.title.one_line());
            out.push_str(&format!("\n### {title}\n\n{}\n", markdown::blocks(&section.blocks)));
        }
    }
    if let Some(licence) = &bank.license {
        out.push_str(&format!("\n* * *\n\nLicence: {}\n", markdown::escape(&licence.one_line())));
    }
    if let Some(notice) = &bank.notice {
        out.push_str(&format!("\n{}\n", markdown::text(notice)));
    }
    out
}
