//! `newsvigil hits`: what was found, as a table, JSON lines, CSV or an Atom feed.

pub(super) mod search;
mod table;

use std::collections::BTreeSet;
use std::io::{self, BufWriter};
use std::process::ExitCode;

use clap::{Args, ValueEnum};
use jiff::Timestamp;

use super::failure::{CONFIGURATION, Failure, NO_INPUT, USAGE};
use super::options::{since, until};
use super::output;
use super::paths::Paths;
use crate::config::{self, Config};
use crate::core::judgment::Verdict;
use crate::core::place;
use crate::export::{AtomFeedMetadata, AtomWriter, HitTable, HitWriter, JsonLines};
use crate::matching::{self, HitFilterNames};
use crate::store::hits::HitFilter;
use crate::store::outbox::{OutboxRow, OutboxState};
use crate::store::{self, Connection, StoreError, articles};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Only hits of this watch
    #[arg(long, value_name = "ID")]
    watch: Option<String>,
    /// Only hits of watches with this topic
    #[arg(long, value_name = "TOPIC")]
    topic: Option<String>,
    /// Only items of this feed
    #[arg(long, value_name = "ID")]
    feed: Option<String>,
    /// Only items about this country, territory or region: PE, central-america. What names no place is
    /// left out
    #[arg(long, value_name = "ID")]
    place: Option<String>,
    /// Only the hits in this item, by the number that mails give it
    #[arg(long, alias = "entry", value_name = "NUMBER")]
    item: Option<i64>,
    /// Only hits found in this time or since then: 24h, 7d, 4w, 2026-01-31, 2026-01-31T08:00Z
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only hits found before then, or up to the end of this day; written as for `--since`
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only items with these words; all of them must be there, "several words" in quotes
    /// together; OR between two asks for one of them, * behind a word finds longer ones. Case,
    /// accents and the like do not matter, as in watches
    #[arg(long, value_name = "TEXT")]
    search: Option<String>,
    /// Only hits that were judged so last, in the reading room: `relevant`, `irrelevant` or `undecided`, or `none`
    /// for those that nobody has judged; several with a comma between two
    #[arg(
        long,
        value_name = "VERDICT",
        value_delimiter = ',',
        hide_possible_values = true
    )]
    judgment: Vec<Judged>,
    /// Only hits that this mail told, and how: in full, as a headline, or by count. Mails name their
    /// number, and `outbox list --sent` lists it
    #[arg(long, value_name = "NUMBER")]
    mail: Option<i64>,
    /// Print JSON, one hit a line
    #[arg(long, group = "form")]
    json: bool,
    /// Print CSV (RFC 4180) for spreadsheets, one hit a row; a cell that one would run as a formula begins
    /// with an apostrophe
    #[arg(long, group = "form")]
    csv: bool,
    /// Print an Atom feed
    #[arg(long, group = "form")]
    atom: bool,
}

/// How hits are judged.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Judged {
    Relevant,
    Irrelevant,
    Undecided,
    None,
}

impl Judged {
    fn verdict(self) -> Option<Verdict> {
        match self {
            Self::Relevant => Some(Verdict::Relevant),
            Self::Irrelevant => Some(Verdict::Irrelevant),
            Self::Undecided => Some(Verdict::Undecided),
            Self::None => None,
        }
    }
}

pub(super) fn run(paths: &Paths, options: &Options) -> Result<ExitCode, Failure> {
    let now = Timestamp::now();
    let connection = paths.require_database()?;
    // What was found is there to be read, whatever the configuration has become.
    let config = config::load(&paths.config).ok().map(|(config, _)| config);
    check_names(&connection, config.as_ref(), options)?;
    let places = match &options.place {
        Some(id) => Some(wanted_places(config.as_ref(), id)?),
        None => None,
    };
    let mail = options.mail.map(|number| wanted_mail(&connection, number));
    let mail = mail.transpose()?;
    let filter = filter(options, now)?;
    let for_people = !(options.json || options.csv || options.atom);
    if for_people {
        paths.tell_state()?;
    }
    let mut form = form(options, now)?;
    // What cannot be written is no fault of the database: kept apart on the way through it.
    let mut unwritten: Option<io::Error> = None;
    let mut found = false;
    let mut reading = place::Scratch::default();
    let listed = store::hits::list(&connection, &filter, &mut |mut hit| {
        let about = match &config {
            Some(config) => config.places_of(&hit.document(), &mut reading),
            None => Vec::new(),
        };
        if let Some(places) = &places
            && !about.iter().any(|place| places.contains(place))
        {
            return Ok(());
        }
        found = true;
        let mut named = Vec::new();
        if let Some(config) = &config {
            named = about.iter().map(|place| config.places.id(*place)).collect();
            hit.feed_title = Some(config.outlet(&hit.feed_id, hit.feed_title.take()));
        }
        let page = articles::page_of(&connection, hit.entry_id, hit.revision)?;
        form.hit(&hit, &named, page.as_ref()).map_err(|error| {
            unwritten = Some(error);
            StoreError::Stopped
        })
    });
    if let Some(error) = unwritten {
        return Err(error.into());
    }
    listed?;
    form.end()?;
    if !found {
        tell_why_nothing(&connection, &filter, mail)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn wanted_mail(connection: &Connection, number: i64) -> Result<OutboxRow, Failure> {
    store::outbox::find(connection, number)?.ok_or_else(|| {
        Failure::new(
            USAGE,
            format!("there is no mail {number}; see `newsvigil outbox list --sent`"),
        )
    })
}

fn tell_why_nothing(
    connection: &Connection,
    filter: &HitFilter,
    mail: Option<OutboxRow>,
) -> Result<(), Failure> {
    if let Some(mail) = mail
        && let Some(reply) = mail.reply.filter(|_| mail.state == OutboxState::Discarded)
    {
        tell!(
            "mail {} tells nothing any more: {}",
            mail.id,
            output::printable(&reply, 300)
        );
    }
    if let Some(hint) = search::hint(connection, filter)? {
        tell!("{}", output::paragraph(&format!("hint: {hint}"), 0));
    }
    Ok(())
}

fn filter(options: &Options, now: Timestamp) -> Result<HitFilter, Failure> {
    let (since_text, until_text) = (options.since.as_deref(), options.until.as_deref());
    Ok(HitFilter {
        mail: options.mail,
        watch: options.watch.clone(),
        topic: options.topic.clone(),
        feed: options.feed.clone(),
        item: options.item,
        since: since_text.map(|text| since(text, now)).transpose()?,
        until: until_text.map(|text| until(text, now)).transpose()?,
        verdicts: (options.judgment.iter())
            .map(|judged| judged.verdict())
            .collect(),
        search: options.search.clone(),
        ..HitFilter::default()
    })
}

/// What the hits are written as.
fn form(options: &Options, now: Timestamp) -> io::Result<Box<dyn HitWriter>> {
    let told = options.mail.is_some();
    Ok(if options.json {
        Box::new(JsonLines(BufWriter::new(io::stdout().lock())))
    } else if options.csv {
        let judged = !options.judgment.is_empty();
        Box::new(HitTable::new(io::stdout(), told, judged)?)
    } else if options.atom {
        Box::new(AtomWriter::new(
            BufWriter::new(io::stdout().lock()),
            &AtomFeedMetadata::of_command(now),
        )?)
    } else {
        Box::new(table::Table::new(told))
    })
}

fn wanted_places(config: Option<&Config>, id: &str) -> Result<BTreeSet<usize>, Failure> {
    let Some(config) = config else {
        return Err(Failure::new(
            CONFIGURATION,
            "--place needs the places of the configuration, which has mistakes: see `newsvigil check`",
        ));
    };
    matching::wanted_places(config, id).map_err(|reason| Failure::new(USAGE, reason))
}

/// Refuses what neither the database nor the configuration knows: a mistyped name is no empty list.
fn check_names(
    connection: &Connection,
    config: Option<&Config>,
    options: &Options,
) -> Result<(), Failure> {
    let asked = HitFilterNames {
        watch: options.watch.as_deref(),
        topic: options.topic.as_deref(),
        feed: options.feed.as_deref(),
    };
    if let Some(reason) = matching::unknown(connection, config, asked)? {
        return Err(Failure::new(USAGE, reason));
    }
    if let Some(number) = options.item
        && store::entries::get(connection, number)?.is_none()
    {
        return Err(Failure::new(
            NO_INPUT,
            format!(
                "no item {number} is stored; items without a hit are kept for the time of [store] retention"
            ),
        ));
    }
    Ok(())
}
