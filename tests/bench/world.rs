//! A seeded world of documents and watches with the word frequencies of news.
//!
//! Words follow a Zipf-Mandelbrot law, common words are short, and a document has a topic whose words
//! come in bursts. Watches belong to topics too, so that they fire, and fire together, as they do in
//! life: watches that never match would flatter every figure.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    dead_code,
    reason = "shares of small counts; each bench uses a part"
)]

use fastrand::Rng;
use newsvigil::core::document::Document;
use newsvigil::core::text::tokenizer::fold_text;
use newsvigil::core::watch::{LanguageWords, ListSpec};

/// Words of a language, the most common first.
const VOCABULARY: usize = 40_000;
/// Topics that documents and watches share.
const TOPICS: usize = 130;
/// Words that belong to a topic.
const TOPIC_WORDS: usize = 160;

/// A language by its letters: pairs of consonant and vowel make syllables.
struct Letters {
    code: &'static str,
    consonants: &'static [&'static str],
    vowels: &'static [&'static str],
    /// How much of the world is written in it.
    share: f64,
}

const LANGUAGES: [Letters; 4] = [
    Letters {
        code: "en",
        consonants: &[
            "b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "th", "st", "w",
        ],
        vowels: &["a", "e", "i", "o", "u", "ea", "er", "on"],
        share: 0.6,
    },
    Letters {
        code: "es",
        consonants: &[
            "b", "c", "d", "ñ", "g", "l", "m", "n", "p", "r", "s", "t", "v", "j", "ll",
        ],
        vowels: &["a", "e", "i", "o", "u", "á", "ó", "ie"],
        share: 0.2,
    },
    Letters {
        code: "ru",
        consonants: &[
            "б", "в", "г", "д", "з", "к", "л", "м", "н", "п", "р", "с", "т", "ж", "й",
        ],
        vowels: &["а", "е", "и", "о", "у", "ы", "я", "ё"],
        share: 0.12,
    },
    Letters {
        code: "ar",
        consonants: &[
            "ب", "ت", "ج", "د", "ر", "س", "ع", "ف", "ق", "ك", "ل", "م", "ن", "ه", "ش",
        ],
        vowels: &["ا", "و", "ي", "أ", "", "", "ة", "َ"],
        share: 0.08,
    },
];

struct Language {
    code: &'static str,
    words: Vec<String>,
    /// Sums of the probabilities of the words up to each.
    sums: Vec<f64>,
    topics: Vec<Vec<usize>>,
}

/// Where documents and watches come from.
pub struct World {
    languages: Vec<Language>,
    rng: Rng,
}

impl World {
    pub fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let languages = LANGUAGES
            .iter()
            .map(|letters| Language::new(letters, &mut rng))
            .collect();
        Self { languages, rng }
    }

    fn language(&mut self) -> usize {
        let mut at = self.rng.f64();
        for (number, letters) in LANGUAGES.iter().enumerate() {
            at -= letters.share;
            if at < 0.0 {
                return number;
            }
        }
        0
    }

    /// Documents of about `bytes` bytes.
    pub fn documents(&mut self, count: usize, bytes: usize) -> Vec<Document> {
        (0..count).map(|_| self.document(bytes)).collect()
    }

    fn document(&mut self, bytes: usize) -> Document {
        let number = self.language();
        let topic = self.rng.usize(..TOPICS);
        let language = &self.languages[number];
        let rng = &mut self.rng;
        let mut text = |limit: usize| {
            let mut text = String::with_capacity(limit + 32);
            let mut sentence = 0;
            while text.len() < limit {
                let word = language.sample(topic, rng);
                if sentence == 0 {
                    let mut letters = word.chars();
                    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
                    text.push_str(letters.as_str());
                    sentence = rng.usize(8..28);
                } else {
                    text.push_str(word);
                }
                sentence -= 1;
                text.push_str(match (sentence, rng.u8(..)) {
                    (0, _) => ". ",
                    (_, 0..=18) => ", ",
                    (_, 19..=21) => "’s ",
                    _ => " ",
                });
            }
            text
        };
        Document {
            title: text(70),
            summary: text(220),
            text: text(bytes.saturating_sub(290)),
            language: Some(language.code.to_owned()),
            ..Document::default()
        }
    }

    /// Queries, each about one topic.
    pub fn queries(&mut self, count: usize) -> Vec<String> {
        (0..count).map(|_| self.query()).collect()
    }

    /// Word lists in all languages, each about one topic.
    pub fn lists(&mut self, count: usize, words: usize) -> Vec<ListSpec> {
        let list = |topic: usize, languages: &[Language], rng: &mut Rng| ListSpec {
            id: format!("topic-{topic}"),
            title: String::new(),
            words: languages
                .iter()
                .map(|language| {
                    let words = (0..words).map(|_| match rng.u8(..10) {
                        0..=1 => format!(
                            "{} {}",
                            language.of_topic(topic, rng),
                            language.of_topic(topic, rng)
                        ),
                        _ => language.of_topic(topic, rng).to_owned(),
                    });
                    LanguageWords {
                        language: Some(language.code.to_owned()),
                        words: words.collect(),
                    }
                })
                .collect(),
        };
        (0..count)
            .map(|topic| list(topic, &self.languages, &mut self.rng))
            .collect()
    }

    /// Queries, each of words of its own and a list.
    pub fn queries_with_lists(&mut self, count: usize, lists: usize) -> Vec<String> {
        let own = self.queries(count);
        own.into_iter()
            .map(|query| {
                let list = self.rng.usize(..lists);
                let (own, _) = query.split_once(") AND (").unwrap_or((&query, ""));
                format!("{own}) AND @topic-{list}")
            })
            .collect()
    }

    /// Queries of four lists each, that seldom match.
    pub fn queries_of_lists_alone(&mut self, count: usize, lists: usize) -> Vec<String> {
        (0..count)
            .map(|_| {
                let mut list = || self.rng.usize(..lists);
                let (a, b, c, d) = (list(), list(), list(), list());
                format!("@topic-{a} NEAR/4 @topic-{b} AND title:(@topic-{c} NEAR/4 @topic-{d})")
            })
            .collect()
    }

    /// Queries of lists alone, of so many lines each.
    pub fn queries_of_lists(&mut self, count: usize, lists: usize, lines: usize) -> Vec<String> {
        (0..count)
            .map(|_| {
                let lines = (0..lines).map(|_| {
                    let mut list = || self.rng.usize(..lists);
                    let (a, b, c) = (list(), list(), list());
                    match self.rng.u8(..10) {
                        0..=5 => format!("(@topic-{a} NEAR/12 @topic-{b})"),
                        6..=7 => format!("(@topic-{a} AND @topic-{b} AND NOT title:@topic-{c})"),
                        _ => format!("MIN/2(@topic-{a}, @topic-{b}, title:@topic-{c})"),
                    }
                });
                lines.collect::<Vec<_>>().join(" OR ")
            })
            .collect()
    }

    fn query(&mut self) -> String {
        let number = self.language();
        let topic = self.rng.usize(..TOPICS);
        let language = &self.languages[number];
        let rng = &mut self.rng;
        let strong = language.group(topic, rng, 1..4);
        let weak = language.group(topic, rng, 1..5);
        let mut query = format!("({strong}) AND ({weak})");
        if rng.f64() < 0.4 {
            let not = language.rare(rng);
            query = format!("{query} AND NOT title:{not}");
        }
        query
    }
}

impl Language {
    fn new(letters: &Letters, rng: &mut Rng) -> Self {
        let mut words = Vec::with_capacity(VOCABULARY);
        let mut known = std::collections::HashSet::new();
        while words.len() < VOCABULARY {
            // Common words are short: the hundredth has one or two syllables, the ten-thousandth four.
            let rank = words.len() + 1;
            let syllables = 1 + rng.usize(..=rank.ilog10() as usize);
            let mut word = String::new();
            for _ in 0..syllables {
                word.push_str(letters.consonants[rng.usize(..letters.consonants.len())]);
                word.push_str(letters.vowels[rng.usize(..letters.vowels.len())]);
            }
            if rng.f64() < 0.5 {
                word.push_str(letters.consonants[rng.usize(..letters.consonants.len())]);
            }
            if known.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let sums = (0..VOCABULARY)
            .map(|rank| {
                sum += (rank as f64 + 2.7).powf(-1.05);
                sum
            })
            .collect();
        let topics = (0..TOPICS)
            .map(|_| {
                (0..TOPIC_WORDS)
                    .map(|_| 300 + rng.usize(..VOCABULARY - 300) * rng.usize(..100) / 100)
                    .collect()
            })
            .collect();
        Self {
            code: letters.code,
            words,
            sums,
            topics,
        }
    }

    /// A word of running text: most by their frequency, some of the topic.
    fn sample(&self, topic: usize, rng: &mut Rng) -> &str {
        if rng.f64() < 0.08 {
            return self.of_topic(topic, rng);
        }
        let total = self.sums.last().copied().unwrap_or(1.0);
        let at = rng.f64() * total;
        let rank = self.sums.partition_point(|&sum| sum < at);
        &self.words[rank.min(VOCABULARY - 1)]
    }

    /// A word of a topic, the first of them more often.
    fn of_topic(&self, topic: usize, rng: &mut Rng) -> &str {
        let words = &self.topics[topic];
        let at = (rng.f64() * rng.f64() * words.len() as f64) as usize;
        &self.words[words[at.min(words.len() - 1)]]
    }

    fn rare(&self, rng: &mut Rng) -> &str {
        &self.words[2_000 + rng.usize(..VOCABULARY - 2_000)]
    }

    fn group(&self, topic: usize, rng: &mut Rng, sizes: std::ops::Range<usize>) -> String {
        let size = rng.usize(sizes);
        let terms: Vec<String> = (0..size)
            .map(|_| {
                let word = self.of_topic(topic, rng);
                let folded = fold_text(word);
                let letters = folded.chars().count();
                match rng.u8(..100) {
                    0..=29 => word.to_owned(),
                    30..=49 => format!("\"{word} {}\"", self.of_topic(topic, rng)),
                    50..=64 => format!("{word}~"),
                    65..=79 if letters >= 6 => {
                        let stem: String = folded.chars().take(letters - 1).collect();
                        format!("{stem}*")
                    }
                    80..=89 => format!("{word} NEAR/8 {}", self.of_topic(topic, rng)),
                    _ => self.rare(rng).to_owned(),
                }
            })
            .collect();
        terms.join(" OR ")
    }
}
