//! Bodies as they come, counted, and what they are when they are decompressed.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use async_compression::tokio::bufread::{BrotliDecoder, GzipDecoder, ZstdDecoder};
use async_compression::zstd::DParameter;
use hyper::body::{Body as _, Bytes};
use reqwest::header::CONTENT_ENCODING;
use tokio::io::{AsyncBufRead, AsyncBufReadExt, AsyncRead, AsyncReadExt, ReadBuf};

use super::exchange::text_of;

/// The encodings that are asked for.
pub(super) const ACCEPTED: &str = "gzip, br, zstd";
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
pub(super) enum Excess {
    /// Far more bytes came than the answer holds.
    Bytes,
    /// They came in very small pieces.
    Pieces,
    /// The body is larger than allowed before it is decompressed.
    Body,
}

impl fmt::Display for Excess {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bytes => "sent far more than its answer holds",
            Self::Pieces => "sent its answer in too many pieces",
            Self::Body => "sent too large a body",
        })
    }
}

impl std::error::Error for Excess {}

impl From<Excess> for io::Error {
    fn from(excess: Excess) -> Self {
        Self::other(excess)
    }
}

/// A body, decompressed.
pub(super) enum Decoded {
    Plain(Raw),
    Compressed(Box<dyn Decoder>, Box<[u8]>),
}

/// A decompressor and what it reads from.
pub(super) trait Decoder: AsyncRead + Send + Unpin {
    fn raw(&mut self) -> &mut Raw;
}

impl Decoder for GzipDecoder<Raw> {
    fn raw(&mut self) -> &mut Raw {
        self.get_mut()
    }
}

impl Decoder for BrotliDecoder<Raw> {
    fn raw(&mut self) -> &mut Raw {
        self.get_mut()
    }
}

impl Decoder for ZstdDecoder<Raw> {
    fn raw(&mut self) -> &mut Raw {
        self.get_mut()
    }
}

impl Decoded {
    pub(super) fn new(response: reqwest::Response, max_bytes: u64) -> Self {
        let encoding = text_of(response.headers(), &CONTENT_ENCODING).unwrap_or_default();
        let raw = Raw {
            body: response.into(),
            chunk: Bytes::new(),
            max_bytes,
            bytes: 0,
            pieces: 0,
            became: None,
        };
        let decoder: Box<dyn Decoder> = match encoding.trim().to_ascii_lowercase().as_str() {
            "gzip" | "x-gzip" => Box::new(GzipDecoder::new(raw.compressed())),
            "br" => Box::new(BrotliDecoder::new(raw.compressed())),
            "zstd" => {
                let bits = max_bytes.checked_next_power_of_two().map_or(31, u64::ilog2);
                let window = DParameter::window_log_max(bits.clamp(ZSTD_WINDOW, 31));
                let mut decoder = ZstdDecoder::with_params(raw.compressed(), &[window]);
                decoder.multiple_members(true);
                Box::new(decoder)
            }
            _ => return Self::Plain(raw),
        };
        Self::Compressed(decoder, vec![0; PIECE_BYTES].into())
    }

    /// The next piece; `None` at the end.
    pub(super) async fn next(&mut self) -> io::Result<Option<Bytes>> {
        let (decoder, buffer) = match self {
            Self::Plain(raw) => {
                raw.fill_buf().await?;
                let chunk = std::mem::take(&mut raw.chunk);
                return Ok((!chunk.is_empty()).then_some(chunk));
            }
            Self::Compressed(decoder, buffer) => (decoder, buffer),
        };
        let length = decoder.read(buffer).await.map_err(|error| {
            if error.to_string().contains(ZSTD_TOO_LARGE) {
                return Excess::Body.into();
            }
            error
        })?;
        let raw = decoder.raw();
        if length == 0 {
            // The end of the answer may come behind that of the compressed data.
            raw.fill_buf().await?;
            return Ok(None);
        }
        raw.became = raw.became.map(|bytes| bytes + length as u64);
        Ok(buffer.get(..length).map(Bytes::copy_from_slice))
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
    became: Option<u64>,
}

impl Raw {
    fn compressed(self) -> Self {
        Self {
            became: Some(0),
            ..self
        }
    }

    /// Takes note of a piece of the body.
    fn count(&mut self, bytes: usize) -> Result<(), Excess> {
        self.pieces += 1;
        self.bytes += bytes as u64;
        if self.bytes > self.max_bytes {
            return Err(Excess::Body);
        }
        if self
            .became
            .is_some_and(|became| self.bytes > IN_VAIN + 2 * became)
        {
            return Err(Excess::Bytes);
        }
        if self.pieces > FREE_PIECES + self.bytes / BYTES_A_PIECE {
            return Err(Excess::Pieces);
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
