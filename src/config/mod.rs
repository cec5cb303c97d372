//! The configuration folder: TOML to checked values, all problems at once, each with its place.
//!
//! ```text
//! newsvigil.toml     [fetch] [article] [store] [mail] [metrics] [web] [[recipient]]
//! feeds.toml         [[feed]]
//! words/*.toml       [[words]]
//! watches/*.toml     [[watch]]
//! places.toml        [[place]] [[region]] [aside]; without it, those of the program
//! ```

mod articles;
mod encoding;
mod examples;
mod feeds;
mod files;
mod languages;
mod listen;
mod literal;
mod mail;
mod masked;
mod names;
mod places;
mod problem;
mod reach;
mod recipients;
mod scoring;
mod secret;
mod settings;
mod synonyms;
mod table;
#[cfg(test)]
mod tests;
mod toml_mistakes;
pub mod units;
mod watches;
mod web;
mod words;
mod zones;

use std::fs;
use std::io;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

pub use articles::{ArticleSettings, FeedArticles};
pub use feeds::{Feed, FeedAddress, LinkPage};
pub use listen::{ListenAddress, MetricsSettings};
pub use mail::{
    DkimSettings, MailSettings, OAuth2Settings, SecretSource, SmtpSettings, TlsMode, TokenSettings,
    TransportSettings,
};
pub use names::tag_for;
pub use places::{Places, WantedPlaces};
pub use problem::{Place, Problem, Problems, Severity, Source, Styling, query_problems};
pub use recipients::{GroupBy, Recipient};
pub use secret::{SecretError, check_exposure, read_secret};
pub use settings::{FetchSettings, StoreSettings};
pub(crate) use table::nearest;
pub use watches::{Urgency, Watch};
pub use web::{LOCAL_NAME, WebHost, WebSettings};
pub use words::ListSource;

use crate::core::article::Policy;
use crate::core::digest::outlet_of_title;
use crate::core::document::Document;
use crate::core::place;
use crate::core::watch::{WatchSet, WordLists};
use crate::file::open_regular;
use names::Names;
use table::TableReader;
use watches::{Example, References};
use words::{Library, ReadList};

/// No file of a configuration needs more; a larger one is a mistake, not a wish.
const MAX_FILE_BYTES: u64 = 32 << 20;

/// Everything that the folder says, checked.
#[derive(Clone)]
pub struct Config {
    /// The folder.
    pub folder: PathBuf,
    /// `[fetch]`.
    pub fetch: FetchSettings,
    /// `[article]`.
    pub article: ArticleSettings,
    /// `[store]`.
    pub store: StoreSettings,
    /// `[mail]`.
    pub mail: MailSettings,
    /// `[metrics]`.
    pub metrics: MetricsSettings,
    /// `[web]`.
    pub web: WebSettings,
    /// Who reads.
    pub recipients: Vec<Recipient>,
    /// What is polled.
    pub feeds: Vec<Feed>,
    /// What is looked for, in the order of [`Config::set`].
    pub watches: Vec<Watch>,
    /// Words that watches share.
    pub lists: WordLists,
    /// Where each list stands and who uses it, in the order of [`Config::lists`].
    pub list_sources: Vec<ListSource>,
    /// The watches, compiled.
    pub set: Arc<WatchSet>,
    /// What items are about.
    pub places: Places,
}

impl Config {
    /// The numbers of the places that an item is about, the first before the others.
    pub fn places_of(&self, document: &Document, scratch: &mut place::Scratch) -> Vec<usize> {
        let about = self.places.about(document, scratch);
        about.into_iter().map(|about| about.place).collect()
    }

    /// What mails call these places.
    pub fn place_titles(&self, places: &[usize]) -> Vec<String> {
        let titles = places.iter().map(|place| self.places.title(*place));
        titles.map(str::to_owned).collect()
    }

    /// Why an item that is about other places than a watch asks for is no match; `None` when it is none of
    /// those.
    pub fn elsewhere(&self, watch: &Watch, document: &Document) -> Option<String> {
        let wanted = watch.places.as_ref()?;
        let about = self.places_of(document, &mut place::Scratch::default());
        (!wanted.admit(&about)).then(|| {
            format!(
                "it is about {}, and `places` of the watch are {}",
                self.place_titles(&about).join(", "),
                wanted.names.join(", ")
            )
        })
    }

    /// The feed of this id.
    pub fn feed(&self, id: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.id == id)
    }

    /// Of which items of a feed the page is fetched.
    pub fn fetches_pages(&self, feed: &Feed) -> Policy {
        feed.articles.fetch.unwrap_or(self.article.fetch)
    }

    /// The outlet of a feed: as the configuration calls it, the outlet before the feed; else as it calls itself, else
    /// its domain, else its id.
    pub fn outlet(&self, feed_id: &str, own_title: Option<String>) -> String {
        let feed = self.feed(feed_id);
        let title = feed
            .map(|feed| &feed.title)
            .filter(|title| *title != feed_id);
        let domain = feed
            .map(|feed| &feed.outlet)
            .filter(|outlet| *outlet != feed_id);
        let own_name = || {
            let title = own_title.filter(|title| title != feed_id)?;
            outlet_of_title(&title, domain.map(String::as_str))
        };
        (feed
            .and_then(|feed| feed.outlet_name.as_ref())
            .or(title)
            .cloned())
        .or_else(own_name)
        .or_else(|| domain.cloned())
        .unwrap_or_else(|| feed_id.to_owned())
    }

    /// What a reader who is to look after feeds knows one by: its outlet, and its id where the outlet has others.
    pub fn feed_name(&self, feed_id: &str, own_title: Option<String>) -> String {
        let name = self.outlet(feed_id, own_title);
        let outlet = self.feed(feed_id).map(|feed| &feed.outlet);
        let feeds = self
            .feeds
            .iter()
            .filter(|feed| Some(&feed.outlet) == outlet);
        if feeds.count() > 1 {
            format!("{name} ({feed_id})")
        } else {
            name
        }
    }

    /// What readers call the outlet that the program knows by this name: as the configuration calls it, else as its
    /// feed is called where it has one; of several none speaks for all.
    ///
    /// # Errors
    ///
    /// Those of `own_title`, which gives what the feed of this id calls itself.
    pub fn outlet_called<E>(
        &self,
        outlet: &str,
        own_title: impl FnOnce(&str) -> Result<Option<String>, E>,
    ) -> Result<String, E> {
        let feeds = self.feeds.iter().filter(|feed| feed.outlet == outlet);
        let feeds: Vec<&Feed> = feeds.collect();
        let named = feeds.iter().find_map(|feed| feed.outlet_name.as_ref());
        Ok(match (named, feeds.as_slice()) {
            (Some(name), _) => name.clone(),
            (None, [feed]) => self.outlet(&feed.id, own_title(&feed.id)?),
            (None, _) => outlet.to_owned(),
        })
    }

    /// The recipient of this id.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// The watch of this id.
    pub fn watch(&self, id: &str) -> Option<&Watch> {
        self.watches.iter().find(|watch| watch.id == id)
    }

    /// The watch of this id; where there is none any more, the one with its title: it was renamed.
    pub fn watch_once_called(&self, id: &str, title: &str) -> Option<&Watch> {
        let titled = || self.watches.iter().find(|watch| watch.title == title);
        self.watch(id).or_else(titled)
    }

    /// Recipients whom nothing can reach that the watches find, each with the reason.
    pub fn unreached(&self) -> Vec<(&str, &'static str)> {
        self.recipients
            .iter()
            .filter_map(|recipient| {
                let (reason, _) = reach::unreached(recipient, self.watches.iter())?;
                Some((recipient.id.as_str(), reason))
            })
            .collect()
    }

    /// The id of the watch that was probably meant by one that does not exist.
    pub fn nearest_watch(&self, id: &str) -> Option<&str> {
        nearest(id, self.watches.iter().map(|watch| watch.id.as_str()))
    }
}

/// Loads a configuration folder.
///
/// # Errors
///
/// With the problems, all of them, when at least one is an error. With a configuration come the
/// warnings.
pub fn load(folder: &Path) -> Result<(Config, Problems), Problems> {
    match load_to_look(folder) {
        Ok((_, problems)) if problems.errors() > 0 => Err(problems),
        loaded => loaded,
    }
}

/// Loads a configuration folder for what polls and sends nothing, where an example that a watch gets wrong is
/// no reason to refuse: whoever mends the watch asks such commands. Those are the only errors among the
/// problems that come with a configuration.
///
/// # Errors
///
/// With the problems, all of them, when at least one other is an error.
pub fn load_to_look(folder: &Path) -> Result<(Config, Problems), Problems> {
    match load_as_far_as_read(folder) {
        (Some(config), problems, true) => Ok((config, problems)),
        (_, problems, _) => Err(problems),
    }
}

/// What could be read of a configuration folder, if it is there at all; the problems; and whether none of
/// them but examples is an error.
pub fn load_as_far_as_read(folder: &Path) -> (Option<Config>, Problems, bool) {
    let mut problems = Problems::default();
    let Some((config, examples)) = read(&mut problems, folder) else {
        return (None, problems, false);
    };
    let sound = problems.errors() == 0;
    examples::run(&mut problems, &config, &examples);
    (Some(config), problems, sound)
}

/// What [`check`] found.
pub struct Checked {
    /// Nothing, when an error refuses the configuration.
    pub config: Option<Config>,
    /// All errors and warnings.
    pub problems: Problems,
    /// What somebody should know of an accepted configuration.
    pub notes: Vec<String>,
}

/// Loads a configuration folder, and looks also at the secrets and keys of `[mail]` and the cookies of feeds,
/// which nothing but sending and asking for pages needs. `credentials` is the folder of the service manager's
/// credentials, if there is one.
pub fn check(folder: &Path, credentials: Option<&Path>) -> Checked {
    let (config, mut problems, _) = load_as_far_as_read(folder);
    let notes = config.as_ref().map_or_else(Vec::new, |config| {
        let mut notes = mail::check_files(&mut problems, &config.mail, credentials);
        let cookies = articles::check_cookies(&mut problems, &config.feeds, credentials);
        notes.extend(cookies);
        notes
    });
    Checked {
        config: config.filter(|_| problems.errors() == 0),
        problems,
        notes,
    }
}

fn read_feeds(problems: &mut Problems, folder: &Path, fetch: Policy, source: usize) -> Vec<Feed> {
    with_root(problems, source, "feeds.toml", |problems, root| {
        let tables = root.tables(problems, "feed", "[[feed]]");
        if tables.is_empty() {
            problems.push(Problem::warning(
                Place { source, span: 0..0 },
                "no [[feed]], so nothing is polled",
            ));
        }
        feeds::read(problems, folder, fetch, tables)
    })
}

fn read(problems: &mut Problems, folder: &Path) -> Option<(Config, Vec<Vec<Example>>)> {
    if let Err(reason) = fs::read_dir(folder) {
        let help = if reason.kind() == io::ErrorKind::NotFound {
            "name the folder with --config DIR; `newsvigil init DIR` writes one to begin with"
        } else {
            "name the folder with --config DIR"
        };
        problems.push(
            Problem::about_path(folder, format!("cannot read the configuration: {reason}"))
                .with_help(help),
        );
        return None;
    }
    let places = places::read(problems, folder);
    let settings_file = read_file(problems, &folder.join("newsvigil.toml"));
    let feed_list = read_file(problems, &folder.join("feeds.toml"));
    let word_files = files::read_words(problems, folder);
    let watch_files = files::read_watches(problems, folder);

    let settings = settings_file.map_or_else(Settings::default, |source| {
        with_root(problems, source, "newsvigil.toml", |problems, root| {
            read_settings(problems, folder, &places, source, root)
        })
    });
    let fetch = settings.article.fetch;
    let feeds = feed_list.map_or_else(Vec::new, |source| {
        read_feeds(problems, folder, fetch, source)
    });
    let (lists, library) = read_lists(problems, word_files, &watch_files);
    // What stands in a file that could not be read whole may be there after all.
    let whole = |source: &usize| !problems.torn.contains(source);
    let references = References {
        places: &places,
        feeds: feed_list.filter(whole).map(|_| feeds.as_slice()),
        recipients: settings_file
            .filter(whole)
            .map(|_| settings.recipients.as_slice()),
        library: &library,
    };
    let torn = problems.torn.len();
    let mut names = Names::new("watches");
    let mut watches = Vec::new();
    for source in watch_files {
        watches.extend(with_root(
            problems,
            source,
            "a watch file",
            |problems, root| {
                let tables = root.tables(problems, "watch", "[[watch]]");
                let misplaced = root.misplaced(
                    problems,
                    "words",
                    "a word list does not stand among watches",
                    "move it, from [[words]] on, into a file of the folder `words`, such as words/mine.toml",
                );
                if tables.is_empty() && !misplaced {
                    let place = Place { source, span: 0..0 };
                    problems.push(Problem::warning(place, "no [[watch]] in this file"));
                }
                watches::read(problems, &mut names, &references, tables)
            },
        ));
    }
    if problems.torn.len() == torn {
        reach::check_wishes(problems, &settings.recipients, &watches);
    }
    let list_sources = words::sources(problems, &lists, watches.iter().map(|entry| &entry.watch));
    if problems.errors() == 0 {
        reach::warn(problems, &settings.recipients, &watches);
        reach::warn_of_few_outlets(problems, &feeds, &watches);
        words::warn(problems, &lists, &list_sources);
        words::tell(problems, &lists, library.lists.warnings());
    }
    let specs: Vec<_> = watches
        .iter()
        .map(|entry| entry.watch.spec.clone())
        .collect();
    let set = WatchSet::compile(&specs);
    let (watches, examples) = watches
        .into_iter()
        .map(|entry| (entry.watch, entry.examples))
        .unzip();
    let config = Config {
        folder: folder.to_owned(),
        fetch: settings.fetch,
        article: settings.article,
        store: settings.store,
        mail: settings.mail,
        metrics: settings.metrics,
        web: settings.web,
        recipients: settings.recipients,
        feeds,
        watches,
        lists: library.lists,
        list_sources,
        set: Arc::new(set),
        places,
    };
    Some((config, examples))
}

/// Reads the word lists; `watch_files` may hold some that do not belong there.
fn read_lists(
    problems: &mut Problems,
    (files, mut is_whole): (Vec<usize>, bool),
    watch_files: &[usize],
) -> (Vec<ReadList>, Library) {
    let torn = problems.torn.len();
    let mut names = Names::new("word lists");
    let mut lists = Vec::new();
    for source in files {
        lists.extend(with_root(
            problems,
            source,
            "a word list file",
            |problems, root| {
                let tables = root.tables(problems, "words", "[[words]]");
                let misplaced = root.misplaced(
                    problems,
                    "watch",
                    "a watch does not stand among word lists",
                    "move it, from [[watch]] on, into a file of the folder `watches`, such as watches/mine.toml",
                );
                if tables.is_empty() && !misplaced {
                    let place = Place { source, span: 0..0 };
                    problems.push(Problem::warning(place, "no [[words]] in this file"));
                }
                let wanted = tables.len();
                let read = words::read(problems, &mut names, tables);
                is_whole &= read.len() == wanted;
                read
            },
        ));
    }
    is_whole &= problems.torn.len() == torn;
    is_whole &= !watch_files.iter().any(|source| {
        let mut lines = problems.sources[*source].text.lines();
        lines.any(|line| line.trim_start().starts_with("[[words"))
    });
    let specs = lists.iter().map(|list| list.spec.clone()).collect();
    let (checked, mistakes) = WordLists::new(specs);
    words::tell(problems, &lists, mistakes);
    (lists, Library::new(checked, is_whole))
}

/// What `newsvigil.toml` says.
#[derive(Default)]
struct Settings {
    fetch: FetchSettings,
    article: ArticleSettings,
    store: StoreSettings,
    mail: MailSettings,
    metrics: MetricsSettings,
    web: WebSettings,
    recipients: Vec<Recipient>,
}

fn read_settings(
    problems: &mut Problems,
    folder: &Path,
    places: &Places,
    source: usize,
    root: &mut TableReader<'_>,
) -> Settings {
    let table = root.table(problems, "fetch", "[fetch]");
    let fetch = settings::read_fetch(problems, table);
    let table = root.table(problems, "article", "[article]");
    let article = articles::read_settings(problems, table);
    let table = root.table(problems, "store", "[store]");
    let store = settings::read_store(problems, table);
    let table = root.table(problems, "mail", "[mail]");
    let mail = mail::read_mail(problems, folder, table);
    let table = root.table(problems, "metrics", "[metrics]");
    let metrics = listen::read_metrics(problems, table);
    let table = root.table(problems, "web", "[web]");
    let web = web::read_web(problems, table, metrics.listen.as_ref());
    let tables = root.tables(problems, "recipient", "[[recipient]]");
    if tables.is_empty() {
        problems.push(
            Problem::error(
                Place { source, span: 0..0 },
                "no [[recipient]], so nobody would be told",
            )
            .with_help("[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\""),
        );
    }
    Settings {
        fetch,
        article,
        store,
        mail,
        metrics,
        web,
        recipients: recipients::read(problems, places, tables),
    }
}

/// Reads a source's root table with `read`, reporting TOML mistakes and unknown keys.
fn with_root<T>(
    problems: &mut Problems,
    source: usize,
    name: &'static str,
    read: impl FnOnce(&mut Problems, &mut TableReader<'_>) -> T,
) -> T {
    let text = problems.sources[source].text.clone();
    let (table, refusals) = DeTable::parse_recoverable(&text);
    let told = toml_mistakes::tell(problems, source, &text, &refusals);
    let first = problems.list.len();
    let mut root = TableReader::new(source, table.span(), table.get_ref(), name);
    let value = read(problems, &mut root);
    root.finish(problems);
    if let Some(told) = told {
        told.drop_consequences(problems, first);
    }
    value
}

/// Reads a file into the sources and gives its index.
fn read_file(problems: &mut Problems, path: &Path) -> Option<usize> {
    let mut bytes = Vec::new();
    let read =
        open_regular(path).and_then(|file| file.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes));
    let message = match read {
        Err(reason) => format!("cannot be read: {reason}"),
        Ok(_) if bytes.len() as u64 > MAX_FILE_BYTES => {
            format!("is larger than {}", units::format_bytes(MAX_FILE_BYTES))
        }
        Ok(_) => {
            let (text, misencoded) = encoding::text_of(bytes);
            let source = problems.sources.len();
            problems.sources.push(Source {
                path: path.to_owned(),
                text,
            });
            if let Some(encoding::Misencoded { at, message, help }) = misencoded {
                let place = Place {
                    source,
                    span: at..at,
                };
                problems.push(Problem::error(place, message).with_help(help));
            }
            return Some(source);
        }
    };
    problems.push(Problem::about_path(path, message));
    None
}

impl Problems {
    /// The bytes of the file that hold the given bytes of a string literal's value.
    fn span_in_literal(&self, literal: &Place, span: Range<usize>) -> Range<usize> {
        let Some(text) = self.sources[literal.source].text.get(literal.span.clone()) else {
            return literal.span.clone();
        };
        let at = |offset| literal.span.start + literal::offset_in_source(text, offset);
        at(span.start)..at(span.end)
    }

    /// `text` as it can be pasted into the string that stands at `literal`.
    fn pasted_into_literal(&self, literal: &Place, text: &str) -> String {
        let source = self.sources[literal.source].text.get(literal.span.clone());
        literal::pasted_into(source.unwrap_or_default(), text)
    }
}
