//! Of a query that does not hold: what of it held, what is missing, and what excluded the document.

use super::explain::{ExplainedPart, NearMiss, Shape};

/// What became of the parts that a query needs. All are texts for people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartialMatch {
    /// Parts that are there.
    pub held: Vec<String>,
    /// Parts that are needed and not there, with what came near.
    pub missing: Vec<String>,
    /// Parts that must not be there and are, with the words found.
    pub excluded: Vec<String>,
}

/// Branches of a group that are named.
const MOST_BRANCHES: usize = 3;
/// Of the text of a part, in characters.
const MOST_CHARACTERS: usize = 60;

impl PartialMatch {
    /// Whether nothing of the query was found.
    pub fn is_bare(&self) -> bool {
        self.held.is_empty() && self.excluded.is_empty()
    }

    /// `held: a, b`, `missing: c` and `excluded: d`, as far as there are such.
    pub fn lines(&self) -> Vec<String> {
        let named = [
            ("held", &self.held),
            ("missing", &self.missing),
            ("excluded", &self.excluded),
        ];
        let filled = named.into_iter().filter(|(_, parts)| !parts.is_empty());
        filled
            .map(|(name, parts)| format!("{name}: {}", parts.join(", ")))
            .collect()
    }
}

impl ExplainedPart {
    /// Why it does not hold. Of the branches of an OR that need several parts, the one is accounted for of
    /// which the most is there. Empty for a part that holds.
    pub fn partial_match(&self) -> PartialMatch {
        let mut partial = PartialMatch::default();
        if !self.holds {
            self.add_to(&mut partial);
        }
        partial
    }

    fn add_to(&self, partial: &mut PartialMatch) {
        match self.shape {
            Shape::Not if self.holds => {}
            Shape::Not => {
                for part in self.parts.iter().flat_map(Self::holding_leaves) {
                    partial.excluded.push(part.named_with_words());
                }
            }
            _ if self.holds => add_new(&mut partial.held, self.held_name()),
            Shape::All => self.parts.iter().for_each(|part| part.add_to(partial)),
            Shape::Choice if self.near_miss != Some(NearMiss::Count) => {
                let branch = self.parts.iter().filter(|part| part.shape == Shape::All);
                let matches = branch.map(Self::partial_match);
                // The first of those of which the most is there.
                let best = matches
                    .filter(|partial| !partial.is_bare())
                    .rev()
                    .max_by_key(|partial| (partial.held.len(), partial.excluded.len()));
                match best {
                    Some(best) => {
                        best.held
                            .into_iter()
                            .for_each(|one| add_new(&mut partial.held, one));
                        partial.missing.extend(best.missing);
                        partial.excluded.extend(best.excluded);
                    }
                    None => partial.missing.push(self.missing_name()),
                }
            }
            _ => partial.missing.push(self.missing_name()),
        }
    }

    /// The words or groups because of which it holds.
    fn holding_leaves(&self) -> Vec<&Self> {
        if !self.holds {
            return Vec::new();
        }
        let inside: Vec<&Self> = match self.shape {
            Shape::Choice | Shape::All => {
                let parts = self.parts.iter().flat_map(Self::holding_leaves);
                parts.take(MOST_BRANCHES).collect()
            }
            // A field around a group.
            Shape::Within if self.parts.len() == 1 => self.parts[0].holding_leaves(),
            _ => Vec::new(),
        };
        if inside.is_empty() {
            vec![self]
        } else {
            inside
        }
    }

    fn held_name(&self) -> String {
        let leaves = self.holding_leaves();
        let names = leaves.iter().map(|part| match (&part.list, &part.words) {
            (Some(_), Some(words)) => format!("{} (`{words}`)", part.name()),
            _ => part.name(),
        });
        names.collect::<Vec<_>>().join(", ")
    }

    /// Its text, cut where it is long.
    fn name(&self) -> String {
        match self.text.char_indices().nth(MOST_CHARACTERS) {
            Some((end, _)) => format!("{}…", &self.text[..end]),
            None => self.text.clone(),
        }
    }

    fn named_with_words(&self) -> String {
        match (&self.words, self.spans.first()) {
            (Some(words), Some(span)) => {
                format!("{} (found `{words}` in {})", self.name(), span.field.name())
            }
            _ => self.name(),
        }
    }

    fn missing_name(&self) -> String {
        let branches = self.parts.len();
        let name = if self.shape == Shape::Choice && self.near_miss.is_none() {
            let names: Vec<String> = self
                .parts
                .iter()
                .take(MOST_BRANCHES)
                .map(Self::name)
                .collect();
            let more = if branches > MOST_BRANCHES {
                ", …"
            } else {
                ""
            };
            format!("one of {}{more}", names.join(", "))
        } else {
            self.name()
        };
        let near = self.near_misses();
        match near.first() {
            Some(near) if near.text == self.text || self.shape == Shape::Within => {
                format!("{name} ({})", near.miss.as_deref().unwrap_or_default())
            }
            Some(near) => format!(
                "{name} ({}: {})",
                near.name(),
                near.miss.as_deref().unwrap_or_default()
            ),
            None => name,
        }
    }
}

fn add_new(list: &mut Vec<String>, one: String) {
    if !list.contains(&one) {
        list.push(one);
    }
}
