//! What a browser makes of the page: one landscape page on A4 and on Letter. Run where Chromium and poppler are:
//! `cargo test --test certificate -- --ignored`.

use std::fs;
use std::process::Command;

use super::*;

fn run(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output().unwrap_or_else(|e| panic!("{program}: {e}"));
    assert!(output.status.success(), "{program}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
#[ignore = "needs Chromium and poppler"]
fn it_is_one_landscape_page_with_all_its_text() {
    let (_, mut data) = sample();
    for name in ["Ada Lovelace", &"Wolfeschlegelstein ".repeat(5), &"W".repeat(100), &"字".repeat(100)] {
        data.name = name.trim().into();
        data.bank.title = "The whole of the syllabus with its domains ".repeat(5).trim().into();
        data.conditions.pauses = vec![3599; 40];
        let html = Sealed::new(data.clone(), &SECRET).html();
        for (size, points) in [("A4", "841.92 x 594.96"), ("letter", "792 x 612")] {
            let folder = tempfile::tempdir().expect("a folder");
            let path = |name: &str| folder.path().join(name).to_str().expect("text").to_owned();
            let sized = html.replacen("size: landscape", &format!("size: {size} landscape"), 1);
            fs::write(path("page.html"), sized).expect("written");
            let (profile, pdf) = (format!("--user-data-dir={}", path("profile")), path("page.pdf"));
            let (to, page) = (format!("--print-to-pdf={pdf}"), format!("file://{}", path("page.html")));
            let quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"];
            run("chromium", &[&quiet[..], &[&profile, &to, &page]].concat());
            let info = run("pdfinfo", &[&pdf]);
            let told = |what: &str| info.lines().find_map(|l| l.strip_prefix(what)).expect("told").trim().to_owned();
            assert_eq!((told("Pages:").as_str(), told("Tagged:").as_str()), ("1", "yes"), "{name} on {size}");
            assert!(told("Page size:").starts_with(points), "{name} on {size}: {info}");
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            let text = letters(&run("pdftotext", &["-layout", "-enc", "UTF-8", &pdf, "-"]));
            let sealed = reading(&html).sealed;
            for shown in ["Practicecertificate", "anybodyelsekeptthetime.", &sealed.code(), &sealed.fingerprint()] {
                assert!(text.contains(shown), "{name} on {size}: {shown} is cut off in {text}");
            }
        }
    }
}
