//! The feeds that a page offers.

use std::sync::LazyLock;

use url::Url;

use super::{link_header, links};
use crate::core::text::decode::decode;
use crate::core::text::html_tokenizer::{HtmlToken, HtmlTokenizer, Tag};
use crate::core::text::tokenizer::fold_text;

/// Where a feed may lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// Absolute address, `http` or `https`.
    pub url: Url,
    /// Whether the page announces it as a feed; else it only looks like one, or is a place where feeds
    /// lie on other sites.
    pub is_announced: bool,
}

/// A page, as it was answered.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// Its bytes.
    pub body: &'a [u8],
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The `Link` headers, joined with commas.
    pub link: Option<&'a str>,
    /// The address that answered.
    pub address: &'a Url,
}

/// Where feeds lie on sites that do not announce them.
const COMMON_PATHS: [&str; 5] = ["/feed", "/rss", "/rss.xml", "/atom.xml", "/index.xml"];

/// Candidates at most: with the page itself they make six requests to its publisher, or more where some of
/// them redirect. Whoever asks counts those.
const CANDIDATES_AT_MOST: usize = 5;
/// Links of a kind that are looked at; no page has so many feeds.
const LINKS_AT_MOST: usize = 1000;
/// A longer address is none of a feed.
const LONGEST_LINK: usize = 2048;
/// What is looked at of a title, or of the words of a link.
const WORDS_BYTES: usize = 200;

/// The feeds that a page announces, in its header or in itself (`link rel="alternate"`, WHATWG HTML
/// section 4.6.7.1), then those of its own site that it links to by name, then the common places of its
/// site. The likeliest come first, and feeds of comments last.
pub fn candidates(page: &Page<'_>) -> Vec<Candidate> {
    let text = decode(page.body, page.content_type).text;
    let mut offers = from_header(page);
    offers.extend(Reading::of(&text, page.address).offers);
    let common = COMMON_PATHS
        .iter()
        .filter_map(|path| page.address.join(path).ok());
    offers.extend(common.map(|url| FeedLink {
        likelihood: Likelihood::Common,
        is_of_comments: false,
        url,
    }));
    // Many pages announce the feed of their comments beside, or before, that of their news.
    offers.sort_by_key(|offer| (offer.is_of_comments, offer.likelihood));
    let is_announced = |offer: &FeedLink| offer.likelihood <= Likelihood::PerhapsAnnounced;
    // A place is kept for what the page does say.
    let has_comments = offers
        .iter()
        .any(|offer| offer.is_of_comments && is_announced(offer));
    let most_of_news = CANDIDATES_AT_MOST - usize::from(has_comments);
    let mut found: Vec<Candidate> = Vec::new();
    for offer in offers {
        let most = if offer.is_of_comments {
            CANDIDATES_AT_MOST
        } else {
            most_of_news
        };
        if found.len() >= most {
            continue;
        }
        let is_announced = is_announced(&offer);
        let known = found
            .iter()
            .any(|candidate| is_same_place(&candidate.url, &offer.url));
        if !known
            && offer.url != *page.address
            && (is_announced || is_same_site(&offer.url, page.address))
        {
            found.push(Candidate {
                url: offer.url,
                is_announced,
            });
        }
    }
    found
}

/// A link that may lead to a feed.
struct FeedLink {
    likelihood: Likelihood,
    is_of_comments: bool,
    url: Url,
}

/// How likely a link leads to a feed; the likeliest is the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Likelihood {
    /// Announced with a type of feeds.
    Announced,
    /// Announced with a type that other things have, too.
    PerhapsAnnounced,
    /// Named like a feed.
    Named,
    /// Perhaps named like one.
    PerhapsNamed,
    /// Common on other sites.
    Common,
}

impl FeedLink {
    /// An offer of the web, by the words around it; the announcement of a fragment is none.
    fn new(likelihood: Likelihood, link: &str, words: &str, base: &Url) -> Option<Self> {
        if link.len() > LONGEST_LINK || link.starts_with('#') {
            return None;
        }
        let mut url = base.join(link.trim()).ok()?;
        // `feed:` says what is there.
        if !matches!(url.scheme(), "http" | "https") {
            url = super::address_input::addresses(link)
                .ok()?
                .into_iter()
                .next()?;
        }
        url.set_fragment(None);
        Some(Self {
            likelihood,
            is_of_comments: is_of_comments(words)
                || is_of_comments(url.path())
                || is_of_comments(url.query().unwrap_or_default()),
            url,
        })
    }
}

/// What a link with a relation and a media type announces, if it is a feed.
fn announced(relation: &str, media_type: &str, link: &str) -> Option<Likelihood> {
    let has = |wanted: &str| {
        let mut words = relation.split_whitespace();
        words.any(|word| word.eq_ignore_ascii_case(wanted))
    };
    let is_feed = has("feed");
    if !is_feed && !has("alternate") || has("stylesheet") {
        return None;
    }
    let name = media_type.split(';').next().unwrap_or_default();
    match name.trim().to_ascii_lowercase().as_str() {
        name if name.contains("oembed") || name.contains("opensearch") => None,
        name if name.contains("rss")
            || name.contains("atom")
            || name == "application/feed+json" =>
        {
            Some(Likelihood::Announced)
        }
        _ if is_feed => Some(Likelihood::Announced),
        "text/xml"
        | "application/xml"
        | "application/rdf+xml"
        | "application/json"
        | "text/json" => Some(Likelihood::PerhapsAnnounced),
        "" if named(link).is_some() => Some(Likelihood::PerhapsAnnounced),
        _ => None,
    }
}

fn from_header(page: &Page<'_>) -> Vec<FeedLink> {
    let links = link_header::read(page.link.unwrap_or_default());
    links
        .iter()
        .filter_map(|link| {
            let likelihood = announced(&link.rel, &link.media_type, &link.target)?;
            FeedLink::new(likelihood, &link.target, &link.title, page.address)
        })
        .collect()
}

/// A page being read. Addresses are relative to the first `base`, wherever it stands.
struct Reading<'a> {
    address: &'a Url,
    base: Option<Url>,
    announced: Vec<(Likelihood, String, String)>,
    linked: Vec<(Likelihood, String, String)>,
    offers: Vec<FeedLink>,
    /// The link that is open, with its words so far.
    open: Option<(String, String)>,
}

impl<'a> Reading<'a> {
    fn of(text: &str, address: &'a Url) -> Self {
        let mut reading = Self {
            address,
            base: None,
            announced: Vec::new(),
            linked: Vec::new(),
            offers: Vec::new(),
            open: None,
        };
        let mut pieces = HtmlTokenizer::of_xhtml(text);
        let mut templates = 0_usize;
        while let Some(piece) = pieces.next() {
            match piece {
                HtmlToken::Tag(tag) if tag.name.eq_ignore_ascii_case("template") => {
                    templates = if tag.is_end {
                        templates.saturating_sub(1)
                    } else {
                        templates + 1
                    };
                }
                HtmlToken::Tag(tag) if holds_no_markup(tag) => {
                    if !tag.is_end && !tag.is_self_closing {
                        pieces.skip_content_of(tag);
                    }
                }
                _ if templates > 0 => {}
                HtmlToken::Tag(tag) => reading.tag(tag),
                HtmlToken::Text(text) => reading.words(text),
                HtmlToken::Literal(_) => {}
            }
        }
        reading.close();
        let base = reading.base.as_ref().unwrap_or(address);
        let found = reading.announced.iter().chain(&reading.linked);
        reading.offers = found
            .filter_map(|(likelihood, link, words)| FeedLink::new(*likelihood, link, words, base))
            .collect();
        reading
    }

    fn tag(&mut self, tag: Tag<'_>) {
        let attribute = |name| tag.attribute(name).unwrap_or_default();
        if tag.is_start("base") && self.base.is_none() {
            let link = tag.attribute("href");
            let base = link.and_then(|link| links::base(&link, Some(self.address)));
            // Browsers pass over a base such as `javascript:`, too.
            self.base = base.filter(|base| !base.cannot_be_a_base());
        } else if tag.is_start("link") && self.announced.len() < LINKS_AT_MOST {
            let link = attribute("href");
            if link.is_empty() || link.len() > LONGEST_LINK {
                return;
            }
            if let Some(likelihood) = announced(&attribute("rel"), &attribute("type"), &link) {
                let title = beginning(&attribute("title")).to_owned();
                self.announced.push((likelihood, link, title));
            }
        } else if tag.name.eq_ignore_ascii_case("a") {
            self.close();
            let link = if tag.is_end {
                String::new()
            } else {
                attribute("href")
            };
            if !link.is_empty() && link.len() <= LONGEST_LINK && self.linked.len() < LINKS_AT_MOST {
                let words = format!("{} {} ", attribute("title"), attribute("aria-label"));
                self.open = Some((link, beginning(&words).to_owned()));
            }
        } else if tag.is_start("img") && self.open.is_some() {
            self.words(&attribute("alt"));
        }
    }

    /// Adds to the words of the link that is open.
    fn words(&mut self, text: &str) {
        if let Some((_, words)) = &mut self.open
            && words.len() < WORDS_BYTES
        {
            words.push_str(beginning(text));
            words.push(' ');
        }
    }

    /// Judges the link that is open.
    fn close(&mut self) {
        if let Some((link, words)) = self.open.take()
            && let Some(likelihood) = named(&link).into_iter().chain(called(&words)).min()
        {
            self.linked.push((likelihood, link, words));
        }
    }
}

fn beginning(text: &str) -> &str {
    &text[..text.floor_char_boundary(WORDS_BYTES)]
}

/// Elements in which a tag is text, or is not there unless something else fails (WHATWG HTML, section
/// 13.2.5, and `noscript`).
fn holds_no_markup(tag: Tag<'_>) -> bool {
    [
        "script", "style", "noscript", "title", "textarea", "iframe", "noembed", "xmp",
    ]
    .iter()
    .any(|name| tag.name.eq_ignore_ascii_case(name))
}

/// Whether an address is named like one of a feed.
fn named(link: &str) -> Option<Likelihood> {
    let link = link.to_ascii_lowercase();
    let (path, query) = link.split_once('?').unwrap_or((&link, ""));
    let path = path.split('#').next().unwrap_or_default();
    let last = path
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let (stem, extension) = last.rsplit_once('.').unwrap_or((last, ""));
    let asks_for_feed = query.split('&').any(|pair| {
        matches!(
            pair.split_once('='),
            Some(
                ("feed", _)
                    | (
                        "format" | "type" | "output" | "alt",
                        "feed" | "rss" | "rss2" | "atom" | "rss20"
                    )
            )
        )
    });
    let is_feed_name = |name: &str| matches!(name, "feed" | "rss" | "atom" | "rss2" | "rdf");
    if asks_for_feed
        || matches!(extension, "rss" | "atom" | "rdf")
        || is_feed_name(stem) && matches!(extension, "" | "xml" | "json" | "php" | "aspx")
        || link.starts_with("feed:")
    {
        return Some(Likelihood::Named);
    }
    let is_other = [
        "sitemap",
        "opensearch",
        "osd",
        "xmlrpc",
        "manifest",
        "wlw",
        "browserconfig",
    ]
    .iter()
    .any(|other| stem.contains(other));
    let is_perhaps = extension == "xml" && !is_other
        || matches!(stem, "feeds" | "rssfeed" | "rssfeeds") && extension.is_empty();
    is_perhaps.then_some(Likelihood::PerhapsNamed)
}

/// Whether a link is called a feed by its words: a headline about farmers' feed has more of them.
fn called(words: &str) -> Option<Likelihood> {
    const MOST_WORDS: usize = 6;
    let folded = fold_text(words);
    let words: Vec<&str> = folded.split(' ').collect();
    let has = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    if words.len() > MOST_WORDS {
        None
    } else if has(&["rss", "rss2", "atom"]) {
        Some(Likelihood::Named)
    } else {
        has(&["feed", "feeds", "xml"]).then_some(Likelihood::PerhapsNamed)
    }
}

/// Whether a title or a part of an address speaks of comments, in the languages of the watches.
fn is_of_comments(text: &str) -> bool {
    const COMMENTS: [&str; 33] = [
        "comment",
        "coment",
        "komment",
        "koment",
        "коммент",
        "комент",
        "камент",
        "تعليق",
        "تعلیق",
        "دیدگاه",
        "نظرات",
        "تبصر",
        "yorum",
        "reactie",
        "hozzászólás",
        "σχόλι",
        "תגוב",
        "评论",
        "評論",
        "留言",
        "コメント",
        "댓글",
        "ความเห็น",
        "ความคิดเห็น",
        "bình luận",
        "टिप्पणी",
        "टिप्पणि",
        "মন্তব্য",
        "maoni",
        "မှတ်ချက်",
        "មតិ",
        "replies",
        "respuestas",
    ];
    static FOLDED: LazyLock<Vec<String>> =
        LazyLock::new(|| COMMENTS.iter().map(|word| fold_text(word)).collect());
    if text.is_empty() {
        return false;
    }
    let text = text.to_lowercase();
    let folded = fold_text(&text);
    COMMENTS.iter().any(|word| text.contains(word))
        || FOLDED.iter().any(|word| folded.contains(word))
}

/// Whether two addresses hardly differ: a site has its feed with and without a `/` at the end.
fn is_same_place(one: &Url, other: &Url) -> bool {
    one == other
        || one.host() == other.host()
            && one.port() == other.port()
            && one.query() == other.query()
            && one.path().trim_end_matches('/') == other.path().trim_end_matches('/')
}

/// Whether two addresses are of one site: the same host, or one under the other.
pub(super) fn is_same_site(url: &Url, page: &Url) -> bool {
    let plain = |url: &Url| -> Option<String> {
        let host = url.host_str()?.trim_end_matches('.');
        Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
    };
    let (Some(host), Some(of_page)) = (plain(url), plain(page)) else {
        return false;
    };
    let is_under = |host: &str, domain: &str| {
        domain.contains('.')
            && host
                .strip_suffix(domain)
                .is_some_and(|front| front.ends_with('.'))
    };
    url.port() == page.port()
        && (host == of_page || is_under(&host, &of_page) || is_under(&of_page, &host))
}

#[cfg(test)]
mod tests;
