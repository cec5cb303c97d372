//! The pages behind items in the database: which are queued, what is kept of them, and that whoever reads an
//! item or a hit gets the words that were matched.

mod found;
mod kept;
mod queue;
mod readers;

use std::fs;

use crate::connection::Connection;
use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::article::{PageVerdict, PageVerdictCounts, Policy};
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon;
use newsvigil::store;
use newsvigil::store::articles::{self, SettleCounts, Settled, SettlementContext, Waiting};
use newsvigil::store::entries::{self, EntryRow};
use newsvigil::store::hits::{self, HitFilter, HitRow};
use newsvigil::store::polls::{
    self, NewHit, PollCounts, PollRecord, PolledContent, PolledEntry, RecordContext,
};
use tempfile::TempDir;

const FEED: &str = "https://outlet.example/feed.xml";

const WATCHES: &str = r#"
[[watch]]
id = "gas"
title = "Tear gas"
match = '"tear gas" OR gaz OR газ OR 催泪弹 OR الغاز'
urgency = "alert"

[[watch]]
id = "as-fed"
title = "What feeds say"
match = '"tear gas" OR gaz OR газ OR 催泪弹 OR الغاز OR teaser'
articles = false

[[watch]]
id = "killed"
title = "Killed"
match = 'march AND (killed OR wounded)'
"#;

struct Desk {
    folder: TempDir,
    connection: Connection,
    config: Config,
    now: Timestamp,
}

/// An item of a feed.
#[derive(Clone)]
struct Story<'a> {
    key: &'a str,
    title: &'a str,
    text: &'a str,
    link: Option<&'a str>,
}

const STORY: Story<'static> = Story {
    key: "a",
    title: "A march",
    text: "A teaser.",
    link: Some("https://outlet.example/a"),
};

impl Desk {
    fn new() -> Self {
        Self::with(WATCHES)
    }

    fn with(watches: &str) -> Self {
        Self::of(
            "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n",
            watches,
        )
    }

    fn of(settings: &str, watches: &str) -> Self {
        let folder = TempDir::new().expect("a folder");
        fs::create_dir(folder.path().join("watches")).expect("a folder");
        for (name, text) in [
            ("newsvigil.toml", settings),
            ("feeds.toml", ""),
            ("watches/all.toml", watches),
        ] {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        let (config, _) =
            config::load(folder.path()).unwrap_or_else(|problems| panic!("{problems:?}"));
        Self {
            connection: Connection::open(&folder.path().join("newsvigil.db")),
            folder,
            config,
            now: "2026-11-24T12:00:00Z".parse().expect("a time"),
        }
    }

    fn later(&mut self, hours: i64) {
        self.now += SignedDuration::from_hours(hours);
    }

    fn poll(&mut self, policy: Policy, stories: &[Story<'_>]) -> PollCounts {
        self.poll_dated(policy, stories, None)
    }

    fn poll_dated(
        &mut self,
        policy: Policy,
        stories: &[Story<'_>],
        published: Option<Timestamp>,
    ) -> PollCounts {
        let entries = stories.iter().map(|story| PolledEntry {
            key: story.key.to_owned(),
            content_hash: format!("{}\n{}", story.title, story.text),
            document: Document {
                title: story.title.to_owned(),
                text: story.text.to_owned(),
                url: story.link.map(str::to_owned),
                feed: Some("outlet".to_owned()),
                ..Document::default()
            },
            published,
            updated: None,
        });
        let record = PollRecord {
            feed_id: "outlet".to_owned(),
            url: FEED.to_owned(),
            content: Some(PolledContent {
                by_address: false,
                is_page: false,
                title: Some("The Outlet".to_owned()),
                warnings: Vec::new(),
                entries: entries.collect(),
            }),
            articles: policy,
            budget: Budget {
                items: 10_000,
                hits: 10_000,
                ..Budget::default()
            }
            .into(),
            decide: Box::new(|_| FeedState::default()),
        };
        let (config, mut scratch) = (&self.config, daemon::Scratch::default());
        let mut recording = RecordContext {
            now: self.now,
            backlog: SignedDuration::from_hours(24),
            program_version: "1",
            matcher: &mut |feed, _, document| daemon::hits(config, feed, document, &mut scratch),
        };
        let recorded = polls::record(&mut self.connection, &[record], &mut recording);
        recorded.expect("recorded").remove(0).expect("stored")
    }

    fn waiting(&self) -> Vec<(i64, Waiting)> {
        articles::waiting(&self.connection, 0, 10_000).expect("read")
    }

    /// What comes of a page that waits, when this is the article.
    fn read(&self, row: i64, article: &str) -> Settled {
        let documents = articles::documents(&self.connection, &[row]).expect("read");
        let hits = documents.first().map_or_else(Vec::new, |(_, document)| {
            let document = Document {
                text: article.to_owned(),
                ..document.clone()
            };
            let mut scratch = daemon::Scratch::default();
            daemon::hits_in_article(&self.config, "outlet", &document, &mut scratch)
                .expect("matched")
        });
        settled(row, PageVerdict::Whole, Some(article), hits)
    }

    fn settle(&mut self, pages: &[Settled]) -> SettleCounts {
        self.settle_within(pages, 1_000)
    }

    fn settle_within(&mut self, pages: &[Settled], daily_hits: u64) -> SettleCounts {
        let settling = SettlementContext {
            now: self.now,
            program_version: "1",
            daily_hits,
        };
        articles::settle(&mut self.connection, pages, &settling).expect("settled")
    }

    /// Polls an item and reads its article.
    fn publish(&mut self, story: &Story<'_>, article: &str) -> SettleCounts {
        self.poll(Policy::All, std::slice::from_ref(story));
        let row = self.waiting().last().expect("it waits").0;
        let page = self.read(row, article);
        self.settle(&[page])
    }

    fn hits(&self, filter: &HitFilter) -> Vec<HitRow> {
        let mut found = Vec::new();
        hits::list(&self.connection, filter, &mut |hit| {
            found.push(hit);
            Ok(())
        })
        .expect("listed");
        found
    }

    fn search(&self, words: &str) -> usize {
        let filter = HitFilter {
            search: Some(words.to_owned()),
            ..HitFilter::default()
        };
        self.hits(&filter).len()
    }

    fn entry(&self, id: i64) -> EntryRow {
        let entry = entries::get(&self.connection, id).expect("read");
        entry.expect("there is such an item")
    }

    fn number(&self, sql: &str) -> i64 {
        self.connection
            .query_row(sql, [], |row| row.get(0))
            .expect(sql)
    }

    fn counts(&self) -> PageVerdictCounts {
        let day = SignedDuration::from_hours(24);
        let (since, until) = (self.now - day, self.now + day);
        let mut by_feed = articles::read_by_feed(&self.connection, since, until).expect("counted");
        by_feed.remove("outlet").unwrap_or_default()
    }
}

fn settled(rowid: i64, verdict: PageVerdict, text: Option<&str>, hits: Vec<NewHit>) -> Settled {
    Settled {
        id: rowid,
        address: "https://outlet.example/read".to_owned(),
        verdict,
        why: None,
        title: Some("Zebrafinch".to_owned()),
        byline: None,
        published: None,
        language: None,
        canonical: None,
        text: text.map(str::to_owned),
        hits,
    }
}

/// The words that a hit's spans cover in the texts that it comes with.
fn words(hit: &HitRow) -> Vec<&str> {
    let span = |span: &hits::StoredSpan| {
        let text = match span.field.as_str() {
            "title" => &hit.title,
            "text" => &hit.text,
            other => panic!("a span in {other}"),
        };
        text.get(span.start..span.end).expect("a span that fits")
    };
    hit.spans.iter().map(span).collect()
}
