//! Guides: that they can be read, that links into them lead somewhere, and that each section has its questions.

use std::collections::HashSet;

use crate::engine::guide::GuideRef;

use super::super::diagnostic::{Code, Diagnostic};
use super::super::fields::nearest;
use super::super::raw::{RawFiles, RawModule, RawQuestion};
use super::super::source::ReadError;
use super::bank::Stock;
use super::names::some;

type Findings = Vec<Diagnostic>;

/// The module stays, without a guide.
pub fn s13_a_guide_that_cannot_be_read(module: &RawModule, error: &ReadError, out: &mut Findings) {
    let Some(path) = &module.guide else { return };
    let cause = std::error::Error::source(error).map_or(String::new(), |cause| format!(": {cause}"));
    out.push(
        Diagnostic::error(Code::S13, module.file, path.span.clone(), format!("{error}{cause}"))
            .kept()
            .help("name a Markdown file in the bank's folder, or remove `guide`"),
    );
}

/// The question stays; what is broken is the way to its explanation. A guide that cannot be read is said once, where it
/// is named.
pub fn s13_links_that_lead_nowhere(q: &RawQuestion, raw: &RawFiles, out: &mut Findings) {
    let Some(link) = &q.guide else { return };
    let mut say = |message: String, near: Option<&str>, help: String| {
        let finding = Diagnostic::error(Code::S13, q.file, link.span.clone(), message).kept();
        out.push(finding.help(near.map_or(help, |near| format!("did you mean `{near}`?"))));
    };
    let (wanted, section) = (&link.value.module, &link.value.section);
    let Some(module) = raw.modules.iter().find(|m| m.id.value == *wanted) else {
        let known: Vec<&str> = raw.modules.iter().map(|m| m.id.value.as_str()).collect();
        let near = nearest(wanted.as_str(), &known);
        return say(
            format!("`guide` names the module `{wanted}`, which is not listed"),
            near,
            format!("modules: {}", some(&known)),
        );
    };
    match (&module.guide, &module.read) {
        (None, _) => say(
            format!("the module `{wanted}` has no guide"),
            None,
            "name its file: guide = \"….md\" in its [[modules]]".into(),
        ),
        (Some(_), Some(read)) if read.guide.find(section).is_none() => {
            let known: Vec<&str> = read.guide.sections.iter().map(|s| s.slug.as_str()).collect();
            let near = nearest(section.as_str(), &known);
            say(
                format!("the guide of `{wanted}` has no section `{section}`"),
                near,
                format!("sections: {}", some(&known)),
            );
        }
        _ => {}
    }
}

/// What is taught is asked: a section without a question is not practised, and cannot be drilled. A question that is left
/// out for an error belongs to its section all the same; of one that cannot be read nobody knows the section.
pub fn b10_sections_without_a_question(stock: &Stock<'_>, out: &mut Findings) {
    if stock.raw.lost > 0 {
        return;
    }
    let asked: HashSet<_> = stock.raw.questions.iter().filter_map(|q| Some(&q.guide.as_ref()?.value)).collect();
    for module in &stock.raw.modules {
        let Some(read) = &module.read else { continue };
        for (section, heading) in read.guide.sections.iter().zip(&read.headings) {
            let link = GuideRef { module: module.id.value.clone(), section: section.slug.clone() };
            if !asked.contains(&link) {
                let message = format!("no question belongs to the section `{link}`");
                out.push(
                    Diagnostic::warning(Code::B10, read.file, heading.clone(), message)
                        .help("link one, with `guide` in the question or at the top of its file, or write one"),
                );
            }
        }
    }
}
