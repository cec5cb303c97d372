//! What came of a page: its verdict, the item's text, and the hits in it.

use std::collections::HashMap;
use std::ops::AddAssign;
use std::slice;

use jiff::Timestamp;
use rusqlite::{OptionalExtension, TransactionBehavior, params};

use super::counts::{hits_today, next_day};
use super::text::deflate;
use crate::core::article::PageVerdict;
use crate::core::digest::HitOrigin;
use crate::core::schedule::told;
use crate::fault;
use crate::store::connection::{Connection, Transaction};
use crate::store::hits::{self, Finding};
use crate::store::polls::{NewHit, retain_new_hits};
use crate::store::sql_values::seconds;
use crate::store::{StoreError, mutes};

/// What came of a page that waited.
#[derive(Clone, Debug)]
pub struct Settled {
    /// The row, see [`waiting`](super::waiting).
    pub id: i64,
    /// Where it was read last.
    pub address: String,
    /// What came of it.
    pub verdict: PageVerdict,
    /// Why, in words that read alone.
    pub why: Option<String>,
    /// As the page calls itself.
    pub title: Option<String>,
    /// Who wrote it, as the page says.
    pub byline: Option<String>,
    /// When it was published, as the page says.
    pub published: Option<Timestamp>,
    /// The page's language.
    pub language: Option<String>,
    /// The address that the page calls its own.
    pub canonical: Option<String>,
    /// The whole [`Document::text`](crate::core::document::Document::text) with the article in it; `None`: the
    /// feed's stays.
    pub text: Option<String>,
    /// What the watches that look into articles found with that text.
    pub hits: Vec<NewHit>,
}

impl Settled {
    /// A row of which nothing was read.
    pub fn unread(id: i64, address: String, verdict: PageVerdict, why: String) -> Self {
        Self {
            id,
            address,
            verdict,
            why: Some(why),
            title: None,
            byline: None,
            published: None,
            language: None,
            canonical: None,
            text: None,
            hits: Vec::new(),
        }
    }

    fn without_content(&self, error: &StoreError) -> Self {
        let why = format!("what was read of it cannot be stored: {error}");
        Self::unread(
            self.id,
            self.address.clone(),
            PageVerdict::TooBig,
            told(&why),
        )
    }
}

/// What the store needs to know of the world to settle pages.
#[derive(Clone, Copy, Debug)]
pub struct SettlementContext<'a> {
    /// The time.
    pub now: Timestamp,
    /// The program's version, kept with each hit.
    pub program_version: &'a str,
    /// Hits that the articles of one feed may bring in a day (UTC), beside those of its bodies.
    pub daily_hits: u64,
}

/// What settling changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SettleCounts {
    /// Pages that were settled.
    pub settled: u64,
    /// Pages whose item was revised or let go meanwhile: of these nothing is kept.
    pub dropped: u64,
    /// The rows that wait until the next day (UTC) begins, since their feed has brought its hits of this one.
    pub put_off: Vec<i64>,
    /// Hits made.
    pub hits: u64,
    /// Those of them whose watch was muted.
    pub hits_muted: u64,
    /// Hits of the item's feed text that are owed to more recipients, or sooner, by its article.
    pub hits_raised: u64,
}

impl AddAssign for SettleCounts {
    fn add_assign(&mut self, other: Self) {
        self.settled += other.settled;
        self.dropped += other.dropped;
        self.put_off.extend(other.put_off);
        self.hits += other.hits;
        self.hits_muted += other.hits_muted;
        self.hits_raised += other.hits_raised;
    }
}

/// Settles pages, all in one transaction. Their hits are as those of polls, alerts included; a watch that found
/// the item at this revision already makes no other, and one that found an earlier revision only if a
/// revision would be told for it. Where by its article an item is for more recipients than by its feed's text, or
/// for an alert and not for a digest that is yet to come, the hit that is there is owed so.
///
/// A page that cannot be stored for what was read of it is stored without that, so that it holds up no others.
pub fn settle(
    connection: &mut Connection,
    settled: &[Settled],
    settling: &SettlementContext<'_>,
) -> Result<SettleCounts, StoreError> {
    let path = connection.path().to_owned();
    let mut attempt = |pages: &[Settled]| {
        settle_together(connection, pages, settling).map_err(|error| error.at(&path))
    };
    match attempt(settled) {
        Err(error) if !error.affects_all_calls() => {}
        together => return together,
    }
    let mut counts = SettleCounts::default();
    for page in settled {
        let alone = match attempt(slice::from_ref(page)) {
            Err(error) if !error.affects_all_calls() => {
                let address = &page.address;
                tracing::error!("what was read at {address} cannot be stored: {error}");
                attempt(&[page.without_content(&error)])
            }
            alone => alone,
        };
        counts += alone?;
    }
    Ok(counts)
}

fn settle_together(
    connection: &mut Connection,
    settled: &[Settled],
    settling: &SettlementContext<'_>,
) -> Result<SettleCounts, StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let mut counts = SettleCounts::default();
    let mut left = HashMap::new();
    for page in settled {
        settle_one(&transaction, page, settling, &mut left, &mut counts)?;
    }
    fault::point("articles-written");
    transaction.commit()?;
    fault::point("articles-committed");
    Ok(counts)
}

/// The revision of an item that a row stands for.
struct ItemRevision {
    entry_id: i64,
    revision: i64,
    feed_id: String,
    /// The item's title at that revision; `None` when it is at another.
    title: Option<String>,
}

impl ItemRevision {
    /// What a row stands for that still waits.
    fn row(connection: &Connection, id: i64) -> Result<Option<Self>, StoreError> {
        Ok(connection
            .prepare_cached(
                "SELECT entry_id, article.revision, article.feed_id, entry.title
                 FROM article LEFT JOIN entry
                   ON entry.id = article.entry_id AND entry.revision = article.revision
                 WHERE article.id = ?1 AND settled_at IS NULL",
            )?
            .query_row([id], |row| {
                Ok(Self {
                    entry_id: row.get(0)?,
                    revision: row.get(1)?,
                    feed_id: row.get(2)?,
                    title: row.get(3)?,
                })
            })
            .optional()?)
    }
}

fn settle_one(
    transaction: &Transaction<'_>,
    page: &Settled,
    settling: &SettlementContext<'_>,
    left: &mut HashMap<String, u64>,
    counts: &mut SettleCounts,
) -> Result<(), StoreError> {
    let Some(of) = ItemRevision::row(transaction, page.id)? else {
        counts.dropped += 1;
        return Ok(());
    };
    let Some(title) = &of.title else {
        transaction
            .prepare_cached("DELETE FROM article WHERE id = ?1")?
            .execute([page.id])?;
        counts.dropped += 1;
        return Ok(());
    };
    let found = new_hits(transaction, &of, title, &page.hits)?;
    let hits = found.new;
    let told = mutes::unmuted(transaction, &hits, settling.now)?;
    if told > 0 {
        let left = if let Some(left) = left.get_mut(&of.feed_id) {
            left
        } else {
            let today = hits_today(transaction, &of.feed_id, settling.now)?;
            let of_feed = settling.daily_hits.saturating_sub(today);
            left.entry(of.feed_id.clone()).or_insert(of_feed)
        };
        // As with the items of a body, what begins within the budget is taken.
        if *left == 0 {
            transaction
                .prepare_cached("UPDATE article SET due_at = ?2 WHERE id = ?1")?
                .execute([page.id, next_day(settling.now)])?;
            counts.put_off.push(page.id);
            return Ok(());
        }
        *left = left.saturating_sub(told);
    }
    write(transaction, page, told, settling.now)?;
    counts.settled += 1;
    let finding = Finding {
        entry_id: of.entry_id,
        revision: of.revision,
        program_version: settling.program_version,
        found: settling.now,
        origin: HitOrigin::New,
        in_article: page.text.is_some(),
    };
    for hit in &hits {
        let is_muted = hits::insert_with_deliveries(transaction, hit, &finding)?;
        counts.hits += 1;
        counts.hits_muted += u64::from(is_muted);
    }
    for (hit_id, hit) in &found.known {
        let is_raised = !mutes::is_muted(transaction, &hit.watch_id, settling.now)?
            && hits::raise(transaction, *hit_id, hit)?;
        counts.hits_raised += u64::from(is_raised);
    }
    let is_found: bool = transaction
        .prepare_cached("SELECT EXISTS (SELECT 1 FROM hit WHERE entry_id = ?1)")?
        .query_row([of.entry_id], |row| row.get(0))?;
    if page.text.is_some() && is_found || !hits.is_empty() {
        hits::index(transaction, of.entry_id)?;
    }
    Ok(())
}

/// What watches found in an item with its article.
struct Found {
    /// By those that did not find it so before.
    new: Vec<NewHit>,
    /// By those that found it at this revision by its feed's text, with the number of the hit that is there.
    known: Vec<(i64, NewHit)>,
}

fn new_hits(
    connection: &Connection,
    of: &ItemRevision,
    title: &str,
    found: &[NewHit],
) -> Result<Found, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id FROM hit WHERE entry_id = ?1 AND revision = ?2 AND watch_id = ?3",
    )?;
    let (mut new, mut known) = (Vec::new(), Vec::new());
    for hit in found {
        let by_feed: Option<i64> = statement
            .query_row(params![of.entry_id, of.revision, hit.watch_id], |row| {
                row.get(0)
            })
            .optional()?;
        match by_feed {
            Some(hit_id) => known.push((hit_id, hit.clone())),
            None => new.push(hit.clone()),
        }
    }
    retain_new_hits(connection, of.entry_id, title, &mut new)?;
    Ok(Found { new, known })
}

fn write(
    connection: &Connection,
    page: &Settled,
    told: u64,
    now: Timestamp,
) -> Result<(), StoreError> {
    let text = page.text.as_deref().map(deflate).transpose()?;
    connection
        .prepare_cached(
            "UPDATE article SET address = ?2, settled_at = ?3, verdict = ?4, why = ?5, title = ?6,
                    byline = ?7, published_at = ?8, language = ?9, canonical = ?10, text = ?11,
                    hits = ?12
             WHERE id = ?1",
        )?
        .execute(params![
            page.id,
            page.address,
            seconds(now),
            page.verdict.name(),
            page.why,
            page.title,
            page.byline,
            page.published.map(seconds),
            page.language,
            page.canonical,
            text,
            told
        ])?;
    Ok(())
}
