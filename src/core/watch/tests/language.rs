//! The examples in `language.md` are true.

use super::lists::list;
use super::matching::spec;
use crate::core::document::Document;
use crate::core::watch::{
    LANGUAGE, Scratch, Severity, WatchSet, WatchSpec, WordLists, determine_language, parse_with,
};

/// The lines of all blocks with this name, split at ` | `.
fn lines(block: &str) -> Vec<Vec<&'static str>> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in LANGUAGE.lines() {
        if let Some(name) = line.strip_prefix("```") {
            inside = name == block;
        } else if inside {
            found.push(line.split(" | ").map(str::trim).collect());
        }
    }
    assert!(found.len() > 5, "no examples of {block}");
    found
}

/// The lists of the chapter, which its examples name.
fn word_lists() -> WordLists {
    let block = LANGUAGE.split("```lists").nth(1).expect("lists");
    let text = block.split("```").next().expect("lists");
    let table: toml::Table = text.parse().expect("TOML");
    let specs = table["words"].as_array().expect("lists").iter().map(|one| {
        let one = one.as_table().expect("a list");
        let languages: Vec<(&str, Vec<&str>)> = one
            .iter()
            .filter_map(|(key, words)| {
                let words = words.as_array()?.iter().filter_map(|word| word.as_str());
                Some((key.as_str(), words.collect()))
            })
            .collect();
        let words: Vec<(&str, &[&str])> = languages
            .iter()
            .map(|(language, words)| (*language, words.as_slice()))
            .collect();
        list(one["id"].as_str().expect("an id"), &words)
    });
    let (lists, problems) = WordLists::new(specs.collect());
    assert!(problems.is_empty(), "{problems:?}");
    lists
}

/// `[title] a [text] b` as a document; without a field, the text. ¶ is a line break.
fn document(item: &str) -> Document {
    let item = item.replace(" ¶ ", "\n");
    let item = item.as_str();
    let mut document = Document::default();
    let mut rest = item;
    if !rest.starts_with('[') {
        document.text = rest.to_owned();
        return document;
    }
    while let Some((name, after)) = rest.strip_prefix('[').and_then(|r| r.split_once("] ")) {
        let (value, next) = match after.find(" [") {
            Some(end) => (&after[..end], &after[end + 1..]),
            None => (after, ""),
        };
        let value = value.to_owned();
        match name {
            "title" => document.title = value,
            "summary" => document.summary = value,
            "text" => document.text = value,
            "author" => document.author = value,
            "category" => document.categories.push(value),
            "language" => document.language = Some(value),
            "url" => document.url = Some(value),
            _ => panic!("no field {name}"),
        }
        rest = next;
    }
    document
}

#[test]
fn each_example_matches_as_it_says() {
    let lists = word_lists();
    for line in lines("match") {
        let [query, item, expected] = line[..] else {
            panic!("{line:?}");
        };
        let document = document(item);
        let (tree, problems) = parse_with(query, &lists);
        let set = WatchSet::compile(&[WatchSpec {
            query: tree.unwrap_or_else(|| panic!("{query}: {problems:?}")),
            ..spec("x")
        }]);
        let found = set.matches(&document, &mut Scratch::default());
        let shown = found.first().map_or("no".to_owned(), |found| {
            let words = found.spans.iter().map(|span| {
                let text = document.field(span.field).unwrap_or_default();
                &text[span.start..span.end]
            });
            words.collect::<Vec<_>>().join(" / ")
        });
        assert_eq!(shown, expected, "{query} in {item}");
    }
}

#[test]
fn each_mistake_is_mended_as_it_says() {
    let lists = word_lists();
    for line in lines("mistakes") {
        let [query, expected] = line[..] else {
            panic!("{line:?}");
        };
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_none(), "{query}");
        let problem = problems.first().expect("a problem");
        let mut mended = query.to_owned();
        mended.replace_range(problem.span.clone(), problem.help.as_deref().unwrap_or("?"));
        assert_eq!(mended, expected, "{problem:?}");
    }
}

#[test]
fn each_warning_says_why() {
    let lists = word_lists();
    for line in lines("warnings") {
        let [query, expected] = line[..] else {
            panic!("{line:?}");
        };
        let (tree, problems) = parse_with(query, &lists);
        assert!(tree.is_some(), "{query}");
        assert!(
            problems
                .iter()
                .any(|p| p.severity == Severity::Warning && p.message.contains(expected)),
            "{query}: {problems:?}"
        );
    }
}

/// What is made of a declaration: the language, and whether it is beyond doubt.
#[track_caller]
fn check_language(
    declared: &str,
    configured: Option<&str>,
    title: &str,
    language: &str,
    certain: bool,
) {
    let mut document = Document {
        title: title.to_owned(),
        language: (!declared.is_empty()).then(|| declared.to_owned()),
        ..Document::default()
    };
    determine_language(&mut document, configured);
    let told = document.language.as_deref().unwrap_or_default();
    assert_eq!(
        (told, document.language_certain),
        (language, certain),
        "{declared}: {title}"
    );
}

const SPANISH: &str = "La policía detuvo a una periodista en la capital, según su abogado";
const ENGLISH: &str = "Police in the capital have detained a journalist, her lawyer said on Monday";

#[test]
fn a_declared_language_is_believed_where_the_words_confirm_it() {
    check_language("en-GB", None, ENGLISH, "en-GB", true);
    check_language("es", None, SPANISH, "es", true);
    check_language(
        "pt-BR",
        None,
        "A polícia deteve uma jornalista na capital, segundo o seu advogado",
        "pt-BR",
        true,
    );
    check_language(
        "ru",
        None,
        "Полиция задержала журналистку, как сообщил её адвокат, после обыска в доме",
        "ru",
        true,
    );
    check_language(
        "ar",
        None,
        "الشرطة تعتقل صحفية في العاصمة بعد احتجاجات على القانون",
        "ar",
        true,
    );
    // Norwegian or Danish: nothing speaks against it.
    check_language(
        "nb",
        None,
        "Politiet har pågrepet en journalist som var på vei til retten etter møtet",
        "nb",
        false,
    );
    // Nobody says it: it is told by the words, and not beyond doubt.
    check_language("", None, SPANISH, "es", false);
    check_language("English", None, SPANISH, "es", false);
}

#[test]
fn a_declaration_that_the_words_contradict_counts_as_none() {
    check_language("en-US", None, SPANISH, "es", false);
    check_language("es", None, ENGLISH, "en", false);
    check_language(
        "es",
        None,
        "A polícia deteve uma jornalista na capital, segundo o seu advogado",
        "pt",
        false,
    );
    check_language(
        "en",
        None,
        "La police a arrêté une journaliste dans la capitale, selon son avocat",
        "fr",
        false,
    );
    check_language(
        "en-us",
        None,
        "Полиция задержала журналистку, как сообщил её адвокат, после обыска в доме",
        "ru",
        false,
    );
    check_language(
        "fr",
        None,
        "الشرطة تعتقل صحفية في العاصمة بعد احتجاجات على القانون",
        "ar",
        false,
    );
}

#[test]
fn few_words_and_names_contradict_nothing() {
    for title in [
        "Fire near Los Angeles spreads toward El Monte",
        "De la Hoya v Van der Berg",
        "Oscar de la Renta, El Salvador, Las Vegas",
        "LOS ANGELES, LA PAZ, EL PASO",
        "Briefing",
        "Zelenskyy, Merz, Macron: Kyiv",
        "",
    ] {
        check_language("en", None, title, "en", false);
    }
    // Kin are not told apart by so little, and what is not known contradicts nothing.
    check_language(
        "gl",
        None,
        "A policía detivo a unha xornalista na capital, segundo a súa avogada",
        "gl",
        true,
    );
    check_language("ast", None, SPANISH, "ast", false);
    check_language(
        "bs",
        None,
        "Policija je uhapsila novinarku u glavnom gradu, rekao je njen advokat",
        "bs",
        false,
    );
}

#[test]
fn what_is_configured_for_the_feed_is_beyond_doubt() {
    check_language("es", Some("es"), "Caracas", "es", true);
    check_language("es-419", Some("es"), ENGLISH, "es-419", true);
    // The item says otherwise.
    check_language("en", Some("es"), ENGLISH, "en", true);
    check_language("en", Some("es"), SPANISH, "es", false);
}
