//! Keys that nobody asked for.

use super::TableReader;
use crate::config::key_synonyms::meant_by;
use crate::config::problem::{Problem, Problems};
use crate::config::suggestion::nearest;

impl TableReader<'_> {
    /// Reports every key that nobody asked for, with the nearest known one.
    pub(in crate::config) fn finish(self, problems: &mut Problems) {
        for (key, _) in self.table {
            let name = key.get_ref().as_ref();
            if self.known.contains(&name) {
                continue;
            }
            let place = self.place(key.span());
            let problem = Problem::error(place, format!("unknown key `{name}` in {}", self.name));
            if let Some(list) = list_of(self.name).filter(|(_, keys)| keys.contains(&name)) {
                problems.push(problem.with_help(format!(
                    "`{name}` stands below a line [[{}]], and that is missing above it",
                    list.0
                )));
                continue;
            }
            let meant = meant_by(name, &self.known)
                .or_else(|| nearest(&name.to_lowercase(), self.known.iter().copied()));
            problems.push(match meant {
                Some(known) => problem.with_help(format!("did you mean `{known}`?")),
                None => problem.with_help(format!("known keys: {}", self.known.join(", "))),
            });
        }
    }
}

/// What a file consists of, by the name of its root, and the keys that only stand in it.
fn list_of(root: &str) -> Option<(&'static str, &'static [&'static str])> {
    match root {
        "a watch file" => Some((
            "watch",
            &[
                "id",
                "title",
                "topic",
                "match",
                "languages",
                "feeds",
                "score",
                "threshold",
                "alert_above",
                "urgency",
                "body_only",
                "corroborated",
                "stories",
                "recipients",
                "articles",
                "examples",
            ],
        )),
        "a word list file" => Some(("words", &["id", "title", "any"])),
        "feeds.toml" => Some((
            "feed",
            &[
                "id",
                "url",
                "title",
                "tags",
                "language",
                "every",
                "articles",
                "selector",
                "remove",
                "cookie",
                "cookie_file",
                "kind",
            ],
        )),
        "newsvigil.toml" => Some((
            "recipient",
            &[
                "id", "address", "timezone", "digest", "alerts", "quiet", "topics", "watches",
            ],
        )),
        _ => None,
    }
}
