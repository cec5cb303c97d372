//! Which forms of a word `~` finds, and what it does not take for one; what clitics Arabic words have.

use std::collections::BTreeMap;

use super::matching::spec;
use crate::core::document::Document;
use crate::core::watch::{Scratch, WatchSet, WatchSpec, determine_language};
use crate::thread_time::ThreadTimer;

fn set(query: &str) -> WatchSet {
    WatchSet::compile(&[spec(query)])
}

/// What is found in a text, the words as they stand there.
fn found(set: &WatchSet, language: &str, text: &str) -> Vec<String> {
    let document = Document {
        text: text.to_owned(),
        language: Some(language.to_owned()).filter(|language| !language.is_empty()),
        ..Document::default()
    };
    let matches = set.matches(&document, &mut Scratch::default());
    let spans = matches.iter().flat_map(|found| &found.spans);
    spans
        .map(|span| text[span.start..span.end].to_owned())
        .collect()
}

fn rows(table: &str) -> impl Iterator<Item = (&str, &str, &str)> {
    let rows = table.lines().filter(|line| !line.starts_with('#'));
    rows.map(|line| {
        let mut columns = line.split('\t');
        let mut column = || columns.next().expect(line);
        (column(), column(), column())
    })
}

/// Of a hundred forms in a table, how many are found in each language.
fn shares(table: &str) -> (BTreeMap<String, usize>, Vec<String>) {
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for (language, word, forms) in rows(table) {
        let set = set(&format!("{word}~"));
        for form in forms.split_whitespace() {
            let (of, all) = counts.entry(language.to_owned()).or_default();
            *all += 1;
            if found(&set, language, &format!("– {form}.")) == [form] {
                *of += 1;
            } else {
                missed.push(format!("{language}: {word} {form}"));
            }
        }
    }
    let share = |(of, all)| of * 100 / all;
    (
        counts
            .into_iter()
            .map(|(language, count)| (language, share(count)))
            .collect(),
        missed,
    )
}

#[test]
fn nearly_all_forms_are_found_in_each_language_that_has_a_table() {
    let (shares, missed) = shares(include_str!("forms.tsv"));
    assert_eq!(shares.len(), 6);
    for (language, share) in shares {
        assert!(share >= 97, "{language}: {share} of 100, missed {missed:?}");
    }
}

#[test]
fn other_words_are_no_forms() {
    let mut pairs: BTreeMap<&str, usize> = BTreeMap::new();
    let mut merged = Vec::new();
    for (language, one, other) in rows(include_str!("apart.tsv")) {
        *pairs.entry(language).or_default() += 1;
        for (word, text) in [(one, other), (other, one)] {
            let found = found(&set(&format!("{word}~")), language, text);
            if !found.is_empty() {
                merged.push(format!("{language}: {word}~ finds {found:?}"));
            }
        }
    }
    assert!(merged.is_empty(), "{merged:#?}");
    assert!(
        pairs.len() == 6 && pairs.values().all(|&count| count >= 30),
        "{pairs:?}"
    );
}

#[test]
fn forms_are_those_of_the_language_of_the_item_and_of_no_other() {
    let set = set("detener~");
    assert_eq!(found(&set, "es", "lo detuvo"), ["detuvo"]);
    assert_eq!(found(&set, "es-MX", "DETUVIERON a tres"), ["DETUVIERON"]);
    assert!(found(&set, "en", "lo detuvo").is_empty());
    assert!(found(&set, "", "lo detuvo").is_empty());
}

#[test]
fn an_irregular_form_finds_the_others_too() {
    assert_eq!(found(&set("caught~"), "en", "they catch him"), ["catch"]);
    assert_eq!(found(&set("пыток~"), "ru", "о пытках"), ["пытках"]);
    assert_eq!(
        found(&set("\"riot policeman~\""), "en", "two riot policemen"),
        ["riot policemen"]
    );
}

#[test]
fn arabic_words_are_found_with_their_clitics() {
    let all = "تعذيب التعذيب والتعذيب بالتعذيب للتعذيب لتعذيب وتعذيب فالتعذيب وبالتعذيب وللتعذيب \
               كالتعذيب فللتعذيب فبالتعذيب وكالتعذيب بتعذيب فتعذيب وبتعذيب ولتعذيب";
    let words: Vec<&str> = all.split_whitespace().collect();
    for language in ["ar", "", "en"] {
        assert_eq!(found(&set("تعذيب"), language, all), words, "{language:?}");
    }
    // The article of the watch is asked for.
    let with_article = found(&set("التعذيب"), "ar", all);
    assert!(
        !with_article.contains(&"تعذيب".to_owned()) && !with_article.contains(&"لتعذيب".to_owned())
    );
    assert!(
        with_article.contains(&"للتعذيب".to_owned())
            && with_article.contains(&"وبالتعذيب".to_owned())
    );
    // What is spelled out goes on finding what it did.
    assert_eq!(found(&set("والتعذيب"), "ar", all), ["والتعذيب"]);
    assert_eq!(found(&set("=تعذيب"), "ar", all), ["تعذيب"]);
}

#[test]
fn clitics_come_off_in_phrases_near_and_before_wildcards() {
    let text = "قالت وقوات الأمن إنها اعتقلت والمتظاهرين بالقوة";
    assert_eq!(found(&set("\"قوات الأمن\""), "ar", text), ["وقوات الأمن"]);
    assert_eq!(found(&set("\"قوات امن\""), "ar", text), ["وقوات الأمن"]);
    assert_eq!(found(&set("متظاهر*"), "ar", text), ["والمتظاهرين"]);
    assert_eq!(
        found(&set("متظاهر~ NEAR/1 قوة"), "ar", text),
        ["والمتظاهرين", "بالقوة"]
    );
    assert!(found(&set("=\"قوات الأمن\""), "ar", text).is_empty());
}

#[test]
fn letters_that_only_look_like_clitics_stay() {
    for (word, text) in [
        ("زير", "الوزير"),
        ("لسطين", "فلسطين"),
        ("يت", "بيت"),
        ("تاب", "كتاب"),
        ("بنان", "لبنان"),
        ("لد", "ولد"),
        ("جنة", "اللجنة"),
        ("جنة", "للجنة"),
        ("كرة", "وفكرة"),
        ("أمل", "كامل"),
        ("جود", "بوجود"),
        ("ق", "بالق"),
        ("لب", "كلب"),
        ("تزام", "التزام"),
        ("حرين", "البحرين"),
        ("جان", "اللجان"),
        ("كالة", "وكالات"),
        ("سائل", "وسائل"),
    ] {
        assert!(found(&set(word), "ar", text).is_empty(), "{word} in {text}");
    }
    for (word, text) in [
        ("وزير", "والوزير"),
        ("فلسطين", "وفلسطين"),
        ("بيت", "بالبيت"),
        ("كتاب", "للكتاب"),
        ("لبنان", "بلبنان"),
        ("ولد", "وولد"),
        ("لجنة", "للجنة"),
        ("لجنة", "وللجنة"),
        ("اللجنة", "للجنة"),
        ("جنة", "بالجنة"),
        ("حق", "بالحق"),
        ("الله", "والله"),
    ] {
        assert_eq!(found(&set(word), "ar", text), [text], "{word}");
    }
}

#[test]
fn other_languages_in_arabic_letters_have_no_clitics() {
    let set = set("کار");
    assert_eq!(found(&set, "fa", "کار"), ["کار"]);
    assert!(found(&set, "fa", "بکار").is_empty());
    assert!(found(&set, "ur-PK", "بکار").is_empty());
}

#[test]
fn a_language_may_be_declared_by_its_longer_code_and_a_name_is_none() {
    for tag in ["eng", "ENG", "eng-GB", "en_us"] {
        assert_eq!(
            found(&set("catch~"), tag, "were caught"),
            ["caught"],
            "{tag}"
        );
    }
    assert_eq!(found(&set("detener~"), "spa", "lo detuvo"), ["detuvo"]);
    let only = WatchSet::compile(&[WatchSpec {
        languages: vec!["en".to_owned()],
        ..spec("police")
    }]);
    for (tag, passes) in [
        ("eng", true),
        ("English", true),
        ("x-default", true),
        ("fra", false),
    ] {
        assert_eq!(!found(&only, tag, "the police").is_empty(), passes, "{tag}");
    }
    let mut document = Document {
        text: "The ministry said that the people were caught by the police in the town.".to_owned(),
        language: Some("English".to_owned()),
        ..Document::default()
    };
    determine_language(&mut document, None);
    assert_eq!(document.language.as_deref(), Some("en"));
    document.language = Some("eng".to_owned());
    determine_language(&mut document, None);
    assert_eq!(document.language.as_deref(), Some("eng"));
}

#[test]
fn a_word_of_a_megabyte_of_clitics_costs_no_more_than_reading_it() {
    let set = set("شرطة~");
    for letters in ["و", "ل", "ال", "وبكل"] {
        let started = ThreadTimer::start();
        assert!(found(&set, "ar", &letters.repeat(1_000_000 / letters.len())).is_empty());
        assert!(started.elapsed().as_secs() < 10, "{letters}");
    }
}
