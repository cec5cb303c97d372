//! The hits of a page for other programs.

use std::convert::Infallible;
use std::io::{self, Write};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use axum::body::{Body, Bytes};
use axum::extract::RawQuery;
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, HeaderValue};
use axum::response::Response;
use hyper::body::{Frame, SizeHint};
use jiff::civil::Date;
use tokio::sync::OwnedSemaphorePermit;

use super::super::address::HitsAddress;
use super::super::host_header::RequestHost;
use super::super::load::PageContext;
use super::super::response::{self, ErrorPage};
use super::super::search::{self, Criteria, Found, SearchTerms};
use super::super::state::{Reader, WebServer};
use super::parameters::address;
use crate::core::digest::clean_line;
use crate::export::{AtomFeedMetadata, AtomWriter, HitTable, HitWriter, JsonLines};
use crate::store::hits::{HitRow, Key, PlacesOfHits, Start};
use crate::store::{READING_AT_MOST, StoreError, articles};

/// Hits in one file.
const HITS_MAX: usize = 5_000;
/// Bytes of a file.
const BYTES_MAX: usize = 32 << 20;
/// Hits of an Atom feed.
const FEED_MAX: usize = 100;
/// Hits that are read at once.
const AT_ONCE: usize = 100;
/// Characters of the name of a file that say what was looked for.
const NAME_CHARS: usize = 60;

/// What a file is written as.
pub(in crate::web) struct ExportFormat {
    /// Its media type.
    media: &'static str,
    /// How its name ends.
    ending: &'static str,
    /// Hits in it.
    most: usize,
    /// Whether of more it has the newest; else nothing is written at all.
    is_of_newest: bool,
    begin: Begin,
}

type Begin =
    for<'o> fn(&'o mut BufferedExport, &AtomFeedMetadata) -> io::Result<Box<dyn HitWriter + 'o>>;

pub(in crate::web) const CSV: ExportFormat = ExportFormat {
    media: "text/csv; charset=utf-8",
    ending: "csv",
    most: HITS_MAX,
    is_of_newest: false,
    begin: |out, _| Ok(Box::new(HitTable::new(out, false, true)?)),
};
pub(in crate::web) const JSON_LINES: ExportFormat = ExportFormat {
    media: "application/jsonl",
    ending: "jsonl",
    most: HITS_MAX,
    is_of_newest: false,
    begin: |out, _| Ok(Box::new(JsonLines(out))),
};
pub(in crate::web) const ATOM: ExportFormat = ExportFormat {
    media: "application/atom+xml; charset=utf-8",
    ending: "atom",
    most: FEED_MAX,
    is_of_newest: true,
    begin: |out, channel| Ok(Box::new(AtomWriter::new(out, channel)?)),
};

/// All hits of an address, the newest first, as a file that is whole or not there.
pub(in crate::web) async fn export(
    server: WebServer,
    reader: Reader,
    named: RequestHost,
    RawQuery(query): RawQuery,
    kind: &'static ExportFormat,
) -> Result<Response, ErrorPage> {
    let address = address(query.as_deref())?.first();
    let Some(place) = server.export_permit().await else {
        return Err(ErrorPage::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "Others are taking files",
            "Two are written and sent at a time. Try again in a minute.",
        ));
    };
    let (places, channel) = (server.places(), channel(&named, &address));
    let words = words(&address);
    let written = server.page(reader, move |sources| {
        let typed = address.search.as_deref().unwrap_or_default();
        let asked = match SearchTerms::read(typed, &sources.config.lists) {
            Ok(asked) => asked,
            Err(mistakes) => {
                let wrong = ErrorPage::wrong("The search is not written as it should be.");
                return Ok(Err(wrong.with_detail(mistakes.text)));
            }
        };
        let today = sources.zone.to_datetime(sources.now).date();
        let file = File {
            sources,
            places: &places,
            address,
            asked: &asked,
            kind,
            channel,
        };
        match file.write(READING_AT_MOST) {
            Ok(bytes) => Ok(Ok(Some((bytes, today)))),
            Err(ExportError::TooMuch) => Ok(Ok(None)),
            Err(ExportError::Store(error)) => Err(error),
        }
    });
    let Some((bytes, today)) = written.await?.0? else {
        return Err(ErrorPage::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That is too much for one file",
            format!(
                "A file has {HITS_MAX} hits and {} MiB at most, and nothing of this one was written. Ask for fewer \
                 days; on the machine of newsvigil, `newsvigil hits --csv` writes all of them.",
                BYTES_MAX >> 20
            ),
        ));
    };
    let sent = ExportBody {
        left: Bytes::from(bytes),
        _place: place,
    };
    let mut response = response::text(kind.media, Body::new(sent));
    let disposition = disposition(&words, today, kind.ending);
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        response.headers_mut().insert(CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

/// What a feed of this address says of itself. It has an id of its own, which stays (RFC 4287, 4.2.6).
fn channel(named: &RequestHost, address: &HitsAddress) -> AtomFeedMetadata {
    let query = address.query();
    let asked: Vec<String> = address
        .parameters()
        .into_iter()
        .map(|(name, value)| format!("{name} {}", clean_line(&value, 200)))
        .collect();
    let scheme = if named.by_proxy { "https" } else { "http" };
    AtomFeedMetadata {
        id: if query.is_empty() {
            "urn:newsvigil:hits".to_owned()
        } else {
            format!("urn:newsvigil:hits:{query}")
        },
        title: if asked.is_empty() {
            "newsvigil hits".to_owned()
        } else {
            format!("newsvigil hits: {}", asked.join(", "))
        },
        updated: jiff::Timestamp::UNIX_EPOCH,
        base: (!named.authority.is_empty()).then(|| format!("{scheme}://{}", named.authority)),
        query,
    }
}

/// What was looked for, as a part of the name of a file.
fn words(address: &HitsAddress) -> String {
    let values = address.parameters().into_iter().map(|(_, value)| value);
    let all = clean_line(&values.collect::<Vec<String>>().join("-"), NAME_CHARS);
    let is_kept =
        |c: char| c.is_ascii_alphanumeric() || !c.is_ascii() && !c.is_whitespace() && c != '…';
    let parts = all.split(|c| !is_kept(c)).filter(|part| !part.is_empty());
    parts.collect::<Vec<&str>>().join("-")
}

/// RFC 6266; what older programs cannot read goes without the words.
fn disposition(words: &str, today: Date, ending: &str) -> String {
    let plain = if words.is_ascii() && !words.is_empty() {
        format!("newsvigil-hits-{words}-{today}.{ending}")
    } else {
        format!("newsvigil-hits-{today}.{ending}")
    };
    if words.is_ascii() {
        return format!("attachment; filename=\"{plain}\"");
    }
    let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
    format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''newsvigil-hits-{words}-{today}.{ending}"
    )
}

/// Bytes that are sent at once.
const PART: usize = 64 << 10;

/// A file on its way. It takes memory until its reader has all of it, and so has its place until then.
struct ExportBody {
    left: Bytes,
    _place: OwnedSemaphorePermit,
}

impl hyper::body::Body for ExportBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let length = self.left.len().min(PART);
        let part = self.left.split_to(length);
        Poll::Ready((!part.is_empty()).then(|| Ok(Frame::data(part))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}

/// A file that is held back until it is whole.
#[derive(Default)]
struct BufferedExport(Vec<u8>);

impl Write for BufferedExport {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.0.len() + bytes.len() > BYTES_MAX {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why there is no file.
enum ExportError {
    TooMuch,
    Store(StoreError),
}

impl From<StoreError> for ExportError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::FileTooLarge => Self::TooMuch,
            _ => Self::Store(StoreError::Value(error.to_string())),
        }
    }
}

/// What a file is made of.
struct File<'a> {
    sources: PageContext<'a>,
    places: &'a PlacesOfHits,
    address: HitsAddress,
    asked: &'a SearchTerms,
    kind: &'a ExportFormat,
    channel: AtomFeedMetadata,
}

impl File<'_> {
    /// Some hits are read at a time and let go once they are written.
    fn write(self, time: Duration) -> Result<Vec<u8>, ExportError> {
        let Self {
            sources,
            places,
            mut address,
            asked,
            kind,
            mut channel,
        } = self;
        let end = Instant::now() + time;
        let in_time = || {
            if Instant::now() < end {
                Ok(())
            } else {
                Err(StoreError::TooLong { time })
            }
        };
        let times = address.times(sources.now, sources.zone);
        let mut find = |start: Start, limit: usize| {
            address.start = start;
            let (connection, config) = (sources.connection, sources.config);
            let criteria = Criteria {
                address: &address,
                asked,
                times,
            };
            search::find(connection, config, places, criteria, limit)
        };
        let mut found = find(Start::Newest, AT_ONCE.min(kind.most))?;
        let newest = found.page.hits.first().map(|hit| hit.found);
        channel.updated = newest.unwrap_or(sources.now);
        let mut out = BufferedExport::default();
        let mut form = (kind.begin)(&mut out, &channel)?;
        let mut left = kind.most;
        loop {
            for row in &found.page.hits {
                in_time()?;
                let about = places.of(row);
                let ids: Vec<&str> = about
                    .iter()
                    .map(|place| sources.config.places.id(*place))
                    .collect();
                let page = articles::page_of(sources.connection, row.entry_id, row.revision)?;
                form.hit(row, &ids, page.as_ref())?;
            }
            left -= found.page.hits.len();
            let Some(key) = last_of(&found) else { break };
            in_time()?;
            if left == 0 && kind.is_of_newest {
                break;
            }
            // Of a file that is full, whether there is one more is all that is asked.
            found = find(Start::Before(key), AT_ONCE.min(left.max(1)))?;
            if left == 0 && !found.page.hits.is_empty() {
                return Err(ExportError::TooMuch);
            }
        }
        form.end()?;
        drop(form);
        Ok(out.0)
    }
}

/// The hit behind which there are more.
fn last_of(found: &Found) -> Option<Key> {
    let last = found.page.hits.last().filter(|_| found.page.has_older);
    found.stopped.or(last.map(HitRow::key))
}

#[cfg(test)]
mod tests;
