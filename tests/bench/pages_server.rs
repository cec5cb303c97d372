//! The web whose pages are read: every address of 127.0.0.0/8 is a host with a robots.txt, a feed that has new
//! items each time, and their articles.

use std::io::{BufRead as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::{SignedDuration, Timestamp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use crate::HOSTS;
use crate::world::World;

/// Pages that differ.
const TEMPLATES: usize = 64;
/// Items that a feed lists.
const LISTED: u64 = 20;
/// Bytes of a page.
const PAGE: usize = 60_000;
/// Bytes of an article in it, and of its paragraphs.
const ARTICLE: usize = 6_000;
const PARAGRAPH: usize = 500;
/// Of so many pages one has what is watched for.
const WATCHED: usize = 8;
/// What that is.
const KEYWORDS: &str = "Prisoners were tortured in custody, their lawyers said. ";

/// The address of a host, without a path.
pub fn address(port: u16, host: usize) -> String {
    format!(
        "http://127.1.{}.{}:{port}/{host}",
        host / 250,
        1 + host % 250
    )
}

struct Web {
    /// New items at each time.
    fresh: u64,
    port: u16,
    began: Timestamp,
    /// The newest item of each host.
    newest: Vec<AtomicU64>,
    /// Titles and summaries.
    items: Vec<(String, String)>,
    pages: Vec<String>,
}

/// Serves until standard input ends. The port is the first line of standard output.
pub fn serve(fresh: u64) {
    let mut world = World::new(4);
    let documents = world.documents(TEMPLATES, ARTICLE);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime");
    let listener = runtime
        .block_on(TcpListener::bind("0.0.0.0:0"))
        .expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let web = Arc::new(Web {
        fresh,
        port,
        began: Timestamp::now(),
        newest: (0..HOSTS).map(|_| AtomicU64::new(0)).collect(),
        items: documents
            .iter()
            .map(|document| (document.title.clone(), document.summary.clone()))
            .collect(),
        pages: documents
            .iter()
            .enumerate()
            .map(|(number, document)| {
                let language = document.language.as_deref().unwrap_or("en");
                // What is watched for stands in the body alone.
                let watched = if number % WATCHED == 0 { KEYWORDS } else { "" };
                let text = format!("{}{watched}", document.text);
                page(&mut world, &document.title, &text, language)
            })
            .collect(),
    });
    println!("{port}");
    std::io::stdout().flush().expect("a pipe");
    runtime.spawn(async move {
        loop {
            if let Ok((stream, peer)) = listener.accept().await
                && peer.ip().is_loopback()
            {
                let web = Arc::clone(&web);
                tokio::spawn(async move { connection(&web, stream).await });
            }
        }
    });
    for _ in std::io::stdin().lock().lines().map_while(Result::ok) {}
}

fn page(world: &mut World, title: &str, text: &str, language: &str) -> String {
    let mut paragraphs = vec![String::new()];
    for sentence in text.split_inclusive(". ") {
        let last = paragraphs.last_mut().expect("there is one");
        if last.len() < PARAGRAPH {
            last.push_str(sentence);
        } else {
            paragraphs.push(sentence.to_owned());
        }
    }
    let story: String = paragraphs
        .iter()
        .map(|paragraph| format!("<p class=\"c-text\">{paragraph}</p>\n"))
        .collect();
    let mut links = |number: usize| {
        let titles = world.documents(number, 290).into_iter();
        let items: String = titles
            .map(|it| {
                let title = it.title;
                format!("<li class=\"item\"><a class=\"link\" href=\"/more\"><span>{title}</span></a></li>")
            })
            .collect();
        format!("<ul class=\"list\">{items}</ul>")
    };
    let (navigation, beside, below) = (links(60), links(20), links(60));
    let mut head = format!(
        "<!DOCTYPE html><html lang=\"{language}\"><head><meta charset=\"utf-8\"><title>{title} | The Outlet</title>\
         <meta property=\"og:title\" content=\"{title}\"><script type=\"application/ld+json\">{{\"@context\":\
         \"https://schema.org\",\"@type\":\"NewsArticle\",\"datePublished\":\"2026-11-01T10:00:00Z\"}}</script><script>"
    );
    let body = format!(
        "</script></head><body><header><nav>{navigation}</nav></header><main><article class=\"story\"><h1>{title}</h1>\
         <div class=\"story__body\">{story}</div></article><aside class=\"sidebar\">{beside}</aside></main>\
         <footer>{below}</footer></body></html>"
    );
    let script = "window.state=window.state||{};window.state.items.push({id:1,html:'<b>x</b>'});";
    while head.len() + body.len() < PAGE {
        head.push_str(script);
    }
    head + &body
}

async fn connection(web: &Web, mut stream: TcpStream) {
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
        // `GET /12/feed HTTP/1.1`
        let line = String::from_utf8_lossy(&request);
        let path = line.split(' ').nth(1).unwrap_or_default();
        let mut parts = path.trim_start_matches('/').split('/');
        let first = parts.next().unwrap_or_default();
        let (status, kind, body) = match (first.parse(), parts.next()) {
            _ if first == "robots.txt" => (
                "200 OK",
                "text/plain",
                "User-agent: *\nDisallow: /admin/\n".to_owned(),
            ),
            (Ok(host), Some("feed")) if host < HOSTS => {
                ("200 OK", "application/rss+xml", feed(web, host))
            }
            (Ok(host), Some(item)) => {
                let number: usize = item.parse().unwrap_or(0);
                let page = &web.pages[(host + number) % TEMPLATES];
                ("200 OK", "text/html; charset=utf-8", page.clone())
            }
            _ => ("404 Not Found", "text/plain", String::new()),
        };
        let head = format!(
            "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        if stream.write_all((head + &body).as_bytes()).await.is_err() {
            return;
        }
    }
}

/// The first time its items are older than a backlog; from then on as many are new as was asked for.
fn feed(web: &Web, host: usize) -> String {
    let newest = web.newest[host].fetch_add(web.fresh, Ordering::Relaxed);
    let items: String = (0..LISTED)
        .map(|back| {
            // From the 1,000th on they are new.
            let item = 1_000 + newest - back;
            let age = if item <= 1_000 {
                SignedDuration::from_hours(30 * 24)
            } else {
                SignedDuration::from_mins(1)
            };
            let at = (web.began - age).strftime("%a, %d %b %Y %H:%M:%S +0000");
            let (title, summary) = &web.items[(host + item as usize) % TEMPLATES];
            let link = address(web.port, host);
            format!(
                "<item><title>{title}</title><link>{link}/{item}</link><guid isPermaLink=\"false\">{host}-{item}</guid>\
                 <pubDate>{at}</pubDate><description>{summary}</description></item>\n"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<rss version=\"2.0\"><channel><title>Feed {host}</title>\
         <link>http://news.example.org/</link><description>News</description>{items}</channel></rss>\n"
    )
}
