//! A server that says exactly the bytes that a test tells it to say, in its own time.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What the server does with a request.
pub(super) enum Reply {
    /// Says this and waits for the next request.
    Say(Vec<u8>),
    /// Says this and hangs up.
    SayAndClose(Vec<u8>),
    /// Says this and then nothing more.
    SayAndHang(Vec<u8>),
    /// Says the first at once and then the second, one byte at a time.
    Drip(Vec<u8>, Vec<u8>, Duration),
    /// Says this after a while.
    SayLate(Duration, Vec<u8>),
}

impl Reply {
    /// A whole answer: status line and headers as given, then the body with its length.
    pub(super) fn new(head: &str, body: &[u8]) -> Self {
        Self::Say(Self::bytes(head, body))
    }

    pub(super) fn bytes(head: &str, body: &[u8]) -> Vec<u8> {
        let mut bytes = format!("HTTP/1.1 {}\r\n", head.replace('\n', "\r\n")).into_bytes();
        bytes.extend(format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes());
        bytes.extend(body);
        bytes
    }
}

/// A server on a loopback address, until it is dropped.
pub(super) struct Server {
    /// `http://127.0.0.1:PORT`.
    pub(super) url: String,
    seen: Arc<Seen>,
    accepting: JoinHandle<()>,
}

#[derive(Default)]
struct Seen {
    heads: Mutex<Vec<String>>,
    connections: AtomicUsize,
    open: AtomicUsize,
    most_open: AtomicUsize,
}

impl Server {
    pub(super) async fn start(reply: impl Fn(&str) -> Reply + Send + Sync + 'static) -> Self {
        Self::start_at("127.0.0.1", reply).await
    }

    /// A server at another address of the loopback network: another host.
    pub(super) async fn start_at(
        address: &str,
        reply: impl Fn(&str) -> Reply + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind((address, 0)).await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let seen = Arc::new(Seen::default());
        let reply = Arc::new(reply);
        let shared = Arc::clone(&seen);
        let accepting = tokio::spawn(async move {
            while let Ok((socket, _)) = listener.accept().await {
                shared.connections.fetch_add(1, Ordering::SeqCst);
                let (seen, reply) = (Arc::clone(&shared), Arc::clone(&reply));
                tokio::spawn(async move { converse(socket, &seen, &*reply).await });
            }
        });
        Self {
            url,
            seen,
            accepting,
        }
    }

    /// The heads of all requests so far, in lower case but for values.
    pub(super) fn heads(&self) -> Vec<String> {
        self.seen.heads.lock().unwrap().clone()
    }

    pub(super) fn connections(&self) -> usize {
        self.seen.connections.load(Ordering::SeqCst)
    }

    /// The most requests that were under way at the same time.
    pub(super) fn most_at_once(&self) -> usize {
        self.seen.most_open.load(Ordering::SeqCst)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn converse(socket: TcpStream, seen: &Seen, reply: &(dyn Fn(&str) -> Reply + Send + Sync)) {
    let mut socket = BufReader::new(socket);
    while let Some(head) = read_head(&mut socket).await {
        seen.heads.lock().unwrap().push(head.clone());
        let open = seen.open.fetch_add(1, Ordering::SeqCst) + 1;
        seen.most_open.fetch_max(open, Ordering::SeqCst);
        let goes_on = say(&mut socket, seen, reply(&head)).await;
        if !goes_on {
            return;
        }
    }
}

/// Says a reply; false when the conversation is over. The request counts as over just before its
/// last byte is said.
async fn say(socket: &mut BufReader<TcpStream>, seen: &Seen, reply: Reply) -> bool {
    let over = || seen.open.fetch_sub(1, Ordering::SeqCst);
    match reply {
        Reply::Say(bytes) => {
            over();
            socket.write_all(&bytes).await.is_ok()
        }
        Reply::SayLate(delay, bytes) => {
            tokio::time::sleep(delay).await;
            over();
            socket.write_all(&bytes).await.is_ok()
        }
        Reply::SayAndClose(bytes) => {
            over();
            let _ = socket.write_all(&bytes).await;
            let _ = socket.shutdown().await;
            false
        }
        Reply::SayAndHang(bytes) => {
            let _ = socket.write_all(&bytes).await;
            // Until the other side gives up.
            let _ = socket.read(&mut [0]).await;
            over();
            false
        }
        Reply::Drip(head, body, pause) => {
            let _ = socket.write_all(&head).await;
            for byte in body {
                if socket.write_all(&[byte]).await.is_err() {
                    break;
                }
                tokio::time::sleep(pause).await;
            }
            over();
            false
        }
    }
}

async fn read_head(socket: &mut BufReader<TcpStream>) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if socket.read_until(b'\n', &mut head).await.ok()? == 0 {
            return None;
        }
    }
    Some(head.iter().map(|&byte| char::from(byte)).collect())
}
