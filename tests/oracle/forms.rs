//! Forms of words and Arabic clitics a second time: the tables read line by line, every possibility tried.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::naive::words::fold;

const TABLES: [(&str, &str); 6] = [
    ("ar", include_str!("../../src/core/watch/forms/ar.tsv")),
    ("en", include_str!("../../src/core/watch/forms/en.tsv")),
    ("es", include_str!("../../src/core/watch/forms/es.tsv")),
    ("fr", include_str!("../../src/core/watch/forms/fr.tsv")),
    ("pt", include_str!("../../src/core/watch/forms/pt.tsv")),
    ("ru", include_str!("../../src/core/watch/forms/ru.tsv")),
];

/// A table, its words folded.
#[derive(Default)]
struct Table {
    classes: BTreeMap<String, Vec<String>>,
    /// Ending, what stands instead, letters left before it.
    rules: Vec<(String, String, usize)>,
    untouched: BTreeSet<String>,
    own: BTreeSet<String>,
    whole: BTreeSet<String>,
    /// Ending that stays, the first of its forms, letters left before it.
    kept: Vec<(String, String, usize)>,
    /// Front and the name of a class, or a word and none.
    lines: Vec<Vec<(String, Option<String>)>>,
}

static ALL: LazyLock<BTreeMap<&str, Table>> = LazyLock::new(|| {
    let read = |&(language, text): &(&'static str, &str)| (language, Table::read(text));
    TABLES.iter().map(read).collect()
});

fn table(language: &str) -> Option<&'static Table> {
    ALL.get(language)
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

impl Table {
    fn read(text: &str) -> Self {
        let mut table = Self::default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            let ending = |ending: &&str| {
                if *ending == "0" {
                    String::new()
                } else {
                    fold(ending)
                }
            };
            if line.starts_with('#') {
                continue;
            }
            if let Some(class) = line.strip_prefix('@') {
                let class = class.split(' ').next().expect("a class").to_owned();
                let endings = words[1..].iter().map(ending).collect();
                table.classes.insert(class, endings);
            } else if line.starts_with('!') {
                table
                    .untouched
                    .extend(words[1..].iter().map(|word| fold(word)));
            } else if line.starts_with('^') {
                table.own.extend(words[1..].iter().map(|word| fold(word)));
            } else if let Some(rule) = words[0].strip_prefix('-') {
                let least = words
                    .get(2)
                    .map_or(3, |number| number.parse().expect("a number"));
                let instead = fold(words[1].trim_start_matches('-'));
                let (front, class) = rule.split_once('@').unwrap_or((rule, ""));
                let bare = vec![String::new()];
                for ending in table.classes.get(class).unwrap_or(&bare) {
                    let ending = format!("{}{ending}", fold(front));
                    table.rules.push((ending, instead.clone(), least));
                }
            } else if line.starts_with("= -") {
                let least = words.last().and_then(|word| word.parse().ok());
                let endings = words[1..].iter().filter_map(|word| word.strip_prefix('-'));
                let endings: Vec<String> = endings.map(fold).collect();
                for ending in &endings {
                    let kept = (ending.clone(), endings[0].clone(), least.unwrap_or(3));
                    table.kept.push(kept);
                }
            } else {
                let is_whole = words[0] == "=";
                let words = &words[usize::from(is_whole)..];
                if is_whole {
                    table.whole.extend(words.iter().map(|word| fold(word)));
                }
                let word = |word: &&str| match word.split_once('-') {
                    Some((front, class)) => (fold(front), Some(class.to_owned())),
                    None => (fold(word), None),
                };
                table.lines.push(words.iter().map(word).collect());
            }
        }
        table
    }

    fn groups(&self, word: &str) -> BTreeSet<String> {
        let is = |(front, class): &(String, Option<String>)| match class {
            None => front == word,
            Some(class) => word.strip_prefix(front.as_str()).is_some_and(|rest| {
                let endings = self.classes.get(class).expect("a class that is there");
                endings.iter().any(|ending| ending == rest)
            }),
        };
        let lines = self.lines.iter().enumerate();
        let groups = lines.filter(|(_, line)| line.iter().any(is));
        groups.map(|(number, _)| format!("line {number}")).collect()
    }

    fn rewritten(&self, word: &str) -> Vec<String> {
        if self.untouched.contains(word) || self.whole(word).is_some() {
            return Vec::new();
        }
        let fits = |(ending, _, least): &&(String, String, usize)| {
            let front = word.strip_suffix(ending.as_str());
            front.is_some_and(|front| letters(front) >= *least)
        };
        let fitting: Vec<_> = self.rules.iter().filter(fits).collect();
        let longest = fitting.iter().map(|(ending, ..)| ending.len()).max();
        let fitting = fitting
            .into_iter()
            .filter(|(ending, ..)| Some(ending.len()) == longest);
        let rewrite = |(ending, instead, _): &(String, String, usize)| {
            format!("{}{instead}", &word[..word.len() - ending.len()])
        };
        fitting.map(rewrite).collect()
    }

    /// What a word is compared by in place of its stem, if it has none.
    fn whole(&self, word: &str) -> Option<String> {
        if self.is_whole(word) {
            return Some(format!("={word}"));
        }
        if self.untouched.contains(word) {
            return None;
        }
        let fits = |(ending, _, least): &&(String, String, usize)| {
            let front = word.strip_suffix(ending.as_str());
            front.is_some_and(|front| letters(front) >= *least)
        };
        let fitting = self.kept.iter().filter(fits);
        let (ending, instead, _) = fitting.max_by_key(|(ending, ..)| ending.len())?;
        Some(format!("={}{instead}", word.strip_suffix(ending.as_str())?))
    }

    /// A word that has no stem, with letters of clitics before it or without.
    fn is_whole(&self, word: &str) -> bool {
        let behind = word.trim_start_matches(['و', 'ف', 'ب', 'ك', 'ل', 'ا']);
        let starts = word.char_indices().map(|(at, _)| at);
        starts
            .take_while(|at| *at <= word.len() - behind.len())
            .any(|at| self.whole.contains(&word[at..]))
    }

    /// A word that only looks as if it had a clitic.
    fn is_own(&self, word: &str) -> bool {
        let endings = "ات ان ين ون يين يون يه ي ية ه ها هم نا ا ت وا ة ته تها";
        let mut fronts: Vec<&str> = endings
            .split(' ')
            .filter_map(|ending| word.strip_suffix(ending))
            .filter(|front| letters(front) > 2)
            .collect();
        fronts.push(word);
        fronts
            .into_iter()
            .any(|front| self.own.contains(front) || self.own.contains(&format!("{front}ة")))
    }
}

/// What a folded word is compared by, beside its written form.
pub fn keys(language: &str, word: &str, stem: &impl Fn(&str) -> String) -> BTreeSet<String> {
    let mut keys = BTreeSet::from([stem(word)]);
    if let Some(table) = table(language).filter(|_| word.len() <= 96) {
        keys.extend(table.groups(word));
        for other in table.rewritten(word) {
            if table.whole(&other).is_some() {
                continue;
            }
            keys.insert(stem(&other));
            keys.extend(table.groups(&other));
        }
    }
    keys
}

/// What a folded word is compared by in place of its stem, if it has none.
pub fn whole(language: &str, word: &str) -> Option<String> {
    table(language)
        .filter(|_| word.len() <= 96)
        .and_then(|table| table.whole(word))
}

/// What is left of a folded Arabic word when clitics come off.
pub fn bare(word: &str) -> BTreeSet<String> {
    let mut left = BTreeSet::new();
    if !is_arabic(word) {
        return left;
    }
    let table = table("ar").expect("Arabic");
    for and in ["", "و", "ف"] {
        for preposition in ["", "ب", "ك", "ل"] {
            for article in ["", "ال"] {
                if let Some(rest) = off(table, word, [and, preposition, article]) {
                    left.insert(rest.to_owned());
                }
            }
        }
        // Two times ل.
        if table.is_own(word) {
            continue;
        }
        let Some(rest) = off(table, word, [and, "", ""]) else {
            continue;
        };
        if table.is_own(rest) {
            continue;
        }
        if let Some(after) = rest.strip_prefix("لل").filter(|after| letters(after) > 1) {
            left.extend([format!("ل{after}"), format!("الل{after}")]);
            if !table.is_own(&format!("ل{after}")) {
                left.extend([after.to_owned(), format!("ال{after}")]);
            }
        }
    }
    left.retain(|rest| rest != word && is_arabic(rest));
    left
}

fn is_arabic(word: &str) -> bool {
    word.starts_with(|first| ('\u{600}'..='\u{6FF}').contains(&first))
}

fn off<'w>(table: &Table, word: &'w str, clitics: [&str; 3]) -> Option<&'w str> {
    let mut rest = word;
    for (place, clitic) in clitics
        .iter()
        .enumerate()
        .filter(|(_, clitic)| !clitic.is_empty())
    {
        if table.is_own(rest) || place == 1 && rest.starts_with("لل") {
            return None;
        }
        rest = rest.strip_prefix(clitic)?;
        let least = match *clitic {
            "ال" => 2,
            "ك" if !rest.starts_with("ال") => 4,
            _ => 3,
        };
        if letters(rest) < least {
            return None;
        }
    }
    Some(rest)
}

/// Whether an Arabic word only looks as if it had a clitic.
pub fn is_own(word: &str) -> bool {
    table("ar").expect("Arabic").is_own(word)
}

/// A folded word without its article.
pub fn without_article(word: &str) -> Option<&str> {
    off(table("ar").expect("Arabic"), word, ["", "", "ال"]).filter(|_| word.starts_with("ال"))
}

/// Whether a language that is written with Arabic letters has none of the clitics of Arabic.
pub fn has_no_clitics(language: &str) -> bool {
    "az azb bal ckb fa glk ks ku lrc mzn pnb ps sd skr ug ur"
        .split(' ')
        .any(|one| one == language)
}
