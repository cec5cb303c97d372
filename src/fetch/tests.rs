//! The fetcher against real sockets.

use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::core::schedule::{Outcome, Request, Validators};

use super::{FetchOptions, Fetcher};

fn options() -> FetchOptions {
    FetchOptions {
        allow: vec!["127.0.0.0/8".parse().unwrap()],
        timeout: Duration::from_secs(2),
        ..FetchOptions::default()
    }
}

#[tokio::test]
async fn a_body_is_fetched() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/feed", listener.local_addr().unwrap());
    tokio::spawn(async move {
        loop {
            let (mut socket, _) = listener.accept().await.unwrap();
            let mut buffer = vec![0; 4096];
            let _ = socket.read(&mut buffer).await.unwrap();
            socket
                .write_all(b"HTTP/1.1 200 OK\r\nETag: \"a\"\r\nContent-Length: 5\r\n\r\nhello")
                .await
                .unwrap();
        }
    });
    let fetcher = Fetcher::new(&options()).unwrap();
    let outcome = fetcher
        .fetch(&Request::new(url, Validators::default()))
        .await;
    assert!(matches!(outcome, Outcome::Modified(modified) if modified.body == b"hello"));
}
