//! Markdown → guide: what is shown, what is left out, and what is never let in.

use std::collections::HashSet;
use std::fs;
use std::path::Path;

use examdeck::content::beside::{Beside, MAX_GUIDE};
use examdeck::content::diagnostic::{Code, Diagnostic, render};
use examdeck::content::guide::{ReadGuide, read_guide};
use examdeck::content::load::{Loaded, load, load_with_guides};
use examdeck::content::source::SourceFile;
use examdeck::engine::guide::{Align, Block, Guide};
use examdeck::engine::markup::{Face, Run};
use examdeck::engine::text::Text;
use proptest::prelude::*;

fn read(text: &str) -> (ReadGuide, Vec<Diagnostic>) {
    let mut findings = Vec::new();
    let read = read_guide(0, &SourceFile::new("guide.md", text.into()), &mut findings);
    (read, findings)
}

/// A guide without a finding.
fn guide(text: &str) -> Guide {
    let (read, findings) = read(text);
    assert!(findings.is_empty(), "{findings:#?}");
    (*read.guide).clone()
}

fn words(runs: &[Run]) -> String {
    runs.iter().map(|r| r.text.as_str()).collect()
}

/// All text of some blocks, in order.
fn text(blocks: &[Block]) -> String {
    let each = blocks.iter().map(|block| match block {
        Block::Heading(runs) | Block::Paragraph(runs) => words(runs),
        Block::List { entries, .. } => entries.iter().map(|e| text(e)).collect::<Vec<_>>().join(" "),
        Block::Quote(blocks) => text(blocks),
        Block::Table(table) => {
            let rows = std::iter::once(&table.head).chain(&table.rows);
            rows.flatten().map(|cell| words(cell)).collect::<Vec<_>>().join(" ")
        }
        Block::Code(text) => text.to_string(),
        Block::Rule => String::new(),
    });
    each.collect::<Vec<_>>().join(" ")
}

pub fn all_text(guide: &Guide) -> String {
    let title = guide.title.iter().map(ToString::to_string);
    let sections = guide.sections.iter().map(|s| format!("{} {}", s.title, text(&s.blocks)));
    title.chain([text(&guide.opening)]).chain(sections).collect::<Vec<_>>().join(" ")
}

#[test]
fn of_a_guide_full_of_findings_the_first_thousand_are_listed() {
    let (_, findings) = read(&"<b>".repeat(5000));
    assert_eq!(findings.len(), 1001);
    let last = findings.last().expect("a finding");
    assert_eq!((last.code, last.message.as_str()), (Code::S00, "4000 more findings are not listed"));
}

#[test]
fn headings_make_title_and_sections() {
    let guide =
        guide("# The *field*\n\nWho is hurt.\n\n## Always on\n\nIt is.\n\n### In a quench\n\nNo.\n\n## 5 gauss line\n");
    assert_eq!(guide.title.as_ref().map(Text::as_str), Some("The field"));
    assert_eq!(text(&guide.opening), "Who is hurt.");
    let sections: Vec<_> =
        guide.sections.iter().map(|s| (s.slug.as_str(), s.title.as_str(), text(&s.blocks))).collect();
    assert_eq!(
        sections,
        [
            ("always-on", "Always on", "It is. In a quench No.".to_owned()),
            ("5-gauss-line", "5 gauss line", String::new())
        ]
    );
    assert!(matches!(&guide.sections[0].blocks[1], Block::Heading(runs) if words(runs) == "In a quench"));
}

#[test]
fn everything_that_may_be_written_is_set() {
    let guide = guide(
        "one **two** *three* `four`\nnext line\n\n- a\n- b\n  - c\n\n3. x\n4. y\n\n> box\n>\n> - inside\n\n\
         | L | C | R |\n|:-|:-:|-:|\n| 1 | **2** | 3 |\n\n```text\n+-+\n| |\n```\n\n---\n",
    );
    let [paragraph, bullets, numbers, quote, table, code, rule] = &guide.opening[..] else { panic!("{guide:#?}") };
    let Block::Paragraph(runs) = paragraph else { panic!("{paragraph:?}") };
    let faces: Vec<_> = runs.iter().map(|r| (r.text.as_str(), r.face)).collect();
    assert_eq!(
        faces,
        [
            ("one ", Face::Plain),
            ("two", Face::Strong),
            (" ", Face::Plain),
            ("three", Face::Emphasis),
            (" ", Face::Plain),
            ("four", Face::Code),
            (" next line", Face::Plain)
        ]
    );
    let Block::List { first: None, entries } = bullets else { panic!("{bullets:?}") };
    assert!(matches!(&entries[1][..], [Block::Paragraph(_), Block::List { first: None, .. }]), "{entries:?}");
    let Block::List { first: Some(3), entries } = numbers else { panic!("{numbers:?}") };
    assert_eq!(entries.len(), 2);
    assert!(matches!(quote, Block::Quote(blocks) if blocks.len() == 2), "{quote:?}");
    let Block::Table(table) = table else { panic!("{table:?}") };
    assert_eq!(table.columns, [Align::Left, Align::Centre, Align::Right]);
    assert_eq!((table.head.len(), table.rows.len()), (3, 1));
    assert_eq!(table.rows[0][1][0].face, Face::Strong);
    assert!(matches!(code, Block::Code(text) if text.as_str() == "+-+\n| |"), "{code:?}");
    assert_eq!(*rule, Block::Rule);
}

#[test]
fn what_a_terminal_cannot_show_is_plain_text_and_a_finding() {
    for (source, shown, message) in [
        ("H<sub>2</sub>O", "H2O", "HTML is left out"),
        ("<div>\nstays\n</div>", "<div> stays </div>", "HTML is shown as written"),
        ("see [there](https://example.org/x)", "see there", "a link shows its text only"),
        ("![the zones](z.png)", "the zones", "an image is shown as its description"),
    ] {
        let (read, findings) = read(source);
        assert_eq!(text(&read.guide.opening), shown);
        assert!(findings.iter().all(|f| f.code == Code::S14 && !f.leaves_out), "{findings:?}");
        assert!(findings[0].message.starts_with(message), "{findings:?}");
    }
    for fine in
        ["<https://example.org>", "a <!-- remark --> b", "<!-- a\n\nremark -->\n", "2 < 3 & 4 > 1", "[not a link]"]
    {
        guide(fine);
    }
}

#[test]
fn a_drawing_or_a_table_may_be_72_columns_wide() {
    let drawing = |columns: usize| read(&format!("```\n{}\n```\n", "─".repeat(columns))).1.len();
    assert_eq!((drawing(72), drawing(73)), (0, 1));
    // `| x | y |` with its bars is seven columns more than its words.
    let table = |columns: usize| read(&format!("| a | b |\n|-|-|\n| {} | y |\n", "x".repeat(columns - 8))).1.len();
    assert_eq!((table(72), table(73)), (0, 1));
}

#[test]
fn two_sections_with_one_address_are_found_and_both_can_be_reached() {
    let (read, findings) = read("## Zone IV\n\n## Zone IV 2\n\n## Zone iv!\n\n## Zone IV\n");
    let slugs: Vec<&str> = read.guide.sections.iter().map(|s| s.slug.as_str()).collect();
    assert_eq!(slugs, ["zone-iv", "zone-iv-2", "zone-iv-3", "zone-iv-4"]);
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::S13, Code::S13]);
}

#[test]
fn nothing_raw_comes_through_an_entity_or_a_drawing() {
    let (read, findings) = read("a &#x1b;[31m &#x202e; b\n\n```\n\u{1b}]0;x\u{7}\n```\n\n## \u{202e}x\n");
    let shown = all_text(&read.guide);
    assert_eq!(Text::clean(&shown).1, []);
    assert!(shown.contains("␛[31m") && shown.contains("<U+202E>"), "{shown}");
    assert!(findings.iter().any(|f| f.code == Code::S11), "{findings:?}");
}

#[test]
fn lists_in_lists_end_somewhere() {
    let deep = (0..5_000).map(|i| format!("{}- x{i}\n", "  ".repeat(i % 100))).collect::<String>();
    let quotes = ">".repeat(100_000) + " words\n";
    for source in [deep, quotes] {
        let (read, _) = read(&source);
        let copy = read.guide.clone();
        assert!(all_text(&copy).contains(if source.starts_with('>') { "words" } else { "x99" }));
    }
}

/// A bank with one module whose guide is `path`, and a question in its section.
fn bank(path: &str) -> String {
    format!(
        "[bank]\nid = \"fire\"\ntitle = \"Fire\"\nversion = \"1.0.0\"\n[[domains]]\nid = \"a\"\ntitle = \"A\"\n\
         [[modules]]\nid = \"m1\"\ntitle = \"M\"\nguide = '{path}'\n\
         [[questions]]\nid = \"q\"\ndomain = \"a\"\nguide = \"m1#zone\"\nstem = \"Is it?\"\nanswer = true\n"
    )
}

fn load_at(folder: &Path, guide: &str) -> Loaded {
    load_with_guides(vec![SourceFile::new("bank.toml", bank(guide).into())], &Beside::of(folder))
}

fn told(loaded: &Loaded) -> String {
    let bank = loaded.bank.as_ref().expect("the bank stays");
    assert_eq!((bank.questions.len(), loaded.left_out), (1, 0), "the question stays");
    loaded.findings.iter().map(|f| render(f, &loaded.files, false)).collect()
}

#[test]
fn guides_are_read_under_limits() {
    let outer = tempfile::tempdir().expect("a folder");
    let folder = outer.path().join("bank");
    fs::create_dir(&folder).expect("it can be made");
    let write = |path: &Path, bytes: &[u8]| fs::write(path, bytes).expect("it can be written");
    write(&folder.join("guide.md"), b"## Zone\n");
    write(&folder.join("latin.md"), b"## Zone\n\nna\xefve\n");
    write(&folder.join("large.md"), &[b"## Zone\n".as_slice(), &vec![b'x'; MAX_GUIDE as usize - 7]].concat());
    write(&folder.join("full.md"), &[b"## Zone\n".as_slice(), &vec![b'\n'; MAX_GUIDE as usize - 8]].concat());
    write(&outer.path().join("out.md"), b"## Zone\n");
    for (path, expected) in [
        ("guide.md", ""),
        ("full.md", ""),
        ("latin.md", "this byte is not UTF-8"),
        ("large.md", "is larger than 256 KiB"),
        ("missing.md", "cannot read"),
        (".", "leads out"),
        ("../out.md", "leads out of the bank's folder"),
        ("/etc/passwd", "leads out of the bank's folder"),
    ] {
        let loaded = load_at(&folder, path);
        let told = told(&loaded);
        assert!(told.contains(expected) && told.is_empty() == expected.is_empty(), "{path}: {told}");
        let guide = loaded.bank.and_then(|b| b.modules.first().and_then(|m| m.guide.clone()));
        assert_eq!(guide.is_some(), ["guide.md", "full.md", "latin.md"].contains(&path), "{path}");
    }
    assert!(load(vec![SourceFile::new("bank.toml", bank("x.md").into())]).findings.is_empty(), "not asked for");
}

#[test]
fn a_link_at_the_top_of_a_file_is_told_once() {
    let text = bank("guide.md").replace("guide = \"m1#zone\"\n", "");
    let second = text[text.find("[[questions]]").expect("it has one")..].replace("\"q\"", "\"r\"");
    let text = format!("guide = \"m1#nowhere\"\n{text}{second}");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("guide.md"), "## Zone\n").expect("it can be written");
    let loaded = load_with_guides(vec![SourceFile::new("bank.toml", text.into())], &Beside::of(folder.path()));
    assert_eq!(loaded.findings.len(), 1, "{:?}", loaded.findings);
    assert_eq!(loaded.bank.expect("it stays").questions.len(), 2);
}

#[cfg(unix)]
#[test]
fn links_that_lead_out_pipes_and_folders_are_no_guides() {
    let outer = tempfile::tempdir().expect("a folder");
    let folder = outer.path().join("bank");
    fs::create_dir_all(folder.join("real")).expect("it can be made");
    fs::write(outer.path().join("out.md"), "## Zone\n").expect("it can be written");
    fs::write(folder.join("real/guide.md"), "## Zone\n").expect("it can be written");
    std::os::unix::fs::symlink(outer.path().join("out.md"), folder.join("out.md")).expect("a link");
    std::os::unix::fs::symlink(outer.path(), folder.join("up")).expect("a link");
    std::os::unix::fs::symlink("real/guide.md", folder.join("in.md")).expect("a link");
    for (path, expected) in [
        ("out.md", "leads out of its folder"),
        ("up/out.md", "leads out of its folder"),
        ("real", "is not a regular file"),
        ("in.md", ""),
    ] {
        let told = told(&load_at(&folder, path));
        assert!(told.contains(expected) && told.is_empty() == expected.is_empty(), "{path}: {told}");
    }
}

/// Pieces of Markdown and anything else.
pub fn soup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        4 => prop::sample::select(vec![
            "# ", "## ", "## Zone\n", "### ", "- ", "1. ", "> ", "  ", "\n", "\n\n", "**", "*", "_", "`", "```\n", "~~~", "| a ",
            "|-|-|\n", "|\n", "---\n", "===\n", "<b>", "<!--", "-->", "<div>\n", "![x](", "[y](z)", "&#27;", "&amp;", "\t", "\\",
            "\u{1b}[2J", "\u{202e}", "\u{301}\u{301}", "日本", "e\u{301}",
        ]).prop_map(str::to_owned),
        2 => "[a-z ]{1,8}",
        1 => any::<String>(),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|p| p.concat())
}

fn assert_sound(read: &ReadGuide, findings: &[Diagnostic], source: &SourceFile) {
    let guide = &read.guide;
    let slugs: HashSet<_> = guide.sections.iter().map(|s| &s.slug).collect();
    assert_eq!(slugs.len(), guide.sections.len(), "each section has its own address");
    assert_eq!(read.headings.len(), guide.sections.len());
    assert_eq!(Text::clean(&all_text(guide)).1, [], "nothing raw");
    for finding in findings {
        assert!(source.text.get(finding.span.clone()).is_some(), "{finding:?}");
        assert!(!finding.leaves_out || finding.code != Code::S13);
        render(finding, std::slice::from_ref(source), false);
    }
    check_tables(&guide.opening);
    guide.sections.iter().for_each(|s| check_tables(&s.blocks));
}

fn check_tables(blocks: &[Block]) {
    for block in blocks {
        match block {
            Block::Table(table) => {
                assert!(
                    table.rows.iter().chain([&table.head]).all(|row| row.len() == table.columns.len()),
                    "{table:?}"
                );
            }
            Block::Quote(blocks) => check_tables(blocks),
            Block::List { entries, .. } => entries.iter().for_each(|e| check_tables(e)),
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn any_bytes(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let source = SourceFile::new("guide.md", bytes);
        let mut findings = Vec::new();
        let read = read_guide(0, &source, &mut findings);
        assert_sound(&read, &findings, &source);
    }

    #[test]
    fn any_pieces_of_markdown(text in soup()) {
        let source = SourceFile::new("guide.md", text.into());
        let mut findings = Vec::new();
        let read = read_guide(0, &source, &mut findings);
        assert_sound(&read, &findings, &source);
    }

    /// Plain words are all shown, wherever they stand.
    #[test]
    fn no_word_is_lost(lines in prop::collection::vec("(## |### |- |> |1\\. |)[a-z]{1,6}( [a-z]{1,6}){0,3}", 1..20)) {
        let text = lines.join("\n\n");
        let (read, _) = read(&text);
        let letters = |s: &str| s.chars().filter(char::is_ascii_lowercase).collect::<String>();
        prop_assert_eq!(letters(&all_text(&read.guide)), letters(&text));
    }
}
