//! What the head of a page says of its article.

use std::sync::LazyLock;

use dom_query::{Document, Matcher};
use jiff::Timestamp;
use url::Url;

use super::json_ld::{JsonLdArticle, described};
use crate::core::feed::dates;
use crate::core::text::entities::decode_entities;
use crate::core::text::html::plain_to_text;

/// Bytes of JSON-LD that are read.
const JSON_LD: usize = 1 << 20;

static META: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new("meta[content]").ok());
static SCRIPT: LazyLock<Option<Matcher>> = LazyLock::new(|| Matcher::new("script[type]").ok());

/// What stands between a headline and the name of its outlet.
const SEPARATORS: [char; 7] = ['|', '-', '–', '—', '·', ':', '»'];

/// Characters of a title, a byline, an address.
const LONGEST: usize = 500;

/// What a page says of itself.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub title: Option<String>,
    pub byline: Option<String>,
    pub published: Option<Timestamp>,
    pub language: Option<String>,
    pub canonical: Option<String>,
    /// A sentence or two, as for previews.
    pub description: Option<String>,
    /// From JSON-LD.
    pub described: Option<JsonLdArticle>,
    /// `isAccessibleForFree`.
    pub free: Option<bool>,
}

/// The `<meta>` elements: name or property in lower case, and content.
struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(document: &Document) -> Self {
        let mut metas = Vec::new();
        let Some(matcher) = &*META else {
            return Self(metas);
        };
        for node in document.select_matcher(matcher).nodes().iter().take(1000) {
            let names = ["property", "name", "itemprop", "http-equiv"];
            let name = names.into_iter().find_map(|name| node.attr(name));
            if let (Some(name), Some(content)) = (name, node.attr("content")) {
                let content = content.trim();
                if !content.is_empty() {
                    metas.push((name.trim().to_ascii_lowercase(), content.to_owned()));
                }
            }
        }
        Self(metas)
    }

    fn first(&self, names: &[&str]) -> Option<&str> {
        names.iter().find_map(|wanted| {
            let found = self.0.iter().find(|(name, _)| name == wanted);
            found.map(|(_, content)| content.as_str())
        })
    }
}

impl Metadata {
    /// Reads them, before anything is taken out of the tree.
    pub(super) fn of(document: &Document, address: Option<&Url>) -> Self {
        let metas = Metas::of(document);
        let canonical = canonical(document, &metas, address);
        let addresses: Vec<&str> = canonical
            .as_deref()
            .into_iter()
            .chain(address.map(Url::as_str))
            .collect();
        let described = described(&scripts(document), &addresses);
        let said = described.as_ref();
        let title = title(document, &metas, said);
        let authors = said
            .map(|said| said.authors.join(", "))
            .filter(|authors| !authors.is_empty())
            .or_else(|| author(&metas))
            .or_else(|| marked_author(document));
        let published = said
            .and_then(|said| dates::parse(said.published.as_deref()?))
            .or_else(|| dates::parse(metas.first(&PUBLISHED)?))
            .or_else(|| marked_date(document));
        let free = said.and_then(|said| said.free).or_else(|| {
            Some(
                !metas
                    .first(&["isaccessibleforfree"])?
                    .eq_ignore_ascii_case("false"),
            )
        });
        Self {
            title,
            byline: authors.map(|authors| tidy(&authors)),
            published,
            language: language(document, &metas, said),
            canonical,
            description: metas
                .first(&["og:description", "description", "twitter:description"])
                .map(|text| plain_to_text(&decode_entities(text))),
            described,
            free,
        }
    }
}

const PUBLISHED: [&str; 16] = [
    "article:published_time",
    "article:published",
    "og:published_time",
    "datepublished",
    "date.issued",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "parsely-pub-date",
    "sailthru.date",
    "publish-date",
    "pubdate",
    "publishdate",
    "cxenseparse:recs:publishtime",
    "date",
];

fn author(metas: &Metas) -> Option<String> {
    let names = [
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "byl",
    ];
    let author = names
        .iter()
        .filter_map(|name| metas.first(&[name]))
        .find(|author| !author.contains("://") && author.chars().count() <= 200)?;
    Some(decode_entities(author))
}

/// The author that the page itself marks.
fn marked_author(document: &Document) -> Option<String> {
    let found = document
        .try_select("[itemprop='author'] [itemprop='name'], [rel='author'], [itemprop='author']")?;
    found.nodes().iter().take(20).find_map(|node| {
        let name = plain_to_text(&node.text()).replace('\n', " ");
        (!name.is_empty() && name.chars().count() <= 100).then_some(name)
    })
}

fn marked_date(document: &Document) -> Option<Timestamp> {
    let found = document.try_select(
        "[itemprop='datePublished'], time[pubdate], article time[datetime], time[datetime]",
    )?;
    found.nodes().iter().take(20).find_map(|node| {
        let written = node.attr("datetime").or_else(|| node.attr("content"))?;
        dates::parse(&written)
    })
}

fn title(document: &Document, metas: &Metas, said: Option<&JsonLdArticle>) -> Option<String> {
    let text = |text: &str| plain_to_text(&decode_entities(text)).replace('\n', " ");
    let first_of = |selector: &str| {
        let found = document.select_single(selector);
        found.nodes().first().map(|node| text(&node.text()))
    };
    let shared = metas.first(&["og:title", "twitter:title"]).map(text);
    let title = shared
        .or_else(|| said.and_then(|said| said.headline.as_deref()).map(text))
        .filter(|title| !title.is_empty());
    let heading = first_of("h1").filter(|heading| !heading.is_empty());
    let title = title.or_else(|| first_of("head title").filter(|title| !title.is_empty()));
    let Some(title) = title else {
        return heading.map(|heading| tidy(&heading));
    };
    // "The headline - The outlet": what stands behind the heading, or names the site, is no part of it.
    if let Some(heading) = heading.filter(|heading| heading.chars().count() > 10)
        && title.starts_with(&*heading)
    {
        return Some(tidy(&heading));
    }
    if let Some(site) = metas.first(&["og:site_name"]).map(text)
        && let Some(rest) = title.strip_suffix(&*site)
    {
        let headline = rest.trim_end().trim_end_matches(SEPARATORS).trim_end();
        if headline.len() < rest.trim_end().len() && !headline.is_empty() {
            return Some(tidy(headline));
        }
    }
    Some(tidy(&title))
}

fn language(document: &Document, metas: &Metas, said: Option<&JsonLdArticle>) -> Option<String> {
    let root = document.html_root();
    let of_root = root.attr("lang").map(|lang| lang.to_string());
    let of_metas = || {
        metas
            .first(&["content-language", "og:locale", "language", "dc.language"])
            .map(str::to_owned)
    };
    let is_tag = |tag: &String| {
        (2..=35).contains(&tag.len()) && tag.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    [
        of_root,
        said.and_then(|said| said.language.clone()),
        of_metas(),
    ]
    .into_iter()
    .flatten()
    .map(|tag| tag.trim().replace('_', "-"))
    .find(is_tag)
}

/// The address that a page calls its own, absolute.
fn canonical(document: &Document, metas: &Metas, address: Option<&Url>) -> Option<String> {
    let base = document
        .base_uri()
        .and_then(|base| match address {
            Some(address) => address.join(&base).ok(),
            None => Url::parse(&base).ok(),
        })
        .or_else(|| address.cloned());
    let links = document.try_select("link[rel][href]");
    let link = links
        .iter()
        .flat_map(|links| links.nodes().iter().take(500))
        .find_map(|link| {
            let is = link
                .attr("rel")?
                .split_ascii_whitespace()
                .any(|rel| rel.eq_ignore_ascii_case("canonical"));
            is.then(|| link.attr("href")).flatten()
        });
    let resolve = |written: &str| {
        let written = written.trim();
        let url = match &base {
            Some(base) => base.join(written).ok()?,
            None => Url::parse(written).ok()?,
        };
        let is_web = matches!(url.scheme(), "http" | "https") && url.as_str().len() <= 4 * LONGEST;
        is_web.then(|| url.into())
    };
    link.and_then(|link| resolve(&link))
        .or_else(|| resolve(metas.first(&["og:url"])?))
}

fn scripts(document: &Document) -> Vec<String> {
    let mut scripts = Vec::new();
    let mut bytes = 0;
    let Some(matcher) = &*SCRIPT else {
        return scripts;
    };
    for node in document.select_matcher(matcher).nodes() {
        let kind = node.attr("type").unwrap_or_default();
        if !kind.to_ascii_lowercase().contains("ld+json") {
            continue;
        }
        let text = node.text();
        bytes += text.len();
        if bytes > JSON_LD {
            break;
        }
        scripts.push(text.to_string());
    }
    scripts
}

fn tidy(text: &str) -> String {
    let text = plain_to_text(text).replace('\n', " ");
    text.chars().take(LONGEST).collect()
}
