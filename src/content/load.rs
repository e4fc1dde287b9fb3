//! From the files of a bank to a [`Bank`] and everything that is wrong with them, in one pass.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use crate::engine::bank::{Bank, Domain, ExamRules, Module, MultiAnswer};
use crate::engine::question::{Choice, Kind, Question};
use crate::engine::slug::Slug;
use crate::engine::text::Text;

use super::beside::{Beside, plain_name};
use super::diagnostic::{Code, Diagnostic, Span};
use super::guide::{ReadGuide, read_guide};
use super::quota::Quota;
use super::raw::{MAX_QUESTIONS, RawAnswer, RawBank, RawFiles, RawQuestion};
use super::raw_shared::{read_source, resolve};
use super::rules::item::Month;
use super::rules::{advice, guide, structure};
use super::source::SourceFile;

/// A bank that was loaded as far as it is sound.
#[derive(Debug)]
pub struct Loaded {
    /// The bank; `None` if its header is missing or broken.
    pub bank: Option<Bank>,
    /// How many questions a student does not get.
    pub left_out: usize,
    /// Everything that was found, in the order of the files.
    pub findings: Vec<Diagnostic>,
    /// The files that the findings point into: the bank's, then its guides.
    pub files: Vec<SourceFile>,
    /// The names that the bank gives its guides, in the order of their files.
    pub guides: Vec<String>,
    /// Whether the bank may list a domain or a module that could not be read.
    pub names_in_doubt: bool,
}

/// Loads a bank from its files, without its guides. What is wrong with one question keeps no other from loading.
pub fn load(files: Vec<SourceFile>) -> Loaded {
    load_with_guides(files, &Beside::Nowhere)
}

/// Loads a bank with the guides that lie beside its files.
pub fn load_with_guides(files: Vec<SourceFile>, beside: &Beside) -> Loaded {
    let (mut loaded, _, quota) = load_tables(files, beside);
    finish(&mut loaded, &quota);
    loaded
}

/// Loads a bank and looks at how it is written as well, for its author.
pub fn load_with_advice(files: Vec<SourceFile>, beside: &Beside, today: Month) -> Loaded {
    load_for_author(files, beside, today).0
}

/// What an author wants to know beside.
#[derive(Debug)]
pub struct Written {
    /// Where each question is written, in the order of the files, sound or not: its id, its file, its place.
    pub questions: Vec<(Option<Slug>, usize, Span)>,
    /// The guides that the modules name, whether they are there or not.
    pub guides: Vec<Text>,
}

/// The same, and where everything is written.
pub fn load_for_author(files: Vec<SourceFile>, beside: &Beside, today: Month) -> (Loaded, Written) {
    let (mut loaded, raw, quota) = load_tables(files, beside);
    if let Some(bank) = loaded.bank.as_ref().filter(|_| !raw.broken_top) {
        structure::s01_no_questions(&raw, &mut loaded.findings);
        quota.append(&mut loaded.findings, advice(&raw, bank, &loaded.files, today));
    }
    finish(&mut loaded, &quota);
    let guides = raw.modules.into_iter().filter_map(|module| Some(module.guide?.value)).collect();
    let questions = raw.questions.into_iter().map(|q| (q.id.map(|id| id.value), q.file, q.span.start..q.end)).collect();
    (loaded, Written { questions, guides })
}

/// Brings the findings into the order of the files.
fn finish(loaded: &mut Loaded, quota: &Quota) {
    let last = loaded.files.len().saturating_sub(1);
    quota.tell(last, loaded.files.last().map_or(0, |f| f.text.len()), &mut loaded.findings);
    loaded.findings.sort_by_key(|f| (f.file, f.span.start, f.code));
}

/// Loads a bank; its tables are given back too, for the advice, and how many more findings are kept.
fn load_tables(mut files: Vec<SourceFile>, beside: &Beside) -> (Loaded, RawFiles, Quota) {
    let (mut findings, quota) = (Vec::new(), Quota::default());
    let mut raw = RawFiles::default();
    for (file, source) in files.iter().enumerate() {
        raw.lost += read_source(file, source, &mut raw, &mut findings, &quota);
    }
    let mut left_out = raw.lost;
    missing_header(&files, &raw, &mut findings);
    structure::s04_areas_given_twice(&raw, &mut findings);
    let with_guides = *beside != Beside::Nowhere;
    let guides = if with_guides { read_guides(&mut raw, &mut files, beside, &mut findings) } else { Vec::new() };
    left_out += raw.beyond;
    let mut twice = structure::s04_ids_given_twice(&raw.questions).into_iter().peekable();
    let listed = structure::Listed::of(&raw);
    let language = raw.bank.as_ref().and_then(|b| b.header.language.as_ref()).map(Text::as_str);
    let (mut questions, mut tops) = (Vec::new(), HashSet::new());
    let quota = quota.again(findings.len());
    for (i, q) in raw.questions.iter().enumerate() {
        let mut own = q.findings.clone();
        structure::question(q, language, &mut own);
        let mut names = Vec::new();
        if raw.bank.is_some() {
            structure::s07_names_listed_nowhere(q, &raw, &listed, &mut names);
            if with_guides {
                guide::s13_links_that_lead_nowhere(q, &raw, &mut names);
            }
        } // without a header no name is listed, and that is said once
        own.extend(twice.next_if(|(at, _)| *at == i).map(|(_, finding)| finding)); // they come in this order
        if i == MAX_QUESTIONS {
            own.push(
                Diagnostic::error(Code::S00, q.file, q.span.clone(), "the bank has more than a million questions")
                    .help("this one and all after it are left out: make two banks of it"),
            );
        }
        let sound = !own.iter().chain(&names).any(|f| f.leaves_out) && i < MAX_QUESTIONS;
        match sound.then(|| question(q, &raw)).flatten() {
            Some(question) => questions.push(Arc::new(question)),
            None => left_out += 1,
        }
        quota.append(&mut findings, own);
        if !raw.names_in_doubt() {
            // What stands at the top of a file is read with each of its questions.
            names.retain(|f| f.span.start >= q.span.start || tops.insert((f.file, f.span.start, f.code)));
            quota.append(&mut findings, names);
        } // else the name may be listed there: what cannot be read is said first
    }
    let bank = bank(&raw, questions);
    if bank.is_some() && !raw.names_in_doubt() {
        structure::s10_blueprint_beyond_stock(&raw, &mut findings);
    }
    let names_in_doubt = raw.names_in_doubt();
    (Loaded { bank, left_out, findings, files, guides, names_in_doubt }, raw, quota)
}

/// Reads the guides that the modules name; they become files of the load, so that findings can point into them. Their
/// names are given back. A guide that several modules name is read once.
fn read_guides(
    raw: &mut RawFiles,
    files: &mut Vec<SourceFile>,
    beside: &Beside,
    findings: &mut Vec<Diagnostic>,
) -> Vec<String> {
    let mut names = Vec::new();
    let mut known: HashMap<String, ReadGuide> = HashMap::new();
    for module in &mut raw.modules {
        let Some(path) = &module.guide else { continue };
        let name = plain_name(path.value.as_str());
        if let Some(read) = known.get(&name) {
            module.read = Some(read.clone());
            continue;
        }
        match beside.read(path.value.as_str()) {
            Ok(source) => {
                let mut read = read_guide(files.len(), &source, findings);
                Arc::make_mut(&mut read.guide).path = path.value.clone();
                files.push(source);
                names.push(name.clone());
                known.insert(name, read.clone());
                module.read = Some(read);
            }
            Err(error) => guide::s13_a_guide_that_cannot_be_read(module, &error, findings),
        }
    }
    names
}

fn missing_header(files: &[SourceFile], raw: &RawFiles, findings: &mut Vec<Diagnostic>) {
    let syntax_error = findings.iter().any(|f| f.code == Code::S00);
    match &raw.bank {
        None if !files.is_empty() && !syntax_error => {
            findings.push(Diagnostic::error(Code::S07, 0, 0..0, "there is no [bank] table").help(
                "a bank begins with [bank] and its id, title and version; is this one file of a bank? Name its folder",
            ))
        }
        Some(bank) if raw.domains.is_empty() && !raw.broken_top => findings.push(
            Diagnostic::error(Code::S07, bank.header.file, bank.header.span.clone(), "the bank lists no [[domains]]")
                .help("list the exam's content areas, at least one, with id, title and weight"),
        ),
        _ => {}
    }
}

fn bank(raw: &RawFiles, questions: Vec<Arc<Question>>) -> Option<Bank> {
    let RawBank { header, notice } = raw.bank.as_ref().filter(|_| !raw.newer_format)?;
    let mut domains: Vec<Domain> = Vec::new();
    for d in &raw.domains {
        if !domains.iter().any(|known| known.id == d.id.value) {
            domains.push(Domain { id: d.id.value.clone(), title: d.title.clone(), weight: d.weight.value });
        }
    }
    let mut modules: Vec<Module> = Vec::new();
    for m in &raw.modules {
        if !modules.iter().any(|known| known.id == m.id.value) {
            modules.push(Module {
                id: m.id.value.clone(),
                title: m.title.clone(),
                guide: m.read.as_ref().map(|r| r.guide.clone()),
            });
        }
    }
    Some(Bank {
        id: header.id.as_ref()?.value.clone(),
        title: header.title.clone()?,
        version: header.version.clone()?,
        language: header.language.clone(),
        authors: header.authors.clone(),
        license: header.license.clone(),
        description: header.description.clone(),
        notice: notice.clone(),
        exam: exam_rules(raw, questions.len()),
        domains,
        modules,
        questions,
    })
}

/// The `[exam]` table; what it leaves open is a hundred questions or all there are, 72 seconds each, and 70 percent.
fn exam_rules(raw: &RawFiles, stock: usize) -> ExamRules {
    let exam = raw.exam.as_ref();
    let questions = exam.and_then(|e| e.questions.as_ref()).map_or_else(|| stock.clamp(1, 100), |q| q.value as usize);
    let minutes = exam.and_then(|e| e.minutes).map_or_else(|| (questions as u32 * 6).div_ceil(5), |m| m as u32);
    ExamRules {
        questions,
        minutes,
        pass_percent: exam.and_then(|e| e.pass_percent).map_or(70, |p| p as u32),
        multi_answer: exam.and_then(|e| e.multi_answer).unwrap_or(MultiAnswer::AllOrNothing),
    }
}

fn question(q: &RawQuestion, raw: &RawFiles) -> Option<Question> {
    let text = |t: &Option<super::fields::At<Text>>| t.as_ref().map(|t| t.value.clone());
    let choice = |c: &super::raw::RawChoice| Choice {
        text: c.text.value.clone(),
        why: text(&c.why),
        pinned_last: c.pinned_last,
    };
    let (kind, keys, mut choices) = match &q.answer.as_ref()?.value {
        RawAnswer::One(key) => (Kind::Single, 1, vec![choice(key)]),
        RawAnswer::Many(keys) => (Kind::Multi, keys.len(), keys.iter().map(choice).collect()),
        RawAnswer::Judged(right) => (Kind::TrueFalse, 1, judged(*right)),
    };
    choices.extend(q.distractors.iter().map(choice));
    Some(Question {
        id: q.id.as_ref()?.value.clone(),
        domain: q.domain.as_ref()?.value.clone(),
        module: q.module.as_ref().map(|m| m.value.clone()),
        kind,
        stem: text(&q.stem)?,
        figure: text(&q.figure),
        choices,
        keys,
        shuffle: q.shuffle && kind != Kind::TrueFalse,
        explanation: text(&q.explanation),
        sources: resolve(&q.sources, &raw.sources),
        level: q.level,
        objective: q.objective.clone(),
        tags: q.tags.clone(),
        enemies: q.enemies.iter().map(|e| e.value.clone()).collect(),
        reviewed: text(&q.reviewed),
        guide: q.guide.as_ref().map(|g| g.value.clone()),
    })
}

/// The two options of a claim: the right one first, as the engine wants it; on the screen True stands first.
fn judged(right: bool) -> Vec<Choice> {
    let option =
        |value: bool| Choice { text: Text::new(if value { "True" } else { "False" }), why: None, pinned_last: !value };
    vec![option(right), option(!right)]
}
