//! Findings as SARIF 2.1.0 (OASIS standard), the form in which code-hosting sites take them.

use std::io::{Result, Write};

use serde_json::{Value, json};

use crate::content::rules::explain::{Rule, rules};

use super::Checked;
use super::report::{Place, stretch};

/// One run with all findings.
pub fn write(all: &[Checked], out: &mut impl Write) -> Result<()> {
    let results: Vec<Value> = all.iter().flat_map(|c| results(c).chain(twin(c))).collect();
    let driver = json!({
        "name": env!("CARGO_PKG_NAME"),
        "semanticVersion": env!("CARGO_PKG_VERSION"),
        "rules": rules().map(descriptor).collect::<Vec<_>>(),
    });
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{ "tool": { "driver": driver }, "columnKind": "unicodeCodePoints", "results": results }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn descriptor(rule: &Rule) -> Value {
    let full = [Some(rule.reason), rule.published.map(|_| "Published:"), rule.published];
    let full: Vec<&str> = full.into_iter().flatten().collect();
    json!({
        "id": rule.code.to_string(),
        "shortDescription": { "text": rule.title },
        "fullDescription": { "text": full.join(" ") },
        "help": { "text": format!("Before:\n{}\n\nAfter:\n{}", rule.before, rule.after) },
    })
}

fn results(checked: &Checked) -> impl Iterator<Item = Value> {
    checked.findings.iter().map(|f| {
        let place = location(&stretch(checked, f.file, &f.span));
        // One text: viewers show no other field beside it.
        let text = f.help.as_ref().map_or_else(|| f.message.clone(), |help| format!("{}: {help}", f.message));
        let mut result = result(&f.code.to_string(), f.severity.label(), &text, place);
        if let Some((file, span, label)) = &f.related {
            let mut place = location(&stretch(checked, *file, span));
            place["message"] = json!({ "text": label });
            result["relatedLocations"] = json!([place]);
        }
        result
    })
}

fn result(code: &str, level: &str, text: &str, location: Value) -> Value {
    let index = rules().position(|r| r.code.to_string() == code);
    json!({
        "ruleId": code,
        "ruleIndex": index,
        "level": level,
        "message": { "text": text },
        "locations": [location],
    })
}

fn twin(checked: &Checked) -> Option<Value> {
    let place = json!({ "physicalLocation": { "artifactLocation": { "uri": uri(&checked.path) } } });
    Some(result("S04", "error", &checked.twin_message()?, place))
}

fn location(place: &Place) -> Value {
    json!({ "physicalLocation": {
        "artifactLocation": { "uri": uri(&place.path) },
        "region": {
            "startLine": place.line,
            "startColumn": place.column,
            "endLine": place.end_line,
            "endColumn": place.end_column,
        },
    } })
}

/// A path as a relative URI, or a file URI if it is absolute; what a URI may not hold is escaped.
fn uri(path: &str) -> String {
    let path = if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() };
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.strip_prefix("./").unwrap_or(&path).bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::uri;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("./a b/c.toml"), "a%20b/c.toml");
        assert_eq!(uri("/é.toml"), "file:///%C3%A9.toml");
    }
}
