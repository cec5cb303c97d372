//! Forms of words that a stemmer misses: irregular ones by table, regular ones by rule.
//!
//! Each language that has a table is one file under `forms/`, of lines of words with blanks between them:
//!
//! | line | meaning |
//! |---|---|
//! | `# …` | a remark |
//! | `@v o as a …` | the endings of a class `v`; `0` is no ending |
//! | `-ões -ão` | a word in `-ões` is stemmed as one in `-ão` too, if three letters are left before it |
//! | `-ais -al 4` | the same, if four letters are left |
//! | `-щен@p -тить` | the same for `-щен` with each ending of the class `p` |
//! | `! word …` | words that these rules leave alone |
//! | `= word …` | a word and its forms, which are compared as they are and never by their stems |
//! | `= -ista -istas 4` | words in `-istas` and `-ista` are compared by what is left before it (four letters at least) with `-ista`, and never by their stems: an activist is no activity |
//! | `^ word …` | words that begin with the letters of a clitic, which is none (see [`super::clitics`]) |
//! | `detener deten-v detuv-v hecho` | a word and its forms; `detuv-v` is `detuv` with each ending of `v` |

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use crate::core::text::tokenizer::fold_text;

/// Letters that must be left before the ending that a rule names, where it does not say.
const LEAST_LEFT: usize = 3;

/// Endings that the words which begin with the letters of a clitic may have.
const ARABIC_ENDINGS: [&str; 19] = [
    "ات", "ان", "ين", "ون", "يين", "يون", "يه", "ي", "ية", "ه", "ها", "هم", "نا", "ا", "ت", "وا",
    "ة", "ته", "تها",
];

/// The forms of one language. Everything in it is folded.
#[derive(Default)]
pub(super) struct Forms {
    /// By the ending that they look for.
    rules: HashMap<String, Vec<Rule>>,
    longest_rule: usize,
    untouched: HashSet<String>,
    begins_itself: HashSet<String>,
    without_stem: HashSet<String>,
    /// By an ending that stays.
    kept: HashMap<String, Rule>,
    longest_kept: usize,
    /// Groups by a whole word.
    words: HashMap<String, Vec<u32>>,
    /// Groups by the front of a word, and the class of its endings.
    fronts: HashMap<String, Vec<(u32, char)>>,
    endings: HashMap<char, HashSet<String>>,
}

struct Rule {
    instead: String,
    least_left: usize,
}

/// The table of a language, by its primary subtag. Read when it is asked for first.
pub(super) fn forms_of(language: &str) -> Option<&'static Forms> {
    macro_rules! table {
        ($file:literal) => {{
            static FORMS: LazyLock<Forms> =
                LazyLock::new(|| Forms::read(include_str!(concat!("forms/", $file))));
            Some(&*FORMS)
        }};
    }
    match language {
        "ar" => table!("ar.tsv"),
        "en" => table!("en.tsv"),
        "es" => table!("es.tsv"),
        "fr" => table!("fr.tsv"),
        "pt" => table!("pt.tsv"),
        "ru" => table!("ru.tsv"),
        _ => None,
    }
}

impl Forms {
    fn read(text: &str) -> Self {
        let mut forms = Self::default();
        for (group, line) in (0_u32..).zip(text.lines()) {
            let mut words = line.split_whitespace();
            let Some(first) = words.next() else { continue };
            match first.split_at(first.chars().next().map_or(0, char::len_utf8)) {
                ("#", _) => {}
                ("!", _) => forms.untouched.extend(words.map(fold_text)),
                ("^", _) => forms.begins_itself.extend(words.map(fold_text)),
                ("=", _) if line.starts_with("= -") => forms.add_kept(words.collect()),
                ("=", _) => {
                    for word in words {
                        forms.without_stem.insert(fold_text(word));
                        forms.add_word(word, group);
                    }
                }
                ("@", class) => {
                    let endings = words.map(|ending| fold_text(ending.trim_matches('0')));
                    let class = class.chars().next().unwrap_or_default();
                    forms.endings.entry(class).or_default().extend(endings);
                }
                ("-", ending) => {
                    let instead = fold_text(words.next().unwrap_or_default());
                    let least_left = words.next().and_then(|number| number.parse().ok());
                    forms.add_rule(ending, &instead, least_left.unwrap_or(LEAST_LEFT));
                }
                _ => {
                    for word in std::iter::once(first).chain(words) {
                        forms.add_word(word, group);
                    }
                }
            }
        }
        forms
    }

    fn add_rule(&mut self, ending: &str, instead: &str, least_left: usize) {
        let (ending, class) = ending.split_once('@').unwrap_or((ending, ""));
        let front = fold_text(ending);
        let behind = class
            .chars()
            .next()
            .and_then(|class| self.endings.get(&class));
        let none = HashSet::from([String::new()]);
        for behind in behind.unwrap_or(&none) {
            let ending = format!("{front}{behind}");
            self.longest_rule = self.longest_rule.max(ending.len());
            self.rules.entry(ending).or_default().push(Rule {
                instead: instead.to_owned(),
                least_left,
            });
        }
    }

    fn add_kept(&mut self, mut endings: Vec<&str>) {
        let least_left = endings.last().and_then(|number| number.parse().ok());
        if least_left.is_some() {
            endings.pop();
        }
        let endings = endings.into_iter();
        let endings: Vec<String> = endings.map(|ending| fold_text(&ending[1..])).collect();
        for ending in &endings {
            self.longest_kept = self.longest_kept.max(ending.len());
            let rule = Rule {
                instead: endings[0].clone(),
                least_left: least_left.unwrap_or(LEAST_LEFT),
            };
            self.kept.insert(ending.clone(), rule);
        }
    }

    fn add_word(&mut self, word: &str, group: u32) {
        match word.split_once('-') {
            Some((front, class)) => {
                let class = class.chars().next().unwrap_or_default();
                let groups = self.fronts.entry(fold_text(front)).or_default();
                groups.push((group, class));
            }
            None => self.words.entry(fold_text(word)).or_default().push(group),
        }
    }

    /// Gives the numbers of the groups to which a folded word belongs.
    pub(super) fn groups(&self, word: &str, mut found: impl FnMut(u32)) {
        for &group in self.words.get(word).into_iter().flatten() {
            found(group);
        }
        for (at, _) in word.char_indices().skip(1).chain([(word.len(), ' ')]) {
            let (front, ending) = word.split_at(at);
            for &(group, class) in self.fronts.get(front).into_iter().flatten() {
                let endings = self.endings.get(&class);
                if endings.is_some_and(|endings| endings.contains(ending)) {
                    found(group);
                }
            }
        }
    }

    /// Gives the words of a group, of those with a class of endings the fronts.
    pub(super) fn members(&self, group: u32, mut found: impl FnMut(&str)) {
        for (word, groups) in &self.words {
            if groups.contains(&group) {
                found(word);
            }
        }
        for (front, groups) in &self.fronts {
            if groups.iter().any(|(of, _)| *of == group) {
                found(front);
            }
        }
    }

    /// Gives what the rules make of a folded word; those of the longest ending that it has.
    pub(super) fn rewritten(&self, word: &str, mut other: impl FnMut(&str)) {
        if self.untouched.contains(word) || self.whole(word).is_some() {
            return;
        }
        for (letters, (at, _)) in word.char_indices().enumerate() {
            let (front, ending) = word.split_at(at);
            if ending.len() > self.longest_rule {
                continue;
            }
            let Some(rules) = self.rules.get(ending) else {
                continue;
            };
            let mut any = false;
            for rule in rules.iter().filter(|rule| rule.least_left <= letters) {
                other(&format!("{front}{}", rule.instead));
                any = true;
            }
            if any {
                return;
            }
        }
    }

    /// What a folded word is compared by that its stem would take for a form of another: itself, or what
    /// stands before an ending that stays and the first of its forms.
    pub(super) fn whole<'a>(&self, word: &'a str) -> Option<Cow<'a, str>> {
        let mut rest = Some(word);
        while let Some(bare) = rest {
            if self.without_stem.contains(bare) {
                return Some(Cow::Borrowed(word));
            }
            // The letters of clitics and of the article; the stemmer takes them off, too.
            rest = bare.strip_prefix(['و', 'ف', 'ب', 'ك', 'ل', 'ا']);
        }
        if self.kept.is_empty() || self.untouched.contains(word) {
            return None;
        }
        word.char_indices()
            .enumerate()
            .find_map(|(letters, (at, _))| {
                let (front, ending) = word.split_at(at);
                let rule = (ending.len() <= self.longest_kept).then(|| self.kept.get(ending))??;
                (rule.least_left <= letters).then(|| Cow::Owned(format!("{front}{}", rule.instead)))
            })
    }

    /// Whether a folded word, or one of which it is a form, begins with letters that only look like a
    /// clitic.
    pub(super) fn begins_itself(&self, word: &str) -> bool {
        if self.begins_itself.is_empty() {
            return false;
        }
        let known = |word: &str| {
            self.begins_itself.contains(word) || self.begins_itself.contains(&format!("{word}ة"))
        };
        let fronts = ARABIC_ENDINGS
            .iter()
            .filter_map(|ending| word.strip_suffix(ending))
            .filter(|front| front.chars().nth(2).is_some());
        known(word) || fronts.into_iter().any(known)
    }
}
