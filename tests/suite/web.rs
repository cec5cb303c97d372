//! A web of feeds on loopback addresses, whose pages a test writes and changes.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use tokio::runtime::Runtime;

/// What a path answers.
#[derive(Clone, Debug)]
pub enum Page {
    /// A body with an entity tag made of it; conditional requests get 304.
    Feed(String),
    /// A status, headers and a body, as they are.
    Whole(u16, &'static [(&'static str, &'static str)], Vec<u8>),
    /// A status without a feed.
    Status(u16, String),
    /// A page of HTML with a `Link` header, where that is not empty.
    Html(String, String),
    /// Nothing for this long.
    Silence(Duration),
}

#[derive(Default)]
struct Pages {
    pages: BTreeMap<String, Page>,
    requests: Vec<(String, HeaderMap)>,
}

/// A server on one address; it ends with the test.
pub struct Web {
    address: SocketAddr,
    pages: Arc<Mutex<Pages>>,
    _runtime: Runtime,
}

impl Web {
    /// Starts on a free port of `ip`, one of 127.0.0.0/8.
    pub fn start(ip: &str) -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("a runtime");
        let ip: IpAddr = ip.parse().expect("an address");
        let pages = Arc::new(Mutex::new(Pages::default()));
        let app = Router::new().fallback(answer).with_state(pages.clone());
        let listener = runtime
            .block_on(tokio::net::TcpListener::bind((ip, 0)))
            .expect("a free port");
        let address = listener.local_addr().expect("an address");
        runtime.spawn(async move { axum::serve(listener, app).await });
        Self {
            address,
            pages,
            _runtime: runtime,
        }
    }

    /// The whole address of a path.
    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What a path answers from now on.
    pub fn put(&self, path: &str, page: Page) {
        let mut pages = self.pages.lock().expect("no test panicked");
        pages.pages.insert(path.to_owned(), page);
    }

    /// The paths of all requests so far, in order.
    pub fn paths(&self) -> Vec<String> {
        let pages = self.pages.lock().expect("no test panicked");
        pages
            .requests
            .iter()
            .map(|(path, _)| path.clone())
            .collect()
    }

    /// The headers of every request for a path so far.
    pub fn requests(&self, path: &str) -> Vec<HeaderMap> {
        let pages = self.pages.lock().expect("no test panicked");
        pages
            .requests
            .iter()
            .filter(|(asked, _)| asked == path)
            .map(|(_, headers)| headers.clone())
            .collect()
    }
}

async fn answer(State(pages): State<Arc<Mutex<Pages>>>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let page = {
        let mut pages = pages.lock().expect("no test panicked");
        pages
            .requests
            .push((path.clone(), request.headers().clone()));
        pages.pages.get(&path).cloned()
    };
    let response = Response::builder();
    let response = match page {
        None => response
            .status(StatusCode::NOT_FOUND)
            .body(Body::from("no such page")),
        Some(Page::Whole(status, headers, body)) => headers
            .iter()
            .fold(response.status(status), |response, (name, value)| {
                response.header(*name, *value)
            })
            .body(Body::from(body)),
        Some(Page::Status(status, body)) => response.status(status).body(Body::from(body)),
        Some(Page::Html(body, link)) => {
            let mut response = response.header(header::CONTENT_TYPE, "text/html; charset=utf-8");
            if !link.is_empty() {
                response = response.header(header::LINK, link);
            }
            response.body(Body::from(body))
        }
        Some(Page::Silence(time)) => {
            tokio::time::sleep(time).await;
            response.status(StatusCode::OK).body(Body::empty())
        }
        Some(Page::Feed(body)) => {
            let tag = format!("\"{:x}-{}\"", body.len(), checksum(&body));
            let known = request
                .headers()
                .get(header::IF_NONE_MATCH)
                .is_some_and(|sent| sent.as_bytes() == tag.as_bytes());
            let response = response.header(header::ETAG, &tag);
            if known {
                response
                    .status(StatusCode::NOT_MODIFIED)
                    .body(Body::empty())
            } else {
                response
                    .header(header::CONTENT_TYPE, "application/rss+xml")
                    .body(Body::from(body))
            }
        }
    };
    response.expect("a response")
}

fn checksum(text: &str) -> u32 {
    text.bytes().fold(17, |sum: u32, byte| {
        sum.wrapping_mul(31).wrapping_add(u32::from(byte))
    })
}

/// An RSS 2.0 feed of the given items, each a title, a link's last part, and a description.
pub fn rss(title: &str, items: &[(&str, &str, &str)]) -> String {
    let items: String = items
        .iter()
        .map(|(title, slug, description)| {
            format!(
                "<item><title>{title}</title><link>https://outlet.example/{slug}</link>\
                 <guid isPermaLink=\"false\">{slug}</guid><description>{description}</description></item>"
            )
        })
        .collect();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\"><channel><title>{title}</title>\
         <link>https://outlet.example/</link><description>A fixture</description>{items}</channel></rss>"
    )
}
