//! Hits for spreadsheets (RFC 4180), on the terminal and in mails.

use std::collections::BTreeSet;
use std::io::{self, Write};

use csv::{ErrorKind, Terminator, Writer, WriterBuilder};

use super::{HitWriter, headline, link, outlet};
use crate::core::article::PageRead;
use crate::core::digest::clean_line;
use crate::core::document::Field;
use crate::core::judgment::Reason;
use crate::core::text::sanitize::visible_text;
use crate::core::text::tokenizer::fold_text;
use crate::store::hits::HitRow;

const COLUMNS: [&str; 18] = [
    "hit",
    "item",
    "found",
    "published",
    "watch",
    "topic",
    "score",
    "outlet",
    "title",
    "summary",
    "link",
    "language",
    "terms",
    "later",
    "places",
    "article",
    "in_article",
    "story",
];

/// What was said of a hit last.
const JUDGED: [&str; 3] = ["judgment", "reason", "note"];

/// Spreadsheets take 32,767 characters a cell; a summary is told apart by far fewer.
const SUMMARY_CHARS: usize = 4_000;

/// Longest word of the column `terms`, in characters.
const WORD_CHARS: usize = 60;

/// A table of hits, one a row.
pub struct HitTable<W: Write> {
    writer: Writer<W>,
    told: bool,
    judged: bool,
}

impl<W: Write> HitTable<W> {
    /// Begins one. `told`: with a column for how a mail told a hit. `judged`: with columns for what was said of it
    /// last.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(mut out: W, told: bool, judged: bool) -> io::Result<Self> {
        // Without this mark, spreadsheets take UTF-8 for the system's old encoding.
        out.write_all("\u{feff}".as_bytes())?;
        let mut writer = WriterBuilder::new()
            .terminator(Terminator::CRLF)
            .from_writer(out);
        writer
            .write_record(
                COLUMNS
                    .into_iter()
                    .chain(told.then_some("told"))
                    .chain(JUDGED.into_iter().filter(|_| judged)),
            )
            .map_err(unwritten)?;
        Ok(Self {
            writer,
            told,
            judged,
        })
    }
}

impl<W: Write> HitWriter for HitTable<W> {
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
        let published = hit
            .published
            .map(|time| time.to_string())
            .unwrap_or_default();
        let summary = if hit.summary.is_empty() {
            &hit.text
        } else {
            &hit.summary
        };
        let row = [
            hit.id.to_string(),
            hit.entry_id.to_string(),
            hit.found.to_string(),
            published,
            spreadsheet_safe(&hit.watch_id),
            spreadsheet_safe(&hit.topic),
            hit.score.to_string(),
            spreadsheet_safe(outlet(hit)),
            spreadsheet_safe(&headline(hit)),
            spreadsheet_safe(&shortened(summary)),
            spreadsheet_safe(&link(hit)),
            spreadsheet_safe(hit.language.as_deref().unwrap_or_default()),
            spreadsheet_safe(&words_found(hit).join("; ")),
            hit.later.to_string(),
            spreadsheet_safe(&places.join("; ")),
            page.map_or("", PageRead::verdict_name).to_owned(),
            hit.in_article.to_string(),
            hit.story
                .map_or_else(String::new, |story| story.to_string()),
        ];
        let told = self.told.then(|| hit.told.clone().unwrap_or_default());
        let judgment = hit.judgment.as_ref();
        let judged = [
            judgment
                .map_or("", |judgment| judgment.verdict.name())
                .to_owned(),
            judgment
                .and_then(|judgment| judgment.reason)
                .map_or("", Reason::name)
                .to_owned(),
            judgment.map_or_else(String::new, |judgment| spreadsheet_safe(&judgment.note)),
        ];
        let judged = judged.into_iter().filter(|_| self.judged);
        self.writer
            .write_record(row.into_iter().chain(told).chain(judged))
            .map_err(unwritten)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl HitTable<Vec<u8>> {
    /// Bytes so far.
    pub(crate) fn size(&mut self) -> io::Result<usize> {
        self.writer.flush()?;
        Ok(self.writer.get_ref().len())
    }

    pub(crate) fn into_bytes(self) -> io::Result<Vec<u8>> {
        self.writer
            .into_inner()
            .map_err(csv::IntoInnerError::into_error)
    }
}

/// The reason itself: the end of a pipe that its reader has closed is no mistake, and is told by its kind.
fn unwritten(error: csv::Error) -> io::Error {
    match error.into_kind() {
        ErrorKind::Io(reason) => reason,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// The words of the item that the watch matched, as they stand there, each once however it is written. Of what is
/// not at hand, such as a category, the watch's own term.
fn words_found(hit: &HitRow) -> Vec<String> {
    let mut folded = BTreeSet::new();
    let words = hit.spans.iter().map(|span| {
        let text = match span.field() {
            Some(Field::Title) => &hit.title,
            Some(Field::Summary) => &hit.summary,
            Some(Field::Text) => &hit.text,
            Some(Field::Author) => &hit.author,
            Some(Field::Category(_)) | None => "",
        };
        text.get(span.start..span.end).unwrap_or(&span.term)
    });
    words
        .filter(|word| folded.insert(fold_text(word)))
        .map(|word| clean_line(word, WORD_CHARS))
        .collect()
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(SUMMARY_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A cell in visible characters that no spreadsheet takes for a formula (OWASP, "CSV Injection"): an
/// apostrophe stands in front of what begins like one, in the cell or behind anything that some
/// spreadsheet takes for the end of a cell. A number is none.
fn spreadsheet_safe(text: &str) -> String {
    // A carriage return would be gone from the visible text, and with it the end of a line.
    let text = visible_text(&text.replace("\r\n", "\n").replace('\r', "\n"));
    let mut out = String::with_capacity(text.len() + 1);
    for cell in text.split_inclusive([',', ';', '|', '\t', '\n']) {
        let begin = cell.trim_start_matches(|c: char| c.is_whitespace() || is_quote(c));
        let formula = begin.starts_with([
            '=', '+', '-', '@', '＝', '＋', '－', '＠', '−', '﹢', '﹣', '﹦', '﹫',
        ]);
        if cell.starts_with('\t') || formula && !is_number(begin) {
            out.push('\'');
        }
        out.push_str(cell);
    }
    out
}

/// What a spreadsheet, or a person who pastes, may take away in front of a formula.
fn is_quote(c: char) -> bool {
    "\"'`´‘’‚‛“”„‟«»‹›＂＇".contains(c)
}

/// A signed number such as `-5` or `+1.5`, alone in its cell.
fn is_number(cell: &str) -> bool {
    let digits = cell.trim().trim_start_matches(['+', '-']);
    cell.trim().len() - digits.len() <= 1
        && digits.starts_with(|c: char| c.is_ascii_digit())
        && digits
            .bytes()
            .all(|byte| byte.is_ascii_digit() || byte == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_begins_like_a_formula() {
        for (text, cell) in [
            ("=1+1", "'=1+1"),
            ("+cmd|' /C calc'!A0", "'+cmd|' /C calc'!A0"),
            ("@SUM(1)", "'@SUM(1)"),
            ("-2+3", "'-2+3"),
            ("\t=1", "'\t'=1"),
            ("\r=1", "\n'=1"),
            (" =1", "' =1"),
            ("\u{a0}\u{3000}=1", "'\u{a0}\u{3000}=1"),
            ("\"=1", "'\"=1"),
            ("'=1", "''=1"),
            ("“=1", "'“=1"),
            ("\u{feff}=1", "'=1"),
            ("\u{200b}=1", "'=1"),
            ("＝1", "'＝1"),
            ("＠SUM", "'＠SUM"),
            ("a,=1", "a,'=1"),
            ("a;\"=1", "a;'\"=1"),
            ("a\r\n=1", "a\n'=1"),
            ("-5", "-5"),
            ("+1.5", "+1.5"),
            ("Police - and courts", "Police - and courts"),
        ] {
            assert_eq!(spreadsheet_safe(text), cell, "of {text:?}");
        }
    }
}
