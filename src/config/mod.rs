//! The configuration folder: TOML to checked values, all problems at once, each with its place.
//!
//! ```text
//! newsvigil.toml     [fetch] [store] [mail] [metrics] [[recipient]]
//! feeds.toml         [[feed]]
//! watches/*.toml     [[watch]]
//! ```

mod encoding;
mod examples;
mod feeds;
mod languages;
mod literal;
mod mail;
mod masked;
mod metrics;
mod names;
mod problem;
mod recipients;
mod secret;
mod settings;
mod synonyms;
mod table;
#[cfg(test)]
mod tests;
mod toml_mistakes;
pub mod units;
mod watches;
mod zones;

use std::fs;
use std::io::Read;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use toml::de::DeTable;

pub use feeds::{Feed, FeedAddress};
pub use mail::{
    DkimSettings, MailSettings, SecretSource, SmtpSettings, TlsMode, TransportSettings,
};
pub use metrics::{ListenAddress, MetricsSettings};
pub use names::tag_for;
pub use problem::{Place, Problem, Problems, Severity, Source, Styling};
pub use recipients::Recipient;
pub use secret::{SecretError, read_secret};
pub use settings::{FetchSettings, StoreSettings};
pub(crate) use table::nearest;
pub use watches::{Urgency, Watch};

use crate::core::watch::WatchSet;
use crate::file::open_regular;
use names::Names;
use table::TableReader;
use watches::{References, WatchWithExamples};

/// No file of a configuration needs more; a larger one is a mistake, not a wish.
const MAX_FILE_BYTES: u64 = 32 << 20;
/// Watch files in one folder.
const MAX_WATCH_FILES: usize = 10_000;

/// Everything that the folder says, checked.
#[derive(Clone)]
pub struct Config {
    /// The folder.
    pub folder: PathBuf,
    /// `[fetch]`.
    pub fetch: FetchSettings,
    /// `[store]`.
    pub store: StoreSettings,
    /// `[mail]`.
    pub mail: MailSettings,
    /// `[metrics]`.
    pub metrics: MetricsSettings,
    /// Who reads.
    pub recipients: Vec<Recipient>,
    /// What is polled.
    pub feeds: Vec<Feed>,
    /// What is looked for, in the order of [`Config::set`].
    pub watches: Vec<Watch>,
    /// The watches, compiled.
    pub set: Arc<WatchSet>,
}

impl Config {
    /// The feed of this id.
    pub fn feed(&self, id: &str) -> Option<&Feed> {
        self.feeds.iter().find(|feed| feed.id == id)
    }

    /// The recipient of this id.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// The watch of this id.
    pub fn watch(&self, id: &str) -> Option<&Watch> {
        self.watches.iter().find(|watch| watch.id == id)
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
    let mut problems = Problems::default();
    let config = read(&mut problems, folder);
    match config {
        Some(config) if problems.errors() == 0 => Ok((config, problems)),
        _ => Err(problems),
    }
}

fn read(problems: &mut Problems, folder: &Path) -> Option<Config> {
    if let Err(reason) = fs::read_dir(folder) {
        problems.push(
            Problem::about_path(folder, format!("cannot read the configuration: {reason}"))
                .with_help("name the folder with --config DIR"),
        );
        return None;
    }
    let settings_file = read_file(problems, &folder.join("newsvigil.toml"));
    let feed_list = read_file(problems, &folder.join("feeds.toml"));
    let watch_files = watch_files(problems, &folder.join("watches"));

    let settings = settings_file.map_or_else(Settings::default, |source| {
        with_root(problems, source, "newsvigil.toml", |problems, root| {
            read_settings(problems, folder, source, root)
        })
    });
    let feeds = feed_list.map_or_else(Vec::new, |source| {
        with_root(problems, source, "feeds.toml", |problems, root| {
            let tables = root.tables(problems, "feed", "[[feed]]");
            if tables.is_empty() {
                problems.push(Problem::warning(
                    Place { source, span: 0..0 },
                    "no [[feed]], so nothing is polled",
                ));
            }
            feeds::read(problems, folder, tables)
        })
    });
    // What stands in a file that could not be read whole may be there after all.
    let whole = |source: &usize| !problems.torn.contains(source);
    let references = References {
        feeds: feed_list.filter(whole).map(|_| feeds.as_slice()),
        recipients: settings_file
            .filter(whole)
            .map(|_| settings.recipients.as_slice()),
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
                if tables.is_empty() {
                    let place = Place { source, span: 0..0 };
                    problems.push(Problem::warning(place, "no [[watch]] in this file"));
                }
                watches::read(problems, &mut names, &references, tables)
            },
        ));
    }
    if problems.torn.len() == torn {
        check_wishes(problems, &settings.recipients, &watches);
    }
    if problems.errors() == 0 {
        warn_of_unread_hits(problems, &settings.recipients, &watches);
    }
    let specs: Vec<_> = watches
        .iter()
        .map(|entry| entry.watch.spec.clone())
        .collect();
    let set = WatchSet::compile(&specs);
    examples::run(problems, &watches, &set);
    Some(Config {
        folder: folder.to_owned(),
        fetch: settings.fetch,
        store: settings.store,
        mail: settings.mail,
        metrics: settings.metrics,
        recipients: settings.recipients,
        feeds,
        watches: watches.into_iter().map(|entry| entry.watch).collect(),
        set: Arc::new(set),
    })
}

/// Reports topics and watches that a recipient wants and that do not exist.
fn check_wishes(problems: &mut Problems, recipients: &[Recipient], watches: &[WatchWithExamples]) {
    let ids: Vec<(&str, &str)> = watches
        .iter()
        .map(|entry| (entry.watch.id.as_str(), entry.watch.title.as_str()))
        .collect();
    let topics: Vec<(&str, &str)> = watches
        .iter()
        .map(|entry| (entry.watch.topic.as_str(), ""))
        .collect();
    for recipient in recipients {
        for (kind, wanted, known) in [
            ("watch", &recipient.watches, &ids),
            ("topic", &recipient.topics, &topics),
        ] {
            for name in wanted {
                if !known.iter().any(|(id, _)| *id == name.value) {
                    names::unknown_reference(problems, kind, name, known);
                }
            }
        }
    }
}

/// Warns where hits would be owed for ever: to a recipient without digests, by a watch that alerts
/// nobody.
fn warn_of_unread_hits(
    problems: &mut Problems,
    recipients: &[Recipient],
    watches: &[WatchWithExamples],
) {
    for recipient in recipients {
        if recipient.digest.iter().any(|schedule| !schedule.is_off()) {
            continue;
        }
        let unread = watches.iter().map(|entry| &entry.watch).find(|watch| {
            watch.recipients.contains(&recipient.id)
                && recipient.wants(&watch.id, &watch.topic, None)
                && (watch.urgency == Urgency::Digest || !recipient.alerts)
        });
        if let Some(watch) = unread {
            problems.push(
                Problem::warning(
                    recipient.place.clone(),
                    format!(
                        "`{}` gets no digests, so nobody is told what the watch `{}` finds for it",
                        recipient.id, watch.id
                    ),
                )
                .with_help("give the recipient a digest time, or the watch urgency = \"alert\""),
            );
        }
    }
}

/// What `newsvigil.toml` says.
#[derive(Default)]
struct Settings {
    fetch: FetchSettings,
    store: StoreSettings,
    mail: MailSettings,
    metrics: MetricsSettings,
    recipients: Vec<Recipient>,
}

fn read_settings(
    problems: &mut Problems,
    folder: &Path,
    source: usize,
    root: &mut TableReader<'_>,
) -> Settings {
    let table = root.table(problems, "fetch", "[fetch]");
    let fetch = settings::read_fetch(problems, table);
    let table = root.table(problems, "store", "[store]");
    let store = settings::read_store(problems, table);
    let table = root.table(problems, "mail", "[mail]");
    let mail = mail::read_mail(problems, folder, table);
    let table = root.table(problems, "metrics", "[metrics]");
    let metrics = metrics::read_metrics(problems, table);
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
        store,
        mail,
        metrics,
        recipients: recipients::read(problems, tables),
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

/// Reads every `*.toml` of the folder, in the order of their names.
fn watch_files(problems: &mut Problems, folder: &Path) -> Vec<usize> {
    let listed: Result<Vec<PathBuf>, _> = fs::read_dir(folder).and_then(|entries| {
        entries
            .take(MAX_WATCH_FILES)
            .map(|entry| entry.map(|entry| entry.path()))
            .collect()
    });
    let mut paths: Vec<PathBuf> = match listed {
        Ok(paths) => paths,
        Err(reason) => {
            problems.push(Problem::about_path(
                folder,
                format!("cannot read the folder of watches: {reason}"),
            ));
            return Vec::new();
        }
    };
    paths.retain(|path| {
        path.extension()
            .is_some_and(|extension| extension == "toml")
    });
    paths.sort();
    if paths.is_empty() {
        problems.push(Problem::about_path(
            folder,
            "no watch file (*.toml), so nothing would be found",
        ));
    }
    paths
        .iter()
        .filter_map(|path| read_file(problems, path))
        .collect()
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
