//! What hits are asked by, where neither the database nor the configuration knows it: a mistyped name is no empty
//! list.

use std::collections::BTreeSet;

use crate::config::{Config, nearest};
use crate::store::hits::{self, Names};
use crate::store::{Connection, StoreError};

/// Names by which hits are asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct HitFilterNames<'a> {
    /// The id of a watch.
    pub watch: Option<&'a str>,
    /// A topic.
    pub topic: Option<&'a str>,
    /// The id of a feed.
    pub feed: Option<&'a str>,
}

/// The first of these names that nobody knows, in a sentence with what may be meant.
///
/// # Errors
/// Those of the database.
pub fn unknown(
    connection: &Connection,
    config: Option<&Config>,
    asked: HitFilterNames<'_>,
) -> Result<Option<String>, StoreError> {
    type OfConfig = fn(&Config) -> Vec<&str>;
    let asked: [(&str, Option<&str>, Names, OfConfig); 3] = [
        ("watch", asked.watch, Names::Watches, |config| {
            let watches = config.watches.iter();
            watches.map(|watch| watch.id.as_str()).collect()
        }),
        ("topic", asked.topic, Names::Topics, |config| {
            let watches = config.watches.iter();
            watches.map(|watch| watch.topic.as_str()).collect()
        }),
        ("feed", asked.feed, Names::Feeds, |config| {
            config.feeds.iter().map(|feed| feed.id.as_str()).collect()
        }),
    ];
    for (kind, name, of, configured) in asked {
        let Some(name) = name else {
            continue;
        };
        let mut known = hits::names(connection, of)?;
        known.extend(config.into_iter().flat_map(configured).map(str::to_owned));
        if known.contains(name) {
            continue;
        }
        let ever = match of {
            Names::Watches => ", and none of that id ever had a hit",
            Names::Topics => ", and no hit ever had it",
            Names::Feeds => ", and none of that id was ever polled",
        };
        let meant = match nearest(name, known.iter().map(String::as_str)) {
            Some(nearest) => format!("; did you mean `{nearest}`?"),
            None if known.len() <= 12 && !known.is_empty() => {
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                format!("; there is {}", known.join(", "))
            }
            None => String::new(),
        };
        return Ok(Some(format!("there is no {kind} `{name}`{ever}{meant}")));
    }
    Ok(None)
}

/// The places that an id of a place or region stands for.
///
/// # Errors
/// That there is none, in a sentence with what may be meant.
pub fn wanted_places(config: &Config, id: &str) -> Result<BTreeSet<usize>, String> {
    config.places.resolve(id).ok_or_else(|| {
        let names = config.places.names();
        let by_title = names
            .iter()
            .find(|(_, title)| title.eq_ignore_ascii_case(id));
        let near = nearest(id, names.iter().map(|(id, _)| *id));
        let meant = match by_title.map(|(id, _)| *id).or(near) {
            Some(meant) => format!("; did you mean `{meant}`?"),
            None => "; countries have the codes of ISO 3166-1, such as PE".to_owned(),
        };
        format!("there is no place or region `{id}`{meant}")
    })
}
