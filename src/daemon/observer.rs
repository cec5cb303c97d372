//! Tells figures and health over HTTP, when the configuration asks for it: `GET /metrics` and
//! `GET /health`, on a loopback address or a Unix socket.
//!
//! Whoever asks is on this machine, and may still be hostile: few connections at once, each with a
//! short time, and whoever only hangs on makes place for those who ask. A page in somebody's browser
//! is on this machine as well: under a name of its own that leads here (DNS rebinding) it learns
//! nothing.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::fmt::Write as _;
use std::fs;
use std::net::IpAddr;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::header::{ALLOW, CONTENT_TYPE, HOST, HeaderValue};
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode, Version};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::World;
use super::metrics::{Process, Tally, exposition};
use super::reading::ReadingRoom;
use super::standing::Standing;
use crate::config::ListenAddress;
use crate::core::schedule::duration_in_words;
use crate::core::text::visible::visible_text;
use crate::store::Store;

/// Connections at once.
const CONNECTIONS: usize = 16;
/// For a whole connection: a scraper asks once a minute and does not linger.
const PATIENCE: Duration = Duration::from_secs(10);
/// For the head of a request, which fits into one packet.
const HEAD_PATIENCE: Duration = Duration::from_secs(2);
/// For the database's answer, which waits while another process holds the lock: within the above.
const ANSWER_PATIENCE: Duration = Duration::from_secs(5);
/// Before an address is tried again that could not be had.
const AFTER_FAULT: Duration = Duration::from_mins(1);
/// The poller looks once a minute at least. After so long without a look it hangs.
const POLLER_HANGS_AFTER: Duration = Duration::from_mins(15);
/// A poll ends within its time-out and the time for its body. When polls are under way and none of them
/// has ended for so long, they hang.
const POLLS_HANG_AFTER: Duration = Duration::from_mins(15);
/// After so long a poll is worth telling.
const LONG_POLL: Duration = Duration::from_mins(1);

const METRICS_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";
const TEXT_TYPE: &str = "text/plain; charset=utf-8";

/// Listens where the configuration says, and elsewhere when it says something else.
pub(super) async fn observing(mut current: watch::Receiver<World>) {
    loop {
        let serving = current.clone();
        let listen = current.borrow_and_update().config.metrics.listen.clone();
        let elsewhere = async {
            let same = |world: &World| world.config.metrics.listen == listen;
            // The service ends when there is no sender any more.
            while same(&current.borrow_and_update()) {
                if current.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        tokio::select! {
            () = elsewhere => {}
            () = listening(listen.as_ref(), serving) => {}
        }
    }
}

async fn listening(listen: Option<&ListenAddress>, current: watch::Receiver<World>) {
    let Some(listen) = listen else {
        return std::future::pending().await;
    };
    let ended = match listen {
        ListenAddress::Loopback(address) => match TcpListener::bind(address).await {
            Ok(listener) => {
                tracing::info!("figures and health are told on http://{address}/");
                serve(&current, listener, Some(address.ip())).await
            }
            Err(reason) => reason,
        },
        ListenAddress::Unix(path) => match bind_unix(path) {
            Ok(listener) => {
                tracing::info!("figures and health are told on {}", path.display());
                serve(&current, listener, None).await
            }
            Err(reason) => reason,
        },
    };
    let place = match listen {
        ListenAddress::Loopback(address) => address.to_string(),
        ListenAddress::Unix(path) => path.display().to_string(),
    };
    tracing::error!(
        "figures and health cannot be told on {place}, and this is tried again in a minute: {ended}"
    );
    tokio::time::sleep(AFTER_FAULT).await;
}

/// A socket that this user and its group may speak to. What an earlier run left behind goes; one that
/// somebody listens at stays, and so does any other file.
fn bind_unix(path: &Path) -> std::io::Result<UnixListener> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    let refused = |error: std::io::Error| error.kind() == std::io::ErrorKind::ConnectionRefused;
    if is_socket && std::os::unix::net::UnixStream::connect(path).is_err_and(refused) {
        fs::remove_file(path)?;
    }
    let listener = UnixListener::bind(path)?;
    fs::set_permissions(path, fs::Permissions::from_mode(0o660))?;
    Ok(listener)
}

/// What connections come from.
trait Listener: Sync {
    type Stream: AsyncRead + AsyncWrite + Unpin + Send + 'static;

    fn next(&self) -> impl Future<Output = std::io::Result<Self::Stream>> + Send;
}

impl Listener for TcpListener {
    type Stream = TcpStream;

    async fn next(&self) -> std::io::Result<TcpStream> {
        Ok(self.accept().await?.0)
    }
}

impl Listener for UnixListener {
    type Stream = UnixStream;

    async fn next(&self) -> std::io::Result<UnixStream> {
        Ok(self.accept().await?.0)
    }
}

/// A connection that is served.
struct Visit {
    /// Whether a request has come.
    has_asked: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

/// The connections that are open, the oldest first.
#[derive(Default)]
struct Visits(VecDeque<Visit>);

impl Visits {
    /// Makes place for one more: the oldest goes that has not asked for anything, or else the oldest.
    fn make_place(&mut self) {
        self.0.retain(|visit| !visit.task.is_finished());
        if self.0.len() < CONNECTIONS {
            return;
        }
        let idle = |visit: &Visit| !visit.has_asked.load(Ordering::Relaxed);
        let place = self.0.iter().position(idle).unwrap_or(0);
        if let Some(visit) = self.0.remove(place) {
            visit.task.abort();
        }
    }
}

/// Serves until no connection can be accepted any more, and says why. `at` is the address that is
/// listened at; on a socket in the file system nobody is misled by names.
async fn serve(
    current: &watch::Receiver<World>,
    listener: impl Listener + Send,
    at: Option<IpAddr>,
) -> std::io::Error {
    let mut visits = Visits::default();
    loop {
        let stream = match listener.next().await {
            Ok(stream) => stream,
            // Somebody went away before we came (accept(2)).
            Err(reason) if reason.kind() == std::io::ErrorKind::ConnectionAborted => continue,
            Err(reason) => return reason,
        };
        visits.make_place();
        let world = current.clone();
        let has_asked = Arc::new(AtomicBool::new(false));
        let asked = Arc::clone(&has_asked);
        let task = tokio::spawn(async move {
            let answering = service_fn(move |request| {
                asked.store(true, Ordering::Relaxed);
                let world = world.borrow().clone();
                async move { Ok::<_, Infallible>(answer(&world, &request, at).await) }
            });
            let connection = hyper::server::conn::http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_PATIENCE)
                .keep_alive(false)
                .max_buf_size(16 * 1024)
                .serve_connection(TokioIo::new(stream), answering);
            // A client that breaks off or babbles is its own business.
            let _ = tokio::time::timeout(PATIENCE, connection).await;
        });
        visits.0.push_back(Visit { has_asked, task });
    }
}

/// Whether a request is meant for a listener at this address: it names the address, a loopback
/// address or `localhost`, with any port. A request of HTTP/1.0 may name nobody; browsers always do.
fn is_meant_for<B>(at: IpAddr, request: &Request<B>) -> bool {
    let mut named = request.headers().get_all(HOST).iter();
    let (first, second) = (named.next(), named.next());
    if second.is_some() {
        return false;
    }
    let Some(first) = first else {
        return request.version() == Version::HTTP_10;
    };
    let authority = match request.uri().authority() {
        Some(authority) => Some(authority.clone()),
        None => first.to_str().ok().and_then(|text| text.parse().ok()),
    };
    authority
        .is_some_and(|authority| !authority.as_str().contains('@') && is_here(at, authority.host()))
}

fn is_here(at: IpAddr, host: &str) -> bool {
    let host = host.trim_start_matches('[').trim_end_matches(']');
    match host.parse::<IpAddr>() {
        Ok(address) => address == at || address.to_canonical().is_loopback(),
        Err(_) => host.trim_end_matches('.').eq_ignore_ascii_case("localhost"),
    }
}

async fn answer<B>(world: &World, request: &Request<B>, at: Option<IpAddr>) -> Response<String> {
    let reply = |status, kind, text: String| {
        let mut response = Response::new(text);
        *response.status_mut() = status;
        response
            .headers_mut()
            .insert(CONTENT_TYPE, HeaderValue::from_static(kind));
        response
    };
    if at.is_some_and(|at| !is_meant_for(at, request)) {
        let text = "only requests for localhost or a loopback address are answered here\n";
        return reply(StatusCode::MISDIRECTED_REQUEST, TEXT_TYPE, text.to_owned());
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let text = "only GET is answered\n".to_owned();
        let mut response = reply(StatusCode::METHOD_NOT_ALLOWED, TEXT_TYPE, text);
        let allowed = HeaderValue::from_static("GET, HEAD");
        response.headers_mut().insert(ALLOW, allowed);
        return response;
    }
    match request.uri().path() {
        "/metrics" => match metrics(world).await {
            Ok(text) => reply(StatusCode::OK, METRICS_TYPE, text),
            Err(why) => reply(StatusCode::SERVICE_UNAVAILABLE, TEXT_TYPE, why),
        },
        "/health" => match health(&world.store, &world.tally, &world.body_room).await {
            Ok(text) => reply(StatusCode::OK, TEXT_TYPE, text),
            Err(why) => reply(StatusCode::SERVICE_UNAVAILABLE, TEXT_TYPE, why),
        },
        _ => reply(
            StatusCode::NOT_FOUND,
            TEXT_TYPE,
            "there are /metrics and /health\n".to_owned(),
        ),
    }
}

async fn metrics(world: &World) -> Result<String, String> {
    let (config, folder) = (world.config.clone(), world.state_folder.clone());
    let now = (world.clock)();
    let standing = world
        .store
        .call(move |connection| Standing::read(Some(connection), &folder, &config, 0, now))
        .await
        .map_err(|error| format!("the database does not answer: {error}\n"))?;
    exposition(&world.tally, &standing, &Process::look())
        .map_err(|error| format!("the figures cannot be written: {error}\n"))
}

/// Whether the service is alive, and nothing is wrong with the database; and which feeds keep it busy.
async fn health(store: &Store, tally: &Tally, rooms: &ReadingRoom) -> Result<String, String> {
    let alive = tokio::time::timeout(ANSWER_PATIENCE, alive(store, tally, rooms)).await;
    if let Some(reason) = store.trouble() {
        return Err(format!("{}\n", visible_text(&reason)));
    }
    alive.unwrap_or_else(|_| {
        let seconds = ANSWER_PATIENCE.as_secs();
        Err(format!(
            "the database does not answer within {seconds} seconds\n"
        ))
    })?;
    let mut text = "ok\n".to_owned();
    for (feed, time) in tally.polled_for(LONG_POLL) {
        let time = duration_in_words(time.try_into().unwrap_or_default());
        let _ = writeln!(text, "feed {feed}: being polled for {time}");
    }
    if let Some(stuck) = rooms.trouble() {
        let _ = writeln!(text, "{}", stuck.sentence);
    }
    Ok(text)
}

/// Whether the database's thread answers, feeds are still being looked for and polls end. A disk that is
/// full is no reason to end the service: it goes on by itself when there is room.
pub(super) async fn alive(store: &Store, tally: &Tally, rooms: &ReadingRoom) -> Result<(), String> {
    if !store.answers().await {
        return Err("the database does not answer\n".to_owned());
    }
    let idle = tally.idle();
    if idle > POLLER_HANGS_AFTER {
        return Err(format!(
            "no feed was looked for in {} minutes\n",
            idle.as_secs() / 60
        ));
    }
    let hanging = tally.without_progress();
    if hanging > POLLS_HANG_AFTER {
        let feeds = tally.polled_for(Duration::ZERO);
        let first = feeds.first().map_or("", |(feed, _)| feed);
        return Err(format!(
            "{} polls are under way, first that of {first}, and none has ended in {} minutes\n",
            feeds.len(),
            hanging.as_secs() / 60
        ));
    }
    if let Some(stuck) = rooms.trouble().filter(|stuck| stuck.blocked) {
        return Err(format!("{}; there is no room for others\n", stuck.sentence));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Instant;

    use jiff::Timestamp;

    use super::*;
    use crate::store::StoreError;

    struct World {
        store: Store,
        tally: Tally,
        rooms: ReadingRoom,
    }

    fn world(folder: &Path, tally: Tally) -> World {
        World {
            store: Store::start(&folder.join("newsvigil.db")).unwrap(),
            tally,
            rooms: ReadingRoom::default(),
        }
    }

    async fn health(world: &World) -> Result<String, String> {
        super::health(&world.store, &world.tally, &world.rooms).await
    }

    async fn alive(world: &World) -> Result<(), String> {
        super::alive(&world.store, &world.tally, &world.rooms).await
    }

    #[track_caller]
    fn check(told: &Result<String, String>) {
        assert_eq!(told.as_deref(), Ok("ok\n"));
    }

    fn ago(time: Duration) -> Instant {
        Instant::now().checked_sub(time).unwrap()
    }

    const MINUTE: Duration = Duration::from_mins(1);

    fn asking(version: Version, hosts: &[&str], target: &str) -> Request<()> {
        let mut request = Request::new(());
        *request.version_mut() = version;
        *request.uri_mut() = target.parse().unwrap();
        for host in hosts {
            request
                .headers_mut()
                .append(HOST, HeaderValue::from_bytes(host.as_bytes()).unwrap());
        }
        request
    }

    #[test]
    fn names_that_a_stranger_made_lead_here_in_vain() {
        let at = "127.0.0.2".parse().unwrap();
        for (host, meant) in [
            ("localhost", true),
            ("LocalHost.:9273", true),
            ("127.0.0.1:9273", true),
            ("127.0.0.2", true),
            ("127.9.9.9:1", true),
            ("[::1]:9273", true),
            ("[::ffff:127.0.0.1]", true),
            ("rebound.example.org:9273", false),
            ("localhost.example.org", false),
            ("127.0.0.1.example.org", false),
            ("192.0.2.1", false),
            ("[2001:db8::1]", false),
            ("localhost@example.org", false),
            ("example.org@localhost", false),
            ("0.0.0.0:9273", false),
            ("", false),
            ("é", false),
        ] {
            let request = asking(Version::HTTP_11, &[host], "/health");
            assert_eq!(is_meant_for(at, &request), meant, "{host}");
        }
        let meant =
            |version, hosts: &[&str], target| is_meant_for(at, &asking(version, hosts, target));
        assert!(meant(Version::HTTP_10, &[], "/health"));
        assert!(!meant(Version::HTTP_11, &[], "/health"));
        assert!(!meant(
            Version::HTTP_11,
            &["localhost", "localhost"],
            "/health"
        ));
        let elsewhere = "http://rebound.example.org/health";
        assert!(!meant(Version::HTTP_11, &["localhost"], elsewhere));
    }

    #[tokio::test]
    async fn a_poller_that_looks_no_more_is_neither_alive_nor_healthy() {
        let folder = tempfile::tempdir().unwrap();
        let shorter = POLLER_HANGS_AFTER.checked_sub(MINUTE).unwrap();
        let tally = Tally::begun(Timestamp::UNIX_EPOCH, ago(shorter));
        let mut world = world(folder.path(), tally);
        check(&health(&world).await);
        let hangs = ago(POLLER_HANGS_AFTER + MINUTE);
        world.tally = Tally::begun(Timestamp::UNIX_EPOCH, hangs);
        let told = "no feed was looked for in 16 minutes\n".to_owned();
        assert_eq!(alive(&world).await, Err(told.clone()));
        assert_eq!(health(&world).await, Err(told));
        world.tally.looked();
        assert_eq!(alive(&world).await, Ok(()));
        check(&health(&world).await);
    }

    #[tokio::test]
    async fn a_long_poll_is_told_and_polls_that_never_end_are_no_life() {
        let folder = tempfile::tempdir().unwrap();
        let world = world(folder.path(), Tally::new(Timestamp::UNIX_EPOCH));
        world.tally.begun_poll_at("outlet", ago(MINUTE * 2));
        world.tally.begun_poll("other");
        let told = "ok\nfeed outlet: being polled for 2 min\n".to_owned();
        assert_eq!(health(&world).await, Ok(told));
        world
            .tally
            .begun_poll_at("outlet", ago(POLLS_HANG_AFTER + MINUTE));
        let hang =
            "2 polls are under way, first that of outlet, and none has ended in 16 minutes\n";
        assert_eq!(alive(&world).await, Err(hang.to_owned()));
        assert_eq!(health(&world).await, Err(hang.to_owned()));
        // One that ends shows that the others only take long.
        world.tally.ended_poll("other");
        assert_eq!(alive(&world).await, Ok(()));
        world.tally.ended_poll("outlet");
        check(&health(&world).await);
    }

    #[tokio::test]
    async fn trouble_of_the_database_is_no_reason_to_end_the_service() {
        let folder = tempfile::tempdir().unwrap();
        let world = world(folder.path(), Tally::new(Timestamp::UNIX_EPOCH));
        let path = folder.path().join("newsvigil.db");
        let other = rusqlite::Connection::open(&path).unwrap();
        other.execute_batch("BEGIN IMMEDIATE").unwrap();
        let full = StoreError::Full {
            path: path.clone(),
            reason: "database or disk is full".to_owned(),
        };
        assert!(world.store.call(|_| Err::<(), _>(full)).await.is_err());
        assert_eq!(alive(&world).await, Ok(()));
        let told = health(&world).await.unwrap_err();
        assert!(told.starts_with("no room to write the database"), "{told}");
        other.execute_batch("ROLLBACK").unwrap();
        check(&health(&world).await);
    }
}
