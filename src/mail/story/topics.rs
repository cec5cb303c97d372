//! What topics are called.

use crate::core::digest::clean_line;
use crate::mail::language::MessageCatalog;
use crate::mail::limits::NAME_CHARS;

/// Words of tags that are written in capitals wherever they stand.
const ABBREVIATIONS: [&str; 39] = [
    "ai", "aids", "ddhh", "dprk", "drc", "ecowas", "echr", "eeuu", "eu", "gbv", "hiv", "hrd",
    "icc", "idf", "idp", "ilo", "lgbt", "lgbti", "lgbtiq", "lgbtq", "lgbtqi", "lgtbi", "lgbtqia",
    "ngo", "oas", "ohchr", "ong", "onu", "osce", "rdc", "uae", "ue", "uk", "un", "usa", "ussr",
    "лгбт", "нко", "оон",
];

/// A topic as its reader likes to see it: a tag that comes with newsvigil in the reader's language, another as
/// words, "Freedom of expression", "LGBTI", and what is no mere tag as it is; what has none by that.
pub(in crate::mail) fn topic_name(topic: Option<&str>, catalog: &MessageCatalog) -> String {
    let Some(topic) = topic else {
        return catalog.say("no-topic");
    };
    let topic = clean_line(topic, NAME_CHARS);
    if topic.contains(' ') || topic.chars().any(char::is_uppercase) {
        return topic;
    }
    let known = catalog.say_if_known(&format!("topic-{topic}"));
    known.unwrap_or_else(|| in_words(&topic))
}

/// A tag as words, the first with a capital.
fn in_words(tag: &str) -> String {
    let words = tag.split(['-', '_']).filter(|word| !word.is_empty());
    let words = words.enumerate().map(|(place, word)| {
        let single = word.strip_suffix('s').unwrap_or(word);
        let mut letters = word.chars();
        if ABBREVIATIONS.contains(&word) {
            word.to_uppercase()
        } else if ABBREVIATIONS.contains(&single) {
            single.to_uppercase() + "s"
        } else if place == 0 {
            let first = letters.next().map(char::to_uppercase);
            first.into_iter().flatten().chain(letters).collect()
        } else {
            word.to_owned()
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::digest::Language;
    use crate::mail::language::catalog;

    #[test]
    fn a_tag_is_shown_as_words_and_a_name_as_it_is() {
        let english = catalog(Language::English);
        for (topic, shown) in [
            ("lgbtq", "LGBTQ"),
            ("my-lgbtq-cases", "My LGBTQ cases"),
            ("ngos-under-threat", "NGOs under threat"),
            ("freedom_of_expression", "Freedom of expression"),
            ("prensa", "Prensa"),
            ("свобода-слова", "Свобода слова"),
            ("新闻自由", "新闻自由"),
            ("-", ""),
            ("Life", "Life"),
            ("life and death", "life and death"),
        ] {
            assert_eq!(topic_name(Some(topic), english), shown);
        }
        assert_eq!(topic_name(None, english), "Other");
    }

    #[test]
    fn a_topic_that_comes_with_newsvigil_speaks_the_readers_language() {
        for (language, shown) in [
            (Language::English, "Press and free expression"),
            (Language::Spanish, "Prensa y libertad de expresión"),
            (Language::Arabic, "الصحافة وحرية التعبير"),
        ] {
            assert_eq!(topic_name(Some("expression"), catalog(language)), shown);
        }
    }
}
