//! An explanation as lines, each part below what it belongs to.

use super::explanation::{ExplainedPart, Shape};
use crate::core::watch::span::Span;

/// Branches that a group shows.
const MOST_SHOWN: usize = 8;

/// How much of an explanation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Depth {
    /// What decided, and what came near.
    Brief,
    /// Every part.
    Everything,
}

/// A line of an explanation. The level of the whole is 0.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExplainedLine<'e> {
    /// A part.
    Part {
        /// How deep it stands.
        level: usize,
        /// What is said of it.
        part: &'e ExplainedPart,
    },
    /// Parts that are not shown one by one.
    Others {
        /// How deep they stand.
        level: usize,
        /// What they are, to be read behind "and".
        text: String,
    },
}

impl ExplainedPart {
    /// It and its parts, line by line.
    pub fn lines(&self, depth: Depth) -> Vec<ExplainedLine<'_>> {
        let mut lines = Vec::new();
        self.add_lines(0, depth, &mut lines);
        lines
    }

    fn add_lines<'e>(&'e self, level: usize, depth: Depth, lines: &mut Vec<ExplainedLine<'e>>) {
        lines.push(ExplainedLine::Part { level, part: self });
        let shown = match depth {
            Depth::Everything => self.parts.iter().collect(),
            Depth::Brief => self.telling(),
        };
        for inner in &shown {
            inner.add_lines(level + 1, depth, lines);
        }
        let rest = self.parts.len() - shown.len();
        if rest > 0
            && let Some(text) = self.others(&shown, rest)
        {
            lines.push(ExplainedLine::Others {
                level: level + 1,
                text,
            });
        }
    }

    /// Where it was found, or why it does not hold; may be empty.
    pub fn note(&self) -> String {
        let found = found_in(&self.spans);
        match (&self.miss, &self.list) {
            (Some(miss), _) => miss.clone(),
            (None, Some(list)) if !found.is_empty() => {
                let list: String = list.to_string().chars().take(LONGEST_LIST).collect();
                format!("{found}; {list}")
            }
            (None, _) => found,
        }
    }

    /// The parts that say why it holds or does not.
    fn telling(&self) -> Vec<&ExplainedPart> {
        let parts = self.parts.iter();
        match self.shape {
            Shape::Leaf => Vec::new(),
            Shape::Not if self.holds => Vec::new(),
            Shape::Not | Shape::All | Shape::Within => parts.collect(),
            Shape::Choice if self.holds => {
                parts.filter(|part| part.holds).take(MOST_SHOWN).collect()
            }
            Shape::Choice => {
                let mut near: Vec<_> = parts
                    .filter_map(|part| {
                        let nearest = part.near_misses().first().and_then(|miss| miss.near_miss);
                        let near_miss = if part.holds { None } else { Some(nearest?) };
                        Some((near_miss, part))
                    })
                    .collect();
                near.sort_by_key(|(near_miss, _)| *near_miss);
                near.truncate(MOST_SHOWN);
                near.into_iter().map(|(_, part)| part).collect()
            }
        }
    }

    /// What the parts that are not shown are; nothing where the part's own line says it.
    fn others(&self, shown: &[&ExplainedPart], rest: usize) -> Option<String> {
        let plural = if rest == 1 { "" } else { "s" };
        let others = format!("{rest} other{plural}");
        let is_shown = |one: &ExplainedPart| shown.iter().any(|other| std::ptr::eq(*other, one));
        let mut hidden = self.parts.iter().filter(|one| !is_shown(one));
        match self.shape {
            Shape::Choice if self.holds => {
                let holding = hidden.filter(|part| part.holds).count();
                Some(match (holding, rest) {
                    (0, 1) => "1 other does not".to_owned(),
                    (0, _) => format!("{others} do not"),
                    _ => format!("{others}, of which {holding} hold"),
                })
            }
            Shape::Choice if shown.is_empty() => None,
            Shape::Choice => {
                let first = hidden.clone().next()?.miss.as_deref()?;
                let alike =
                    hidden.all(|one| one.parts.is_empty() && one.miss.as_deref() == Some(first));
                Some(if alike {
                    format!("{others}: {first}")
                } else if rest == 1 {
                    "1 other does not hold".to_owned()
                } else {
                    format!("{others} do not hold")
                })
            }
            Shape::Leaf | Shape::Not | Shape::All | Shape::Within => None,
        }
    }
}

/// The longest list of words that is shown, in characters.
const LONGEST_LIST: usize = 300;

/// `in title, text (3 times)`; empty without a span.
pub fn found_in<'s>(spans: impl IntoIterator<Item = &'s Span>) -> String {
    let mut fields: Vec<(&str, usize)> = Vec::new();
    for span in spans {
        let name = span.field.name();
        match fields.iter_mut().find(|(field, _)| *field == name) {
            Some((_, count)) => *count += 1,
            None => fields.push((name, 1)),
        }
    }
    let named: Vec<String> = fields
        .iter()
        .map(|(name, count)| match count {
            1 => (*name).to_owned(),
            count => format!("{name} ({count} times)"),
        })
        .collect();
    if named.is_empty() {
        String::new()
    } else {
        format!("in {}", named.join(", "))
    }
}
