//! One page, from its address to what is to be stored.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::ScopedJoinHandle;
use std::time::Duration;

use url::Url;

use super::super::body_reader::{
    BodyMemory, BodyMemoryPermit, BodyReaderSlots, CpuTimeLimit, TimedWork, matching_time,
};
use crate::config::{Config, Feed, FeedAddress, read_secret};
use crate::core::article::queue::QueuedPage;
use crate::core::article::{
    self, Article, ExtractionOptions, FetchedPage, Page, PageOutcome, PageVerdict,
};
use crate::core::document::Document;
use crate::core::robots::ROBOTS_AT_MOST;
use crate::core::schedule::told;
use crate::core::watch::determine_language;
use crate::core::web_page;
use crate::daemon::ServiceContext;
use crate::fault;
use crate::fetch::{Cookie, MemoryReservation, PageFetcher, PageRequest, RequestTarget};
use crate::matching::{self, Scratch};
use crate::store::articles::{self, Settled};
use crate::store::polls::NewHit;

/// How long a page may be read, of the processor's time.
const READING_TIME: Duration = Duration::from_millis(250);
/// After this it is left to itself: what it does is not told when to end.
const READING_AT_MOST: Duration = Duration::from_secs(1);
/// Before the database is asked again that could not answer.
const AFTER_FAULT: Duration = Duration::from_secs(1);

/// What asking for pages needs. Cheap to clone.
#[derive(Clone)]
pub(super) struct ArticleFetcher {
    pub(super) memory: Arc<BodyMemory>,
    pub(super) readers: Arc<BodyReaderSlots>,
    pub(super) credentials: Option<PathBuf>,
    /// What was told of cookies, by feed: once is enough.
    pub(super) told: Arc<Mutex<BTreeMap<String, String>>>,
}

/// What was found in a page.
pub(super) struct ArticleMatch {
    pub(super) page: QueuedPage,
    pub(super) article: Article,
    /// The item with the article in it; `None` where the feed's text stays.
    document: Option<Document>,
    hits: Vec<NewHit>,
    /// The watches that found them; `None` when they are yet to look.
    by: Option<Arc<Config>>,
}

impl ArticleMatch {
    /// Whether these are the watches of this configuration.
    pub(super) fn is_by(&self, config: &Arc<Config>) -> bool {
        self.by.as_ref().is_some_and(|by| Arc::ptr_eq(by, config))
    }

    pub(super) fn settled(self) -> Settled {
        let article = self.article;
        // As the watches saw it, so that whoever asks later sees the same.
        let seen = self.document.as_ref().and_then(|it| it.language.clone());
        Settled {
            id: self.page.id,
            address: self.page.address.to_string(),
            verdict: article.verdict,
            why: article.why,
            title: article.title,
            byline: article.byline,
            published: article.published,
            language: seen.or(article.language),
            canonical: article.canonical,
            text: self.document.map(|document| document.text),
            hits: self.hits,
        }
    }
}

impl ArticleFetcher {
    /// Asks for a robots.txt.
    pub(super) async fn robots(&self, pages: &PageFetcher, address: Url) -> PageOutcome {
        let request = PageRequest {
            url: address,
            wanted: RequestTarget::Robots {
                at_most: ROBOTS_AT_MOST,
            },
            cookie: None,
        };
        pages.fetch(&request).await.outcome
    }

    /// Asks for a page.
    pub(super) async fn page(
        &self,
        service: &ServiceContext,
        pages: &PageFetcher,
        page: &QueuedPage,
    ) -> (PageOutcome, MemoryReservation) {
        let cookie = match service.config.feed(&page.feed) {
            Some(feed) => self.cookie(feed, &page.address).await,
            None => None,
        };
        let request = PageRequest {
            url: page.address.clone(),
            wanted: RequestTarget::Page,
            cookie,
        };
        let fetched = pages.fetch(&request).await;
        (fetched.outcome, fetched.reservation)
    }

    /// The cookie of a feed, where it may be sent to an address. What is wrong with it is in the log, and in
    /// `check`.
    async fn cookie(&self, feed: &Feed, address: &Url) -> Option<Cookie> {
        let source = feed.articles.cookie.as_ref()?.value.clone();
        let FeedAddress::Web(home) = feed.address.clone() else {
            return None;
        };
        if !Cookie::may_be_sent_to(&home, address) {
            return None;
        }
        let credentials = self.credentials.clone();
        let read = tokio::task::spawn_blocking(move || {
            let secret = read_secret(&source, credentials.as_deref());
            let secret = secret.map_err(|error| error.to_string())?;
            Cookie::new(secret.expose(), &home).map_err(|error| error.to_string())
        });
        match read.await {
            Ok(Ok(cookie)) => Some(cookie),
            Ok(Err(why)) => {
                // Nothing under this lock panics.
                let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
                if told.insert(feed.id.clone(), why.clone()).as_ref() != Some(&why) {
                    tracing::warn!(feed = %feed.id,
                        "the cookie of feed {} cannot be used, and its pages are asked for without it: {why}", feed.id);
                }
                None
            }
            Err(_) => None,
        }
    }

    /// Reads a page and matches its item with the article in it. The body is taken.
    pub(super) async fn read(
        &self,
        service: &ServiceContext,
        page: QueuedPage,
        fetched: &mut FetchedPage,
        reservation: MemoryReservation,
    ) -> ArticleMatch {
        let body = std::mem::take(&mut fetched.body);
        let held = self.memory.take(body.len()).await;
        drop(reservation);
        let parts = Parts {
            body,
            address: page.address.clone(),
            content_type: fetched.content_type.clone(),
            status: fetched.status,
        };
        let feed = service.config.feed(&page.feed);
        let (selector, remove) = feed.map_or_else(Default::default, |feed| {
            (feed.articles.selector.clone(), feed.articles.remove.clone())
        });
        let article = self.read_apart(parts, selector, remove, held).await;
        let finding = ArticleMatch {
            page,
            article,
            document: None,
            hits: Vec::new(),
            by: None,
        };
        self.find(service, finding).await
    }

    async fn read_apart(
        &self,
        parts: Parts,
        selector: Option<String>,
        remove: Vec<String>,
        permit: BodyMemoryPermit,
    ) -> Article {
        let Some(_reader) = self.readers.take(&permit).await else {
            return Article::unread(PageVerdict::Unreachable, "the program is ending");
        };
        let name = format!("the page {}", parts.address);
        let work = TimedWork {
            memory: &self.memory,
            feed: &name,
        };
        let read = work.stage(READING_AT_MOST, permit, move |given_up| {
            fault::busy("page-read");
            read_deep(&parts, selector.as_deref(), &remove, given_up)
        });
        match read.await {
            Ok((article, _room)) => article,
            Err(why) => Article::unread(
                PageVerdict::TooBig,
                why.sentence("reading it", READING_AT_MOST, "the page"),
            ),
        }
    }

    /// Puts the article into its item, and matches that by the watches of a world.
    pub(super) async fn find(
        &self,
        service: &ServiceContext,
        finding: ArticleMatch,
    ) -> ArticleMatch {
        let config = Arc::clone(&service.config);
        let of_feed = ArticleMatch {
            document: None,
            hits: Vec::new(),
            by: Some(Arc::clone(&config)),
            ..finding
        };
        if of_feed.article.text.is_empty() {
            return of_feed;
        }
        let id = of_feed.page.id;
        let read = service
            .store
            .call(move |connection| articles::documents(connection, &[id]));
        let Ok(mut rows) = read.await else {
            // The database's trouble is told as such; then it is looked at again.
            tokio::time::sleep(AFTER_FAULT).await;
            return ArticleMatch {
                by: None,
                ..of_feed
            };
        };
        let document = rows.pop().map(|(_, document)| document);
        let joined = document.and_then(|it| article::with_article(&it, &of_feed.article));
        let Some(mut document) = joined else {
            return of_feed;
        };
        if document.language.is_none() {
            document.language.clone_from(&of_feed.article.language);
        }
        match self.hits(&config, &of_feed.page, document).await {
            Ok((document, hits)) => ArticleMatch {
                document: Some(document),
                hits,
                ..of_feed
            },
            Err(why) => {
                let (feed, address) = (&of_feed.page.feed, &of_feed.page.address);
                tracing::error!(feed = %feed, "the article at {address} could not be matched: {why}");
                let why = Some(told(&format!("it could not be matched: {why}")));
                let article = Article {
                    verdict: PageVerdict::TooBig,
                    why,
                    ..of_feed.article
                };
                ArticleMatch { article, ..of_feed }
            }
        }
    }

    /// The hits of an item with its article. `Err` is the reason why it could not be matched.
    async fn hits(
        &self,
        config: &Arc<Config>,
        page: &QueuedPage,
        mut document: Document,
    ) -> Result<(Document, Vec<NewHit>), String> {
        let permit = self.memory.take(document.text.len()).await;
        let Some(_reader) = self.readers.take(&permit).await else {
            return Err("the program is ending".to_owned());
        };
        let name = format!("the page {}", page.address);
        let work = TimedWork {
            memory: &self.memory,
            feed: &name,
        };
        let limit = matching_time(1, document.text.len());
        let (feed, by) = (page.feed.clone(), Arc::clone(config));
        let matched = work.stage(limit, permit, move |_| {
            let configured = by.feed(&feed).and_then(|feed| feed.language.as_deref());
            determine_language(&mut document, configured);
            let hits = matching::hits_in_article(&by, &feed, &document, &mut Scratch::default());
            hits.map(|hits| (document, hits))
        });
        match matched.await {
            Ok((found, _room)) => found.map_err(|error| error.to_string()),
            Err(why) => Err(why.sentence("matching it", limit, "it")),
        }
    }
}

fn read_deep(
    parts: &Parts,
    selector: Option<&str>,
    remove: &[String],
    given_up: &AtomicBool,
) -> Article {
    let page = Page {
        body: &parts.body,
        address: Some(&parts.address),
        content_type: parts.content_type.as_deref(),
        status: parts.status,
    };
    read_page(&page, &ExtractionOptions { selector, remove }, given_up)
}

/// Reads a page on a thread of its own, since a tree that is deep takes a deep stack. A panic of a library, or 250 ms
/// of the processor, is only this page's verdict.
pub fn read_page(
    page: &Page<'_>,
    options: &ExtractionOptions<'_>,
    given_up: &AtomicBool,
) -> Article {
    let read = || {
        let limit = CpuTimeLimit::start(READING_TIME);
        let give_up = || given_up.load(Ordering::Relaxed) || limit.is_spent();
        article::read(page, options, &give_up)
    };
    std::thread::scope(|scope| {
        let reading = std::thread::Builder::new()
            .stack_size(web_page::STACK)
            .spawn_scoped(scope, read);
        match reading.map(ScopedJoinHandle::join) {
            Ok(Ok(article)) => article,
            Ok(Err(_)) => Article::unread(PageVerdict::TooBig, "the page made the program fail"),
            Err(reason) => {
                let why = format!("no thread can be had to read it: {reason}");
                Article::unread(PageVerdict::TooBig, why)
            }
        }
    })
}

/// What is read.
struct Parts {
    body: Vec<u8>,
    address: Url,
    content_type: Option<String>,
    status: u16,
}
