//! `newsvigil feed show`: what feeds hold, storing nothing.

use std::borrow::Cow;
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::Timestamp;
use serde::Serialize;

use super::fetch_once::{FeedReader, LinkPageOptions, parse_page};
use crate::cli::failure::{DATA_ERROR, Failure, USAGE};
use crate::cli::options::Format;
use crate::cli::output;
use crate::cli::output::original;
use crate::cli::paths::Paths;
use crate::core::digest::headline;
use crate::core::feed::link_page::LinkPage;
use crate::core::feed::links::target;
use crate::core::feed::{Entry, Feed, to_document};
use crate::core::schedule::without_credentials;

#[derive(Debug, Args)]
pub(in crate::cli) struct Options {
    /// Addresses or files
    #[arg(required = true, value_name = "URL|FILE")]
    feeds: Vec<String>,
    /// What they are: `feed`, or `page` for web pages whose links are items
    #[arg(long, value_enum, default_value_t = Kind::Feed, hide_possible_values = true)]
    kind: Kind,
    /// Of a page: which links are items, or what holds one link each [default: one is proposed]
    #[arg(long, value_name = "CSS")]
    selector: Option<String>,
    /// Of a page: the title of an item, in what is selected or around it [default: the words of the link]
    #[arg(long, value_name = "CSS")]
    title_selector: Option<String>,
    /// Of a page: the date of an item, likewise [default: what is marked as a date or is nothing else]
    #[arg(long, value_name = "CSS")]
    date_selector: Option<String>,
    #[command(flatten)]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Feed,
    Page,
}

#[derive(Serialize)]
struct ShownLine<'a> {
    path: &'a str,
    ok: bool,
    error: Option<String>,
    /// Of a page of links.
    #[serde(skip_serializing_if = "Option::is_none")]
    selector: Option<&'a str>,
    feed: Option<ShownFeed<'a>>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    warnings: &'a [String],
    /// What is known to be missing.
    #[serde(skip_serializing_if = "Option::is_none")]
    missing: Option<String>,
}

#[derive(Serialize)]
struct ShownFeed<'a> {
    title: Option<&'a str>,
    link: Option<&'a str>,
    language: Option<&'a str>,
    id: Option<&'a str>,
    entries: Vec<ShownEntry<'a>>,
}

#[derive(Serialize)]
struct ShownEntry<'a> {
    id: Option<&'a str>,
    title: Option<&'a str>,
    link: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_link: Option<&'a str>,
    published: Option<i64>,
    updated: Option<i64>,
    summary: Option<&'a str>,
    content: Option<&'a str>,
    author: Option<&'a str>,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let page_options = LinkPageOptions {
        selector: options.selector.clone(),
        title: options.title_selector.clone(),
        date: options.date_selector.clone(),
    };
    let of_pages = [
        &page_options.selector,
        &page_options.title,
        &page_options.date,
    ];
    if options.kind == Kind::Feed && of_pages.into_iter().any(Option::is_some) {
        let message = "selectors are for pages of links: add --kind page";
        return Err(Failure::new(USAGE, message));
    }
    let looker = FeedReader::new(paths)?;
    let runtime = crate::cli::runtime::runtime()?;
    let mut bad = 0;
    for path in &options.feeds {
        let read = match options.kind {
            Kind::Feed => runtime.block_on(looker.feed(path)).map(|feed| (feed, None)),
            Kind::Page => runtime
                .block_on(async {
                    parse_page(looker.answer(path).await?, page_options.clone()).await
                })
                .map(|read| (read.feed, Some(read.page))),
        };
        bad += usize::from(read.is_err());
        let (read, page) = match read {
            Ok((feed, page)) => (Ok(feed), page),
            Err(error) => (Err(error), None),
        };
        let path = without_credentials(path);
        if options.format.json {
            print_json(&path, &read, page.as_ref())?;
        } else {
            print_for_people(&path, &read, page.as_ref(), &page_options);
        }
    }
    runtime.shutdown_background();
    if bad > 0 {
        return Err(Failure::new(
            DATA_ERROR,
            format!(
                "{} could not be read",
                output::count(bad, options.kind.noun())
            ),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

impl Kind {
    fn noun(self) -> &'static str {
        match self {
            Self::Feed => "feed",
            Self::Page => "page",
        }
    }
}

fn print_json(
    path: &str,
    read: &Result<Feed, String>,
    page: Option<&LinkPage>,
) -> Result<(), Failure> {
    let line = ShownLine {
        path,
        ok: read.is_ok(),
        error: read.as_ref().err().cloned(),
        selector: page.map(|page| page.selector.as_str()),
        warnings: read.as_ref().map_or(&[], |feed| feed.warnings.as_slice()),
        missing: read.as_ref().ok().and_then(missing),
        feed: read.as_ref().ok().map(|feed| ShownFeed {
            title: feed.title.as_deref(),
            link: feed.link.as_deref(),
            language: feed.language.as_deref(),
            id: feed.id.as_deref(),
            entries: feed.entries.iter().map(shown_entry).collect(),
        }),
    };
    say!("{}", output::json(&line)?);
    Ok(())
}

fn missing(feed: &Feed) -> Option<String> {
    (!feed.loss.is_lossless()).then(|| feed.loss.sentence())
}

fn shown_entry(entry: &Entry) -> ShownEntry<'_> {
    let link = entry.link.as_deref().map(target);
    ShownEntry {
        id: entry.id.as_deref(),
        title: entry.title.as_deref(),
        original_link: original(link.as_deref(), entry.link.as_deref()),
        link,
        published: entry.published.map(Timestamp::as_second),
        updated: entry.updated.map(Timestamp::as_second),
        summary: entry.summary.as_deref(),
        content: entry.content.as_deref(),
        author: entry.author.as_deref(),
    }
}

fn print_for_people(
    path: &str,
    read: &Result<Feed, String>,
    page: Option<&LinkPage>,
    page_options: &LinkPageOptions,
) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let feed = match read {
        Ok(feed) => feed,
        Err(error) => {
            say!("{heading}{path}{heading:#}\n  {alarm}cannot be read{alarm:#}: {error}\n");
            return;
        }
    };
    let title = output::printable(feed.title.as_deref().unwrap_or("(no title)"), 100);
    say!("{heading}{title}{heading:#}  {path}");
    if let Some(page) = page {
        let proposed = match page_options.selector {
            None => ", which is a proposal",
            Some(_) => "",
        };
        let number = output::count(feed.entries.len(), "link");
        say!("  {number} by selector {:?}{proposed}", page.selector);
    }
    if let Some(missing) = missing(feed) {
        say!("  {alarm}not read whole{alarm:#}: {missing}");
    }
    for warning in &feed.warnings {
        say!("  {}", output::printable(warning, 160));
    }
    for entry in &feed.entries {
        say!("  {}", line_of(entry));
        if page.is_some() {
            let link = entry.link.as_deref().unwrap_or_default();
            say!("                    {}", output::printable(link, 200));
        }
    }
    say!("");
}

/// Date and headline of an item.
pub(super) fn line_of(entry: &Entry) -> String {
    let date = entry.published.or(entry.updated).map_or_else(
        || "undated         ".to_owned(),
        |time| time.strftime("%Y-%m-%d %H:%M").to_string(),
    );
    format!("{date}  {}", headline_of(entry))
}

/// The entry's title, or its first words.
fn headline_of(entry: &Entry) -> String {
    let document = to_document(entry, None, "");
    let headline = headline(&document.title, &document.summary, &document.text);
    if headline.is_empty() {
        return "(no title)".to_owned();
    }
    output::printable(&headline, 100)
}
