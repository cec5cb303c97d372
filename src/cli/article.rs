//! `newsvigil article`: what is read of the pages behind items, storing nothing.

use std::io::Read as _;
use std::path::Path;
use std::process::ExitCode;
use std::sync::atomic::AtomicBool;

use clap::{Args, Subcommand};
use jiff::Timestamp;
use serde::Serialize;
use url::Url;

use super::failure::{CONFIGURATION, DATA_ERROR, Failure, USAGE};
use super::options::Format;
use super::output;
use super::paths::Paths;
use crate::config::{ArticleSettings, FetchSettings};
use crate::core::article::{Article, ExtractionOptions, Page, PageVerdict};
use crate::core::feed::address_input;
use crate::core::schedule::without_credentials;
use crate::core::text::sanitize::visible_text;
use crate::core::web_page::{BODY_AT_MOST, selector_mistake};
use crate::daemon::{self, PagePreviewer};
use crate::file::open_regular;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Read pages of articles and show what comes out, storing nothing
    Show(Options),
}

#[derive(Debug, Args)]
pub(super) struct Options {
    /// Addresses, asked for as the service does, or files of HTML as a server gave them; - is standard input
    #[arg(required = true, value_name = "URL|FILE")]
    pages: Vec<String>,
    /// The address that the files are from, for what they say in part, such as their canonical link
    #[arg(long, value_name = "ADDRESS")]
    base: Option<Url>,
    /// Take these elements for the text, by a CSS selector, as `selector` of a feed does
    #[arg(long, value_name = "CSS")]
    selector: Option<String>,
    /// Take these elements out before, by a CSS selector, as `remove` of a feed does; may be given several times
    #[arg(long, value_name = "CSS")]
    remove: Vec<String>,
    #[command(flatten)]
    format: Format,
}

#[derive(Serialize)]
struct ShownLine<'a> {
    path: &'a str,
    /// The text is the article's, whole.
    ok: bool,
    verdict: Option<&'static str>,
    why: Option<&'a str>,
    title: Option<&'a str>,
    byline: Option<&'a str>,
    published: Option<i64>,
    language: Option<&'a str>,
    canonical: Option<&'a str>,
    text: Option<&'a str>,
}

/// A page as it came.
struct FetchedArticlePage {
    body: Vec<u8>,
    address: Option<Url>,
    content_type: Option<String>,
    status: u16,
}

pub(super) fn run(paths: &Paths, command: &Command) -> Result<ExitCode, Failure> {
    let Command::Show(options) = command;
    for selector in options.selector.iter().chain(&options.remove) {
        if let Some(mistake) = selector_mistake(selector) {
            return Err(Failure::new(
                USAGE,
                format!("`{selector}` is no CSS selector: {mistake}; write one like `article p`"),
            ));
        }
    }
    let mut asker = Asker::new(paths, options)?;
    let mut bad = 0;
    for path in &options.pages {
        let shown = match &mut asker {
            Some(asker) if is_address(path) => Ok(asker.shown(path, options)),
            _ => came(path, options).map(|page| shown(&page, options)),
        };
        bad += usize::from(shown.is_err());
        let path = &without_credentials(path);
        if options.format.json {
            print_json(path, &shown)?;
        } else {
            print_for_people(path, &shown);
        }
    }
    // Look-ups of names may still be waiting for their time-out on threads of their own.
    if let Some(asker) = asker {
        asker.runtime.shutdown_background();
    }
    if bad > 0 {
        return Err(Failure::new(
            DATA_ERROR,
            format!("{} could not be read", output::count(bad, "page")),
        ));
    }
    Ok(ExitCode::SUCCESS)
}

fn is_address(path: &str) -> bool {
    let scheme = path.split_once("://").map(|(scheme, _)| scheme);
    scheme.is_some_and(|it| it.eq_ignore_ascii_case("http") || it.eq_ignore_ascii_case("https"))
}

/// What asks for pages.
struct Asker {
    runtime: tokio::runtime::Runtime,
    pages: PagePreviewer,
}

impl Asker {
    /// If there is an address to be asked for. The manners and limits are those of the configuration, where there
    /// is one.
    fn new(paths: &Paths, options: &Options) -> Result<Option<Self>, Failure> {
        if !options.pages.iter().any(|path| is_address(path)) {
            return Ok(None);
        }
        let (settings, gap) = if paths.config.exists() {
            let config = paths.load()?;
            (config.fetch, config.article.gap)
        } else {
            (FetchSettings::default(), ArticleSettings::default().gap)
        };
        let fetcher = daemon::fetcher(&settings)
            .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
        Ok(Some(Self {
            runtime: super::runtime::runtime()?,
            pages: PagePreviewer::new(&fetcher, gap),
        }))
    }

    fn shown(&mut self, path: &str, options: &Options) -> Article {
        let told = self.runtime.block_on(self.pages.ask(path));
        match told.answer {
            Ok(page) => {
                let came = FetchedArticlePage {
                    body: page.body,
                    address: Url::parse(&told.address).ok(),
                    content_type: page.content_type,
                    status: page.status,
                };
                shown(&came, options)
            }
            Err((verdict, why)) => Article::unread(verdict, why),
        }
    }
}

/// The page in a file, or that comes to standard input (`-`); the error reads alone.
fn came(path: &str, options: &Options) -> Result<FetchedArticlePage, String> {
    let mut body = Vec::new();
    // One byte more than may be read tells that there are more.
    let most = BODY_AT_MOST as u64 + 1;
    let read = if path == "-" {
        std::io::stdin().lock().take(most).read_to_end(&mut body)
    } else {
        open_regular(Path::new(path)).and_then(|file| file.take(most).read_to_end(&mut body))
    };
    read.map_err(|reason| {
        let meant = address_input::addresses(path).unwrap_or_default();
        let advice = match meant.first() {
            Some(meant) => format!("check its name; if it is no file, write {meant}"),
            None => "check its name".to_owned(),
        };
        format!("the file cannot be read: {reason}; {advice}")
    })?;
    Ok(FetchedArticlePage {
        body,
        address: options.base.clone(),
        content_type: None,
        status: 200,
    })
}

/// Reads a page as the service does.
fn shown(came: &FetchedArticlePage, options: &Options) -> Article {
    let page = Page {
        body: &came.body,
        address: came.address.as_ref(),
        content_type: came.content_type.as_deref(),
        status: came.status,
    };
    let page_options = ExtractionOptions {
        selector: options.selector.as_deref(),
        remove: &options.remove,
    };
    daemon::read_page(&page, &page_options, &AtomicBool::new(false))
}

fn print_json(path: &str, shown: &Result<Article, String>) -> Result<(), Failure> {
    let article = shown.as_ref().ok();
    let line = ShownLine {
        path,
        ok: article.is_some_and(|article| article.verdict == PageVerdict::Whole),
        verdict: article.map(|article| article.verdict.name()),
        why: match shown {
            Ok(article) => article.why.as_deref(),
            Err(reason) => Some(reason),
        },
        title: article.and_then(|article| article.title.as_deref()),
        byline: article.and_then(|article| article.byline.as_deref()),
        published: article
            .and_then(|article| article.published)
            .map(Timestamp::as_second),
        language: article.and_then(|article| article.language.as_deref()),
        canonical: article.and_then(|article| article.canonical.as_deref()),
        text: article.map(|article| article.text.as_str()),
    };
    say!("{}", output::json(&line)?);
    Ok(())
}

fn print_for_people(path: &str, shown: &Result<Article, String>) {
    let (heading, alarm) = (output::HEADING, output::ALARM);
    let article = match shown {
        Ok(article) => article,
        Err(reason) => {
            say!("{heading}{path}{heading:#}\n  {alarm}{reason}{alarm:#}\n");
            return;
        }
    };
    let printable = |text: &str| output::printable(text, 200);
    let title = printable(article.title.as_deref().unwrap_or("(no title)"));
    say!("{heading}{title}{heading:#}  {path}");
    let facts: Vec<String> = [
        article.byline.as_deref().map(printable),
        article.published.map(output::local_time),
        article.language.as_deref().map(printable),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !facts.is_empty() {
        say!("  {}", facts.join(", "));
    }
    if let Some(canonical) = &article.canonical {
        say!("  {}", output::printable(canonical, 2000));
    }
    let why = article
        .why
        .as_deref()
        .map(|why| format!(": {}", printable(why)));
    let why = why.unwrap_or_default();
    if article.verdict == PageVerdict::Whole {
        say!("  {}{why}", article.verdict.name());
    } else {
        say!("  {alarm}{}{alarm:#}{why}", article.verdict.name());
    }
    for paragraph in article.text.lines() {
        say!("\n{}", visible_text(paragraph));
    }
    say!("");
}
