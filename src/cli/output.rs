//! What commands print for people: times, counts, tables, marked words.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write as _, stderr, stdout};

use anstyle::{AnsiColor, Style};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

use crate::config::Styling;
use crate::core::text::sanitize::{
    VisibleCharacters, visible_json, visible_text, visible_with_styles,
};
use crate::core::text::tokenizer::fold_text;

/// A line on standard output, with colours where it is a terminal. See [`write_out`].
macro_rules! say {
    ($($argument:tt)*) => {
        $crate::cli::output::write_out(format_args!("{}\n", format_args!($($argument)*)))
    };
}

/// Like `say!`, without ending the line.
macro_rules! say_part {
    ($($argument:tt)*) => {
        $crate::cli::output::write_out(format_args!($($argument)*))
    };
}

/// Writes to standard output. When nobody reads it any more, as behind `head`, the program has done
/// its work and ends well; when it cannot be written, it says so and ends with `EX_IOERR`. Commands
/// print last, so nothing is left undone.
pub(super) fn write_out(text: std::fmt::Arguments<'_>) {
    let mut out = anstream::stdout();
    let text = visible_with_styles(&text.to_string());
    let Err(error) = out.write_all(text.as_bytes()).and_then(|()| out.flush()) else {
        return;
    };
    if error.kind() == ErrorKind::BrokenPipe {
        std::process::exit(0);
    }
    write_error(format_args!(
        "newsvigil: cannot write the output: {error}\n"
    ));
    std::process::exit(i32::from(super::failure::IO_ERROR));
}

/// A line on standard error, like `say!`.
macro_rules! tell {
    ($($argument:tt)*) => {
        $crate::cli::output::write_error(format_args!("{}\n", format_args!($($argument)*)))
    };
}

/// Like `tell!`, without ending the line.
macro_rules! tell_part {
    ($($argument:tt)*) => {
        $crate::cli::output::write_error(format_args!($($argument)*))
    };
}

/// Writes to standard error, where nobody may listen.
pub(super) fn write_error(text: std::fmt::Arguments<'_>) {
    let text = visible_with_styles(&text.to_string());
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// One line of JSON in visible characters.
pub(super) fn json(value: &impl serde::Serialize) -> std::io::Result<String> {
    Ok(visible_json(&serde_json::to_string(value)?))
}

/// For words that a watch matched.
pub(super) const MARK: Style = Style::new()
    .bold()
    .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow)));
/// For headings.
pub(super) const HEADING: Style = Style::new().bold();
/// For what is wrong.
pub(super) const ALARM: Style = Style::new()
    .bold()
    .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)));

/// How problems are drawn on standard error.
pub(super) fn error_styling() -> Styling {
    if stderr().is_terminal() {
        Styling::Terminal
    } else {
        Styling::Plain
    }
}

/// `1 feed`, `3 feeds`, `2 entries`.
pub(super) fn count(number: impl TryInto<u64>, noun: &str) -> String {
    let number = number.try_into().unwrap_or(u64::MAX);
    if number == 1 {
        return format!("1 {noun}");
    }
    match noun.strip_suffix('y') {
        Some(stem) => format!("{number} {stem}ies"),
        None => format!("{number} {noun}s"),
    }
}

/// A time in this machine's zone, to the minute.
pub(super) fn local_time(time: Timestamp) -> String {
    time.to_zoned_datetime(TimeZone::system())
        .strftime("%Y-%m-%d %H:%M %Z")
        .to_string()
}

/// How long ago or how far ahead, roughly: `3 h ago`, `in 12 min`.
pub(super) fn relative_time(time: Timestamp, now: Timestamp) -> String {
    let distance = time.duration_since(now);
    let rough = rough_duration(distance.abs());
    if distance.is_negative() {
        format!("{rough} ago")
    } else {
        format!("in {rough}")
    }
}

/// How long ago something happened, roughly, or that it was told by a clock that was ahead.
pub(super) fn past_time(time: Timestamp, now: Timestamp) -> String {
    if time.duration_since(now) > SignedDuration::from_mins(10) {
        format!("{}, which lies ahead", local_time(time))
    } else {
        relative_time(time.min(now), now)
    }
}

fn rough_duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    match seconds {
        0..120 => format!("{seconds} s"),
        120..7_200 => format!("{} min", seconds / 60),
        7_200..172_800 => format!("{} h", seconds / 3_600),
        _ => format!("{} days", seconds / 86_400),
    }
}

/// Text that came from outside, on one line and without characters that steer a terminal. What is longer
/// ends behind a word, unless that would leave little of it.
pub(super) fn printable(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut shown = 0;
    let mut space = false;
    let mut last_word_ends = 0;
    let mut visible = VisibleCharacters::default();
    let mut characters = text.chars().peekable();
    while let Some(c) = characters.next() {
        if c.is_whitespace() {
            space = shown > 0;
            continue;
        }
        if !visible.keeps(c, characters.peek().copied()) {
            continue;
        }
        if shown >= max_chars {
            if !space && last_word_ends * 2 > out.len() {
                out.truncate(last_word_ends);
            }
            out.push('…');
            break;
        }
        if space {
            last_word_ends = out.len();
            out.push(' ');
            shown += 1;
            space = false;
        }
        out.push(c);
        shown += 1;
    }
    out
}

/// Text that came from outside, without characters that steer a terminal; its lines stay.
pub(super) fn plain(text: &str) -> String {
    visible_text(text)
}

/// Columns of the terminal on which standard output is; `None` where it is none, and nothing is wrapped.
pub(super) fn terminal_width() -> Option<usize> {
    const USUAL: usize = 80;
    const LEAST: usize = 40;
    if !stdout().is_terminal() {
        return None;
    }
    let columns = terminal_size::terminal_size_of(stdout())
        .map(|(columns, _)| usize::from(columns.0))
        .filter(|columns| *columns > 0);
    Some(columns.unwrap_or(USUAL).max(LEAST))
}

/// Lines of at most so many columns, broken between words, and between signs of scripts without spaces.
/// A longer word, such as an address, is left whole.
pub(super) fn wrapped(text: &str, columns: usize) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    let mut used = 0;
    for word in text.split_whitespace() {
        for (number, piece) in pieces(word).into_iter().enumerate() {
            let width = piece.width();
            let space = usize::from(number == 0 && !line.is_empty());
            if used > 0 && used + space + width > columns {
                lines.push(std::mem::take(&mut line));
                used = 0;
            } else if space > 0 {
                line.push(' ');
                used += space;
            }
            line.push_str(piece);
            used += width;
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

/// A sentence for people, so far to the right; on a terminal, wrapped.
pub(super) fn paragraph(text: &str, indent: usize) -> String {
    let lines = match terminal_width() {
        Some(columns) => wrapped(text, columns - indent),
        None => vec![text.to_owned()],
    };
    let lines: Vec<String> = lines
        .iter()
        .map(|line| format!("{:indent$}{line}", ""))
        .collect();
    lines.join("\n")
}

/// A table, if its lines are no longer than so many columns.
pub(super) fn fitting_table(
    headings: &[&str],
    rows: &[Vec<String>],
    columns: usize,
) -> Option<String> {
    let table = laid_out(headings, rows, None);
    let fits = anstream::adapter::strip_str(&table)
        .to_string()
        .lines()
        .all(|line| line.width() <= columns);
    fits.then_some(table)
}

/// A word, cut where a line may end inside of it: behind each sign that takes two columns.
fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut begin = 0;
    let mut characters = word.char_indices().peekable();
    while let Some((_, c)) = characters.next() {
        let Some(&(next, behind)) = characters.peek() else {
            break;
        };
        // Marks stay with what they stand on.
        if c.is_alphanumeric() && c.width() == Some(2) && behind.width() == Some(2) {
            pieces.push(&word[begin..next]);
            begin = next;
        }
    }
    pieces.push(&word[begin..]);
    pieces
}

/// Rows under headings, each column as wide as its widest cell. On a terminal the last columns that do not
/// fit stand below the row, wrapped between words.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    laid_out(headings, rows, terminal_width())
}

/// Columns between two cells of a row.
const GAP: usize = 2;
/// What stands below its row begins so far to the right.
const BELOW: usize = 4;
/// A last column that is narrower than this stands below its row instead.
const NARROWEST: usize = 24;

fn laid_out(headings: &[&str], rows: &[Vec<String>], columns: Option<usize>) -> String {
    let mut widths: Vec<usize> = headings.iter().map(|heading| heading.width()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.width());
        }
    }
    let mut beside = widths.len();
    let mut last_column = usize::MAX;
    if let Some(columns) = columns {
        let begins = |column: usize| {
            widths[..column]
                .iter()
                .map(|width| width + GAP)
                .sum::<usize>()
        };
        while beside > 1 && begins(beside) - GAP > columns {
            let room = columns.saturating_sub(begins(beside - 1));
            if beside == widths.len() && room >= NARROWEST {
                last_column = room;
                break;
            }
            beside -= 1;
        }
    }
    let mut out = String::new();
    let mut line = |cells: &[&str], style: Style| {
        let mut text = String::new();
        let mut rest = Vec::new();
        for (column, cell) in cells.iter().take(beside).enumerate() {
            let begin = text.width();
            let mut cell = (*cell).to_owned();
            if column + 1 == widths.len() && cell.width() > last_column {
                let mut lines = wrapped(&cell, last_column);
                cell = lines.remove(0);
                rest.extend(lines.into_iter().map(|line| (begin, line)));
            }
            let padding = widths[column].saturating_sub(cell.width());
            let _ = write!(text, "{cell}{:padding$}{:GAP$}", "", "");
        }
        if let Some(columns) = columns {
            for cell in cells.iter().skip(beside).filter(|cell| !cell.is_empty()) {
                let lines = wrapped(cell, columns - BELOW);
                rest.extend(lines.into_iter().map(|line| (BELOW, line)));
            }
        }
        let _ = writeln!(out, "{style}{}{style:#}", text.trim_end());
        for (indent, line) in rest {
            let _ = writeln!(out, "{:indent$}{style}{line}{style:#}", "");
        }
    };
    line(&headings[..beside], HEADING);
    for row in rows {
        let cells: Vec<&str> = row.iter().map(String::as_str).collect();
        line(&cells, Style::new());
    }
    out
}

/// A line on a terminal that says how far a longer work has come; nothing elsewhere.
pub(super) struct Progress {
    verb: &'static str,
    noun: &'static str,
    total: u64,
    on_terminal: bool,
}

impl Progress {
    /// `polling 3 of 40 feeds`.
    pub(super) fn new(verb: &'static str, total: u64, noun: &'static str) -> Self {
        Self {
            verb,
            noun,
            total,
            on_terminal: stderr().is_terminal(),
        }
    }

    pub(super) fn show(&self, done: u64) {
        if self.on_terminal {
            match self.total {
                // Nobody knows how many there are.
                0 => eprint!("\r{} {done} {}", self.verb, self.noun),
                total => eprint!("\r{} {done} of {total} {}", self.verb, self.noun),
            }
            // A line that cannot be drawn is no reason to stop.
            let _ = stderr().flush();
        }
    }

    pub(super) fn clear(&self) {
        if self.on_terminal {
            eprint!("\r\x1b[K");
        }
    }
}

/// An address as the feed gives it, where that is not the one that is shown.
pub(super) fn original<'a>(shown: Option<&str>, given: Option<&'a str>) -> Option<&'a str> {
    given.filter(|given| shown != Some(given))
}

/// Words that watches found, each once, however it is written.
pub(super) fn words_once<'a>(words: impl Iterator<Item = &'a str>) -> Vec<String> {
    const LONGEST: usize = 60;
    let mut folded = BTreeSet::new();
    words
        .filter(|word| folded.insert(fold_text(word)))
        .map(|word| printable(word, LONGEST))
        .collect()
}

#[cfg(test)]
mod tests;
