//! What commands print for people: times, counts, tables, marked words.

use std::fmt::Write as _;
use std::io::{ErrorKind, IsTerminal, Write as _, stderr};

use anstyle::{AnsiColor, Style};
use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use crate::config::Styling;
use crate::core::text::visible::{Visible, visible_json, visible_text, visible_with_styles};

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
    std::process::exit(i32::from(super::IO_ERROR));
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

/// Text that came from outside, on one line and without characters that steer a terminal.
pub(super) fn printable(text: &str, max_chars: usize) -> String {
    let mut out = String::new();
    let mut shown = 0;
    let mut space = false;
    let mut visible = Visible::default();
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
            out.push('…');
            break;
        }
        if space {
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

/// Rows under headings, each column as wide as its widest cell.
pub(super) fn table(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = headings.iter().map(|heading| heading.len()).collect();
    for row in rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut out = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>, style: Style| {
        let mut text = String::new();
        for (cell, width) in cells.zip(&widths) {
            let padding = width.saturating_sub(cell.chars().count());
            let _ = write!(text, "{cell}{:padding$}  ", "");
        }
        let _ = writeln!(out, "{style}{}{style:#}", text.trim_end());
    };
    line(&mut headings.iter().copied(), HEADING);
    for row in rows {
        line(&mut row.iter().map(String::as_str), Style::new());
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
            eprint!("\r{} {done} of {} {}", self.verb, self.total, self.noun);
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
