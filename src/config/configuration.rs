//! The whole configuration, checked: what the rest of the program is given.

use std::path::PathBuf;
use std::sync::Arc;

use super::articles::ArticleSettings;
use super::feeds::Feed;
use super::listen::MetricsSettings;
use super::mail::MailSettings;
use super::places::Places;
use super::reachability;
use super::recipients::Recipient;
use super::settings::{FetchSettings, StoreSettings};
use super::suggestion::nearest;
use super::watch::Watch;
use super::web::WebSettings;
use super::words::ListSource;
use crate::core::article::Policy;
use crate::core::digest::outlet_of_title;
use crate::core::document::Document;
use crate::core::place;
use crate::core::watch::{WatchSet, WordLists};

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
                let (reason, _) = reachability::unreached(recipient, self.watches.iter())?;
                Some((recipient.id.as_str(), reason))
            })
            .collect()
    }

    /// The id of the watch that was probably meant by one that does not exist.
    pub fn nearest_watch(&self, id: &str) -> Option<&str> {
        nearest(id, self.watches.iter().map(|watch| watch.id.as_str()))
    }
}
