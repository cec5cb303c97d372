//! `newsvigil explain`: why a watch matched an item, or did not, part by part.

mod explanation;
mod highlighting;
mod stored_item;

use std::io::{self, Read};
use std::process::ExitCode;

use clap::Args;

use self::explanation::{show, show_places};
use self::stored_item::stored;
use super::failure::{DATA_ERROR, Failure, NO_INPUT, USAGE, no_watch};
use super::match_documents::input::{self, MAX_BYTES, Source};
use super::match_documents::line::{holds_several, read_document};
use super::paths::Paths;
use crate::core::document::Document;
use crate::core::watch::{Depth, detect_language, explain};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The watch
    #[arg(long, value_name = "ID")]
    watch: String,
    /// A stored item, by the number that mails and `hits` give it
    #[arg(
        long,
        alias = "entry",
        value_name = "N",
        conflicts_with = "file",
        required_unless_present = "file"
    )]
    item: Option<i64>,
    /// Show every part of the watch, also the many that are simply not there
    #[arg(long)]
    all: bool,
    /// A file, an https:// address, or words in quotes, as `match` takes them; `-` is standard input
    #[arg(value_name = "FILE|ADDRESS|WORDS")]
    file: Option<String>,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let config = paths.load()?;
    let watch = config
        .watch(&options.watch)
        .ok_or_else(|| no_watch(&config, &options.watch, ""))?;
    let document = match (options.item, &options.file) {
        (Some(item), _) => stored(paths, watch, item)?,
        (None, Some(file)) => given(paths, file)?,
        (None, None) => return Err(Failure::new(USAGE, "name an item with --item, or a file")),
    };
    let depth = if options.all {
        Depth::Everything
    } else {
        Depth::Brief
    };
    let mut explanation = explain(&watch.spec, &document);
    if let Some(elsewhere) = config.elsewhere(watch, &document) {
        explanation.matched = false;
        explanation.objections.push(elsewhere);
    }
    show(watch, &explanation, &document, depth);
    show_places(&config, &document);
    Ok(ExitCode::SUCCESS)
}

/// What `match` would read, if it is one document.
fn given(paths: &Paths, argument: &str) -> Result<Document, Failure> {
    let (name, source) = input::read(paths, argument)?;
    let reader = match source {
        Source::Text(mut document) => {
            document.language = detect_language(&document).map(str::to_owned);
            return Ok(*document);
        }
        Source::Lines(reader) => reader,
    };
    let mut text = Vec::new();
    reader
        .take(MAX_BYTES)
        .read_to_end(&mut text)
        .map_err(|reason: io::Error| {
            Failure::new(NO_INPUT, format!("cannot read {name}: {reason}"))
        })?;
    if holds_several(&text) {
        let file_name = if name == "-" { "FILE" } else { &name };
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{name} holds several documents, and explain takes one (`match` takes many): pick a \
                 line, such as the third, with `sed -n 3p {file_name} | newsvigil explain --watch ID -`"
            ),
        ));
    }
    read_document(&text)
        .map_err(|reason| Failure::new(DATA_ERROR, format!("{name} is not a document: {reason}")))
}
