//! Reads and checks all files of the configuration folder.

use std::path::Path;
use std::sync::Arc;
use std::{fs, io};

use super::articles::ArticleSettings;
use super::configuration::Config;
use super::feeds::Feed;
use super::listen::MetricsSettings;
use super::mail::MailSettings;
use super::names::Names;
use super::places::Places;
use super::problem::{Problem, Problems, SourceSpan};
use super::reachability::warnings;
use super::recipients::Recipient;
use super::references::References;
use super::settings::{FetchSettings, StoreSettings};
use super::source::{read_file, with_root};
use super::watches::{Example, WatchWithExamples};
use super::web::WebSettings;
use super::words::{DefinedWordLists, ReadList};
use super::{
    articles, examples, feeds, files, listen, mail, places, recipients, settings, watches, web,
    words,
};
use crate::core::article::Policy;
use crate::core::watch::{WatchSet, WordLists};

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
                SourceSpan { source, span: 0..0 },
                "no [[feed]], so nothing is polled",
            ));
        }
        feeds::read(problems, folder, fetch, tables)
    })
}

fn read(problems: &mut Problems, folder: &Path) -> Option<(Config, Vec<Vec<Example>>)> {
    if let Err(reason) = fs::read_dir(folder) {
        problems.push(unreadable(folder, &reason));
        return None;
    }
    let places = places::read(problems, folder);
    let settings_file = read_file(problems, &folder.join("newsvigil.toml"));
    let feed_list = read_file(problems, &folder.join("feeds.toml"));
    let word_files = files::read_words(problems, folder);
    let watch_files = files::read_watches(problems, folder);

    let settings = settings_file.map_or_else(Settings::default, |source| {
        read_settings(problems, folder, &places, source)
    });
    let fetch = settings.article.fetch;
    let feeds = feed_list.map_or_else(Vec::new, |source| {
        read_feeds(problems, folder, fetch, source)
    });
    let (lists, library) = read_lists(problems, word_files, &watch_files);
    // What stands in a file that could not be read whole may be there after all.
    let whole = |source: &usize| !problems.torn.contains(source);
    let is_known = settings_file.as_ref().is_some_and(whole);
    let references = References {
        places: &places,
        feeds: feed_list.filter(whole).map(|_| feeds.as_slice()),
        recipients: is_known.then_some(settings.recipients.as_slice()),
        library: &library,
    };
    let torn = problems.torn.len();
    let watches = read_watches(problems, &references, watch_files);
    if problems.torn.len() == torn {
        warnings::check_wishes(problems, &settings.recipients, &watches);
    }
    let list_sources = words::sources(problems, &lists, watches.iter().map(|entry| &entry.watch));
    if problems.errors() == 0 {
        warnings::warn(problems, &settings.recipients, &watches);
        warnings::warn_of_few_outlets(problems, &feeds, &watches);
        words::warn(problems, &lists, &list_sources);
        words::tell(problems, &lists, library.lists.warnings());
    }
    let specs = watches.iter().map(|entry| entry.watch.spec.clone());
    let set = WatchSet::compile(&specs.collect::<Vec<_>>());
    let each = watches.into_iter();
    let (watches, examples) = each.map(|entry| (entry.watch, entry.examples)).unzip();
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

/// The folder is not there, or nobody may look into it.
fn unreadable(folder: &Path, reason: &io::Error) -> Problem {
    let help = if reason.kind() == io::ErrorKind::NotFound {
        "name the folder with --config DIR; `newsvigil init DIR` writes one to begin with"
    } else {
        "name the folder with --config DIR"
    };
    Problem::about_path(folder, format!("cannot read the configuration: {reason}")).with_help(help)
}

fn read_watches(
    problems: &mut Problems,
    references: &References<'_>,
    files: Vec<usize>,
) -> Vec<WatchWithExamples> {
    let mut names = Names::new("watches");
    let mut watches = Vec::new();
    for source in files {
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
                    let place = SourceSpan { source, span: 0..0 };
                    problems.push(Problem::warning(place, "no [[watch]] in this file"));
                }
                watches::read(problems, &mut names, references, tables)
            },
        ));
    }
    watches
}

/// Reads the word lists; `watch_files` may hold some that do not belong there.
fn read_lists(
    problems: &mut Problems,
    (files, mut is_whole): (Vec<usize>, bool),
    watch_files: &[usize],
) -> (Vec<ReadList>, DefinedWordLists) {
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
                    let place = SourceSpan { source, span: 0..0 };
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
    (lists, DefinedWordLists::new(checked, is_whole))
}

/// What `newsvigil.toml` says.
#[derive(Default)]
pub(super) struct Settings {
    pub(super) fetch: FetchSettings,
    pub(super) article: ArticleSettings,
    pub(super) store: StoreSettings,
    pub(super) mail: MailSettings,
    pub(super) metrics: MetricsSettings,
    pub(super) web: WebSettings,
    pub(super) recipients: Vec<Recipient>,
}

pub(super) fn read_settings(
    problems: &mut Problems,
    folder: &Path,
    places: &Places,
    source: usize,
) -> Settings {
    with_root(problems, source, "newsvigil.toml", |problems, root| {
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
            problems.error(
                SourceSpan { source, span: 0..0 },
                "no [[recipient]], so nobody would be told",
                "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"",
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
    })
}
