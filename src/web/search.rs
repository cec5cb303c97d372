//! Hits by words or by a query as watches have it.
//!
//! Where a query can be decided by words alone, so is it by the index of words. Else the index gives candidates, and
//! each is put to the query as it was when its watch found it, a page at a time.

use std::collections::HashMap;
use std::ops::Range;
use std::time::{Duration, Instant};

use jiff::Timestamp;

use super::address::HitsAddress;
use crate::config::{Config, query_problems};
use crate::core::digest::SpanRecord;
use crate::core::document::{Document, Field};
use crate::core::text::search::Search;
use crate::core::watch::{
    Problem, RequiredWords, Scratch, Severity, WatchSet, WatchSpec, WordLists, cost_problem,
    is_query, parse_with, required,
};
use crate::matching::{self, HitFilterNames};
use crate::store::Connection;
use crate::store::hits::{
    HitFilter, HitPredicate, HitRow, Key, Mark, Page, PlacesOfHits, Start, page,
};
use crate::store::{StoreError, entries};

/// Characters of what is said of mistakes.
const MISTAKES_CHARS: usize = 6_000;
/// How long a page looks for hits that a query finds. What it has by then is shown.
const LOOKING_AT_MOST: Duration = Duration::from_secs(3);
/// How long it looks whether there are newer ones.
const LOOKING_BACK_AT_MOST: Duration = Duration::from_millis(500);

/// What is looked for.
pub enum SearchTerms {
    /// Nothing in particular.
    Everything,
    /// Words, all of them.
    Words(Search),
    /// A query.
    Query(Box<CompiledQuery>),
}

/// A query, ready to be asked.
pub struct CompiledQuery {
    set: WatchSet,
    required: RequiredWords,
    /// What should be known of it: not what was meant, perhaps.
    pub warnings: Option<String>,
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mistakes {
    /// As `check` tells them: each with its place, a caret, and what to write instead.
    pub text: String,
    /// The query with what is suggested, where that makes a query of it.
    pub instead: Option<String>,
}

impl SearchTerms {
    /// Reads what was typed.
    ///
    /// # Errors
    /// What is wrong with it as a query; with words, a beginning of a single letter.
    pub fn read(typed: &str, lists: &WordLists) -> Result<Self, Mistakes> {
        if typed.trim().is_empty() {
            return Ok(Self::Everything);
        }
        if !is_query(typed) {
            let search = Search::read(typed);
            return match search.broadest() {
                None => Ok(Self::Words(search)),
                Some(term) => Err(Mistakes {
                    text: format!(
                        "{}* is too little to look for: words of every text begin so. Write one letter more.",
                        term.words
                    ),
                    instead: None,
                }),
            };
        }
        let (query, mut problems) = parse_with(typed, lists);
        if let Some(query) = &query {
            problems.extend(cost_problem(query, &[], &[]));
        }
        let refused = problems.iter().any(|told| told.severity == Severity::Error);
        let Some(query) = query.filter(|_| !refused) else {
            return Err(Mistakes::new(typed, problems, lists));
        };
        let warnings = (!problems.is_empty()).then(|| query_problems("search", typed, problems));
        Ok(Self::Query(Box::new(CompiledQuery {
            required: required(&query),
            set: WatchSet::compile(&[WatchSpec::from(query)]),
            warnings,
        })))
    }
}

impl Mistakes {
    /// Those of a text.
    pub fn new(text: &str, problems: Vec<Problem>, lists: &WordLists) -> Self {
        Self {
            instead: corrected(text, &problems, lists),
            text: query_problems("query", text, problems),
        }
    }

    /// With what is meant, perhaps; as much as a page has room for.
    pub fn in_words(&self) -> String {
        let mut words = match &self.instead {
            Some(instead) => format!("{}\nperhaps: {instead}", self.text.trim_end()),
            None => self.text.clone(),
        };
        if let Some((end, _)) = words.char_indices().nth(MISTAKES_CHARS) {
            words.truncate(end);
            words.push('…');
        }
        words
    }
}

/// The text with what the problems suggest, where that leaves no mistake.
fn corrected(text: &str, problems: &[Problem], lists: &WordLists) -> Option<String> {
    let mut corrected = text.to_owned();
    let mut free = text.len();
    let mut suggested: Vec<(&Range<usize>, &str)> = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Error)
        .filter_map(|problem| Some((&problem.span, problem.help.as_deref()?)))
        .collect();
    suggested.sort_by_key(|(span, _)| std::cmp::Reverse((span.start, span.end)));
    for (span, help) in suggested {
        if span.end <= free && corrected.get(span.clone()).is_some() {
            corrected.replace_range(span.clone(), help);
            free = span.start;
        }
    }
    let corrected = corrected.trim().to_owned();
    (corrected != text && parse_with(&corrected, lists).0.is_some()).then_some(corrected)
}

/// A page of hits.
#[derive(Debug, Default)]
pub struct Found {
    /// The hits, the newest first.
    pub page: Page,
    /// Of each, where it has what was looked for.
    pub spans: Vec<Vec<SpanRecord>>,
    /// The last hit that was looked at, where there was no time for those behind it.
    pub stopped: Option<Key>,
    /// The hit behind which the page of newer ones begins.
    pub newer: Option<Key>,
    /// The hit behind which the page of older ones begins.
    pub older: Option<Key>,
}

/// Which hits are asked for.
#[derive(Clone, Copy)]
pub struct Criteria<'a> {
    /// The address of the page.
    pub address: &'a HitsAddress,
    /// What it looks for.
    pub asked: &'a SearchTerms,
    /// From when on and until when.
    pub times: (Option<Timestamp>, Option<Timestamp>),
}

/// Which hits an address asks for, as far as the database knows.
pub fn filter(criteria: Criteria<'_>) -> HitFilter {
    let Criteria {
        address,
        asked,
        times,
    } = criteria;
    let (search, required) = match asked {
        SearchTerms::Everything => (None, RequiredWords::default()),
        SearchTerms::Words(_) => (address.search.clone(), RequiredWords::default()),
        SearchTerms::Query(asking) => (None, asking.required.clone()),
    };
    HitFilter {
        watch: address.watch.clone(),
        topic: address.topic.clone(),
        feed: address.feed.clone(),
        language: address.language.clone(),
        since: times.0,
        until: times.1,
        mail: address.mail,
        verdicts: address
            .judgment
            .map_or_else(Vec::new, super::address::JudgmentFilter::verdicts),
        search,
        words: required.words,
        forms: required.forms,
        ..HitFilter::default()
    }
}

/// The first name of an address that neither the configuration nor the database knows, in a sentence with what may be
/// meant.
///
/// # Errors
/// Those of the database.
pub fn unknown(
    connection: &Connection,
    config: &Config,
    address: &HitsAddress,
) -> Result<Option<String>, StoreError> {
    if let Some(place) = &address.place
        && let Err(reason) = matching::wanted_places(config, place)
    {
        return Ok(Some(reason));
    }
    let asked = HitFilterNames {
        watch: address.watch.as_deref(),
        topic: address.topic.as_deref(),
        feed: address.feed.as_deref(),
    };
    matching::unknown(connection, Some(config), asked)
}

/// The hits of one page of an address, `limit` at most.
///
/// # Errors
/// Those of the database. A place that does not exist is no error, and has no hits.
pub fn find(
    connection: &Connection,
    config: &Config,
    places: &PlacesOfHits,
    criteria: Criteria<'_>,
    limit: usize,
) -> Result<Found, StoreError> {
    let filter = filter(criteria);
    let Criteria { address, asked, .. } = criteria;
    let wanted = address.place.as_deref();
    let wanted = wanted.map(|id| config.places.resolve(id).unwrap_or_default());
    let mut looking = HitScan {
        connection,
        asking: match asked {
            SearchTerms::Query(asking) => Some(asking),
            SearchTerms::Everything | SearchTerms::Words(_) => None,
        },
        place: wanted.map(|wanted| Box::new(places.only(wanted)) as Box<dyn HitPredicate + '_>),
        scratch: Scratch::default(),
        start: address.start,
        end: Instant::now() + LOOKING_AT_MOST,
        end_behind: None,
        seen: HashMap::new(),
        spans: HashMap::new(),
        last: None,
        stopped: None,
        error: None,
    };
    let page = page(connection, &filter, address.start, limit, &mut looking)?;
    if let Some(error) = looking.error {
        return Err(error);
    }
    let stopped = looking.stopped;
    let goes_up = matches!(address.start, Start::Behind(_));
    let edge = |hit: Option<&HitRow>, is_more: bool| hit.filter(|_| is_more).map(HitRow::key);
    let spans = page.hits.iter().map(|hit| match asked {
        SearchTerms::Everything => Vec::new(),
        SearchTerms::Words(search) => of_words(search, hit),
        SearchTerms::Query(_) => looking.spans.remove(&hit.id).unwrap_or_default(),
    });
    Ok(Found {
        spans: spans.collect(),
        newer: (stopped.filter(|_| goes_up)).or_else(|| edge(page.hits.first(), page.has_newer)),
        older: (stopped.filter(|_| !goes_up)).or_else(|| edge(page.hits.last(), page.has_older)),
        stopped,
        page,
    })
}

/// How many of the hits that pass a filter each of these admits.
///
/// # Errors
/// Those of the database.
pub fn count<'a>(
    connection: &Connection,
    filter: &HitFilter,
    of: Vec<Box<dyn HitPredicate + 'a>>,
) -> Result<Vec<u64>, StoreError> {
    let of = of.into_iter().map(|admit| (admit, 0));
    let mut counting = HitCounter(of.collect());
    page(connection, filter, Start::Newest, 1, &mut counting)?;
    Ok(counting.0.into_iter().map(|(_, count)| count).collect())
}

/// Counts hits, and keeps none.
struct HitCounter<'a>(Vec<(Box<dyn HitPredicate + 'a>, u64)>);

impl HitPredicate for HitCounter<'_> {
    fn known(&mut self, hit: Mark) -> Option<bool> {
        let known: Option<Vec<bool>> = self.0.iter_mut().map(|(of, _)| of.known(hit)).collect();
        for ((_, count), admitted) in self.0.iter_mut().zip(known?) {
            *count += u64::from(admitted);
        }
        Some(false)
    }

    fn admits(&mut self, hit: &HitRow) -> bool {
        for (of, count) in &mut self.0 {
            *count += u64::from(of.admits(hit));
        }
        false
    }
}

/// Looks at hits one after the other.
struct HitScan<'a> {
    connection: &'a Connection,
    asking: Option<&'a CompiledQuery>,
    place: Option<Box<dyn HitPredicate + 'a>>,
    scratch: Scratch,
    start: Start,
    end: Instant,
    /// Set once it is looked behind the first hit of the page.
    end_behind: Option<Instant>,
    /// What several watches found in the same words: whether the query holds, and where.
    seen: HashMap<(i64, i64, bool), Option<Vec<SpanRecord>>>,
    spans: HashMap<i64, Vec<SpanRecord>>,
    last: Option<Key>,
    stopped: Option<Key>,
    error: Option<StoreError>,
}

impl HitScan<'_> {
    /// Whether a hit lies on the other side of where the page begins.
    fn is_behind(&self, key: Key) -> bool {
        match self.start {
            Start::Newest => false,
            Start::Before(start) => key >= start,
            Start::Behind(start) => key <= start,
        }
    }

    /// What is made of a hit at which nobody has time to look.
    fn overdue(&mut self, key: Key) -> Option<bool> {
        let now = Instant::now();
        if self.is_behind(key) {
            let end = *self.end_behind.get_or_insert(now + LOOKING_BACK_AT_MOST);
            // Rather a page that turns out empty than one that nobody is led to.
            return (now >= end).then_some(true);
        }
        // One at least is looked at, so that whoever goes on comes further.
        if self.stopped.is_none() && now >= self.end {
            self.stopped = self.last;
        }
        if self.stopped.is_none() {
            self.last = Some(key);
        }
        self.stopped.map(|_| false)
    }

    fn ask(&mut self, hit: &HitRow) -> Result<Option<Vec<SpanRecord>>, StoreError> {
        let Some(asking) = self.asking else {
            return Ok(Some(Vec::new()));
        };
        let key = (hit.entry_id, hit.revision, hit.in_article);
        if let Some(known) = self.seen.get(&key) {
            return Ok(known.clone());
        }
        let document =
            entries::as_found(self.connection, hit.entry_id, hit.revision, hit.in_article)?;
        let found = document.and_then(|document| asking.spans(&document, &mut self.scratch));
        self.seen.insert(key, found.clone());
        Ok(found)
    }
}

impl HitPredicate for HitScan<'_> {
    fn known(&mut self, hit: Mark) -> Option<bool> {
        if self.error.is_some() {
            return Some(false);
        }
        let here = self
            .place
            .as_mut()
            .map_or(Some(true), |place| place.known(hit));
        match here {
            Some(false) => Some(false),
            Some(true) if self.asking.is_none() => Some(true),
            _ => self.overdue(hit.key),
        }
    }

    fn admits(&mut self, hit: &HitRow) -> bool {
        if self.place.as_mut().is_some_and(|place| !place.admits(hit)) {
            return false;
        }
        match self.ask(hit) {
            Ok(Some(spans)) => {
                self.spans.insert(hit.id, spans);
                true
            }
            Ok(None) => false,
            Err(error) => {
                self.error = Some(error);
                false
            }
        }
    }
}

impl CompiledQuery {
    /// Where the query finds something in a document; `None` where it does not hold.
    fn spans(&self, document: &Document, scratch: &mut Scratch) -> Option<Vec<SpanRecord>> {
        let found = self.set.matches_one(0, document, scratch)?;
        let span = |span: crate::core::watch::Span| SpanRecord {
            field: span.field,
            start: span.start,
            end: span.end,
            term: span.term.to_string(),
        };
        Some(found.spans.into_iter().map(span).collect())
    }
}

/// Where the words stand that were looked for.
fn of_words(search: &Search, hit: &HitRow) -> Vec<SpanRecord> {
    let fields = [
        (Field::Title, &hit.title),
        (Field::Summary, &hit.summary),
        (Field::Text, &hit.text),
    ];
    let mut spans = Vec::new();
    for (field, text) in fields {
        for (place, term) in search.places(text) {
            spans.push(SpanRecord {
                field,
                start: place.start,
                end: place.end,
                term: term.words.clone(),
            });
        }
    }
    spans
}

#[cfg(test)]
mod tests;
