//! Many outlets behind one socket: each publishes at its own pace, and each fails now and then in a
//! way of its own.

use std::collections::HashSet;
use std::fmt::Write as _;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Response, StatusCode, header};
use axum::routing::get;
use jiff::tz::Offset;
use jiff::{SignedDuration, Timestamp};
use newsvigil::daemon::{Clock, TimeScale};

use super::Day;

/// When the day begins.
pub const MORNING: &str = "2026-03-02T00:00:00Z";
/// Items a feed shows.
const SHOWN: i64 = 20;
/// Of every so many items of an outlet, one matches the watch.
const URGENT: i64 = 7;
/// Longer than the service waits.
const TOO_LONG: Duration = Duration::from_secs(5);

/// The outlets, open for business.
pub struct Outlets {
    pub address: SocketAddr,
    desk: Arc<Desk>,
    _runtime: tokio::runtime::Runtime,
}

struct Desk {
    clock: Clock,
    morning: Timestamp,
    closing_time: Mutex<Option<Timestamp>>,
    urgent: Mutex<HashSet<(u32, i64)>>,
}

impl Outlets {
    pub fn open(day: Day) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let morning: Timestamp = MORNING.parse().expect("a time");
        let desk = Arc::new(Desk {
            clock: TimeScale::accelerated(morning, day.times).clock(),
            morning,
            closing_time: Mutex::default(),
            urgent: Mutex::default(),
        });
        let router = Router::new()
            .route("/{outlet}", get(serve))
            .with_state(Arc::clone(&desk));
        // All of 127.0.0.0/8 leads here, so that each outlet has a host of its own.
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind("0.0.0.0:0"))
            .expect("a socket");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(async move { axum::serve(listener, router).await });
        Self {
            address,
            desk,
            _runtime: runtime,
        }
    }

    /// Where outlet number `outlet` publishes.
    pub fn url(&self, outlet: u32) -> String {
        let (high, low) = (outlet / 250 + 1, outlet % 250 + 1);
        format!("http://127.1.{high}.{low}:{}/{outlet}", self.address.port())
    }

    /// From now on everything stays as it is.
    pub fn publish_no_more(&self) {
        let mut closing = lock(&self.desk.closing_time);
        *closing = Some((self.desk.clock)());
    }

    /// How many different items that match were part of an answer.
    pub fn urgent_items_served(&self) -> u64 {
        lock(&self.desk.urgent).len() as u64
    }
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(
    State(desk): State<Arc<Desk>>,
    Path(outlet): Path<u32>,
    headers: HeaderMap,
) -> Response<Body> {
    let closing = *lock(&desk.closing_time);
    let now = closing.unwrap_or_else(|| (desk.clock)());
    let hour = now.duration_since(desk.morning).as_hours();
    // Every third outlet has two bad hours in eight, in its own way.
    if outlet.is_multiple_of(3) && closing.is_none() && (hour + i64::from(outlet)) % 8 < 2 {
        return fault(outlet).await;
    }
    let (newest, body) = desk.feed(outlet, now);
    let tag = format!("\"{outlet}-{newest}\"");
    let response = Response::builder().header(header::ETAG, &tag);
    let known = headers.get(header::IF_NONE_MATCH);
    if known.is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        let unchanged = response
            .status(StatusCode::NOT_MODIFIED)
            .body(Body::empty());
        return unchanged.expect("a response");
    }
    let feed = response
        .header(header::CONTENT_TYPE, "application/rss+xml")
        .body(Body::from(body));
    feed.expect("a response")
}

async fn fault(outlet: u32) -> Response<Body> {
    let (status, body) = match outlet % 5 {
        0 => (StatusCode::NOT_FOUND, "nothing here"),
        1 => (StatusCode::INTERNAL_SERVER_ERROR, "out of order"),
        2 => (StatusCode::SERVICE_UNAVAILABLE, "come back later"),
        3 => (
            StatusCode::OK,
            "<html><body>We have moved house.</body></html>",
        ),
        _ => {
            tokio::time::sleep(TOO_LONG).await;
            (StatusCode::OK, "")
        }
    };
    let response = Response::builder().status(status).body(Body::from(body));
    response.expect("a response")
}

impl Desk {
    /// The number of the newest item, and the feed as it stands.
    fn feed(&self, outlet: u32, now: Timestamp) -> (i64, String) {
        // From an item in twenty minutes to one in ten hours.
        let pace = SignedDuration::from_mins(20 + i64::from(outlet * 37 % 580));
        let newest = now.duration_since(self.morning).as_secs() / pace.as_secs();
        let mut body = format!("<rss version='2.0'><channel><title>Outlet {outlet}</title>");
        for item in (newest - SHOWN..=newest).rev() {
            let published = self.morning + pace * i32::try_from(item).expect("few items");
            let date = Offset::UTC
                .to_datetime(published)
                .strftime("%a, %d %b %Y %H:%M:%S GMT");
            let title = if item % URGENT == 0 {
                lock(&self.urgent).insert((outlet, item));
                format!("Police of district {outlet} use lethal force, report {item}")
            } else {
                format!("Council of district {outlet} meets, report {item}")
            };
            let _ = write!(
                body,
                "<item><guid isPermaLink='false'>{outlet}-{item}</guid><title>{title}</title>\
                 <pubDate>{date}</pubDate><description>{}</description></item>",
                "Words of an item, as there are in every feed. ".repeat(20)
            );
        }
        body.push_str("</channel></rss>");
        (newest, body)
    }
}
