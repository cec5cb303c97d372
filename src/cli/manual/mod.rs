//! The manual: one page for the program, one for each command, one for the configuration and one for
//! the watch language.
//!
//! What the program says of itself with `--help`, and the chapters of `help`, are the only sources,
//! so that the pages cannot say anything else.

mod markdown;

use std::io;

use clap::Command;
use clap_mangen::Man;
use clap_mangen::roff::{Inline, Roff, bold, roman};

/// What stands in newsvigil(1) beside its commands.
const PROGRAM: &str = include_str!("program.md");
/// How every page says what the exit codes mean.
const EXIT_STATUS: &str = include_str!("exit-status.md");
/// The chapter of `help configuration`.
pub(super) const CONFIGURATION: &str = include_str!("../../config/configuration.md");
/// The chapter of `help language`.
pub(super) const LANGUAGE: &str = include_str!("../../core/watch/language.md");

/// A page, ready to be written.
pub(super) struct Page {
    /// With its section, as files are called: `newsvigil.1`.
    pub(super) name: String,
    /// In the language of roff(7), UTF-8.
    pub(super) text: String,
}

impl Page {
    /// Where manuals keep the pages of its section: `man1`.
    pub(super) fn folder(&self) -> String {
        let section = self
            .name
            .rsplit_once('.')
            .map_or("", |(_, section)| section);
        format!("man{section}")
    }
}

/// All pages; newsvigil(1) is the first.
pub(super) fn pages(mut program: Command) -> io::Result<Vec<Page>> {
    program.build();
    let version = program.get_version().unwrap_or_default().to_owned();
    let mut pages = Vec::new();
    commands(&program, None, &version, &mut pages)?;
    pages.push(chapter(
        "newsvigil.toml",
        "5",
        "what newsvigil reads, looks for, and tells whom",
        CONFIGURATION,
        &version,
    )?);
    pages.push(chapter(
        "newsvigil-language",
        "7",
        "the language of watches",
        LANGUAGE,
        &version,
    )?);
    Ok(pages)
}

/// The page of a command and those of the commands under it.
fn commands(
    command: &Command,
    parent: Option<&str>,
    version: &str,
    pages: &mut Vec<Page>,
) -> io::Result<()> {
    pages.push(command_page(command, parent, version)?);
    let name = full_name(command);
    for under in command.get_subcommands() {
        commands(under, Some(&name), version, pages)?;
    }
    Ok(())
}

/// `newsvigil-feed-add`.
fn full_name(command: &Command) -> String {
    command
        .get_display_name()
        .unwrap_or_else(|| command.get_name())
        .to_owned()
}

fn command_page(command: &Command, parent: Option<&str>, version: &str) -> io::Result<Page> {
    let own = full_name(command);
    let man = Man::new(command.clone());
    let mut bytes = title(&own, "1", version).into_bytes();
    man.render_name_section(&mut bytes)?;
    let mut first = Roff::new();
    first.control("SH", ["SYNOPSIS"]);
    first.text(synopsis(command));
    if parent.is_none() {
        let (introduction, _) = PROGRAM.split_once("\n## ").unwrap_or((PROGRAM, ""));
        first.control("SH", ["DESCRIPTION"]);
        markdown::append(&mut first, introduction);
    }
    first.to_writer(&mut bytes)?;
    if parent.is_some() {
        man.render_description_section(&mut bytes)?;
    }
    if command.has_subcommands() {
        man.render_subcommands_section(&mut bytes)?;
    }
    man.render_options_section(&mut bytes)?;
    let mut rest = Roff::new();
    if let Some(notes) = command.get_after_long_help() {
        rest.control("SH", ["NOTES"]);
        markdown::append_help(&mut rest, &notes.to_string());
    }
    if parent.is_none() {
        let sections = PROGRAM.find("\n## ").map_or("", |at| &PROGRAM[at..]);
        markdown::append(&mut rest, sections);
    }
    markdown::append(&mut rest, EXIT_STATUS);
    let above = parent.map(|parent| (parent, "1"));
    let others = above
        .into_iter()
        .filter(|(name, _)| *name != "newsvigil")
        .chain(PAGES)
        .filter(|(name, _)| *name != own);
    see_also(&mut rest, others);
    rest.to_writer(&mut bytes)?;
    Ok(Page {
        name: man.get_filename(),
        text: with_one_preamble(bytes)?,
    })
}

/// The pages that each other names, with their sections.
const PAGES: [(&str, &str); 3] = [
    ("newsvigil", "1"),
    ("newsvigil.toml", "5"),
    ("newsvigil-language", "7"),
];

/// The usage of `--help`, with the words of the command in bold.
fn synopsis(command: &Command) -> Vec<Inline> {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.strip_prefix("Usage: ").unwrap_or(&usage);
    let (name, rest) = usage.split_at(usage.find(['[', '<']).unwrap_or(usage.len()));
    vec![bold(name.trim_end()), roman(format!(" {rest}"))]
}

fn chapter(name: &str, section: &str, about: &str, text: &str, version: &str) -> io::Result<Page> {
    let mut page = Roff::new();
    page.control("SH", ["NAME"]);
    page.text([roman(format!("{name} - {about}"))]);
    page.control("SH", ["DESCRIPTION"]);
    markdown::append(&mut page, text);
    see_also(
        &mut page,
        PAGES.into_iter().filter(|(other, _)| *other != name),
    );
    let mut bytes = title(name, section, version).into_bytes();
    page.to_writer(&mut bytes)?;
    Ok(Page {
        name: format!("{name}.{section}"),
        text: with_one_preamble(bytes)?,
    })
}

/// The first line of a page. It has no date, which would be another at every build. `Man` would leave
/// the empty date out, so that the version took its place.
fn title(name: &str, section: &str, version: &str) -> String {
    format!(
        ".TH {} {section} \"\" \"newsvigil {version}\" newsvigil\n",
        name.to_uppercase().replace('-', "\\-")
    )
}

fn see_also<'a>(page: &mut Roff, others: impl Iterator<Item = (&'a str, &'a str)>) {
    page.control("SH", ["SEE ALSO"]);
    let mut parts = Vec::new();
    for (name, section) in others {
        if !parts.is_empty() {
            parts.push(roman(", "));
        }
        parts.push(bold(name));
        parts.push(roman(format!("({section})")));
    }
    page.text(parts);
}

/// Every part is written with the definitions that roff texts begin with; once is enough.
fn with_one_preamble(bytes: Vec<u8>) -> io::Result<String> {
    let text = String::from_utf8(bytes).map_err(io::Error::other)?;
    let mut seen = Vec::new();
    let mut out = String::new();
    for line in text.lines() {
        if line.starts_with(".ie ") || line.starts_with(".el ") {
            if seen.contains(&line) {
                continue;
            }
            seen.push(line);
        }
        out.push_str(line);
        out.push('\n');
    }
    Ok(out)
}
