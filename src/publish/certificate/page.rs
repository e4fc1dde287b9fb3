//! The page, made of nothing but the sealed data.
//!
//! It has a frame and a style sheet of its own, and shares none with what is printed else: a certificate of today must be
//! the same to the byte in every later version of the program.

use crate::publish::html::escape;

use super::qr;
use super::seal::Sealed;
use super::words::{self, harmless};

const STYLE: &str = include_str!("page.css");
/// A longer name or title is set smaller.
const LONG: usize = 42;
/// What stands before and after the data, and the signature.
const DATA: (&str, &str) = ("<script type=\"application/json\" id=\"data\">\n", "\n</script>\n");
const SEAL: (&str, &str) = ("<script type=\"application/json\" id=\"signature\">\n", "\n</script>\n");

impl Sealed {
    /// The whole file.
    pub fn html(&self) -> String {
        let data = &self.data;
        format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"generator\" content=\"examdeck {}\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n\
             </head>\n<body>\n<main>\n{}{}{}</main>\n{}{}{}{}{}{}</body>\n</html>\n",
            escape(&harmless(&data.program)),
            escape(&format!("Practice certificate of {}: {}", harmless(&data.name), words::title(data))),
            self.head(),
            self.facts(),
            self.foot(),
            DATA.0,
            self.data_json(),
            DATA.1,
            SEAL.0,
            self.seal_json(),
            SEAL.1,
        )
    }

    fn head(&self) -> String {
        let data = &self.data;
        let size = |text: &str| if text.chars().count() > LONG { " long" } else { "" };
        let (name, title) = (harmless(&data.name), words::title(data));
        format!(
            "<header>\n<h1>Practice certificate</h1>\n\
             <p class=\"not\">Of the program examdeck. It is not the examining board's and gives no qualification.</p>\n</header>\n\
             <div class=\"who\">\n<p class=\"name{}\"><bdi>{}</bdi></p>\n\
             <p>passed a full-length mock exam, timed, no answer shown before the end, on the question bank</p>\n\
             <p class=\"title{}\"><bdi>{}</bdi></p>\n<p>{}, version {}</p>\n\
             <p class=\"score\">{}</p>\n<p>Practice pass mark {} %</p>\n</div>\n",
            size(&name),
            escape(&name),
            size(&title),
            escape(&title),
            escape(&harmless(&data.bank.id)),
            escape(&harmless(&data.bank.version)),
            escape(&words::points(data.score.millipoints, data.score.of)),
            data.score.pass_percent,
        )
    }

    fn facts(&self) -> String {
        let data = &self.data;
        let facts = [
            ("Date", words::date(data)),
            ("Questions", data.answers.len().to_string()),
            ("Time limit", words::limit(data)),
            ("Extra time", words::extra_time(data)),
            ("Time used", words::used(data)),
            ("Pauses", words::pauses(data)),
            ("Paper", words::seed(data)),
            ("Sitting", harmless(&data.exam)),
        ];
        let rows: String =
            facts.iter().map(|(what, fact)| format!("<dt>{what}</dt><dd>{}</dd>\n", escape(fact))).collect();
        format!("<dl>\n{rows}</dl>\n")
    }

    fn foot(&self) -> String {
        let (code, key) = (self.code(), self.fingerprint());
        let qr = qr::svg(&format!("EXAMDECK CERTIFICATE {code} KEY {key}"), "The code and the key as a QR code");
        format!(
            "<footer>\n{qr}\n<div>\n<p>Code <code>{code}</code> · signed with the student's own key <code>{key}</code></p>\n\
             <p class=\"small\">Bank's SHA-256 <code>{}</code></p>\n\
             <p>This file holds the questions' names, the answers and the signature. \
             <code>examdeck certificate verify</code> marks the answers again. It proves that they give this score on this \
             bank and that nothing has changed since they were signed; it does not prove who sat, with what help, or that \
             anybody else kept the time.</p>\n</div>\n</footer>\n",
            escape(&harmless(&self.data.bank.sha256)),
        )
    }
}

/// The data and the signature in a file, as they are written there; `None` if it is no certificate.
pub(super) fn parts(file: &str) -> Option<(&str, &str)> {
    let between = |(begin, end): (&str, &str)| file.split_once(begin)?.1.split_once(end).map(|(text, _)| text);
    Some((between(DATA)?, between(SEAL)?))
}
