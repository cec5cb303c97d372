//! Adds feeds to `feeds.toml`, leaving every line that is there as it is: the new ones stand behind them, which asks
//! for no editor of TOML such as `toml_edit`.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::fs::{self, TryLockError};
use std::io::{ErrorKind, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use crate::cli::failure::{CANNOT_CREATE, CONFIGURATION, Failure, TEMPORARY};
use crate::config::{self, Config, Problems};
use crate::core::feed::address_input;
use crate::core::feed::link_page::LinkPage;
use crate::core::language::primary_subtag;

/// A feed to add.
#[derive(Clone, Debug, Default)]
pub(super) struct NewFeed {
    pub(super) id: Option<String>,
    pub(super) url: String,
    pub(super) title: Option<String>,
    pub(super) tags: Vec<String>,
    pub(super) language: Option<String>,
    /// It is a page of links, read so.
    pub(super) page: Option<LinkPage>,
}

/// What became of the additions.
#[derive(Debug, Default)]
pub(super) struct Added {
    /// Ids of the feeds that are new.
    pub(super) ids: Vec<String>,
    /// Addresses that the file had already.
    pub(super) known: Vec<String>,
    /// Feeds whose address cannot be polled.
    pub(super) unusable: Vec<NewFeed>,
    /// What became of names that could not be taken as they are, one sentence each.
    pub(super) notes: Vec<String>,
}

impl Added {
    /// Tells the notes on standard error.
    pub(super) fn tell_notes(&self) {
        const MOST: usize = 20;
        for note in self.notes.iter().take(MOST) {
            tell!("{note}");
        }
        if let Some(rest) = self.notes.len().checked_sub(MOST).filter(|rest| *rest > 0) {
            tell!("and {rest} more names that could not be taken as they are");
        }
    }
}

/// Appends the feeds that are not there yet. The file is replaced in one step, and put back when
/// the configuration would be refused with it.
pub(super) fn append(config: &Config, feeds: Vec<NewFeed>) -> Result<Added, Failure> {
    let _lock = lock(&config.folder)?;
    // Another process may have added some since it was read.
    let config = &config::load_to_look(&config.folder)
        .map_err(|problems| refused(&problems))?
        .0;
    let mut ids: BTreeSet<String> = config.feeds.iter().map(|feed| feed.id.clone()).collect();
    let mut urls: BTreeSet<String> = config
        .feeds
        .iter()
        .map(|feed| feed.address.to_string())
        .collect();
    let mut added = Added::default();
    let mut text = String::new();
    let mut tags = Tags::default();
    let mut new: Vec<(url::Url, NewFeed)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for feed in feeds {
        let Some(url) = usable(&feed.url) else {
            added.unusable.push(feed);
            continue;
        };
        if urls.insert(url.to_string()) {
            places.insert(url.to_string(), new.len());
            new.push((url, feed));
            continue;
        }
        // Lists name a feed once in each of its folders.
        if let Some((_, first)) = places.get(url.as_str()).and_then(|at| new.get_mut(*at)) {
            first.tags.extend(feed.tags);
        }
        added.known.push(feed.url);
    }
    let mut numbers: HashMap<String, u64> = HashMap::new();
    for (url, feed) in new {
        let wanted = feed.id.clone().unwrap_or_else(|| suggested_id(&feed, &url));
        let id = free_id(&wanted, &ids, &mut numbers);
        ids.insert(id.clone());
        write_feed(&mut text, &id, &url, &feed, &mut tags);
        added.ids.push(id);
    }
    added.notes = tags.notes;
    if added.ids.is_empty() {
        return Ok(added);
    }
    append_text(&config.folder, &text)?;
    Ok(added)
}

fn append_text(folder: &Path, text: &str) -> Result<(), Failure> {
    let path = folder.join("feeds.toml");
    let cannot = |reason: std::io::Error| {
        Failure::new(
            CANNOT_CREATE,
            format!("cannot write {}: {reason}", path.display()),
        )
    };
    let before = fs::read_to_string(&path).map_err(cannot)?;
    let separator = if before.is_empty() || before.ends_with('\n') {
        ""
    } else {
        "\n"
    };
    replace(&path, &format!("{before}{separator}{text}")).map_err(cannot)?;
    if let Err(problems) = config::load_to_look(folder) {
        replace(&path, &before).map_err(cannot)?;
        return Err(refused(&problems));
    }
    Ok(())
}

fn refused(problems: &Problems) -> Failure {
    tell_part!("{}", problems.render(crate::cli::output::error_styling()));
    Failure::new(
        CONFIGURATION,
        "the configuration would be refused with it; nothing was changed",
    )
}

/// How long another process may take that changes the same file.
const LOCK_PATIENCE: Duration = Duration::from_mins(1);

/// Lets one process at a time change the configuration. The folder is what is locked (`flock(2)`), since
/// the file is replaced.
fn lock(folder: &Path) -> Result<fs::File, Failure> {
    let cannot = |reason: String| {
        let folder = folder.display();
        Failure::new(TEMPORARY, format!("cannot lock {folder}: {reason}"))
    };
    let file = fs::File::open(folder).map_err(|reason| cannot(reason.to_string()))?;
    let until = Instant::now() + LOCK_PATIENCE;
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(file),
            Err(TryLockError::Error(reason)) => return Err(cannot(reason.to_string())),
            Err(TryLockError::WouldBlock) if Instant::now() > until => {
                return Err(cannot("another process is changing it".to_owned()));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(20)),
        }
    }
}

/// The address that a feed may have in the configuration.
fn usable(address: &str) -> Option<url::Url> {
    let mut meant = address_input::addresses(address).ok()?.into_iter();
    meant
        .next()
        .filter(|url| !address_input::has_credentials(url))
}

/// The tags of the feeds that are added, with the names that they stand for.
#[derive(Default)]
struct Tags {
    names: BTreeMap<String, String>,
    notes: Vec<String>,
    /// Names that were told already.
    told: BTreeSet<String>,
}

impl Tags {
    /// The tag of a folder; what is lost on the way to it is told once.
    fn of(&mut self, name: &str) -> Option<String> {
        let shown = one_line(name);
        let tag = config::tag_for(name);
        let note = match &tag {
            None if shown.is_empty() => return None,
            None => Some(format!(
                "\"{shown}\" has no letter or digit, and becomes no tag"
            )),
            Some(tag) => {
                let first = self
                    .names
                    .entry(tag.clone())
                    .or_insert_with(|| shown.clone());
                let is_other = first.to_lowercase() != shown.to_lowercase();
                is_other.then(|| format!("\"{first}\" and \"{shown}\" become one tag, `{tag}`"))
            }
        };
        if let Some(note) = note
            && self.told.insert(shown)
        {
            self.notes.push(note);
        }
        tag
    }
}

/// Writes beside the file and renames, so that a reader sees the old or the new, never a part.
fn replace(path: &Path, text: &str) -> std::io::Result<()> {
    let beside = path.with_extension("toml.new");
    // What an earlier process left behind, or anything else of that name.
    match fs::remove_file(&beside) {
        Err(reason) if reason.kind() != ErrorKind::NotFound => return Err(reason),
        _ => {}
    }
    let mut file = fs::File::create_new(&beside)?;
    file.write_all(text.as_bytes())?;
    file.set_permissions(fs::metadata(path)?.permissions())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

fn write_feed(text: &mut String, id: &str, url: &url::Url, feed: &NewFeed, tags: &mut Tags) {
    // An address stays as it was written, where that can be read without help.
    let written = feed.url.trim();
    let is_plain = url::Url::parse(written).is_ok_and(|parsed| parsed == *url);
    let _ = write!(
        text,
        "\n[[feed]]\nid = {}\nurl = {}\n",
        quoted(id),
        quoted(if is_plain { written } else { url.as_str() })
    );
    if let Some(title) = feed
        .title
        .as_deref()
        .map(one_line)
        .filter(|title| !title.is_empty())
    {
        let _ = writeln!(text, "title = {}", quoted(&title));
    }
    let tags: BTreeSet<String> = feed.tags.iter().filter_map(|tag| tags.of(tag)).collect();
    if !tags.is_empty() {
        let tags: Vec<String> = tags.iter().map(|tag| quoted(tag)).collect();
        let _ = writeln!(text, "tags = [{}]", tags.join(", "));
    }
    if let Some(language) = feed.language.as_deref().and_then(primary_language) {
        let _ = writeln!(text, "language = {}", quoted(&language));
    }
    if let Some(page) = &feed.page {
        let _ = writeln!(
            text,
            "kind = \"page\"\nselector = {}",
            quoted(&page.selector)
        );
        for (key, selector) in [
            ("title_selector", &page.title),
            ("date_selector", &page.date),
        ] {
            if let Some(selector) = selector {
                let _ = writeln!(text, "{key} = {}", quoted(selector));
            }
        }
    }
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

fn one_line(text: &str) -> String {
    crate::cli::output::printable(text, 100)
}

/// `en` of `en-US`; `None` for what is no language tag.
fn primary_language(tag: &str) -> Option<String> {
    let primary = primary_subtag(tag.trim()).to_ascii_lowercase();
    ((2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic()))
        .then_some(primary)
}

fn suggested_id(feed: &NewFeed, url: &url::Url) -> String {
    let from_title = feed.title.as_deref().map(slug).unwrap_or_default();
    if from_title.len() >= 3 {
        return from_title;
    }
    let host = url.host_str().unwrap_or("feed");
    slug(host.strip_prefix("www.").unwrap_or(host))
}

/// Lower-case letters, digits and hyphens, at most 40 of them; accents fold away.
fn slug(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization as _;
    let mut slug = String::new();
    for c in text.nfd().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty()
            && !slug.ends_with('-')
            && !unicode_normalization::char::is_combining_mark(c)
        {
            slug.push('-');
        }
        if slug.len() >= 40 {
            break;
        }
    }
    slug.trim_end_matches('-').to_owned()
}

/// The id itself, or with the first number that makes it one of its own. `numbers` has the last that each
/// name was given, for thousands of feeds may be called alike.
fn free_id(wanted: &str, taken: &BTreeSet<String>, numbers: &mut HashMap<String, u64>) -> String {
    let wanted = if wanted.is_empty() { "feed" } else { wanted };
    let number = numbers.entry(wanted.to_owned()).or_insert(1);
    let mut id = wanted.to_owned();
    while taken.contains(&id) {
        *number += 1;
        id = format!("{wanted}-{number}");
    }
    id
}
