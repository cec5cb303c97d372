//! Connections, and what comes over them. A server can keep us busy with what is no part of its
//! answer: interim answers, HTTP/2 frames of every kind, records of TLS, headers for ever. No library
//! counts all of them; here, beneath TLS, they are all bytes, and a connection that brings far more
//! than its answers hold is closed.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};

use hyper::Uri;
use hyper_util::client::legacy::connect::proxy::Tunnel;
use hyper_util::client::legacy::connect::{Connected, Connection, HttpConnector};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tower_service::Service;

use super::resolve::GuardedResolver;

/// What a connection may bring beside bodies: certificates, and what is on its way while nobody reads
/// the body.
const BESIDE_BODIES: u64 = 512 << 10;
/// The same for each further answer: its headers.
const BESIDE_A_BODY: u64 = 64 << 10;
/// Pieces that cost nothing; sound feeds have come in some hundreds.
const FREE_PIECES: u64 = 16 << 10;
/// The least that pieces beyond those hold on average, in bytes.
const BYTES_A_PIECE: u64 = 64;

/// A server that gives more work than its answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// Far more bytes came than the answer holds.
    Bytes,
    /// They came in very small pieces.
    Pieces,
    /// The body is larger than allowed before it is decompressed.
    Body,
}

impl Excess {
    /// The error of which this is the text: HTTP/2 keeps of an error on the wire only what it says.
    pub(super) fn told_by(text: &str) -> Option<Self> {
        [Self::Bytes, Self::Pieces, Self::Body]
            .into_iter()
            .find(|excess| text == excess.words())
    }

    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Bytes => "sent far more than its answer holds",
            Self::Pieces => "sent its answer in too many pieces",
            Self::Body => "sent too large a body",
        }
    }

    /// Whether so many pieces are too many for so many bytes.
    pub(super) fn of_pieces(pieces: u64, bytes: u64) -> Option<Self> {
        (pieces > FREE_PIECES + bytes / BYTES_A_PIECE).then_some(Self::Pieces)
    }
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for Excess {}

impl From<Excess> for io::Error {
    fn from(excess: Excess) -> Self {
        Self::other(excess)
    }
}

/// What came over a connection, and what may come. Cheap to clone.
#[derive(Clone, Debug)]
pub(super) struct Meter(Arc<Counts>);

#[derive(Debug)]
struct Counts {
    bytes: AtomicU64,
    reads: AtomicU64,
    allowed: AtomicU64,
}

impl Meter {
    fn new() -> Self {
        Self(Arc::new(Counts {
            bytes: AtomicU64::new(0),
            reads: AtomicU64::new(0),
            allowed: AtomicU64::new(BESIDE_BODIES),
        }))
    }

    /// One answer more began.
    pub(super) fn answered(&self) {
        self.0.allowed.fetch_add(BESIDE_A_BODY, Ordering::Relaxed);
    }

    /// So much of a body was taken: it needed as much on the wire, and half of it for frames.
    pub(super) fn taken(&self, bytes: u64) {
        self.0
            .allowed
            .fetch_add(bytes + bytes / 2, Ordering::Relaxed);
    }

    fn came(&self, more: u64) -> Result<(), Excess> {
        let bytes = self.0.bytes.fetch_add(more, Ordering::Relaxed) + more;
        let reads = self.0.reads.fetch_add(1, Ordering::Relaxed) + 1;
        if bytes > self.0.allowed.load(Ordering::Relaxed) {
            return Err(Excess::Bytes);
        }
        Excess::of_pieces(reads, bytes).map_or(Ok(()), Err)
    }
}

/// Makes connections, to the host itself or through the operator's proxy.
#[derive(Clone)]
pub(super) struct Dial {
    pub(super) tcp: HttpConnector<GuardedResolver>,
    pub(super) proxy: Option<Uri>,
}

type BoxError = Box<dyn std::error::Error + Send + Sync>;
type Dialling = Pin<Box<dyn Future<Output = Result<TokioIo<Metered>, BoxError>> + Send>>;

impl Service<Uri> for Dial {
    type Response = TokioIo<Metered>;
    type Error = BoxError;
    type Future = Dialling;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, to: Uri) -> Dialling {
        let mut tcp = self.tcp.clone();
        let proxy = self.proxy.clone();
        Box::pin(async move {
            let encrypted = to.scheme_str() == Some("https");
            // What is not encrypted, the proxy asks for itself.
            let asks_proxy = proxy.is_some() && !encrypted;
            let stream = match proxy {
                Some(proxy) if encrypted => Tunnel::new(proxy, tcp).call(to).await?,
                Some(proxy) => tcp.call(proxy).await?,
                None => tcp.call(to).await?,
            };
            Ok(TokioIo::new(Metered {
                stream: stream.into_inner(),
                asks_proxy,
                meter: Meter::new(),
            }))
        })
    }
}

/// A connection that counts what comes over it.
pub(super) struct Metered {
    stream: TcpStream,
    asks_proxy: bool,
    meter: Meter,
}

impl Connection for Metered {
    fn connected(&self) -> Connected {
        self.stream
            .connected()
            .proxy(self.asks_proxy)
            .extra(self.meter.clone())
    }
}

impl AsyncRead for Metered {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.stream).poll_read(context, buffer))?;
        let came = buffer.filled().len() - before;
        self.meter.came(came as u64)?;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Metered {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}
