//! TLS: whom to trust, what to say when there is no trust, and which HTTP is spoken.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::Request as AxumRequest;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::server::TlsStream;

use super::*;
use crate::fetch::client::Authorities;

/// Accepts connections and shakes hands.
struct TlsListener {
    tcp: TcpListener,
    tls: TlsAcceptor,
}

impl axum::serve::Listener for TlsListener {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((socket, address)) = self.tcp.accept().await else {
                continue;
            };
            if let Ok(stream) = self.tls.accept(socket).await {
                return (stream, address);
            }
        }
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.tcp.local_addr()
    }
}

/// A server at `localhost` that offers these protocols (ALPN), speaks HTTP/1.1 and answers with the version it was
/// asked in; its address, and its certificate in PEM.
async fn start(names: &[&str], protocols: &[&[u8]]) -> (String, Vec<u8>) {
    let names: Vec<String> = names.iter().map(ToString::to_string).collect();
    let made = rcgen::generate_simple_self_signed(names).unwrap();
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let mut config = ServerConfig::builder()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap();
    config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();
    let tcp = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("https://localhost:{}/", tcp.local_addr().unwrap().port());
    let tls = TlsAcceptor::from(Arc::new(config));
    let router = Router::new()
        .fallback(|request: AxumRequest| async move { format!("{:?}", request.version()) });
    tokio::spawn(async move { axum::serve(TlsListener { tcp, tls }, router).await });
    (url, made.cert.pem().into_bytes())
}

async fn get_trusting(certificate: Vec<u8>, url: &str) -> Outcome {
    let options = FetchOptions {
        certificates: vec![certificate],
        ..options()
    };
    get_with(&options, url).await
}

#[tokio::test]
async fn http_1_is_spoken_even_where_the_server_speaks_http_2() {
    let (url, certificate) = start(&["localhost"], &[b"h2", b"http/1.1"]).await;
    let modified = expect_modified(get_trusting(certificate, &url).await);
    assert_eq!(modified.body, b"HTTP/1.1");
    let (url, certificate) = start(&["localhost"], &[b"h2"]).await;
    let failure = expect_failed(get_trusting(certificate, &url).await);
    assert_eq!(failure.message, "does not speak HTTP/1.1 over TLS");
}

#[tokio::test]
async fn a_certificate_that_nobody_vouches_for_is_refused() {
    let (url, _) = start(&["localhost"], &[]).await;
    let failure = expect_failed(get(&url).await);
    assert_eq!(failure.kind, FailureKind::Tls, "{failure:?}");
    assert!(
        failure
            .message
            .starts_with("TLS: invalid peer certificate: UnknownIssuer"),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_machine_without_authorities_still_reads_plain_feeds_and_says_why_not_the_others() {
    let fetcher = Fetcher::trusting(&options(), Authorities::Missing).unwrap();
    let plain = Server::start(|_| Reply::new("200 OK", b"x")).await;
    let request = Request::new(plain.url.clone(), Validators::default());
    expect_modified(fetcher.fetch(&request).await);
    let (url, certificate) = start(&["localhost"], &[]).await;
    let request = Request::new(url, Validators::default());
    assert_eq!(
        expect_failed(fetcher.fetch(&request).await).message,
        "TLS: invalid peer certificate: UnknownIssuer; this machine has no certificate authorities"
    );
    let options = FetchOptions {
        certificates: vec![certificate],
        ..options()
    };
    let fetcher = Fetcher::trusting(&options, Authorities::Missing).unwrap();
    expect_modified(fetcher.fetch(&request).await);
}

#[tokio::test]
async fn a_certificate_for_another_name_is_refused() {
    let (url, certificate) = start(&["feeds.example.org"], &[]).await;
    let failure = expect_failed(get_trusting(certificate, &url).await);
    assert_eq!(failure.kind, FailureKind::Tls, "{failure:?}");
    assert!(
        failure.message.contains("not valid for name \"localhost\""),
        "{failure:?}"
    );
}

#[tokio::test]
async fn a_certificate_that_says_much_is_quoted_briefly() {
    let name = |n: usize| format!("{}{n}.example.org", "very-long-name.".repeat(10));
    let names: Vec<String> = (0..200).map(name).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let (url, certificate) = start(&names, &[]).await;
    let failure = expect_failed(get_trusting(certificate, &url).await);
    assert_eq!(failure.kind, FailureKind::Tls, "{failure:?}");
    assert!(failure.message.contains("localhost"), "{failure:?}");
    assert!(failure.message.chars().count() <= 301, "{failure:?}");
}

#[tokio::test]
async fn a_server_without_tls_is_called_so() {
    for said in [&b"HTTP/1.1 400 Bad Request\r\n\r\n"[..], b""] {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move {
            let (mut socket, _) = listener.accept().await.unwrap();
            // The greeting first, so that closing the connection resets nothing.
            let _ = socket.read(&mut [0; 4096]).await;
            let _ = socket.write_all(said).await;
        });
        let failure = expect_failed(get(&format!("https://{address}/")).await);
        assert_eq!(failure.kind, FailureKind::Tls, "{failure:?}");
        assert!(failure.message.starts_with("TLS: "), "{failure:?}");
    }
}
