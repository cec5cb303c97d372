//! Bodies as they come, counted, and what they are when they are decompressed.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::{fmt, io};

use async_compression::tokio::bufread::{
    BrotliDecoder, DeflateDecoder, GzipDecoder, ZlibDecoder, ZstdDecoder,
};
use async_compression::zstd::DParameter;
use hyper::body::{Body as _, Bytes};
use reqwest::header::{CONTENT_ENCODING, HeaderMap};
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, BufReader, ReadBuf};

use super::headers::text_of;
use crate::core::schedule::{Failure, FailureKind};

/// The encodings that are asked for.
pub(super) const ACCEPTED: &str = "gzip, br, zstd";
/// Codings of one body at most, of which one may have a window of megabytes (`br` or `zstd`).
const CODINGS: usize = 4;
/// Pieces of compressed data in one body at most: each begins with some memory of its own.
const PIECES: usize = 1024;
/// What is decompressed at a time.
const PIECE_BYTES: usize = 16 << 10;
/// The logarithm of the largest window of zstd over HTTP, 8 MiB (RFC 9659 section 3). A whole body may
/// stand in one that is as large as itself.
const ZSTD_WINDOW: u32 = 23;
/// How zstd says that a window is larger than permitted.
const ZSTD_TOO_LARGE: &str = "requires too much memory";
/// What a body may take compressed, whatever becomes of it; beyond that, no more than twice what it
/// becomes. Compressing nothing again and again would cost time and give nothing.
const IN_VAIN: u64 = 256 << 10;
/// Pieces that cost nothing; sound feeds have come in some hundreds.
const FREE_PIECES: u64 = 16 << 10;
/// The least that pieces beyond those hold on average, in bytes.
const BYTES_A_PIECE: u64 = 64;

/// A server that gives more work than its answer is worth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DecompressionExcess {
    /// Far more bytes came than the answer holds.
    Bytes,
    /// They came in very small pieces.
    Pieces,
    /// The body is larger than allowed before it is decompressed.
    Body,
}

impl fmt::Display for DecompressionExcess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "sent far more than its answer holds",
            Self::Pieces => "sent its answer in too many pieces",
            Self::Body => "sent too large a body",
        })
    }
}

impl std::error::Error for DecompressionExcess {}

impl From<DecompressionExcess> for io::Error {
    fn from(excess: DecompressionExcess) -> Self {
        Self::other(excess)
    }
}

/// A way in which a body is compressed (RFC 9110 section 8.4.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ContentCoding {
    /// RFC 1952.
    Gzip,
    /// RFC 1950; some servers mean RFC 1951, without the head.
    Deflate,
    /// RFC 7932.
    Brotli,
    /// RFC 8878.
    Zstd,
}

impl ContentCoding {
    /// By its name, in any case, in quotes or with a parameter, which it never has. What is no coding at all,
    /// such as `identity` or a character set, says nothing of the bytes.
    fn named(name: &str) -> Result<Option<Self>, Failure> {
        let name = name.split(';').next().unwrap_or_default();
        let name = name
            .trim_matches(['"', '\'', ' ', '\t'])
            .to_ascii_lowercase();
        Ok(Some(match name.as_str() {
            "gzip" | "x-gzip" => Self::Gzip,
            "deflate" => Self::Deflate,
            "br" => Self::Brotli,
            "zstd" => Self::Zstd,
            "compress" | "x-compress" | "dcb" | "dcz" => {
                let message = format!("compressed with {name}, which was not asked for");
                return Err(Failure::new(FailureKind::Encoding, message));
            }
            _ => return Ok(None),
        }))
    }

    /// All of an answer, in the order in which they were applied.
    fn all_of(headers: &HeaderMap) -> Result<Vec<Self>, Failure> {
        let names = text_of(headers, &CONTENT_ENCODING).unwrap_or_default();
        let mut codings = Vec::new();
        for name in names.split(',') {
            codings.extend(Self::named(name)?);
            let has_large_window = |coding: &&Self| matches!(coding, Self::Brotli | Self::Zstd);
            let large = codings.iter().filter(has_large_window).count();
            if codings.len() > CODINGS || large > 1 {
                let message = "compressed more often than a feed needs to be";
                return Err(Failure::new(FailureKind::Encoding, message));
            }
        }
        Ok(codings)
    }

    /// Whether another piece of compressed data begins with this byte, after so many. Behind the last
    /// stands nothing, zeros that fill a block, or what means nothing (RFC 1952 section 2.2, gzip(1)).
    fn goes_on(self, pieces: usize, byte: Option<u8>) -> bool {
        pieces == 0 || self == Self::Gzip && byte == Some(0x1F)
    }

    /// A decompressor for data that begins with this byte.
    fn begin(self, byte: Option<u8>, source: Source, max_bytes: u64) -> Box<dyn Decoder> {
        // Compression method 8 and a window that exists (RFC 1950 section 2.2): what has no head never
        // begins so.
        let has_head = byte.is_some_and(|byte| byte & 0x0F == 8 && byte >> 4 <= 7);
        match self {
            Self::Gzip => Box::new(GzipDecoder::new(source)),
            Self::Deflate if has_head => Box::new(ZlibDecoder::new(source)),
            Self::Deflate => Box::new(DeflateDecoder::new(source)),
            Self::Brotli => Box::new(BrotliDecoder::new(source)),
            Self::Zstd => {
                let bits = max_bytes.checked_next_power_of_two().map_or(31, u64::ilog2);
                let window = DParameter::window_log_max(bits.clamp(ZSTD_WINDOW, 31));
                let mut decoder = ZstdDecoder::with_params(source, &[window]);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
        }
    }
}

/// A decompressor, which gives back what it reads from.
trait Decoder: AsyncRead + Send + Unpin {
    fn into_source(self: Box<Self>) -> Source;
}

macro_rules! decoders {
    ($($decoder:ident)*) => {
        $(impl Decoder for $decoder<Source> {
            fn into_source(self: Box<Self>) -> Source {
                (*self).into_inner()
            }
        })*
    };
}

decoders!(GzipDecoder ZlibDecoder DeflateDecoder BrotliDecoder ZstdDecoder);

/// What a decompressor reads from.
enum Source {
    Raw(Raw),
    Layer(Box<BufReader<Layer>>),
}

/// What one coding makes of what is below it.
struct Layer {
    coding: ContentCoding,
    /// `None` while one state takes the place of the other.
    state: Option<State>,
    /// Pieces of compressed data that have ended.
    pieces: usize,
    /// Decompressed so far, and at most: a bomb below another coding is one, too.
    bytes: u64,
    max_bytes: u64,
}

enum State {
    /// In front of a piece of compressed data, or behind the last.
    Between(Source),
    Inside(Box<dyn Decoder>),
}

impl AsyncRead for Layer {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        loop {
            let next = match &mut this.state {
                None => return Poll::Ready(Ok(())),
                Some(State::Inside(decoder)) => {
                    let before = buffer.filled().len();
                    ready!(Pin::new(decoder).poll_read(context, buffer))?;
                    let bytes = buffer.filled().len() - before;
                    if bytes > 0 || buffer.remaining() == 0 {
                        this.bytes += bytes as u64;
                        let is_too_large = this.bytes > this.max_bytes;
                        let error = is_too_large.then(|| DecompressionExcess::Body.into());
                        return Poll::Ready(error.map_or(Ok(()), Err));
                    }
                    this.pieces += 1;
                    None
                }
                Some(State::Between(source)) => {
                    let data = ready!(Pin::new(source).poll_fill_buf(context))?;
                    let byte = data.first().copied();
                    if !this.coding.goes_on(this.pieces, byte) {
                        return Poll::Ready(Ok(()));
                    }
                    if this.pieces >= PIECES {
                        return Poll::Ready(Err(DecompressionExcess::Bytes.into()));
                    }
                    Some(byte)
                }
            };
            this.state = match (this.state.take(), next) {
                (Some(State::Inside(decoder)), _) => Some(State::Between(decoder.into_source())),
                (Some(State::Between(source)), byte) => Some(State::Inside(this.coding.begin(
                    byte.flatten(),
                    source,
                    this.max_bytes,
                ))),
                (None, _) => None,
            };
        }
    }
}

impl AsyncRead for Source {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Raw(raw) => Pin::new(raw).poll_read(context, buffer),
            Self::Layer(layer) => Pin::new(layer).poll_read(context, buffer),
        }
    }
}

impl AsyncBufRead for Source {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        match self.get_mut() {
            Self::Raw(raw) => Pin::new(raw).poll_fill_buf(context),
            Self::Layer(layer) => Pin::new(layer).poll_fill_buf(context),
        }
    }

    fn consume(self: Pin<&mut Self>, amount: usize) {
        match self.get_mut() {
            Self::Raw(raw) => Pin::new(raw).consume(amount),
            Self::Layer(layer) => Pin::new(layer).consume(amount),
        }
    }
}

/// How a file begins that is compressed with gzip (RFC 1952, section 2.3.1). No text begins so.
const GZIP_FILE: u8 = 0x1F;

/// A body, decompressed.
pub(super) struct Decoded {
    source: Source,
    max_bytes: u64,
    /// Its first bytes were looked at.
    has_begun: bool,
    /// Bytes that came of it so far.
    became: Arc<AtomicU64>,
}

impl Decoded {
    /// Decompresses as often as the headers say, the last coding first (RFC 9110 section 8.4).
    pub(super) fn new(response: reqwest::Response, max_bytes: u64) -> Result<Self, Failure> {
        let codings = ContentCoding::all_of(response.headers())?;
        let became = Arc::<AtomicU64>::default();
        let raw = Source::Raw(Raw {
            body: response.into(),
            chunk: Bytes::new(),
            max_bytes,
            bytes: 0,
            pieces: 0,
            became: (!codings.is_empty()).then(|| Arc::clone(&became)),
        });
        let source = codings.into_iter().rfold(raw, |source, coding| {
            let layer = Layer {
                coding,
                state: Some(State::Between(source)),
                pieces: 0,
                bytes: 0,
                max_bytes,
            };
            Source::Layer(Box::new(BufReader::with_capacity(PIECE_BYTES, layer)))
        });
        Ok(Self {
            source,
            max_bytes,
            has_begun: false,
            became,
        })
    }

    /// Decompresses once more what is a compressed file, such as `sitemap.xml.gz`, whatever the headers say.
    fn unpack(&mut self) {
        let nothing = Source::Raw(Raw {
            body: reqwest::Body::from(Bytes::new()),
            chunk: Bytes::new(),
            max_bytes: 0,
            bytes: 0,
            pieces: 0,
            became: None,
        });
        let mut packed = std::mem::replace(&mut self.source, nothing);
        if let Source::Raw(raw) = &mut packed {
            raw.became = Some(Arc::clone(&self.became));
        }
        let layer = Layer {
            coding: ContentCoding::Gzip,
            state: Some(State::Between(packed)),
            pieces: 0,
            bytes: 0,
            max_bytes: self.max_bytes,
        };
        self.source = Source::Layer(Box::new(BufReader::with_capacity(PIECE_BYTES, layer)));
    }

    /// Waits for more bytes; there are none at the end.
    async fn fill(&mut self) -> io::Result<&[u8]> {
        self.source.fill_buf().await.map_err(|error| {
            if error.to_string().contains(ZSTD_TOO_LARGE) {
                return DecompressionExcess::Body.into();
            }
            error
        })
    }

    /// The next piece; `None` at the end.
    pub(super) async fn next(&mut self) -> io::Result<Option<Bytes>> {
        if !self.has_begun {
            self.has_begun = true;
            if self.fill().await?.first() == Some(&GZIP_FILE) {
                self.unpack();
            }
        }
        let length = self.fill().await?.len();
        let piece = match &mut self.source {
            Source::Raw(raw) => std::mem::take(&mut raw.chunk),
            Source::Layer(layer) => {
                let piece = Bytes::copy_from_slice(layer.buffer());
                layer.consume(length);
                piece
            }
        };
        self.became.fetch_add(length as u64, Ordering::Relaxed);
        Ok((!piece.is_empty()).then_some(piece))
    }
}

/// A body as it comes.
pub(super) struct Raw {
    body: reqwest::Body,
    chunk: Bytes,
    max_bytes: u64,
    bytes: u64,
    pieces: u64,
    /// How many bytes came of it, if it is compressed.
    became: Option<Arc<AtomicU64>>,
}

impl Raw {
    /// Takes note of a piece of the body.
    fn count(&mut self, bytes: usize) -> Result<(), DecompressionExcess> {
        self.pieces += 1;
        self.bytes += bytes as u64;
        if self.bytes > self.max_bytes {
            return Err(DecompressionExcess::Body);
        }
        if self
            .became
            .as_ref()
            .is_some_and(|became| self.bytes > IN_VAIN + 2 * became.load(Ordering::Relaxed))
        {
            return Err(DecompressionExcess::Bytes);
        }
        if self.pieces > FREE_PIECES + self.bytes / BYTES_A_PIECE {
            return Err(DecompressionExcess::Pieces);
        }
        Ok(())
    }
}

impl AsyncBufRead for Raw {
    fn poll_fill_buf(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<&[u8]>> {
        let this = self.get_mut();
        while this.chunk.is_empty() {
            match ready!(Pin::new(&mut this.body).poll_frame(context)) {
                None => break,
                Some(Err(error)) => return Poll::Ready(Err(io::Error::other(error))),
                Some(Ok(frame)) => {
                    let data = frame.into_data().unwrap_or_default();
                    this.count(data.len())?;
                    this.chunk = data;
                }
            }
        }
        Poll::Ready(Ok(&this.chunk))
    }

    fn consume(mut self: Pin<&mut Self>, amount: usize) {
        let amount = amount.min(self.chunk.len());
        let _ = self.chunk.split_to(amount);
    }
}

impl AsyncRead for Raw {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let available = ready!(self.as_mut().poll_fill_buf(context))?;
        let amount = available.len().min(buffer.remaining());
        buffer.put_slice(&available[..amount]);
        self.consume(amount);
        Poll::Ready(Ok(()))
    }
}
