//! Why a watch found an item, part by part, as `explain` tells it.

use crate::config::Config;
use crate::core::document::Document;
use crate::core::watch::{Depth, ExplainedLine, ExplainedPart, Explanation, explain};
use crate::store::hits::HitRow;

/// The version of this program.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// Why a watch found an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Why {
    /// The watch as it is now, line by line.
    pub lines: Vec<Line>,
    /// What the watch, the program or the places say besides. Sentences without a full stop.
    pub notes: Vec<String>,
    /// Whether the watch as it is now finds the item as it was then.
    pub holds: bool,
}

/// A part of the watch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How deep it stands: 0 for the whole.
    pub depth: usize,
    /// As the watch writes it; of parts that are not shown, what they are.
    pub text: String,
    /// Whether it holds; `None` of parts that are not shown.
    pub holds: Option<bool>,
    /// Where it was found and the words, or what came nearest; may be empty.
    pub note: String,
}

/// Explains a hit by its watch as it is now and its item as it was found; `None` where the watch is gone.
pub fn of_hit(config: &Config, hit: &HitRow, seen: &Document, depth: Depth) -> Option<Why> {
    let watch = config.watch_once_called(&hit.watch_id, &hit.watch_title)?;
    let mut explanation = explain(&watch.spec, seen);
    if let Some(elsewhere) = config.elsewhere(watch, seen) {
        explanation.matched = false;
        explanation.objections.push(elsewhere);
    }
    let mut notes = changes(hit, &watch.version);
    let Explanation {
        matched,
        objections,
        notes: own,
        query,
        score,
        total,
        threshold,
        ..
    } = explanation;
    notes.extend(objections);
    notes.extend(own);
    let counted = score.iter().filter(|line| line.points != 0);
    let counted: Vec<String> = counted
        .map(|line| format!("{} {:+}", line.term, line.points))
        .collect();
    if !score.is_empty() {
        let asked = threshold.map_or(String::new(), |least| format!(", {least} asked for"));
        notes.push(format!(
            "the score is {total}{asked}: {}",
            or_nothing(&counted)
        ));
    }
    Some(Why {
        lines: lines(&query, depth),
        notes,
        holds: matched,
    })
}

fn or_nothing(counted: &[String]) -> String {
    if counted.is_empty() {
        "nothing of the score table is there".to_owned()
    } else {
        counted.join(", ")
    }
}

/// What has changed since the hit was found.
fn changes(hit: &HitRow, version: &str) -> Vec<String> {
    let mut changes = Vec::new();
    if hit.watch_version != version {
        changes.push(format!(
            "the watch has changed since: it was version {}, and is {version} now; this is the watch as it is",
            hit.watch_version
        ));
    }
    if hit.program_version != VERSION {
        changes.push(format!(
            "newsvigil was version {} then, and is {VERSION} now",
            hit.program_version
        ));
    }
    changes
}

fn lines(query: &ExplainedPart, depth: Depth) -> Vec<Line> {
    let line = |line: ExplainedLine<'_>| match line {
        ExplainedLine::Part { level, part } => Line {
            depth: level,
            text: part.text.clone(),
            holds: Some(part.holds),
            note: match (&part.words, part.note()) {
                (Some(words), note) if part.holds && !note.is_empty() => {
                    format!("“{words}” {note}")
                }
                (_, note) => note,
            },
        },
        ExplainedLine::Others { level, text } => Line {
            depth: level,
            text,
            holds: None,
            note: String::new(),
        },
    };
    query.lines(depth).into_iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::{entries, hits};
    use crate::web::site_tests::TestSite;

    const ITEM: crate::web::site_tests::Item<'static> =
        ("Police shot a protester", "It was in the square.", &[]);

    fn shown(site: &TestSite) -> Option<Why> {
        let hit = hits::get(&site.connection, 1).unwrap().unwrap();
        let seen = entries::as_found(&site.connection, hit.entry_id, hit.revision, hit.in_article);
        of_hit(&site.config, &hit, &seen.unwrap().unwrap(), Depth::Brief)
    }

    #[test]
    fn a_hit_says_by_what_it_was_found() {
        let site = TestSite::new(&[("force", "police AND (shot OR killed)")], &[ITEM]);
        let why = shown(&site).unwrap();
        assert!(why.holds && why.notes.is_empty(), "{why:?}");
        let lines: Vec<String> = why
            .lines
            .iter()
            .map(|line| {
                format!(
                    "{} {} {:?} {}",
                    line.depth, line.text, line.holds, line.note
                )
            })
            .collect();
        assert_eq!(
            lines,
            [
                "0 police AND (shot OR killed) Some(true) “Police” in title (2 times)",
                "1 police Some(true) “Police” in title",
                "1 shot OR killed Some(true) “shot” in title",
                "2 shot Some(true) “shot” in title",
                "2 1 other does not None ",
            ]
        );
    }

    #[test]
    fn a_watch_that_was_changed_says_so_and_one_that_is_gone_nothing() {
        let site = TestSite::new(&[("force", "police")], &[ITEM]);
        let site = site.with(&[("force", "police AND army")], "");
        let why = shown(&site).unwrap();
        assert!(!why.holds);
        assert!(
            why.notes[0].starts_with("the watch has changed since"),
            "{why:?}"
        );
        assert!(shown(&site.with(&[("other", "police")], "")).is_none());
    }
}
