//! Listens at a loopback address or a Unix socket, and serves each connection one request.
//!
//! Whoever asks is on this machine, or behind a proxy, and may still be hostile: few connections at once, each
//! with a short time, and whoever only hangs on makes place for those who ask.

use std::collections::VecDeque;
use std::error::Error;
use std::fs;
use std::io;
use std::os::unix::fs::{FileTypeExt, PermissionsExt};
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use hyper::body::{Body, Incoming};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream, UnixListener, UnixStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use super::ServiceContext;
use crate::config::ListenAddress;

/// Before an address is tried again that could not be had.
pub(super) const RETRY_AFTER_ERROR: Duration = Duration::from_mins(1);
/// What is still read of a body that is too large, so that its sender gets to read why.
const DRAINED: usize = 1 << 20;
/// What a client must be able to take of an answer in a second.
const SLOWEST: u64 = 32 << 10;

/// What one connection may take.
#[derive(Clone, Copy, Debug)]
pub(super) struct Limits {
    /// Connections at once.
    pub(super) connections: usize,
    /// For the request to come, with its body.
    pub(super) asking: Duration,
    /// For an answer to be found, after that.
    pub(super) answering: Duration,
    /// For a small answer to be taken; a larger one gets more.
    pub(super) taking: Duration,
    /// Bytes of a body that are kept, and one more where it has more.
    pub(super) body: usize,
}

/// Serves at the place that the configuration says, and elsewhere when it says something else.
pub(super) async fn follow<S, F>(
    mut current: watch::Receiver<ServiceContext>,
    place: impl Fn(&ServiceContext) -> Option<ListenAddress>,
    serving: S,
) where
    S: Fn(ListenAddress, watch::Receiver<ServiceContext>) -> F,
    F: Future<Output = ()>,
{
    loop {
        let contexts = current.clone();
        let listen = place(&current.borrow_and_update());
        let elsewhere = async {
            // The service ends when there is no sender any more.
            while place(&current.borrow_and_update()) == listen {
                if current.changed().await.is_err() {
                    std::future::pending::<()>().await;
                }
            }
        };
        let serving = async {
            match listen.clone() {
                Some(listen) => serving(listen, contexts).await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            () = elsewhere => {}
            () = serving => {}
        }
    }
}

/// What the log says, before the place, of one that was taken and one that could not be.
pub(super) struct Words {
    pub(super) open: &'static str,
    pub(super) shut: &'static str,
}

/// Serves at `listen` until nobody can be served any more, tells why, and waits before the next try.
pub(super) async fn listen<F, A, B>(
    listen: &ListenAddress,
    words: &Words,
    limits: Limits,
    answer: F,
) where
    F: Fn(Request<Vec<u8>>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Response<B>> + Send + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let ended = match bind(listen).await {
        Ok(bound) => {
            tracing::info!("{} on {listen}", words.open);
            bound.serve(limits, answer).await
        }
        Err(reason) => reason,
    };
    tracing::error!(
        "{} on {listen}, and this is tried again in a minute: {ended}",
        words.shut
    );
    tokio::time::sleep(RETRY_AFTER_ERROR).await;
}

/// A place that is ours.
pub(super) enum BoundListener {
    Loopback(TcpListener),
    Unix(UnixListener),
}

/// Takes a place.
pub(super) async fn bind(listen: &ListenAddress) -> io::Result<BoundListener> {
    Ok(match listen {
        ListenAddress::Loopback(address) => {
            BoundListener::Loopback(TcpListener::bind(address).await?)
        }
        ListenAddress::Unix(path) => BoundListener::Unix(bind_unix(path)?),
    })
}

impl BoundListener {
    /// Serves until no connection can be accepted any more, and says why.
    pub(super) async fn serve<F, A, B>(self, limits: Limits, answer: F) -> io::Error
    where
        F: Fn(Request<Vec<u8>>) -> A + Clone + Send + Sync + 'static,
        A: Future<Output = Response<B>> + Send + 'static,
        B: Body + Send + 'static,
        B::Data: Send,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        match self {
            Self::Loopback(listener) => serve(listener, limits, answer).await,
            Self::Unix(listener) => serve(listener, limits, answer).await,
        }
    }
}

/// A socket that this user and its group may speak to. What an earlier run left behind goes; one that
/// somebody listens at stays, and so does any other file.
fn bind_unix(path: &Path) -> io::Result<UnixListener> {
    let is_socket = fs::symlink_metadata(path).is_ok_and(|found| found.file_type().is_socket());
    let refused = |error: io::Error| error.kind() == io::ErrorKind::ConnectionRefused;
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

    fn next(&self) -> impl Future<Output = io::Result<Self::Stream>> + Send;
}

impl Listener for TcpListener {
    type Stream = TcpStream;

    async fn next(&self) -> io::Result<TcpStream> {
        Ok(self.accept().await?.0)
    }
}

impl Listener for UnixListener {
    type Stream = UnixStream;

    async fn next(&self) -> io::Result<UnixStream> {
        Ok(self.accept().await?.0)
    }
}

/// A connection that is served.
struct OpenConnection {
    /// Whether a whole request has come.
    has_asked: Arc<AtomicBool>,
    task: JoinHandle<()>,
}

/// The connections that are open, the oldest first.
#[derive(Default)]
struct OpenConnections(VecDeque<OpenConnection>);

impl OpenConnections {
    /// Makes place for one more: the oldest goes that has not asked for anything, or else the oldest.
    fn make_place(&mut self, most: usize) {
        self.0.retain(|visit| !visit.task.is_finished());
        if self.0.len() < most {
            return;
        }
        let idle = |visit: &OpenConnection| !visit.has_asked.load(Ordering::Relaxed);
        let place = self.0.iter().position(idle).unwrap_or(0);
        if let Some(visit) = self.0.remove(place) {
            visit.task.abort();
        }
    }
}

async fn serve<L, F, A, B>(listener: L, limits: Limits, answer: F) -> io::Error
where
    L: Listener + Send,
    F: Fn(Request<Vec<u8>>) -> A + Clone + Send + Sync + 'static,
    A: Future<Output = Response<B>> + Send + 'static,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let mut visits = OpenConnections::default();
    loop {
        let stream = match listener.next().await {
            Ok(stream) => stream,
            // Somebody went away before we came (accept(2)).
            Err(reason) if reason.kind() == io::ErrorKind::ConnectionAborted => continue,
            Err(reason) => return reason,
        };
        visits.make_place(limits.connections);
        let has_asked = Arc::new(AtomicBool::new(false));
        let visit = attend(stream, limits, answer.clone(), Arc::clone(&has_asked));
        let task = tokio::spawn(visit);
        visits.0.push_back(OpenConnection { has_asked, task });
    }
}

/// Serves one connection its request.
async fn attend<S, F, A, B>(stream: S, limits: Limits, answer: F, has_asked: Arc<AtomicBool>)
where
    S: AsyncRead + AsyncWrite + Unpin,
    F: Fn(Request<Vec<u8>>) -> A,
    A: Future<Output = Response<B>>,
    B: Body + 'static,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    let (deadline, mut ends) = watch::channel(Instant::now() + limits.asking);
    let (answer, deadline) = (&answer, &deadline);
    let has_asked = &has_asked;
    let answering = service_fn(move |request: Request<Incoming>| async move {
        let (head, body) = request.into_parts();
        let body = read(body, limits.body).await?;
        has_asked.store(true, Ordering::Relaxed);
        deadline.send_replace(Instant::now() + limits.answering);
        let response = answer(Request::from_parts(head, body)).await;
        let size = response.body().size_hint().upper().unwrap_or(u64::MAX);
        let taking = limits.taking + Duration::from_secs((size / SLOWEST).min(600));
        deadline.send_replace(Instant::now() + taking);
        Ok::<_, hyper::Error>(response)
    });
    let connection = hyper::server::conn::http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.asking)
        .keep_alive(false)
        .max_buf_size(64 * 1024)
        .serve_connection(TokioIo::new(stream), answering);
    let expired = async move {
        loop {
            let end = *ends.borrow_and_update();
            tokio::select! {
                () = tokio::time::sleep_until(end) => return,
                // The sender lives as long as the connection.
                _ = ends.changed() => {}
            }
        }
    };
    // A client that breaks off or babbles is its own business.
    tokio::select! {
        _ = connection => {}
        () = expired => {}
    }
}

/// A body, up to one byte more than `most`.
async fn read(mut body: Incoming, most: usize) -> Result<Vec<u8>, hyper::Error> {
    let (mut kept, mut seen) = (Vec::new(), 0);
    while seen <= most + DRAINED
        && let Some(frame) =
            std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await
    {
        let Ok(data) = frame?.into_data() else {
            continue;
        };
        seen += data.len();
        let room = (most + 1).saturating_sub(kept.len()).min(data.len());
        kept.extend_from_slice(&data[..room]);
    }
    Ok(kept)
}
