//! Random documents and watches in nine languages, made so that they often meet.

mod languages;

use fastrand::Rng;
use icu_normalizer::DecomposingNormalizerBorrowed;
use newsvigil::core::document::Document;

use crate::lists::{Entry, Group, List};
use crate::naive::query::{Ask, Of, Term};
use crate::naive::words::{Way, Word};
use crate::watch::Watch;
use languages::LANGUAGES;

/// Lists of a set of lists.
pub const FAMILY: usize = 4;

const FIELDS: [&str; 7] = [
    "title", "summary", "text", "lead", "lead", "author", "category",
];

/// A seeded source of everything.
pub struct Random {
    rng: Rng,
    /// Which set of lists may be named.
    family: usize,
}

impl Random {
    pub fn new(seed: u64) -> Self {
        Self {
            rng: Rng::with_seed(seed),
            family: 0,
        }
    }

    pub fn language(&mut self) -> usize {
        self.rng.usize(..LANGUAGES.len())
    }

    fn chance(&mut self, of_a_hundred: u32) -> bool {
        self.rng.u32(..100) < of_a_hundred
    }

    fn word(&mut self, language: usize) -> &'static str {
        let words = LANGUAGES[language].words;
        // The first words are the common ones.
        words[self
            .rng
            .usize(..words.len())
            .min(self.rng.usize(..words.len()))]
    }

    /// A word as some newspaper might set it.
    fn set(&mut self, word: &str) -> String {
        match self.rng.u32(..20) {
            0 => word.to_uppercase(),
            1 => word.to_lowercase(),
            2 => DecomposingNormalizerBorrowed::new_nfd()
                .normalize(word)
                .into_owned(),
            3 => {
                let middle = word.char_indices().nth(1).map_or(word.len(), |(at, _)| at);
                let hidden = [
                    "\u{AD}", "\u{200D}", "\u{200C}", "\u{200F}", "\u{200B}", "\u{200B}",
                ];
                let hidden = hidden[self.rng.usize(..hidden.len())];
                format!("{}{hidden}{}", &word[..middle], &word[middle..])
            }
            _ => word.to_owned(),
        }
    }

    fn text(&mut self, language: usize, most: usize) -> String {
        let mut text = String::new();
        for _ in 0..self.rng.usize(..=most) {
            let other = self.chance(4);
            let language = if other { self.language() } else { language };
            let word = self.word(language);
            text.push_str(&self.set(word));
            let spaced = LANGUAGES[language].tag != "zh" || self.chance(20);
            let breaks = [
                " ", " ", " ", " ", ", ", ". ", "-", " — ", "…", "’", "\n", " “", "” ", "\u{200B}",
                "¹ ", "², ", ".", "⑫", "₂", " ³", "[¹]", "ʿ",
            ];
            if spaced {
                text.push_str(breaks[self.rng.usize(..breaks.len())]);
            }
        }
        text
    }

    pub fn document(&mut self, language: usize) -> Document {
        let tag = match self.rng.u32(..10) {
            0 => None,
            1 => Some(format!("{}-XX", LANGUAGES[language].tag)),
            2 => Some(LANGUAGES[self.rng.usize(..LANGUAGES.len())].tag.to_owned()),
            _ => Some(LANGUAGES[language].tag.to_owned()),
        };
        let urls = [
            None,
            Some("https://news.example.org/a"),
            Some("https://example.org/b"),
            Some("https://example.net/c"),
        ];
        Document {
            title: self.text(language, 6),
            summary: self.text(language, 12),
            text: self.text(language, 60),
            author: self.text(language, 3),
            categories: (0..self.rng.usize(..3))
                .map(|_| self.text(language, 3))
                .collect(),
            language: tag,
            language_certain: self.chance(40),
            url: urls[self.rng.usize(..urls.len())].map(str::to_owned),
            feed: None,
        }
    }

    /// Two sets of lists.
    pub fn lists(&mut self, language: usize) -> Vec<List> {
        let all = 0..2 * FAMILY;
        all.map(|number| self.list(number, language)).collect()
    }

    fn list(&mut self, number: usize, language: usize) -> List {
        let mut groups: Vec<Group> = Vec::new();
        for _ in 0..self.rng.usize(1..5) {
            let of = match self.rng.u32(..10) {
                0..=2 => None,
                3..=6 => Some(language),
                _ => Some(self.language()),
            };
            let tag = of.map(|of| LANGUAGES[of].tag);
            if groups.iter().any(|group| group.language == tag) {
                continue;
            }
            let count = self.rng.usize(1..5);
            let entries = (0..count).map(|_| self.entry(number, of.unwrap_or(language), language));
            groups.push(Group {
                language: tag,
                entries: entries.collect(),
            });
        }
        List { groups }
    }

    /// An entry of a list; one that takes in another takes one that comes later, so that there is no circle.
    fn entry(&mut self, list: usize, own: usize, language: usize) -> Entry {
        let later = list + 1..(list / FAMILY + 1) * FAMILY;
        if !later.is_empty() && self.chance(20) {
            return Entry::List(self.rng.usize(later));
        }
        let exact = self.chance(20);
        let count = [1, 1, 1, 1, 2, 2, 3][self.rng.usize(..7)];
        let mut words = Vec::new();
        for at in 0..count {
            let of = match self.rng.u32(..10) {
                0..=5 => language,
                6..=8 => own,
                _ => self.language(),
            };
            let word = self.query_word(of);
            let way = match word.way {
                Way::Wildcard if !exact => Way::Wildcard,
                // Before the first word it would be that of the whole.
                Way::Exact if at > 0 => Way::Exact,
                _ => Way::Stem,
            };
            let text = match word.way {
                Way::Wildcard if exact => self.word(of).to_owned(),
                Way::Wildcard => word.text,
                _ => self.set(&word.text),
            };
            words.push(Word { text, way });
        }
        Entry::Words { exact, words }
    }

    pub fn watch(&mut self, language: usize) -> Watch {
        self.family = self.rng.usize(..2);
        let languages = if self.chance(10) {
            vec![LANGUAGES[self.rng.usize(..LANGUAGES.len())].tag.to_owned()]
        } else {
            Vec::new()
        };
        let entries = if self.chance(25) {
            self.rng.usize(1..4)
        } else {
            0
        };
        let score: Vec<(Term, i64)> = (0..entries)
            .map(|_| (self.term(language), self.rng.i64(-3..=3)))
            .collect();
        let threshold = (!score.is_empty() && self.chance(60)).then(|| self.rng.i64(-4..6));
        Watch {
            ask: self.ask(language, 3),
            family: self.family,
            languages,
            score,
            threshold,
        }
    }

    fn ask(&mut self, language: usize, depth: u32) -> Ask {
        if depth == 0 {
            return self.leaf(language);
        }
        let few = |random: &mut Self| -> Vec<Ask> {
            let count = random.rng.usize(2..4);
            (0..count)
                .map(|_| random.ask(language, depth - 1))
                .collect()
        };
        match self.rng.u32(..14) {
            0..=2 => Ask::All(few(self)),
            3..=5 => Ask::Any(few(self)),
            6 => {
                let (a, b) = (self.ask(language, depth - 1), self.ask(language, depth - 1));
                Ask::But(Box::new(a), Box::new(b))
            }
            7 => {
                let of = few(self);
                Ask::Min(self.rng.usize(1..=of.len()), of)
            }
            8 => {
                let terms = self.plain_terms(language);
                let field = FIELDS[self.rng.usize(..FIELDS.len())];
                let parts: Vec<Ask> = terms.into_iter().map(Ask::Term).collect();
                let n = self.rng.u32(1..9);
                let of = match self.rng.u32(..6) {
                    0 => Ask::Near(self.plain_terms(language), n, self.plain_terms(language)),
                    1 => Ask::NotNear(self.plain_terms(language), n, self.plain_terms(language)),
                    2 | 3 => Ask::All(parts),
                    _ => Ask::Any(parts),
                };
                Ask::Field(field, Box::new(of))
            }
            _ => self.leaf(language),
        }
    }

    fn leaf(&mut self, language: usize) -> Ask {
        let n = [1, 1, 2, 3, 5, 8, 50][self.rng.usize(..7)];
        match self.rng.u32(..12) {
            0 => Ask::Near(self.terms(language), n, self.terms(language)),
            1 => Ask::Pre(self.terms(language), n, self.terms(language)),
            2 => Ask::NotNear(self.terms(language), n, self.terms(language)),
            3 => Ask::AtLeast(self.rng.usize(1..5), self.terms(language)),
            4 if self.chance(20) => Ask::Site("example.org"),
            _ => Ask::Term(self.with_field(language)),
        }
    }

    fn terms(&mut self, language: usize) -> Vec<Term> {
        (0..self.rng.usize(1..4))
            .map(|_| self.with_field(language))
            .collect()
    }

    fn plain_terms(&mut self, language: usize) -> Vec<Term> {
        (0..self.rng.usize(2..4))
            .map(|_| self.term(language))
            .collect()
    }

    fn with_field(&mut self, language: usize) -> Term {
        let field = self
            .chance(12)
            .then(|| FIELDS[self.rng.usize(..FIELDS.len())]);
        Term {
            field,
            ..self.term(language)
        }
    }

    fn term(&mut self, language: usize) -> Term {
        if self.chance(25) {
            let list = self.family * FAMILY + self.rng.usize(..FAMILY);
            return Term {
                field: None,
                of: Of::List(list),
            };
        }
        let count = [1, 1, 1, 2, 2, 3][self.rng.usize(..6)];
        let words = (0..count).map(|_| self.query_word(language)).collect();
        Term {
            field: None,
            of: Of::Words(words),
        }
    }

    fn query_word(&mut self, language: usize) -> Word {
        let word = self.word(language);
        let spaceless = LANGUAGES[language].tag == "zh";
        let letters: Vec<char> = word.chars().collect();
        let plain = letters.iter().all(|c| c.is_alphabetic());
        let (text, way) = match self.rng.u32(..12) {
            0 if plain => (word.to_owned(), Way::Exact),
            1 | 2 if plain && !spaceless => (word.to_owned(), Way::Stem),
            3 | 4
                if plain
                    && !spaceless
                    && letters.len() > 5
                    && !word.contains(['َ', 'ْ', 'ـ', '\u{301}']) =>
            {
                let front = self.rng.usize(4..letters.len());
                (
                    format!("{}*", letters[..front].iter().collect::<String>()),
                    Way::Wildcard,
                )
            }
            5 if plain
                && !spaceless
                && letters.len() > 3
                && !word.contains(['َ', 'ْ', 'ـ', '\u{301}', 'ß']) =>
            {
                let at = self.rng.usize(1..letters.len());
                let mut letters = letters;
                letters[at] = '?';
                (letters.into_iter().collect(), Way::Wildcard)
            }
            _ if word == "and" || word == "or" => ("x".to_owned(), Way::Plain),
            _ => (word.to_owned(), Way::Plain),
        };
        Word { text, way }
    }
}
