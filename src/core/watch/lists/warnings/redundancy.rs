//! Words of a list that add nothing, since another finds what they find.

use std::collections::HashMap;

use super::report::{WordWarning, code, text};
use super::subsumption::{Compared, Found};
use crate::core::watch::lists::list::{Group, WordList};
use crate::core::watch::stem::{Stems, language_number};

/// Words that a word is compared with, at most: more begin alike only where somebody wants to try this out.
const MOST_COMPARED: usize = 64;
/// Words whose finds another word of the same list has already.
pub(super) fn redundant(list: &WordList) -> Vec<WordWarning> {
    let mut told = Vec::new();
    let any = list
        .groups
        .iter()
        .position(|group| group.language.is_none());
    for (number, group) in list.groups.iter().enumerate() {
        let stems = stems_of(group);
        let own = group
            .words
            .iter()
            .map(|listed| Compared::of(number, listed, stems.as_ref()));
        let mut all: Vec<Compared> = own.collect();
        let mine = all.len();
        if let Some(any) = any.filter(|any| *any != number) {
            let words = list.groups[any].words.iter();
            all.extend(words.map(|listed| Compared::of(any, listed, None)));
        }
        let mut by_label: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, compared) in all.iter().enumerate() {
            for label in compared.words.first().map_or_else(Vec::new, Found::labels) {
                by_label.entry(label).or_default().push(place);
            }
        }
        for (place, compared) in all[..mine].iter().enumerate() {
            let covering = covering(&all, place, &by_label, stems.as_ref());
            if let Some(other) = covering {
                let by = text(list, other.group, other.entry).trim();
                let word = text(list, compared.group, compared.entry).trim();
                let is_same = by == word && other.group == compared.group;
                told.push(WordWarning {
                    group: compared.group,
                    entry: compared.entry,
                    message: if is_same {
                        format!("`{word}` stands in `{}` twice", code(list, number))
                    } else if other.group == compared.group {
                        format!("`{word}` adds nothing: `{by}` finds it already")
                    } else {
                        format!("`{word}` adds nothing: `{by}` of `any` finds it already")
                    },
                    short: format!("(by `{by}`)"),
                    help: Some(String::new()),
                });
            }
        }
    }
    told
}

/// The word that finds all that another does; of two that find the same, the one that is kept.
fn covering<'a>(
    all: &'a [Compared],
    place: usize,
    by_label: &HashMap<String, Vec<usize>>,
    stems: Option<&Stems>,
) -> Option<&'a Compared> {
    let compared = &all[place];
    let length = |place: usize| -> usize {
        let words = all[place].words.iter();
        words
            .map(|word| match word {
                Found::Forms { folded, .. }
                | Found::Plain(folded)
                | Found::Written { folded, .. } => folded.len(),
                Found::Begins(front) | Found::Pattern(front) => front.len(),
            })
            .sum()
    };
    for (at, word) in compared.words.iter().enumerate() {
        for label in word.wanted(stems) {
            let others = by_label.get(&label).map_or(&[][..], Vec::as_slice);
            for &other in others.iter().take(MOST_COMPARED) {
                if other == place || !all[other].covers(compared, at, stems) {
                    continue;
                }
                let is_mutual = all[other].words.len() == compared.words.len()
                    && compared.covers(&all[other], 0, stems);
                if !is_mutual || (length(other), other) < (length(place), place) {
                    return Some(&all[other]);
                }
            }
        }
    }
    None
}

fn stems_of(group: &Group) -> Option<Stems> {
    let number = language_number(group.language.as_deref()?)?;
    Some(Stems::of(Some(number)))
}
