//! The HTTP client: requests as a feed needs them, over HTTP/1.1 and HTTP/2, with what may come
//! counted at each level.

use std::fmt;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body as _, Bytes};
use hyper::header::HeaderMap;
use hyper::{StatusCode, Uri};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use rustls::ClientConfig;
use tower_service::Service;
use url::Url;

use super::coding::Decoded;
use super::resolve::GuardedResolver;
use super::wire::{Dial, Meter, Metered};

/// The most bytes of an answer's headers.
const HEADER_BYTES: u32 = 64 * 1024;
/// What of a body may be on its way over HTTP/2 while nobody takes it.
const WINDOW_BYTES: u32 = 256 * 1024;
/// How HTTP/2 says that it did not touch a request, which may then be sent again (RFC 9113
/// section 8.7).
const UNTOUCHED: [&str; 2] = [
    "refused stream before processing",
    "error received: not a result of an error",
];

type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// A client with connections of its own. Cheap to clone.
#[derive(Clone)]
pub(super) struct Client {
    inner: legacy::Client<Connector, String>,
    headers: HeaderMap,
    max_bytes: u64,
}

/// How a [`Client`] is to be.
pub(super) struct ClientOptions<'a> {
    pub(super) resolver: GuardedResolver,
    pub(super) tls: ClientConfig,
    pub(super) proxy: Option<Uri>,
    /// For a connection, its TLS handshake and the name included.
    pub(super) connect_timeout: Duration,
    /// Connections to a host that are kept open though nothing is asked.
    pub(super) idle_connections: usize,
    pub(super) idle_timeout: Duration,
    /// The most bytes of a body, as it comes and after decompression.
    pub(super) max_bytes: u64,
    /// Sent with every request.
    pub(super) headers: &'a HeaderMap,
}

impl Client {
    pub(super) fn new(options: ClientOptions<'_>) -> Self {
        let mut tcp = HttpConnector::new_with_resolver(options.resolver);
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Shared by the addresses of a host, so that one that does not answer leaves time for others.
        tcp.set_connect_timeout(Some(options.connect_timeout));
        let dial = Dial {
            tcp,
            proxy: options.proxy,
        };
        let https = HttpsConnectorBuilder::new()
            .with_tls_config(options.tls)
            .https_or_http()
            .enable_all_versions()
            .wrap_connector(dial);
        let inner = legacy::Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(options.idle_timeout)
            .pool_max_idle_per_host(options.idle_connections)
            .http1_max_buf_size(HEADER_BYTES as usize)
            .http2_max_header_list_size(HEADER_BYTES)
            .http2_initial_stream_window_size(WINDOW_BYTES)
            .http2_initial_connection_window_size(WINDOW_BYTES)
            .build(Connector {
                https,
                timeout: options.connect_timeout,
            });
        Self {
            inner,
            headers: options.headers.clone(),
            max_bytes: options.max_bytes,
        }
    }

    /// Asks for `url` with `headers` beside the usual ones.
    pub(super) async fn get(&self, url: &Url, headers: HeaderMap) -> Result<Response, ClientError> {
        let uri = uri_of(url)?;
        let mut all = self.headers.clone();
        all.extend(headers);
        let mut again = true;
        loop {
            let mut request = hyper::Request::new(String::new());
            *request.uri_mut() = uri.clone();
            *request.headers_mut() = all.clone();
            match self.inner.request(request).await {
                Ok(response) => return Ok(Response::new(response, self.max_bytes)),
                Err(error) if std::mem::take(&mut again) && is_untouched(&error) => {}
                Err(error) if error.is_connect() => {
                    return Err(ClientError::Connect {
                        encrypted: url.scheme() == "https",
                        error: error.into(),
                    });
                }
                Err(error) => return Err(ClientError::Wire(error.into())),
            }
        }
    }
}

/// The address as it stands in a request. A redirect may bring a user name and password: nobody's
/// secrets are repeated to anybody.
fn uri_of(url: &Url) -> Result<Uri, ClientError> {
    let mut url = url.clone();
    // Both can only fail for addresses without a host, and those are not fetched.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.set_fragment(None);
    Uri::try_from(url.as_str()).map_err(ClientError::Address)
}

fn is_untouched(error: &legacy::Error) -> bool {
    let reason = deepest(error).to_string();
    UNTOUCHED.iter().any(|words| reason.contains(words))
}

/// The cause behind all others.
pub(super) fn deepest<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> &'a (dyn std::error::Error + 'static) {
    let mut deepest = error;
    while let Some(source) = deepest.source() {
        deepest = source;
    }
    deepest
}

/// Makes connections in time.
#[derive(Clone)]
struct Connector {
    https: HttpsConnector<Dial>,
    timeout: Duration,
}

/// No connection came about in time.
#[derive(Debug)]
pub(super) struct ConnectTimeout;

impl fmt::Display for ConnectTimeout {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no connection in time")
    }
}

impl std::error::Error for ConnectTimeout {}

type Connecting =
    Pin<Box<dyn Future<Output = Result<MaybeHttpsStream<TokioIo<Metered>>, BoxError>> + Send>>;

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<Metered>>;
    type Error = BoxError;
    type Future = Connecting;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.https.poll_ready(context)
    }

    fn call(&mut self, to: Uri) -> Connecting {
        let connecting = tokio::time::timeout(self.timeout, self.https.call(to));
        Box::pin(async move { connecting.await.map_err(|_| ConnectTimeout)? })
    }
}

/// An answer, of which the body is still to come.
pub(super) struct Response {
    status: StatusCode,
    headers: HeaderMap,
    content_length: Option<u64>,
    body: Decoded,
}

impl Response {
    fn new(response: hyper::Response<hyper::body::Incoming>, max_bytes: u64) -> Self {
        let (mut parts, body) = response.into_parts();
        let meter = parts.extensions.remove::<Meter>();
        if let Some(meter) = &meter {
            meter.answered();
        }
        let content_length = body.size_hint().exact();
        Self {
            status: parts.status,
            body: Decoded::new(body, &parts.headers, meter, max_bytes),
            headers: parts.headers,
            content_length,
        }
    }

    pub(super) fn status(&self) -> StatusCode {
        self.status
    }

    pub(super) fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The length of the body as it comes, compressed or not, when it is known.
    pub(super) fn content_length(&self) -> Option<u64> {
        self.content_length
    }

    /// The next piece of the body, decompressed; `None` at its end.
    pub(super) async fn chunk(&mut self) -> Result<Option<Bytes>, ClientError> {
        self.body.next().await.map_err(|error| {
            let ours = error.get_ref().is_some_and(|inner| {
                inner.is::<hyper::Error>() || inner.is::<super::wire::Excess>()
            });
            match error.into_inner() {
                Some(inner) if ours => ClientError::Wire(inner),
                Some(inner) => ClientError::Decompression(io::Error::other(inner)),
                None => ClientError::Decompression(io::Error::other("broken")),
            }
        })
    }
}

/// Why there is no answer, or no end of it.
#[derive(Debug)]
pub(super) enum ClientError {
    /// The address cannot stand in a request.
    Address(hyper::http::uri::InvalidUri),
    /// No connection.
    Connect {
        /// Whether it was to be encrypted.
        encrypted: bool,
        /// What was in the way.
        error: BoxError,
    },
    /// What came over the connection.
    Wire(BoxError),
    /// The body does not decompress.
    Decompression(io::Error),
}
