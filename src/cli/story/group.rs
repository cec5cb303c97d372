//! `newsvigil story group`: the items of a file into stories, as a running newsvigil would put them.

use std::collections::{BTreeMap, HashMap};
use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::Args;
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;

use super::super::match_documents::each_line;
use super::super::match_documents::input::{self, Source};
use super::super::output;
use super::super::paths::Paths;
use crate::cli::failure::{DATA_ERROR, Failure, USAGE};
use crate::cli::match_documents::line::ItemLine;
use crate::cli::options::Format;
use crate::core::document::Document;
use crate::core::story::{ANOTHER_ITEM, ClusterAssignment, Engine, Relation, StoryItem};
use crate::core::watch::determine_language;

#[derive(Debug, Args)]
pub(in crate::cli) struct Options {
    /// A file of JSON lines; `-` or none is standard input
    ///
    /// Items {id,title,summary,text,language,published,feed,outlet}, the oldest first: no key is required, and
    /// other keys than those that `match` takes are refused. `published` is Unix seconds or a date such as
    /// 2026-01-31T09:14:00Z; an item without it counts as published with the latest before it. An item without
    /// an id is called "line 7" after its line.
    #[arg(value_name = "FILE")]
    input: Option<String>,
    #[command(flatten)]
    format: Format,
}

#[derive(Serialize)]
struct GroupedLine<'a> {
    id: &'a serde_json::Value,
    story: &'a serde_json::Value,
    relation: &'static str,
    why: &'a str,
}

/// An item that was placed.
struct Grouped {
    id: serde_json::Value,
    title: String,
    story: i64,
    relation: Relation,
    why: String,
}

/// An item that is dated so much later than those before it alone moves no clock.
const MOST_AT_ONCE: SignedDuration = SignedDuration::from_hours(30 * 24);

#[derive(Default)]
struct Grouping {
    engine: Engine,
    /// The latest time at which an item was published.
    now: Option<Timestamp>,
    /// Far behind that, when the last item says that it was: others have to bear it out.
    ahead: Option<Timestamp>,
    items: Vec<Grouped>,
    /// Newer stories, and the older in which they go on.
    merged: HashMap<i64, i64>,
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let argument = options.input.as_deref().unwrap_or("-");
    let (name, lines) = match input::read(paths, argument)? {
        (name, Source::Lines(lines)) => (name, lines),
        (name, Source::Text(_)) => {
            return Err(Failure::new(
                USAGE,
                format!(
                    "{name} holds no JSON lines; stories are made of many items, one object a line, such as \
                     {{\"id\": 1, \"title\": \"…\", \"published\": 1790000000}}"
                ),
            ));
        }
    };
    let mut grouping = Grouping::default();
    let mut bad_lines = 0_u64;
    each_line(&name, lines, |number, parsed| {
        match parsed.and_then(|line| grouping.place(line, number)) {
            Ok(()) => {}
            Err(reason) => {
                bad_lines += 1;
                tell!("{name}:{number}: not an item: {}", output::plain(&reason));
            }
        }
        Ok(())
    })?;
    if options.format.json {
        grouping.for_programs()?;
    } else {
        grouping.for_people()?;
    }
    if bad_lines > 0 {
        return Err(Failure::new(
            DATA_ERROR,
            format!("{} could not be read", output::count(bad_lines, "line")),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

impl Grouping {
    fn place(&mut self, line: ItemLine, number: u64) -> Result<(), String> {
        let ItemLine {
            id,
            published,
            outlet,
            mut document,
        } = line;
        let published = when(&published)?;
        let id = if id.is_null() {
            format!("line {number}").into()
        } else {
            id
        };
        determine_language(&mut document, None);
        self.go_on(published);
        let Document {
            title,
            summary,
            text,
            language,
            feed,
            ..
        } = &document;
        let lead = if summary.trim().is_empty() {
            text
        } else {
            summary
        };
        let report = StoryItem {
            id: i64::try_from(self.items.len()).unwrap_or(i64::MAX),
            title,
            lead,
            language: language.as_deref(),
            published,
            feed: feed.as_deref().unwrap_or_default(),
            outlet: outlet.as_deref().unwrap_or_default(),
        };
        let placed = self
            .engine
            .place(&report, self.now.unwrap_or(Timestamp::UNIX_EPOCH));
        let why = self.why(&placed);
        self.merged.extend(placed.merged);
        self.items.push(Grouped {
            id,
            title: document.title,
            story: placed.story,
            relation: placed.relation,
            why,
        });
        Ok(())
    }

    /// The clock goes by what the items say; one that is dated years ahead by a mistake does not end all open stories.
    fn go_on(&mut self, published: Option<Timestamp>) {
        let is_near = |time: Option<Timestamp>, other: Timestamp| {
            time.is_none_or(|time| other.duration_since(time) <= MOST_AT_ONCE)
        };
        let Some(published) = published else {
            return;
        };
        let is_borne_out = self.ahead.is_some() && is_near(self.ahead, published);
        if is_near(self.now, published) || is_borne_out {
            self.now = self.now.max(Some(published));
            self.ahead = None;
        } else {
            self.ahead = Some(published);
        }
    }

    /// The reason, with what else is known, by the ids of the file.
    fn why(&self, placed: &ClusterAssignment) -> String {
        let id = |number: i64| {
            let at = usize::try_from(number).ok();
            let item = at.and_then(|at| self.items.get(at));
            item.map_or_else(String::new, |item| called(&item.id))
        };
        let mut why = placed.why.clone();
        if let Some(original) = placed.copy_of {
            why = why.replace(ANOTHER_ITEM, &id(original));
        }
        if let Some(corrects) = &placed.corrects {
            why = format!("{why}; {corrects}");
        }
        if !placed.sure {
            why.push_str("; too little like it to count as an outlet");
        }
        for (newer, older) in &placed.merged {
            why = format!(
                "{why}; story {} turns out to be story {}",
                id(*newer),
                id(*older)
            );
        }
        let linked: Vec<String> = placed.linked.iter().map(|story| id(*story)).collect();
        if !linked.is_empty() {
            why = format!("{why}; in another language: story {}", linked.join(", "));
        }
        why
    }

    /// The story of an item after all that were merged, by its first item.
    fn story_of(&self, item: &Grouped) -> usize {
        let mut story = item.story;
        while let Some(older) = self.merged.get(&story) {
            story = *older;
        }
        usize::try_from(story).unwrap_or_default()
    }

    fn for_programs(&self) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        for item in &self.items {
            let line = GroupedLine {
                id: &item.id,
                story: &self.items[self.story_of(item)].id,
                relation: item.relation.name(),
                why: &item.why,
            };
            writeln!(out, "{}", output::json(&line)?)?;
        }
        out.flush()?;
        Ok(())
    }

    /// Each story with its items, in the order of their first.
    fn for_people(&self) -> Result<(), Failure> {
        let mut stories: BTreeMap<usize, Vec<&Grouped>> = BTreeMap::new();
        for item in &self.items {
            stories.entry(self.story_of(item)).or_default().push(item);
        }
        let mut out = BufWriter::new(anstream::stdout());
        for (story, items) in &stories {
            let count = output::count(items.len() as u64, "item");
            writeln!(out, "Story {} ({count})", called(&self.items[*story].id))?;
            for item in items {
                let why = match item.relation {
                    // It says so itself.
                    Relation::First => item.why.clone(),
                    relation => format!("{}: {}", relation.name(), item.why),
                };
                writeln!(
                    out,
                    "  {}  {}\n      {}",
                    called(&item.id),
                    output::printable(&item.title, 100),
                    output::printable(&why, 300),
                )?;
            }
        }
        writeln!(
            out,
            "{} in {}",
            output::count(self.items.len() as u64, "item"),
            match stories.len() {
                1 => "1 story".to_owned(),
                stories => format!("{stories} stories"),
            }
        )?;
        out.flush()?;
        Ok(())
    }
}

/// An id as it is shown to people.
fn called(id: &serde_json::Value) -> String {
    let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
    output::printable(&id, 60)
}

/// Unix seconds, or a date with time and zone (RFC 3339).
fn when(published: &serde_json::Value) -> Result<Option<Timestamp>, String> {
    let seconds = match published {
        serde_json::Value::Null => return Ok(None),
        serde_json::Value::Number(number) => {
            #[allow(clippy::cast_possible_truncation)]
            let whole = number
                .as_i64()
                .or_else(|| number.as_f64().map(|seconds| seconds as i64));
            whole.and_then(|seconds| Timestamp::from_second(seconds).ok())
        }
        serde_json::Value::String(text) => text.trim().parse().ok(),
        _ => None,
    };
    seconds.map(Some).ok_or_else(|| {
        "`published` is no time: give Unix seconds, such as 1790000000, or 2026-01-31T09:14:00Z"
            .to_owned()
    })
}
