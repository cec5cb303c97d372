//! A page to an article and a verdict.

use dom_query::Document;
use jiff::Timestamp;
use url::Url;

use super::article_body::{ArticleBody, joined};
use super::blocks::{Block, TEXT};
use super::metadata::Metadata;
use super::{PageVerdict, extract, prune};
use crate::core::document::{Document as Item, PARAGRAPH_SEPARATOR};
use crate::core::text::length::amount;
use crate::core::web_page::limits::LimitExceeded;
use crate::core::web_page::visible_text::body_text_length;
use crate::core::web_page::{PageError, access_walls, parse};

/// From this amount on a text is an article's.
const ENOUGH: usize = 200;

/// What came of an address.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The body, without its transfer encodings.
    pub body: &'a [u8],
    /// Where it is from, after redirects.
    pub address: Option<&'a Url>,
    /// The `Content-Type` header.
    pub content_type: Option<&'a str>,
    /// The status of HTTP (RFC 9110, section 15).
    pub status: u16,
}

/// What a configuration says of the pages of a feed.
#[derive(Clone, Copy, Debug, Default)]
pub struct ExtractionOptions<'a> {
    /// The elements that are the text (CSS).
    pub selector: Option<&'a str>,
    /// Elements that are not (CSS).
    pub remove: &'a [String],
}

/// What a page says, and how much of it could be read.
#[derive(Clone, Debug, PartialEq)]
pub struct Article {
    /// How much of it could be read.
    pub verdict: PageVerdict,
    /// Why no more; reads alone, for people.
    pub why: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Authors, joined with `, `.
    pub byline: Option<String>,
    /// When it was published, by the page.
    pub published: Option<Timestamp>,
    /// BCP 47 tag, as the page gives it.
    pub language: Option<String>,
    /// The address that the page calls its own, absolute.
    pub canonical: Option<String>,
    /// Paragraphs with `\n` between them, 256 KiB of UTF-8 at most; empty unless something was read.
    pub text: String,
    /// Sentences that only the page's JSON-LD has, one a line, for matching.
    pub more: String,
}

impl Article {
    /// An article of which nothing was read.
    pub fn unread(verdict: PageVerdict, why: impl Into<String>) -> Self {
        Self {
            verdict,
            why: Some(why.into()),
            title: None,
            byline: None,
            published: None,
            language: None,
            canonical: None,
            text: String::new(),
            more: String::new(),
        }
    }
}

impl From<PageError> for Article {
    fn from(error: PageError) -> Self {
        let verdict = match error {
            PageError::Empty => PageVerdict::FeedText,
            PageError::NotHtml(_) => PageVerdict::NotHtml,
            PageError::TooBig(_) => PageVerdict::TooBig,
        };
        Self::unread(verdict, error.to_string())
    }
}

/// Reads a page. Never fails: what cannot be read is a verdict with its reason.
///
/// `give_up` is asked often, a few microseconds to a few milliseconds of work apart except around the extraction,
/// which is bounded by what it is given; when it says yes, the page is too big.
pub fn read(
    page: &Page<'_>,
    options: &ExtractionOptions<'_>,
    give_up: &dyn Fn() -> bool,
) -> Article {
    match by_status(page.status) {
        None => reading(page, options, give_up).unwrap_or_else(Article::from),
        Some(refused) => {
            // Challenges come with 403, 429 and 503; of other refusals the body tells nothing.
            let may_be_challenge = matches!(page.status, 401 | 403 | 429 | 503);
            let whose = may_be_challenge.then(|| challenge(page, give_up)).flatten();
            whose.unwrap_or(refused)
        }
    }
}

/// What a status says alone; `None` when the body counts.
fn by_status(status: u16) -> Option<Article> {
    let (verdict, why) = match status {
        200..=299 => return None,
        404 => (
            PageVerdict::Gone,
            "the server says that there is no such page (404)".to_owned(),
        ),
        410 => (
            PageVerdict::Gone,
            "the server says that the page is gone (410)".to_owned(),
        ),
        401 => (
            PageVerdict::Paywalled,
            "the server asks for a password (401)".to_owned(),
        ),
        402 => (
            PageVerdict::Paywalled,
            "the server asks for a payment (402)".to_owned(),
        ),
        403 => (
            PageVerdict::Paywalled,
            "the server refuses the page (403)".to_owned(),
        ),
        451 => (
            PageVerdict::Paywalled,
            "the server may not show the page here, for legal reasons (451)".to_owned(),
        ),
        300..=399 => (
            PageVerdict::Unreachable,
            format!("the server answered with a redirect to nowhere ({status})"),
        ),
        429 => (
            PageVerdict::Unreachable,
            "the server asks to be left alone for a while (429)".to_owned(),
        ),
        500..=599 => (
            PageVerdict::Unreachable,
            format!("the server failed ({status})"),
        ),
        _ => (
            PageVerdict::Unreachable,
            format!("the server answered with the status {status}"),
        ),
    };
    Some(Article::unread(verdict, why))
}

/// Whose challenge the body of a refusal is.
fn challenge(page: &Page<'_>, give_up: &dyn Fn() -> bool) -> Option<Article> {
    let document = parse(page.body, page.content_type, false, give_up).ok()?;
    let title = document.select_single("title").text();
    access_walls::challenge(&document, &title, body_text_length(&document)).map(challenged)
}

fn challenged(whose: &str) -> Article {
    Article::unread(
        PageVerdict::Challenge,
        format!(
            "instead of the article came a page that tests whether a person is reading ({whose})"
        ),
    )
}

fn reading(
    page: &Page<'_>,
    options: &ExtractionOptions<'_>,
    give_up: &dyn Fn() -> bool,
) -> Result<Article, PageError> {
    let in_time = || (!give_up()).then_some(()).ok_or(LimitExceeded::Time);
    let has_options = options.selector.is_some() || !options.remove.is_empty();
    let document = parse(page.body, page.content_type, has_options, give_up)?;
    in_time()?;
    let metadata = Metadata::of(&document, page.address);
    let page_title = document.select_single("title").text();
    let whole_page = body_text_length(&document);
    if let Some(whose) = access_walls::challenge(&document, &page_title, whole_page) {
        return Ok(challenged(whose));
    }
    in_time()?;
    // A banner says little beside the rest of a page, and a wall is nearly all of it.
    let asks_consent =
        access_walls::remove_consent(&document).is_some_and(|said| said * 2 >= whole_page);
    // Looked at while all of the page is there, and told only when no text came out.
    let scripted = (whole_page < access_walls::TEXT_OF_A_WALL)
        .then(|| access_walls::needs_scripts(&document))
        .flatten();
    let (found, unmatched) = found(document, options, metadata.title.as_deref(), &in_time)?;
    in_time()?;
    let described = metadata.described.as_ref();
    let body = described.and_then(|said| said.body.as_deref());
    // What a person chose is the text.
    let is_chosen = options.selector.is_some() && unmatched.is_none();
    let ArticleBody { text, more } = joined(&found, body.filter(|_| !is_chosen));
    let mut article = Article {
        verdict: PageVerdict::Whole,
        why: None,
        title: metadata.title,
        byline: metadata.byline,
        published: metadata.published,
        language: metadata.language,
        canonical: metadata.canonical,
        text: bounded(text),
        more: bounded(more),
    };
    let said = amount(&article.text);
    let signs = ReadabilitySignals {
        at_consent_address: page.address.is_some_and(access_walls::is_consent_address),
        asks_consent,
        costs: metadata.free == Some(false),
        scripted,
        said,
    };
    let (verdict, why) = signs.verdict();
    article.verdict = verdict;
    article.why = with_unmatched(why, unmatched);
    if verdict == PageVerdict::ConsentWall {
        article.text.clear();
        article.more.clear();
    }
    // A preview is the last that is left of an article.
    if let Some(description) = metadata.description
        && matches!(verdict, PageVerdict::FeedText | PageVerdict::ScriptOnly)
        && amount(&description) > said
    {
        article.text = bounded(description);
    }
    Ok(article)
}

/// A reason, and with it that a selector named nothing.
fn with_unmatched(why: Option<String>, unmatched: Option<&str>) -> Option<String> {
    let unmatched = unmatched.map(|selector| {
        format!("the selector `{selector}` matches nothing on the page, so the text was found without it")
    });
    match (why, unmatched) {
        (Some(why), Some(unmatched)) => Some(format!("{why}; {unmatched}")),
        (why, unmatched) => why.or(unmatched),
    }
}

/// What tells how much of an article was read.
struct ReadabilitySignals {
    at_consent_address: bool,
    asks_consent: bool,
    /// Only subscribers read it, the page says.
    costs: bool,
    /// Why it looks as if scripts were to write the text.
    scripted: Option<&'static str>,
    /// How much the text says.
    said: usize,
}

impl ReadabilitySignals {
    /// The verdict, and why it is no better.
    fn verdict(&self) -> (PageVerdict, Option<String>) {
        let (verdict, why) = if self.at_consent_address {
            let why = "the address led to a page that asks for consent instead of the article";
            (PageVerdict::ConsentWall, why.to_owned())
        } else if self.costs {
            let why = "the page says that only subscribers read the article (isAccessibleForFree)";
            (PageVerdict::Paywalled, why.to_owned())
        } else if self.said >= ENOUGH {
            return (PageVerdict::Whole, None);
        } else if self.asks_consent {
            let why = "the page asks for consent and shows no article before";
            (PageVerdict::ConsentWall, why.to_owned())
        } else if let Some(reason) = self.scripted {
            let why = format!(
                "the page shows its article only to a browser that runs its scripts: {reason}"
            );
            (PageVerdict::ScriptOnly, why)
        } else {
            let why = format!(
                "the page has only {} characters of text that could be an article's",
                self.said
            );
            (PageVerdict::FeedText, why)
        };
        (verdict, Some(why))
    }
}

/// The blocks of the article, and the selector that named none.
fn found<'a>(
    document: Document,
    options: &ExtractionOptions<'a>,
    title: Option<&str>,
    in_time: &dyn Fn() -> Result<(), LimitExceeded>,
) -> Result<(Vec<Block>, Option<&'a str>), LimitExceeded> {
    extract::remove(&document, options.remove);
    in_time()?;
    if let Some(selector) = options.selector
        && let Some(blocks) = extract::selected(&document, selector)
    {
        return Ok((blocks, None));
    }
    prune::prune(&document)?;
    in_time()?;
    Ok((extract::found(document, title), options.selector))
}

fn bounded(mut text: String) -> String {
    text.truncate(text.floor_char_boundary(TEXT));
    text.truncate(text.trim_end().len());
    text
}

/// What watches see: the item with the article's text in the place of a shorter one of the feed, and behind it
/// what the item says elsewhere. `None` when the feed's text stays, since it is as long or no article was read.
pub fn with_article(document: &Item, article: &Article) -> Option<Item> {
    let is_read = matches!(article.verdict, PageVerdict::Whole | PageVerdict::Paywalled);
    let of_feed = document.body();
    let said = amount(of_feed).max(amount(&document.summary));
    if !is_read || article.text.is_empty() || amount(&article.text) <= said {
        return None;
    }
    let beside = document.text[of_feed.len()..].trim_start_matches('\n');
    let mut joined = Item {
        text: article.text.clone(),
        ..document.clone()
    };
    for paragraph in beside.split(PARAGRAPH_SEPARATOR) {
        let paragraph = paragraph.trim_end_matches('\n');
        if !paragraph.is_empty() {
            joined.add_paragraph(paragraph);
        }
    }
    if !article.more.is_empty() {
        joined.add_paragraph(&article.more);
    }
    if joined.language.is_none() {
        joined.language.clone_from(&article.language);
    }
    Some(joined)
}
