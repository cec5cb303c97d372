//! The web that the intake is measured against: every address of 127.0.0.0/8 is a host with one
//! feed, written by hand so that it costs next to nothing.
//!
//! A line on standard input says what all hosts do from then on; each is answered by `ok`.

use std::io::{BufRead, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::world::World;

/// Bodies that differ in their words.
const TEMPLATES: usize = 64;
/// Bytes of text an item.
const TEXT: usize = 700;

/// What the hosts do.
#[derive(Clone, Copy)]
enum Manner {
    /// 200 with items that never appeared before.
    New,
    /// 200 with the items of the last time and another date of the whole.
    Known,
    /// 200 with the bytes of the last time.
    Same,
    /// 304.
    NotModified,
    /// The first hosts never answer; the others as [`Manner::NotModified`].
    Silent,
    /// The first hosts send a byte a second; the others as [`Manner::NotModified`].
    Drip,
}

/// The state that standard input sets and the connections read.
struct Hosts {
    /// Of [`Manner`].
    manner: AtomicU64,
    /// Part of each item's identity.
    generation: AtomicU64,
    /// Told in each body.
    built: AtomicU64,
    /// How many hosts are slow, from the first on.
    slow: AtomicU64,
    bodies: Vec<Body>,
}

/// A body with places for numbers.
struct Body {
    bytes: Vec<u8>,
    feeds: Vec<usize>,
    generations: Vec<usize>,
    built: usize,
}

const NUMBER: &str = "00000000";

impl Body {
    fn new(text: &str) -> Self {
        let mut body = Self {
            bytes: Vec::new(),
            feeds: Vec::new(),
            generations: Vec::new(),
            built: 0,
        };
        for part in text.split_inclusive('}') {
            let (plain, place) = part.split_once('{').unwrap_or((part, ""));
            body.bytes.extend_from_slice(plain.as_bytes());
            match place {
                "feed}" => body.feeds.push(body.bytes.len()),
                "generation}" => body.generations.push(body.bytes.len()),
                "built}" => body.built = body.bytes.len(),
                _ => continue,
            }
            body.bytes.extend_from_slice(NUMBER.as_bytes());
        }
        body
    }

    fn filled(&self, feed: u64, generation: u64, built: u64, head: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(head.len() + self.bytes.len());
        out.extend_from_slice(head);
        out.extend_from_slice(&self.bytes);
        let mut put = |places: &[usize], number: u64| {
            let digits = format!("{number:08}");
            for place in places {
                let place = head.len() + place;
                out[place..place + NUMBER.len()].copy_from_slice(&digits.as_bytes()[..8]);
            }
        };
        put(&self.feeds, feed);
        put(&self.generations, generation);
        put(&[self.built], built);
        out
    }
}

fn bodies(entries: usize) -> Vec<Body> {
    let mut world = World::new(4);
    let now = Timestamp::now();
    (0..TEMPLATES)
        .map(|template| {
            // Every other feed says in what language it is.
            let language = ["", "<language>en</language>"][template % 2];
            let items: String = world
                .documents(entries, TEXT)
                .iter()
                .enumerate()
                .map(|(number, document)| {
                    let at = now - SignedDuration::from_mins(number as i64 * 20);
                    let at = at.strftime("%a, %d %b %Y %H:%M:%S +0000");
                    format!(
                        "<item><title>{}</title>\
                         <link>http://news.example.org/{{feed}}/{{generation}}/{number}?utm_source=rss</link>\
                         <guid isPermaLink=\"false\">{{feed}}-{{generation}}-{number}</guid>\
                         <pubDate>{at}</pubDate><category>World</category>\
                         <dc:creator>The newsroom</dc:creator>\
                         <description><![CDATA[<p>{}</p><p>{} <a href=\"/more\">More</a></p>]]></description>\
                         </item>\n",
                        document.title, document.summary, document.text
                    )
                })
                .collect();
            Body::new(&format!(
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\" \
                 xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><channel>\
                 <title>Feed {{feed}}</title><link>http://news.example.org/</link>\
                 <description>News</description>{language}<generator>build {{built}}</generator>\n{items}\
                 </channel></rss>\n"
            ))
        })
        .collect()
}

/// Serves until standard input ends. The port is the first line of standard output.
pub fn serve(entries: usize) {
    let hosts = Arc::new(Hosts {
        manner: AtomicU64::new(0),
        generation: AtomicU64::new(0),
        built: AtomicU64::new(0),
        slow: AtomicU64::new(0),
        bodies: bodies(entries),
    });
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let listener = runtime
        .block_on(TcpListener::bind("0.0.0.0:0"))
        .expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    let serving = Arc::clone(&hosts);
    runtime.spawn(async move {
        loop {
            if let Ok((stream, peer)) = listener.accept().await
                && peer.ip().is_loopback()
            {
                let hosts = Arc::clone(&serving);
                tokio::spawn(async move { connection(&hosts, stream).await });
            }
        }
    });
    for line in std::io::stdin().lock().lines().map_while(Result::ok) {
        let (name, number) = line.split_once(' ').unwrap_or((&line, "0"));
        let number: u64 = number.parse().unwrap_or(0);
        let manner = match name {
            "new" => Manner::New,
            "known" => Manner::Known,
            "same" => Manner::Same,
            "silent" => Manner::Silent,
            "drip" => Manner::Drip,
            _ => Manner::NotModified,
        };
        if name == "new" {
            hosts.generation.fetch_add(1, Ordering::Relaxed);
        }
        if name == "new" || name == "known" {
            hosts.built.fetch_add(1, Ordering::Relaxed);
        }
        hosts.slow.store(number, Ordering::Relaxed);
        hosts.manner.store(manner as u64, Ordering::Relaxed);
        println!("ok");
        let _ = std::io::stdout().flush();
    }
}

async fn connection(hosts: &Hosts, mut stream: TcpStream) {
    let _ = stream.set_nodelay(true);
    let mut request = Vec::with_capacity(1024);
    loop {
        request.clear();
        while !request.ends_with(b"\r\n\r\n") {
            match stream.read_buf(&mut request).await {
                Ok(0) | Err(_) => return,
                Ok(_) => {}
            }
        }
        // `GET /1234 HTTP/1.1`
        let feed = request
            .iter()
            .skip(5)
            .take_while(|byte| byte.is_ascii_digit())
            .fold(0_u64, |number, digit| number * 10 + u64::from(digit - b'0'));
        if answer(hosts, &mut stream, feed).await.is_err() {
            return;
        }
    }
}

async fn answer(hosts: &Hosts, stream: &mut TcpStream, feed: u64) -> std::io::Result<()> {
    let manner = hosts.manner.load(Ordering::Relaxed);
    let is = |other: Manner| manner == other as u64;
    let generation = hosts.generation.load(Ordering::Relaxed);
    let built = hosts.built.load(Ordering::Relaxed);
    let slow = feed < hosts.slow.load(Ordering::Relaxed);
    if slow && is(Manner::Silent) {
        // Until the other side gives up.
        let _ = stream.read(&mut [0; 64]).await;
        return Err(std::io::ErrorKind::BrokenPipe.into());
    }
    if slow && is(Manner::Drip) {
        stream
            .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n<rss")
            .await?;
        loop {
            tokio::time::sleep(Duration::from_secs(1)).await;
            stream.write_all(b" ").await?;
        }
    }
    if is(Manner::New) || is(Manner::Known) || is(Manner::Same) {
        let body = &hosts.bodies[usize::try_from(feed).unwrap_or(0) % hosts.bodies.len()];
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nETag: \"{feed}-{built}\"\r\n\
             Last-Modified: Tue, 24 Nov 2026 06:00:00 GMT\r\nCache-Control: max-age=900\r\n\
             Content-Length: {}\r\n\r\n",
            body.bytes.len()
        );
        let whole = body.filled(feed, generation, built, head.as_bytes());
        stream.write_all(&whole).await
    } else {
        let head = format!(
            "HTTP/1.1 304 Not Modified\r\nETag: \"{feed}-{built}\"\r\nCache-Control: max-age=900\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await
    }
}
