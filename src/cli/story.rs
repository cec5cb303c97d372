//! `newsvigil story`: which items report one event, and why.

mod group;

use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;

use super::failure::{Failure, USAGE};
use super::options::{Format, since};
use super::output;
use super::paths::Paths;
use crate::core::feed::links::target;
use crate::core::story::ANOTHER_ITEM;
use crate::core::story::independent_sources::OutletCounts;
use crate::store::stories::{self, ListedStory, Member, Split};
use crate::store::{Connection, StoreError};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// List stories, those that most independent outlets report first
    List(ListOptions),
    /// Show every item of a story, and why it is in it
    Show(ShowOptions),
    /// Tell what stands in a story item by item, each a story of its own that nothing joins
    ///
    /// For items that do not belong together. What was told stays told; the number stays with the first item.
    Split(SplitOptions),
    /// Put the items of a file into stories, to see what would be told as one; nothing is stored
    ///
    /// With --json, lines {id,story,relation,why} in the order given: `story` is the id of its first item, and
    /// `relation` is first, same event, copy or update.
    Group(group::Options),
}

/// Stories listed unless somebody says how many. For programs there is no such bound.
const STORIES_LISTED: usize = 50;
/// Items of a story that are shown at most.
const ITEMS_SHOWN: usize = 10_000;

#[derive(Debug, Args)]
pub(super) struct ListOptions {
    /// Only stories reported in this time or since this day: 24h, 7d, 4w, 2026-01-31
    #[arg(long, value_name = "TIME", default_value = "7d")]
    since: String,
    /// So many at most; without it 50, or all with --json
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..))]
    limit: Option<u64>,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct ShowOptions {
    /// Its number, as `story list` and mails show it
    #[arg(value_name = "N")]
    story: i64,
    #[command(flatten)]
    format: Format,
}

#[derive(Debug, Args)]
pub(super) struct SplitOptions {
    /// Its number, as `story list` and mails show it
    #[arg(value_name = "N")]
    story: i64,
}

#[derive(Serialize)]
struct ListedLine<'a> {
    story: i64,
    began: i64,
    last: i64,
    /// In their own words.
    outlets: usize,
    /// Outlets that carry one text.
    carry_one_text: usize,
    all_outlets: usize,
    items: u64,
    headline: &'a str,
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct StoryLine<'a> {
    story: i64,
    began: i64,
    outlets: usize,
    carry_one_text: usize,
    all_outlets: usize,
    items_in_all: u64,
    first_reported_by: Option<&'a str>,
    first_reported: Option<i64>,
    items: Vec<ItemLine<'a>>,
    /// Stories that turned out to be this one.
    merged: Vec<i64>,
    /// Stories of the same event in other languages.
    linked: Vec<i64>,
}

#[derive(Serialize)]
struct ItemLine<'a> {
    entry: i64,
    reported: i64,
    feed: &'a str,
    outlet: &'a str,
    agency: Option<&'a str>,
    title: &'a str,
    language: Option<&'a str>,
    relation: &'static str,
    copy_of: Option<i64>,
    why: &'a str,
    changed: Option<&'a str>,
    victims: Option<u32>,
    counts_as_outlet: bool,
    is_hit: bool,
    link: Option<&'a str>,
}

pub(super) fn run(paths: &Paths, command: &Command) -> Result<ExitCode, Failure> {
    match command {
        Command::List(options) => list(paths, options),
        Command::Show(options) => show(paths, options),
        Command::Split(options) => split(paths, options),
        Command::Group(options) => group::run(paths, options),
    }
}

fn list(paths: &Paths, options: &ListOptions) -> Result<ExitCode, Failure> {
    let since = since(&options.since, Timestamp::now())?;
    let connection = paths.require_database()?;
    let stories = stories::list(&connection, since)?;
    let limit = options
        .limit
        .map(|limit| usize::try_from(limit).unwrap_or(usize::MAX));
    if options.format.json {
        return list_for_programs(&connection, &stories, limit.unwrap_or(usize::MAX));
    }
    paths.tell_state()?;
    if stories.is_empty() {
        say!("{}", no_stories(&connection, since)?);
        return Ok(ExitCode::SUCCESS);
    }
    let limit = limit.unwrap_or(STORIES_LISTED);
    let mut rows = Vec::new();
    for story in stories.iter().take(limit) {
        let headline = first_item(&connection, story)?.map(|item| item.title);
        rows.push(vec![
            story.id.to_string(),
            output::local_time(story.began),
            story.outlets.independent.to_string(),
            story.items.to_string(),
            output::printable(&headline.unwrap_or_default(), 200),
        ]);
    }
    let headings = ["story", "began", "outlets", "items", "headline"];
    say_part!("{}", output::table(&headings, &rows));
    if stories.len() > limit {
        say!(
            "and {} more; --limit and --since give others",
            stories.len() - limit
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Why none is listed.
fn no_stories(connection: &Connection, since: Timestamp) -> Result<String, StoreError> {
    let waiting = match stories::waiting(connection)?.items {
        0 => String::new(),
        items => format!("; {} to be put into stories", waits(items)),
    };
    Ok(match stories::latest(connection)? {
        Some(latest) => format!(
            "no story was reported since {}: the latest on {}; --since gives older ones{waiting}",
            output::local_time(since),
            output::local_time(latest)
        ),
        None if waiting.is_empty() => {
            "there is no story yet: `newsvigil once` and `newsvigil run` read the feeds and put items into stories"
                .to_owned()
        }
        None => format!("there is no story yet{waiting}"),
    })
}

fn waits(items: u64) -> String {
    let verb = if items == 1 { "waits" } else { "wait" };
    format!("{} {verb}", output::count(items, "item"))
}

fn list_for_programs(
    connection: &Connection,
    stories: &[ListedStory],
    limit: usize,
) -> Result<ExitCode, Failure> {
    let mut out = BufWriter::new(io::stdout());
    for story in stories.iter().take(limit) {
        let first = first_item(connection, story)?;
        let line = ListedLine {
            story: story.id,
            began: story.began.as_second(),
            last: story.last.as_second(),
            outlets: story.outlets.independent,
            carry_one_text: story.outlets.carriers,
            all_outlets: story.outlets.all,
            items: story.items,
            headline: first.as_ref().map_or("", |item| &item.title),
            language: first.as_ref().and_then(|item| item.language.as_deref()),
        };
        writeln!(out, "{}", output::json(&line)?)?;
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn first_item(connection: &Connection, story: &ListedStory) -> Result<Option<Member>, StoreError> {
    Ok(stories::members(connection, story.id, 1)?.pop())
}

fn show(paths: &Paths, options: &ShowOptions) -> Result<ExitCode, Failure> {
    let connection = paths.require_database()?;
    let Some(story) = stories::get(&connection, options.story)? else {
        return Err(unknown(&connection, options.story)?);
    };
    let members = stories::members(&connection, story.id, ITEMS_SHOWN)?;
    let (items, outlets) = stories::outlet_counts(&connection, story.id)?;
    let merged = stories::merged(&connection, story.id)?;
    let linked = stories::links(&connection, story.id)?;
    let first = first_source(&members);
    if options.format.json {
        let line = StoryLine {
            story: story.id,
            began: story.began.as_second(),
            outlets: outlets.independent,
            carry_one_text: outlets.carriers,
            all_outlets: outlets.all,
            items_in_all: items,
            first_reported_by: first.map(|item| item.outlet.as_str()),
            first_reported: first.map(|item| item.reported.as_second()),
            items: members.iter().map(item_line).collect(),
            merged,
            linked,
        };
        say!("{}", output::json(&line)?);
        return Ok(ExitCode::SUCCESS);
    }
    paths.tell_state()?;
    let heading = output::HEADING;
    if options.story != story.id {
        say!(
            "story {} turned out to be story {}",
            options.story,
            story.id
        );
    }
    say!(
        "{heading}Story {}{heading:#}  {}, {}",
        story.id,
        output::count(items, "item"),
        outlets_in_words(outlets)
    );
    if let Some(first) = first {
        say!(
            "First reported by {}, {}",
            output::printable(&first.outlet, 60),
            output::local_time(first.reported)
        );
    }
    if !merged.is_empty() {
        say!("With what were at first {}", numbers(&merged));
    }
    show_linked(&connection, &linked)?;
    say!("");
    members.iter().for_each(item_for_people);
    if items > members.len() as u64 {
        say!("and {} more", items - members.len() as u64);
    }
    Ok(ExitCode::SUCCESS)
}

/// Who copies is no first source, whatever its date says.
fn first_source(members: &[Member]) -> Option<&Member> {
    let first = members
        .iter()
        .find(|item| item.sure && item.copy_of.is_none());
    first.or(members.first())
}

/// The same story in other languages.
fn show_linked(connection: &Connection, linked: &[i64]) -> Result<(), Failure> {
    for other in linked {
        let Some(item) = stories::members(connection, *other, 1)?.pop() else {
            continue;
        };
        let language = item.language.as_deref().unwrap_or("another language");
        let told = format!(
            "Also in {}: story {other}, {}",
            output::printable(language, 20),
            output::printable(&item.title, 200)
        );
        say!("{}", output::paragraph(&told, 0));
    }
    Ok(())
}

fn item_line(item: &Member) -> ItemLine<'_> {
    ItemLine {
        entry: item.entry_id,
        reported: item.reported.as_second(),
        feed: &item.feed_id,
        outlet: &item.outlet,
        agency: item.agency.as_deref(),
        title: &item.title,
        language: item.language.as_deref(),
        relation: stories::relation_name(item.relation),
        copy_of: item.copy_of,
        why: &item.why,
        changed: item.changed.as_deref(),
        victims: item.victims,
        counts_as_outlet: item.sure,
        is_hit: item.is_hit,
        link: item.link.as_deref(),
    }
}

/// Of what stands below an item's number.
const INDENT: usize = 8;

fn item_for_people(item: &Member) {
    let heading = output::HEADING;
    let agency = match &item.agency {
        Some(agency) => format!(", credits {}", output::printable(agency, 40)),
        None => String::new(),
    };
    let found = if item.is_hit { ", a hit" } else { "" };
    say!(
        "{:>6}  {}  {}: {}{agency}{found}",
        item.entry_id,
        output::local_time(item.reported),
        output::printable(&item.outlet, 60),
        stories::relation_name(item.relation)
    );
    let columns = output::terminal_width().map_or(usize::MAX, |columns| columns - INDENT);
    for line in output::wrapped(&output::printable(&item.title, 300), columns) {
        say!("{:INDENT$}{heading}{line}{heading:#}", "");
    }
    let mut why = item.why.clone();
    if let Some(original) = item.copy_of {
        why = why.replace(ANOTHER_ITEM, &format!("item {original}"));
    }
    if let Some(changed) = &item.changed {
        why = format!("{why}; {changed}");
    }
    if !item.sure {
        why = format!("{why}; too little like it to count as an outlet");
    }
    say!(
        "{}",
        output::paragraph(&output::printable(&why, 400), INDENT)
    );
    let link = item.link.as_deref().map(target);
    if let Some(link) = link.filter(|link| !link.is_empty()) {
        say!("{:INDENT$}{}", "", output::printable(&link, usize::MAX));
    }
}

/// As in "4 outlets in their own words; 3 carry one text".
fn outlets_in_words(outlets: OutletCounts) -> String {
    let own = match outlets.independent {
        1 => "1 outlet in its own words".to_owned(),
        several => format!("{several} outlets in their own words"),
    };
    match outlets.carriers {
        0 | 1 => own,
        carriers => format!("{own}; {carriers} carry one text"),
    }
}

fn numbers(stories: &[i64]) -> String {
    let named: Vec<String> = stories.iter().map(|id| format!("story {id}")).collect();
    named.join(", ")
}

fn split(paths: &Paths, options: &SplitOptions) -> Result<ExitCode, Failure> {
    let story = options.story;
    let mut connection = paths.write_database()?;
    match stories::split(&mut connection, story)? {
        Split::Unknown => Err(unknown(&connection, story)?),
        Split::Alone => Err(Failure::new(
            USAGE,
            format!("story {story} has one item, so there is nothing to split"),
        )),
        Split::Separated(items) => {
            say!(
                "the {items} items of story {story} are told one by one from now on; nothing joins them"
            );
            Ok(ExitCode::SUCCESS)
        }
    }
}

/// There is none of that number; it may be that of an item.
fn unknown(connection: &Connection, number: i64) -> Result<Failure, StoreError> {
    let why = match stories::item(connection, number)? {
        stories::ItemPlacement::Unknown => "see `newsvigil story list`".to_owned(),
        stories::ItemPlacement::In(story) => format!("item {number} is in story {story}"),
        stories::ItemPlacement::Waits => {
            format!("item {number} waits to be put into its story, before mails are made of it")
        }
        stories::ItemPlacement::Alone => format!(
            "item {number} is in none: it is older than its feed's first poll, or than stories are, or too many waited"
        ),
    };
    Ok(Failure::new(
        USAGE,
        format!("there is no story {number}; {why}"),
    ))
}
