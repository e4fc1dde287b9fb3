//! Reading a TOML table field by field: each field's type is checked on its own, and what is left over is reported.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::engine::slug::Slug;
use crate::engine::text::{MAX_MARKS, Text};

use super::diagnostic::{Code, Diagnostic, Span};
use super::format::Table;
use super::quota::Quota;
use super::syntax::over;

/// The longest text of one field, in bytes.
pub const MAX_FIELD: usize = 64 << 10;

/// A value and its place in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stands.
    pub span: Span,
}

/// Where findings go, and where in a file they are.
pub struct Context<'f> {
    /// The file.
    pub file: usize,
    /// Where the parsed piece begins in the file.
    pub base: usize,
    /// The file's text, to point at single characters.
    pub text: &'f str,
    /// The findings so far.
    pub findings: &'f mut Vec<Diagnostic>,
    /// How many more are kept.
    pub quota: &'f Quota,
}

impl Context<'_> {
    /// The place of a parsed value in the file.
    pub fn place(&self, span: Span) -> Span {
        span.start + self.base..span.end + self.base
    }

    /// Reports a finding.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.quota.push(self.findings, diagnostic);
    }

    /// Reports a value that does not fit its field.
    pub fn wrong(&mut self, span: Span, message: impl AsRef<str>) {
        self.push(Diagnostic::error(Code::S07, self.file, span, message));
    }

    /// A string, made harmless; what had to be changed is reported.
    pub fn clean(&mut self, raw: &str, span: Span) -> At<Text> {
        if raw.len() > MAX_FIELD {
            self.push(
                Diagnostic::error(Code::S00, self.file, span.clone(), over("a text", raw.len(), MAX_FIELD))
                    .help("shorten it: nobody reads so much in an exam"),
            );
            return At { value: Text::new("…"), span };
        }
        let (value, mended) = Text::clean(raw);
        if let Some(first) = mended.first() {
            let place = self.point_at(first.character, &span);
            let shown = Text::new(first.character.encode_utf8(&mut [0; 4]));
            // A mark is cut for its company only; by itself it is harmless.
            let (message, help) = if shown.as_str().chars().eq([first.character]) {
                (
                    format!("the text stacks more than {MAX_MARKS} marks on a letter"),
                    "remove some; the others are cut".into(),
                )
            } else {
                let name = format!("U+{:04X}", first.character as u32);
                (
                    format!("the text holds {name}, which is invisible or steers a terminal"),
                    format!("remove it; it is shown as {}", shown.as_str()),
                )
            };
            self.push(Diagnostic::warning(Code::S11, self.file, place, message).help(help));
        }
        if raw.contains('\t') {
            let place = self.point_at('\t', &span);
            self.push(
                Diagnostic::warning(Code::S11, self.file, place, "the text holds a tab")
                    .help("write spaces; how wide a tab is differs from screen to screen"),
            );
        }
        At { value, span }
    }

    /// The place of the bytes `part` of `raw`, which stands at `span`; all of `span` where escapes hide it.
    pub fn part(&self, raw: &str, part: std::ops::Range<usize>, span: &Span) -> Span {
        match self.text.get(span.clone()).and_then(|s| s.find(raw)) {
            Some(i) => span.start + i + part.start..span.start + i + part.end,
            None => span.clone(),
        }
    }

    /// The place of `c` within `span`, or all of it where the character is written as an escape.
    fn point_at(&self, c: char, span: &Span) -> Span {
        match self.text.get(span.clone()).and_then(|s| s.find(c)) {
            Some(i) => span.start + i..span.start + i + c.len_utf8(),
            None => span.clone(),
        }
    }
}

/// A table whose fields are being read.
pub struct Fields<'c, 'f, 't, 'i> {
    /// Where findings go.
    pub context: &'c mut Context<'f>,
    /// The table's own place.
    pub span: Span,
    table: &'t DeTable<'i>,
    format: &'static Table,
}

impl<'c, 'f, 't, 'i> Fields<'c, 'f, 't, 'i> {
    /// Begins to read `table` as one of the format, and reports the keys that it does not have there.
    pub fn new(context: &'c mut Context<'f>, table: &'t DeTable<'i>, span: Span, format: &'static Table) -> Self {
        let what = format.what;
        for key in table.keys() {
            let name = key.get_ref().as_ref();
            if !format.has(name) {
                let known = format.names();
                let place = context.place(key.span());
                let mut finding =
                    Diagnostic::error(Code::S07, context.file, place, format!("`{name}` is no key of {what}")).kept();
                finding = match nearest(name, &known) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help(format!("{what} has: {}", known.join(", "))),
                };
                context.push(finding);
            }
        }
        Self { context, span, table, format }
    }

    /// The raw value of `key`.
    pub fn get(&self, key: &str) -> Option<&'t Spanned<DeValue<'i>>> {
        debug_assert!(self.format.has(key), "`{key}` is read of {}, and the format does not have it", self.format.what);
        self.table.get(key)
    }

    /// Where the value of `key` stands in the file, or the table if it has none.
    pub fn place(&self, key: &str) -> Span {
        self.get(key).map_or_else(|| self.span.clone(), |v| self.context.place(v.span()))
    }

    /// Reports that the value of `key` looks as if `meant` were.
    pub fn meant(&mut self, key: &str, message: String, meant: &str) {
        let span = self.place(key);
        let finding = Diagnostic::error(Code::S07, self.context.file, span, message);
        self.context.push(finding.help(format!("did you mean {meant}?")));
    }

    fn read<T>(&mut self, key: &str, type_name: &str, f: impl Fn(&'t DeValue<'i>) -> Option<T>) -> Option<At<T>> {
        let value = self.get(key)?;
        let span = self.context.place(value.span());
        match f(value.get_ref()) {
            Some(value) => Some(At { value, span }),
            None => {
                let message =
                    format!("`{key}` of {} is {}, found {}", self.format.what, type_name, describe(value.get_ref()));
                self.context.wrong(span, message);
                None
            }
        }
    }

    /// A text as the author wrote it. Nothing of it may be shown before [`Context::clean`] has seen it.
    pub fn raw_text(&mut self, key: &str) -> Option<At<&'t str>> {
        self.read(key, "a text in quotes", |v| v.as_str())
    }

    /// A text, made harmless.
    pub fn text(&mut self, key: &str) -> Option<At<Text>> {
        let raw = self.raw_text(key)?;
        Some(self.context.clean(raw.value, raw.span))
    }

    /// A text that may not be missing or blank.
    pub fn needed_text(&mut self, key: &str) -> Option<At<Text>> {
        if self.get(key).is_none() {
            let message = format!("{} has no `{key}`", self.format.what);
            self.context.wrong(self.span.clone(), message);
            return None;
        }
        let text = self.text(key)?;
        if text.value.is_blank() {
            let message = format!("`{key}` of {} is empty", self.format.what);
            self.context.wrong(text.span, message);
            return None;
        }
        Some(text)
    }

    /// An identifier.
    pub fn slug(&mut self, key: &str) -> Option<At<Slug>> {
        let raw = self.raw_text(key)?;
        let slug = Slug::new(raw.value);
        if slug.is_none() {
            let form = "identifiers are lower-case letters, digits and single hyphens";
            let help = match Slug::suggested(raw.value) {
                Some(meant) => format!("did you mean `{meant}`? {form}"),
                None => format!("{form}, as in `water-on-oil`"),
            };
            let finding =
                Diagnostic::error(Code::S07, self.context.file, raw.span.clone(), format!("`{key}` is no identifier"));
            self.context.push(finding.help(help));
        }
        Some(At { value: slug?, span: raw.span })
    }

    /// An identifier that may not be missing.
    pub fn needed_slug(&mut self, key: &str) -> Option<At<Slug>> {
        if self.get(key).is_none() {
            let message = format!("{} has no `{key}`", self.format.what);
            self.context.wrong(self.span.clone(), message);
        }
        self.slug(key)
    }

    /// A whole number within `range`.
    pub fn number(&mut self, key: &str, range: std::ops::RangeInclusive<i64>) -> Option<At<i64>> {
        let number = self.read(key, "a whole number", |v| v.as_integer())?;
        let value = i64::from_str_radix(number.value.as_str(), number.value.radix()).ok();
        if let Some(value) = value.filter(|v| range.contains(v)) {
            return Some(At { value, span: number.span });
        }
        let found = value.map_or_else(|| "out of range".to_owned(), |v| v.to_string());
        let message = format!("`{key}` is {found}, and may be from {} to {}", range.start(), range.end());
        self.context.wrong(number.span, message);
        None
    }

    /// `true` or `false`.
    pub fn flag(&mut self, key: &str) -> Option<At<bool>> {
        self.read(key, "true or false", DeValue::as_bool)
    }

    /// A day.
    pub fn date(&mut self, key: &str) -> Option<At<String>> {
        self.read(key, "a day such as 2026-11-22, without quotes", |v| {
            v.as_datetime().filter(|d| d.date.is_some() && d.time.is_none()).map(ToString::to_string)
        })
    }

    /// A list.
    pub fn list(&mut self, key: &str) -> Option<At<&'t [Spanned<DeValue<'i>>]>> {
        self.read(key, "a list in [ ]", |v| v.as_array().map(|a| &a[..]))
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &str) -> Vec<At<Text>> {
        let Some(list) = self.list(key) else { return Vec::new() };
        let mut out = Vec::new();
        for entry in list.value {
            let span = self.context.place(entry.span());
            match entry.get_ref().as_str() {
                Some(raw) => out.push(self.context.clean(raw, span)),
                None => {
                    self.context.wrong(span, format!("`{key}` is a list of texts, found {}", describe(entry.get_ref())))
                }
            }
        }
        out
    }

    /// A table.
    pub fn table(&mut self, key: &str) -> Option<At<&'t DeTable<'i>>> {
        self.read(key, "a table", DeValue::as_table)
    }
}

/// What a value is, in an author's words.
pub fn describe(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a decimal number",
        DeValue::Boolean(_) => "true or false",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}

/// The most names among which the nearest is sought: among more a near one proves little, and a large bank with a wrong
/// name in each question would take for ever.
const MAX_NAMES: usize = 1_000;

/// The known name closest to `name`, if it is close enough to be meant (Damerau–Levenshtein distance, at most a third
/// of the name's length).
pub fn nearest<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    if name.len() > 40 || known.len() > MAX_NAMES {
        return None;
    }
    known
        .iter()
        .map(|k| (strsim::damerau_levenshtein(name, k), *k))
        .min()
        .filter(|(distance, k)| *distance <= (k.len().max(name.len()) / 3).max(1))
        .map(|(_, k)| k)
}
