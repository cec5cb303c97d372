//! Hits as JSON, one a line.

use std::borrow::Cow;
use std::io::{self, Write};

use jiff::Timestamp;
use serde::Serialize;

use super::{HitWriter, outlet};
use crate::core::article::PageRead;
use crate::core::feed::links::target;
use crate::core::text::sanitize::visible_json;
use crate::store::hits::{HitRow, StoredSpan};
use crate::store::judgments::Judgment;

/// JSON lines.
pub struct JsonLines<W: Write>(pub W);

#[derive(Serialize)]
struct HitLine<'a> {
    id: i64,
    watch: &'a str,
    watch_title: &'a str,
    topic: &'a str,
    score: i64,
    found: i64,
    published: Option<i64>,
    first_seen: i64,
    backlog: bool,
    later: bool,
    revision: i64,
    feed: &'a str,
    outlet: &'a str,
    title: &'a str,
    summary: &'a str,
    text: &'a str,
    link: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_link: Option<&'a str>,
    language: Option<&'a str>,
    places: &'a [&'a str],
    /// How the page behind the item was read; `null` when it was none to be read.
    article: Option<&'a PageRead>,
    in_article: bool,
    /// The number of its story, by which `story show` shows it.
    story: Option<i64>,
    spans: &'a [StoredSpan],
    watch_version: &'a str,
    program_version: &'a str,
    entry: i64,
    /// What was said of it last; no key where nobody has judged it.
    #[serde(skip_serializing_if = "Option::is_none")]
    judgment: Option<&'a Judgment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<&'a str>,
}

impl<W: Write> HitWriter for JsonLines<W> {
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
        let link = hit.link.as_deref().map(target);
        let line = HitLine {
            id: hit.id,
            watch: &hit.watch_id,
            watch_title: &hit.watch_title,
            topic: &hit.topic,
            score: hit.score,
            found: hit.found.as_second(),
            published: hit.published.map(Timestamp::as_second),
            first_seen: hit.first_seen.as_second(),
            backlog: hit.backlog,
            later: hit.later,
            revision: hit.revision,
            feed: &hit.feed_id,
            outlet: outlet(hit),
            title: &hit.title,
            summary: &hit.summary,
            text: &hit.text,
            original_link: hit
                .link
                .as_deref()
                .filter(|given| link.as_deref() != Some(given)),
            link,
            language: hit.language.as_deref(),
            places,
            article: page,
            in_article: hit.in_article,
            story: hit.story,
            spans: &hit.spans,
            watch_version: &hit.watch_version,
            program_version: &hit.program_version,
            entry: hit.entry_id,
            judgment: hit.judgment.as_ref(),
            told: hit.told.as_deref(),
        };
        let json = visible_json(&serde_json::to_string(&line)?);
        writeln!(self.0, "{json}")
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
