//! What a browser makes of the pages: PDF on A4 and on Letter. `tests/print.sh` runs this where Chromium is.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use examdeck::content::library::{gather, gather_decks};
use examdeck::engine::draw::{Request, versions};
use examdeck::engine::guide::Block;
use examdeck::engine::markup;
use examdeck::engine::paper::letter;
use examdeck::engine::text::Text;
use examdeck::publish::version::Version;
use examdeck::publish::{answer_sheet, cards, guide, key, paper};

use crate::compact;

/// The sizes of paper, and their measures in points.
const SIZES: [(&str, &str); 2] = [("A4", "594.96 x 841.92"), ("letter", "612 x 792")];

/// Runs a program and gives what it prints.
fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}"));
    assert!(output.status.success(), "{program} {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Chromium on `page`, without a window, a network or a profile.
fn chromium(folder: &Path, page: &Path, arguments: &[&str]) -> String {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"];
    let offline = ["--disable-background-networking", "--disable-component-update", "--disable-sync"];
    let page = format!("file://{}", page.display());
    run("chromium", &[&quiet[..], &offline, &[&profile], arguments, &[&page]].concat())
}

/// A document that was printed.
struct Pdf {
    /// The text of each page, set as on the page.
    pages: Vec<String>,
}

impl Pdf {
    /// Prints `html` and checks what holds for every document.
    fn of(name: &str, html: &str, (size, points): (&str, &str)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (page, pdf) = (folder.path().join("page.html"), folder.path().join("page.pdf"));
        let sized = html.replacen("</style>", &format!("@page {{ size: {size}; }}</style>"), 1);
        fs::write(&page, sized).expect("it can be written");
        let to = format!("--print-to-pdf={}", pdf.display());
        chromium(folder.path(), &page, &["--no-pdf-header-footer", &to]);
        let shown = |path: &PathBuf| path.to_str().expect("test paths are text").to_owned();
        let info = run("pdfinfo", &[&shown(&pdf)]);
        let told = |what: &str| {
            let line = info.lines().find_map(|l| l.strip_prefix(what)).unwrap_or_else(|| panic!("{what} in {info}"));
            line.trim().to_owned()
        };
        assert_eq!(told("Tagged:"), "yes", "{name}: tagged for screen readers");
        assert!(told("Page size:").starts_with(points), "{name}: {}", told("Page size:"));
        assert_eq!(told("Title:"), title(html), "{name}");
        let text = run("pdftotext", &["-layout", "-enc", "UTF-8", &shown(&pdf), "-"]);
        let pages: Vec<String> = text.trim_end_matches('\u{c}').split('\u{c}').map(String::from).collect();
        assert_eq!(told("Pages:"), pages.len().to_string(), "{name}");
        for (i, page) in pages.iter().enumerate() {
            let number = format!("Page {} of {}", i + 1, pages.len());
            assert!(page.contains(&number), "{name} on {size}: {number} in {page}");
        }
        println!("{name} on {size}: {} pages", pages.len());
        Self { pages }
    }

    /// The pages without white space.
    fn compact(&self) -> Vec<String> {
        self.pages.iter().map(|p| compact(p)).collect()
    }
}

fn title(html: &str) -> String {
    crate::plain(html.split("<title>").nth(1).and_then(|t| t.split("</title>").next()).expect("a title"))
}

/// What a reader sees of a text, without white space.
fn seen(text: &Text) -> String {
    let blocks = markup::blocks(text.as_str());
    compact(&blocks.iter().flat_map(|b| &b.runs).map(|r| r.text.as_str()).collect::<String>())
}

/// A long exam of the bank that ships: paper, sheet and key of a version.
#[test]
#[ignore = "needs Chromium and poppler: tests/print.sh"]
fn an_exam_keeps_each_question_on_a_page_with_its_number() {
    let bank = &gather(Path::new("nowhere"), &[]).entries[0].bank.clone();
    let papers = versions(bank, &Request { questions: 100, ..Request::default() }, 7, 2);
    let version = Version { bank, paper: &papers[1], number: 1 };
    for size in SIZES {
        let pdf = Pdf::of("paper", &paper::html(&version), size);
        assert!((15..=25).contains(&pdf.pages.len()), "{} pages", pdf.pages.len());
        assert!(pdf.pages.iter().all(|p| p.contains("Version B")));
        let pages = pdf.compact();
        for (i, item) in version.paper.items.iter().enumerate() {
            let stem = seen(&item.question.stem);
            let last = item.question.choice(item.order[item.order.len() - 1]).expect("it has options");
            let last = format!("{}.{}", letter(item.order.len() - 1), seen(&last.text));
            let numbered = format!("{}{}", i + 1, stem.chars().take(12).collect::<String>());
            let page = pages.iter().find(|p| p.contains(&stem));
            let page = page.unwrap_or_else(|| panic!("question {} is split or lost: {stem}", i + 1));
            assert!(page.contains(&numbered), "the number {} stands at its stem: {page}", i + 1);
            let after = &page[page.find(&stem).expect("it was found")..];
            assert!(after.contains(&last), "question {} ends on its page: {last} in {after}", i + 1);
        }
        let sheet = Pdf::of("answer sheet", &answer_sheet::html(&version), size);
        assert_eq!(sheet.pages.len(), 1, "a sheet for 100 questions");
        let rows = sheet.compact().concat();
        let letters: String = (0..version.width()).map(letter).collect();
        (1..=100).for_each(|n| assert!(rows.contains(&format!("{n}{letters}")), "row {n} in {rows}"));
        // Columns begin with a group of five, so that their rows stand level.
        let level: Vec<String> = sheet.pages[0].lines().map(compact).collect();
        for n in 1..=30 {
            let beside = [n, n + 35, n + 70].map(|n| format!("{n}{letters}"));
            assert!(level.iter().any(|line| beside.iter().all(|row| line.contains(row))), "{beside:?} in {level:?}");
        }
    }
    let pdf = Pdf::of("key", &key::html(&version), SIZES[0]);
    assert!(pdf.pages.iter().all(|p| p.contains("Version B")));
    let pages = pdf.compact();
    for (i, item) in version.paper.items.iter().enumerate() {
        let head = format!("{}{}({})", i + 1, compact(&key::letters(item)), item.question.id);
        let page = pages.iter().find(|p| p.contains(&head)).unwrap_or_else(|| panic!("no {head}"));
        assert!(page.contains(&seen(&item.question.stem)), "{head} has its stem");
    }
    let end = pages.concat();
    assert!(end.contains(&seen(bank.notice.as_ref().expect("it has one"))));
}

/// The deck that ships: a sheet's fronts and backs on two pages, and no text larger than its cell.
#[test]
#[ignore = "needs Chromium and poppler: tests/print.sh"]
fn cards_are_whole_and_their_backs_lie_behind_them() {
    let deck = &gather_decks(Path::new("nowhere"), &[]).entries[0].deck.clone();
    let html = cards::html(deck, None).text;
    let all = deck.cards();
    for size in SIZES {
        let pdf = Pdf::of("cards", &html, size);
        assert_eq!(pdf.pages.len(), html.matches("<section class=\"side").count(), "a page a side");
        let fronts = html.split("<section class=\"side fronts\"").skip(1);
        for (i, section) in fronts.enumerate() {
            let section = section.split("</section>").next().expect("split gives a first part");
            let numbers =
                section.split("<p class=\"number\">").skip(1).filter_map(|n| n.split('<').next()?.parse().ok());
            for number in numbers.collect::<Vec<usize>>() {
                for (side, page) in [("front", &pdf.pages[2 * i]), ("back", &pdf.pages[2 * i + 1])] {
                    let numbered = page.split_whitespace().any(|word| word == number.to_string());
                    assert!(numbered, "the {side} of card {number} of {} is on its page: {page}", all.len());
                }
            }
        }
    }
    assert_eq!(overflowing(&html), "whole: 1692", "cells whose text is larger than they are");
    // The measure finds what it looks for.
    let cramped = html.replacen("font-size: 12pt", "font-size: 60pt", 4);
    assert!(overflowing(&cramped).starts_with("too large: "), "{}", overflowing(&cramped));
}

/// The guide that ships: every section with its words, every drawing line by line.
#[test]
#[ignore = "needs Chromium and poppler: tests/print.sh"]
fn the_guide_is_whole_with_its_drawings() {
    let bank = crate::guide::mrso();
    for size in SIZES {
        let pdf = Pdf::of("guide", &guide::html(&bank, &[]), size);
        assert!((40..=70).contains(&pdf.pages.len()), "{} pages", pdf.pages.len());
        let compact_pages = pdf.compact();
        let mut drawings = 0;
        for guide in bank.modules.iter().filter_map(|m| m.guide.as_ref()) {
            for section in &guide.sections {
                let title = compact(section.title.as_str());
                assert!(compact_pages.iter().filter(|p| p.contains(&title)).count() >= 1, "{title}");
                for drawing in section.blocks.iter().filter_map(|b| if let Block::Code(d) = b { Some(d) } else { None })
                {
                    drawings += 1;
                    let on = |p: &&String| drawing.as_str().lines().all(|l| p.contains(&compact(l)));
                    assert!(compact_pages.iter().find(on).is_some(), "a drawing is on one page: {drawing}");
                }
            }
        }
        assert!(drawings >= 6, "{drawings} drawings");
    }
}

/// Asks the browser which cells hold more text than they have room for.
fn overflowing(html: &str) -> String {
    const MEASURE: &str = "<script>
        const sides = [...document.querySelectorAll('.cells > li')];
        const large = sides.filter(li => {
            const text = li.querySelector('.text');
            return text.scrollHeight > text.clientHeight + 1 || text.scrollWidth > text.clientWidth + 1;
        });
        document.title = large.length ? 'too large: ' + large.map(li => li.innerText) : 'whole: ' + sides.length;
    </script></body>";
    let folder = tempfile::tempdir().expect("a folder");
    let page = folder.path().join("page.html");
    // The page itself forbids scripts.
    let free = html.replacen("http-equiv=\"Content-Security-Policy\"", "name=\"none\"", 1).replace("</body>", MEASURE);
    fs::write(&page, free).expect("it can be written");
    title(&chromium(folder.path(), &page, &["--dump-dom"]))
}
