//! The bytes of one connection: what is said, what is heard, and what was heard too early.

use std::io;
use std::net::IpAddr;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::reply::{Reply, ReplyParseError, ReplyParser};

/// How long the rest of what was said unasked is awaited.
const REST: Duration = Duration::from_secs(2);

enum Stream {
    Plain(TcpStream),
    Tls(Box<TlsStream<TcpStream>>),
}

/// One connection.
pub(super) struct SmtpStream {
    stream: Stream,
    /// Heard, and in no reply yet.
    heard: Vec<u8>,
}

/// Why there is no reply.
#[derive(Debug)]
pub(super) enum ReplyReadError {
    Closed,
    Lost(io::Error),
    TooLong,
    Malformed(String),
    /// The server spoke when nothing was asked.
    Unsolicited(Reply),
}

impl From<io::Error> for ReplyReadError {
    fn from(error: io::Error) -> Self {
        if has_hung_up(&error) {
            Self::Closed
        } else {
            Self::Lost(error)
        }
    }
}

impl From<ReplyParseError> for ReplyReadError {
    fn from(why: ReplyParseError) -> Self {
        match why {
            ReplyParseError::TooLong => Self::TooLong,
            ReplyParseError::Malformed(line) => Self::Malformed(line),
        }
    }
}

/// Whether this is how the system and TLS say that the other side has gone.
pub(super) fn has_hung_up(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::BrokenPipe
            | io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::UnexpectedEof
    )
}

impl SmtpStream {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self {
            stream: Stream::Plain(stream),
            heard: Vec::new(),
        }
    }

    /// The address of our end.
    pub(super) fn local_address(&self) -> Option<IpAddr> {
        let stream = match &self.stream {
            Stream::Plain(stream) => stream,
            Stream::Tls(stream) => stream.get_ref().0,
        };
        stream.local_addr().ok().map(|address| address.ip())
    }

    /// Begins TLS. What was heard before it is not protected by it: it is dropped, never read as a reply.
    pub(super) async fn encrypt(
        self,
        connector: &TlsConnector,
        name: ServerName<'static>,
    ) -> io::Result<Self> {
        let stream = match self.stream {
            Stream::Plain(stream) => connector.connect(name, stream).await?,
            Stream::Tls(_) => return Err(io::Error::other("TLS within TLS")),
        };
        Ok(Self {
            stream: Stream::Tls(Box::new(stream)),
            heard: Vec::new(),
        })
    }

    /// Whether more was heard than was asked for.
    pub(super) fn has_more(&self) -> bool {
        !self.heard.is_empty()
    }

    /// Waits until something was heard, or the connection is at its end.
    pub(super) async fn listen(&mut self) -> Result<(), ReplyReadError> {
        if self.heard.is_empty() {
            self.fill().await?;
        }
        Ok(())
    }

    /// Awaits one reply. Dropped half-way, the connection is of no more use.
    pub(super) async fn reply(&mut self) -> Result<Reply, ReplyReadError> {
        let mut reply = ReplyParser::default();
        loop {
            let (taken, whole) = reply.take(&self.heard)?;
            self.heard.drain(..taken);
            if let Some(whole) = whole {
                return Ok(whole);
            }
            let heard = match self.fill().await {
                Ok(heard) => heard,
                Err(error) if has_hung_up(&error) => 0,
                Err(error) => return Err(error.into()),
            };
            if heard == 0 {
                return reply.end()?.ok_or(ReplyReadError::Closed);
            }
        }
    }

    /// Nothing may have been said by the server while nothing was asked: an answer that is there before
    /// its question belongs to another, or to nobody. Blank lines say nothing.
    pub(super) async fn expect_nothing(&mut self) -> Result<(), ReplyReadError> {
        loop {
            let blank = |byte: &&u8| matches!(byte, b'\r' | b'\n');
            let blanks = self.heard.iter().take_while(blank).count();
            self.heard.drain(..blanks);
            if !self.heard.is_empty() {
                break;
            }
            // Lets the runtime look what has come since.
            tokio::task::yield_now().await;
            match self.fill().now_or_never() {
                None => return Ok(()),
                Some(Ok(0)) => return Err(ReplyReadError::Closed),
                Some(heard) => heard?,
            };
        }
        if let Ok(reply) = timeout(REST, self.reply()).await {
            return Err(ReplyReadError::Unsolicited(reply?));
        }
        Err(ReplyReadError::Malformed("…".to_owned()))
    }

    pub(super) async fn say(&mut self, bytes: &[u8]) -> io::Result<()> {
        match &mut self.stream {
            Stream::Plain(stream) => stream.write_all(bytes).await,
            Stream::Tls(stream) => {
                stream.write_all(bytes).await?;
                stream.flush().await
            }
        }
    }

    async fn fill(&mut self) -> io::Result<usize> {
        self.heard.reserve(4 << 10);
        match &mut self.stream {
            Stream::Plain(stream) => stream.read_buf(&mut self.heard).await,
            Stream::Tls(stream) => stream.read_buf(&mut self.heard).await,
        }
    }
}
