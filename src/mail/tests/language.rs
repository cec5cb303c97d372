//! Mails in each language: the files are complete, and nothing is said in English in the others.

use std::collections::{BTreeMap, BTreeSet};
use std::{fs, path::Path};

use fluent_bundle::FluentResource;
use jiff::tz::TimeZone;

use super::sample::{
    FORCE, alert, at, digest, empty, hit, reading, recipient, stories, troubled_coverage,
};
use crate::{
    core::{
        article::{PageVerdict, PageVerdictCounts},
        digest::{
            DetailLevel, Digest, FeedTrouble, HitOrigin, Kind, Language, Privacy, Reason,
            TroubleCause, compose,
        },
    },
    mail::{
        Notice, RenderOptions, RenderedMessage, footer,
        language::{MessageCatalog, Value, chrome, messages},
        render, render_bare_notice, render_notice,
    },
};

fn all() -> impl Iterator<Item = &'static MessageCatalog> {
    Language::NAMED
        .into_iter()
        .map(|(_, language)| chrome(language))
}

/// The messages of a file with their texts, by key.
fn entries(language: Language) -> BTreeMap<&'static str, String> {
    let mut entries: BTreeMap<&str, String> = BTreeMap::new();
    let mut key = "";
    for line in messages(language).lines() {
        if line.starts_with('#') {
            key = "";
        } else if let Some((name, text)) = line.split_once(" =")
            && !line.starts_with(' ')
        {
            key = name;
            assert!(!entries.contains_key(key), "{key} stands twice");
            entries.insert(key, text.to_owned());
        } else if let Some(entry) = entries.get_mut(key) {
            entry.push('\n');
            entry.push_str(line);
        }
    }
    entries
}

fn variables(text: &str) -> BTreeSet<&str> {
    text.split('$')
        .skip(1)
        .map(|rest| {
            let end = rest.find(|c: char| !c.is_ascii_lowercase());
            &rest[..end.unwrap_or(rest.len())]
        })
        .collect()
}

#[test]
fn every_file_has_every_message_with_the_same_variables() {
    let english = entries(Language::English);
    assert!(english.len() > 150, "{}", english.len());
    for (tag, language) in Language::NAMED {
        let resource = FluentResource::try_new(messages(language).to_owned());
        assert!(resource.is_ok(), "{tag}: {:?}", resource.err().map(|e| e.1));
        let entries = entries(language);
        let keys: Vec<_> = entries.keys().collect();
        assert_eq!(keys, english.keys().collect::<Vec<_>>(), "{tag}");
        for (key, text) in &entries {
            let expected = variables(&english[key]);
            assert_eq!(variables(text), expected, "{tag} {key}: {text}");
        }
    }
}

#[test]
fn every_category_of_numbers_has_its_form_in_every_message_that_counts() {
    let categories = |language| match language {
        Language::Arabic => vec!["zero", "one", "two", "few", "many", "other"],
        Language::Russian => vec!["one", "few", "many", "other"],
        _ => vec!["one", "other"],
    };
    for (tag, language) in Language::NAMED {
        for (key, text) in entries(language) {
            let choices = text.split("{ PLURAL(").skip(1);
            for choice in choices {
                let lines = choice.lines().skip(1);
                let named: Vec<&str> = lines
                    .map_while(|line| line.split_once('[')?.1.split_once(']'))
                    .map(|(category, _)| category)
                    .collect();
                assert_eq!(named, categories(language), "{tag} {key}");
            }
        }
    }
}

/// Every message said of `number`, with texts that could be anybody's.
fn said(chrome: &MessageCatalog, key: &str, text: &str, number: usize) -> String {
    let values: Vec<(&str, Value<'_>)> = variables(text)
        .into_iter()
        .map(|name| match name {
            "count" | "topics" | "items" | "fine" | "shown" | "total" | "days" | "taken"
            | "counted" | "told" => (name, number.into()),
            _ => (name, "§".into()),
        })
        .collect();
    chrome.say_with(key, &values)
}

#[test]
fn every_message_can_be_said_of_every_number() {
    for (tag, language) in Language::NAMED {
        for (key, text) in entries(language) {
            for number in [0, 1, 2, 3, 5, 10, 11, 21, 22, 99, 100, 101, 103, 111, 1_000] {
                let said = said(chrome(language), key, &text, number);
                assert!(!said.trim().is_empty() || key == "comma", "{tag} {key}");
                assert!(!said.contains(['{', '$']), "{tag} {key}: {said}");
            }
        }
    }
}

/// The source files of mails, templates among them, without the tests.
fn sources() -> String {
    let mut sources = String::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src/mail")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if path.is_dir() && name != "tests" && name != "languages" {
                folders.push(path);
            } else if path.is_file() && !name.starts_with("tests") {
                sources.push_str(&fs::read_to_string(path).unwrap());
            }
        }
    }
    sources
}

#[test]
fn every_message_is_used_and_every_message_used_is_there() {
    let sources = sources();
    let english = entries(Language::English);
    let of_verdicts: BTreeSet<String> = PageVerdict::ALL
        .iter()
        .filter(|verdict| **verdict != PageVerdict::Whole)
        .map(|verdict| format!("page-{}", verdict.name()))
        .collect();
    for key in english.keys() {
        let is_used = sources.contains(&format!("\"{key}\""))
            || of_verdicts.contains(*key)
            || key.starts_with("topic-")
            || key.starts_with("was-");
        assert!(is_used, "nothing says {key}");
    }
    for key in &of_verdicts {
        assert!(english.contains_key(key.as_str()), "{key} is missing");
    }
    for call in ["chrome.say(\"", "chrome.say_with(\"", "chrome.count(\""] {
        for rest in sources.split(call).skip(1) {
            let key = rest.split('"').next().unwrap();
            assert!(english.contains_key(key), "{key} is missing");
        }
    }
}

#[test]
fn every_topic_that_comes_with_newsvigil_has_a_name_and_no_other_has() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("config/watches");
    let mut topics = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let watches = fs::read_to_string(file.unwrap().path()).unwrap();
        let lines = watches.lines();
        let lines = lines.filter_map(|line| line.strip_prefix("topic = \""));
        topics.extend(lines.map(|line| format!("topic-{}", line.trim_end_matches('"'))));
    }
    let english = entries(Language::English);
    let named = english.keys().filter(|key| key.starts_with("topic-"));
    assert!(named.eq(topics.iter()), "{topics:?}");
}

#[test]
fn the_categories_of_numbers_are_those_of_the_cldr() {
    // new-items, which has a form for each.
    let form = |language, number: usize| {
        let said = chrome(language).count("new-items", number);
        said.replace(&chrome(language).number(number), "#")
    };
    for (language, forms) in [
        (
            Language::English,
            vec![
                ("# new items", vec![0, 2, 11, 21, 100]),
                ("# new item", vec![1]),
            ],
        ),
        (
            Language::Spanish,
            vec![
                ("# noticias nuevas", vec![0, 2, 21]),
                ("# noticia nueva", vec![1]),
            ],
        ),
        (
            Language::French,
            vec![
                ("# nouvel article", vec![0, 1]),
                ("# nouveaux articles", vec![2, 21, 101]),
            ],
        ),
        (
            Language::Portuguese,
            vec![
                ("# notícia nova", vec![0, 1]),
                ("# notícias novas", vec![2, 21]),
            ],
        ),
        (
            Language::Russian,
            vec![
                ("# новый материал", vec![1, 21, 101, 1_001]),
                ("# новых материала", vec![2, 3, 4, 22, 104]),
                ("# новых материалов", vec![0, 5, 11, 12, 14, 20, 111, 112]),
            ],
        ),
        (
            Language::Arabic,
            vec![
                ("لا مواد جديدة", vec![0]),
                ("مادة جديدة واحدة", vec![1]),
                ("مادتان جديدتان", vec![2]),
                ("# مواد جديدة", vec![3, 10, 103, 110, 1_005]),
                ("# مادة جديدة", vec![11, 26, 99, 100, 101, 102, 111, 1_000]),
            ],
        ),
    ] {
        for (expected, numbers) in forms {
            for number in numbers {
                assert_eq!(form(language, number), expected, "{number}");
            }
        }
    }
    // Where 100 differs from 11.
    let topics = |number| chrome(Language::Arabic).count("more-topics", number);
    assert_eq!(topics(11), "11 موضوعًا آخر");
    assert_eq!(topics(100), "100 موضوع آخر");
}

#[test]
fn numbers_are_written_as_in_their_language() {
    for (language, expected) in [
        (Language::English, ["7", "1,234", "12,345", "1,234,567"]),
        (
            Language::Spanish,
            ["7", "1234", "12\u{202f}345", "1\u{202f}234\u{202f}567"],
        ),
        (
            Language::French,
            [
                "7",
                "1\u{202f}234",
                "12\u{202f}345",
                "1\u{202f}234\u{202f}567",
            ],
        ),
        (Language::Portuguese, ["7", "1.234", "12.345", "1.234.567"]),
        (Language::Arabic, ["7", "1,234", "12,345", "1,234,567"]),
        (
            Language::Russian,
            ["7", "1\u{a0}234", "12\u{a0}345", "1\u{a0}234\u{a0}567"],
        ),
    ] {
        let chrome = chrome(language);
        let numbers = [7, 1_234, 12_345, 1_234_567];
        assert_eq!(numbers.map(|number| chrome.number(number)), expected);
        // The same inside of a message, and parts of a whole by the mark of the language.
        let said = chrome.count("new", 12_345);
        assert!(said.contains(expected[2]), "{said}");
        let values = [
            ("name", "A".into()),
            ("count", 9_usize.into()),
            ("day", "B".into()),
            ("habit", 2.5_f64.into()),
            ("weeks", 8_usize.into()),
        ];
        let said = chrome.say_with("unusual", &values);
        let mark = match language {
            Language::English | Language::Arabic => "2.5",
            _ => "2,5",
        };
        assert!(said.contains(mark), "{said}");
    }
}

#[test]
fn one_dead_or_hurt_is_said_in_the_singular() {
    for (language, one, several) in [
        (
            Language::Spanish,
            "1 muerto o herido",
            "3 muertos o heridos",
        ),
        (Language::French, "1 mort ou blessé", "3 morts ou blessés"),
        (
            Language::Portuguese,
            "1 morto ou ferido",
            "3 mortos ou feridos",
        ),
    ] {
        for (counted, expected) in [(1_usize, one), (3, several)] {
            let values = [("counted", counted.into()), ("told", 1_usize.into())];
            for key in ["news-victims", "news-victims-first"] {
                let said = chrome(language).say_with(key, &values);
                let after = said.split_once(expected).map(|(_, after)| after);
                assert!(after.is_some_and(|after| !after.starts_with('s')), "{said}");
            }
        }
    }
}

#[test]
fn dates_are_written_as_in_their_language_in_the_zone_of_the_reader() {
    let lima = TimeZone::get("America/Lima").unwrap();
    let date = |language| chrome(language).date_time(at("2026-11-24T12:30:00Z"), &lima);
    for (language, expected) in [
        (Language::English, "Tue 24 Nov 2026, 07:30 UTC−5"),
        (
            Language::Spanish,
            "martes 24 de noviembre de 2026, 7:30 UTC−5",
        ),
        (
            Language::French,
            "mar. 24 nov. 2026, 7\u{a0}h\u{a0}30 (UTC−5)",
        ),
        (
            Language::Portuguese,
            "terça, 24 de novembro de 2026, 07:30 UTC−5",
        ),
        (
            Language::Arabic,
            "الثلاثاء، 24 نوفمبر 2026، 07:30 \u{2068}UTC−5\u{2069}",
        ),
        (Language::Russian, "24 нояб. 2026 г. (вт), 07:30 UTC−5"),
    ] {
        assert_eq!(date(language), expected);
    }
    let berlin = TimeZone::get("Europe/Berlin").unwrap();
    let first = at("2026-03-01T17:05:00Z");
    let short = |language| chrome(language).short_date_time(first, &berlin);
    assert_eq!(short(Language::English), "Sun 1 Mar, 18:05");
    assert_eq!(short(Language::French), "dim. 1er mars, 18\u{a0}h\u{a0}05");
    assert_eq!(short(Language::Spanish), "domingo 1 de marzo, 18:05");
    assert_eq!(short(Language::Portuguese), "domingo, 1º de março, 18:05");
    for chrome in all() {
        let mut names = BTreeSet::new();
        for month in 1..=12 {
            let instant = at(&format!("2026-{month:02}-15T12:00:00Z"));
            names.insert(chrome.date_time(instant, &TimeZone::UTC));
        }
        for day in 1..=7 {
            let instant = at(&format!("2026-06-{day:02}T12:00:00Z"));
            let said = chrome.short_date_time(instant, &TimeZone::UTC);
            names.insert(said.replace(|c: char| c.is_ascii_digit(), ""));
        }
        assert_eq!(names.len(), 12 + 7, "{names:?}");
    }
}

#[test]
fn lists_are_joined_as_in_their_language() {
    let list = |language, parts: &[&str]| chrome(language).list(parts);
    let of_three = |language| list(language, &["A", "B", "C"]);
    assert_eq!(of_three(Language::English), "A, B and C");
    assert_eq!(of_three(Language::Spanish), "A, B y C");
    assert_eq!(of_three(Language::French), "A, B et C");
    assert_eq!(of_three(Language::Portuguese), "A, B e C");
    assert_eq!(of_three(Language::Russian), "A, B и C");
    assert_eq!(
        list(Language::Arabic, &["مصر", "سوريا", "تونس"]),
        "مصر، سوريا وتونس"
    );
    for chrome in all() {
        assert_eq!(chrome.list::<&str>(&[]), "");
        assert_eq!(chrome.list(&["§"]), "§");
    }
    for (last, expected) in [
        ("Italia", "A e Italia"),
        ("Índice", "A e Índice"),
        ("Historia Hoy", "A e Historia Hoy"),
        ("Hielo", "A y Hielo"),
        ("Ionia", "A y Ionia"),
        ("El Ideal", "A y El Ideal"),
        ("Hoy", "A y Hoy"),
    ] {
        assert_eq!(list(Language::Spanish, &["A", last]), expected);
    }
}

#[test]
fn a_text_in_other_letters_does_not_turn_an_arabic_line_around() {
    let arabic = chrome(Language::Arabic);
    let said = arabic.say_with("quoted", &[("text", "newsvigil status".into())]);
    assert_eq!(said, "«\u{2068}newsvigil status\u{2069}»");
    assert_eq!(arabic.isolated("وكالة المثال"), "وكالة المثال");
    assert_eq!(arabic.isolated("12"), "12");
    // What is isolated inside needs it no second time.
    assert_eq!(arabic.isolated(&said), said);
    for language in [Language::English, Language::Russian] {
        let chrome = chrome(language);
        assert_eq!(chrome.isolated("وكالة"), "\u{2068}وكالة\u{2069}");
        assert_eq!(chrome.isolated("Example Wire"), "Example Wire");
    }
    for (line, is_marked) in [
        ("Example Wire · الثلاثاء", true),
        ("\u{2068}Example Wire\u{2069} · \u{2068}Peru\u{2069}", true),
        ("\u{2068}Example Wire\u{2069} · الثلاثاء", false),
        ("الثلاثاء AFP", false),
        ("https://news.example.org/1", false),
        ("", false),
    ] {
        let mark = if is_marked { "\u{200f}" } else { "" };
        assert_eq!(arabic.directed(line), format!("{mark}{line}"));
    }
    // What goes on in the next line is of this language, too.
    assert_eq!(
        arabic.directed("\u{2068}a\nb\u{2069}\nc"),
        "\u{200f}\u{2068}a\u{2069}\n\u{200f}\u{2068}b\u{2069}\nc"
    );
    let english = chrome(Language::English);
    assert_eq!(english.directed("Wire الثلاثاء"), "Wire الثلاثاء");
    assert_eq!(
        english.directed("by \u{2068}وكالة\n  المثال\u{2069}, 17:40"),
        "by \u{2068}وكالة\u{2069}\n  \u{2068}المثال\u{2069}, 17:40"
    );
}

#[test]
fn english_says_how_pages_were_read_as_commands_do() {
    let paywalled = |pages| PageVerdictCounts {
        settled: [(PageVerdict::Paywalled, pages)].into(),
        waiting: 1,
    };
    let waiting = PageVerdictCounts {
        waiting: 12,
        ..PageVerdictCounts::default()
    };
    for read in [reading(), paywalled(1), paywalled(7), waiting] {
        let said = footer::reading(&read, chrome(Language::English));
        assert_eq!(said, read.sentence());
    }
}

fn rendered(digest: &Digest) -> RenderedMessage {
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.operator = Some("ops@example.org".to_owned());
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

/// A mail of each kind, with everything that may stand in one.
fn mails(language: Language) -> Vec<RenderedMessage> {
    let mut digests = vec![digest(), stories(), alert(), empty()];
    let mut sealed = digest();
    sealed.recipient.privacy = Privacy::Sealed;
    digests.push(sealed);
    for wording in [
        DetailLevel::HeadlinesOnly,
        DetailLevel::Headline,
        DetailLevel::CountOnly,
    ] {
        let mut less = digest();
        less.wording = wording;
        digests.push(less);
    }
    let mut later = hit(7, FORCE, "§", "", &[]);
    later.manner = HitOrigin::Later;
    let flood = Kind::Digest(Reason::Flood);
    digests.push(compose(
        recipient(),
        vec![later],
        troubled_coverage(),
        flood,
    ));
    digests.push(super::long::many(1_285));
    let mut mails: Vec<_> = digests
        .into_iter()
        .map(|mut digest| {
            digest.recipient.language = language;
            rendered(&digest)
        })
        .collect();
    let options = RenderOptions::new("newsvigil@example.org");
    let mut reader = recipient();
    reader.language = language;
    let trouble = |title: &str| FeedTrouble {
        id: "feed".to_owned(),
        title: title.to_owned(),
        since: Some(at("2026-11-24T01:00:00Z")),
        until: Some(at("2026-11-24T02:00:00Z")),
        reason: "503".into(),
    };
    let notice = Notice {
        troubled: (0..60).map(|n| trouble(&format!("§ {n}"))).collect(),
        recovered: vec![trouble("§")],
        without_mail: vec![trouble("§"), trouble("§§")],
        unreadable: vec![trouble("§")],
    };
    let now = at("2026-11-24T12:30:00Z");
    mails.push(render_notice(&notice, &reader, &options, "seed", now).unwrap());
    mails.push(render_bare_notice(&reader, &options, "seed", now).unwrap());
    mails
}

/// What an English message says between its variables, of two words at least.
fn phrases(text: &str) -> Vec<String> {
    let text = text
        .replace("{ PLURAL($", "\n{ PLURAL($")
        .replace('}', "\n");
    let lines = text.lines().filter(|line| !line.contains("PLURAL"));
    let parts = lines.flat_map(|line| {
        let line = line.split_once(']').map_or(line, |(_, said)| said);
        line.split("{ $").map(str::trim)
    });
    parts
        .filter(|part| part.contains(' ') && part.chars().filter(|c| c.is_alphabetic()).count() > 6)
        .map(str::to_owned)
        .collect()
}

/// A mail in one line, without what the program and servers report of feeds.
fn own(view: &str) -> String {
    let mut html = view.split("<bdi lang=\"en\" dir=\"ltr\">");
    let mut own = html.next().unwrap_or_default().to_owned();
    own.extend(html.filter_map(|rest| Some(rest.split_once("</bdi>")?.1)));
    own.retain(|c| !matches!(c, '\u{200f}' | '\u{2068}' | '\u{2069}'));
    let mut own = own.split_whitespace().collect::<Vec<_>>().join(" ");
    let coverage = troubled_coverage();
    let feeds = coverage.failing.iter().chain(&coverage.silent);
    let feeds = feeds.chain(&coverage.unreadable);
    for feed in feeds.chain(&coverage.possibly_missed) {
        if let TroubleCause::Reported(reason) = &feed.reason {
            own = own.replace(reason, "");
        }
    }
    own
}

#[test]
fn nothing_but_reports_and_what_was_found_is_english_in_the_other_languages() {
    let english = entries(Language::English);
    // Watches may be called as a topic is.
    let of_mails = english.iter().filter(|(key, _)| !key.starts_with("topic-"));
    let phrases: Vec<(&&str, Vec<String>)> =
        of_mails.map(|(key, text)| (key, phrases(text))).collect();
    let found: usize = phrases.iter().map(|(_, phrases)| phrases.len()).sum();
    assert!(found > 100, "{found}");
    let mut seen = BTreeSet::new();
    for mail in mails(Language::English) {
        for (key, phrases) in &phrases {
            let text = own(&mail.text);
            if phrases.iter().any(|phrase| text.contains(phrase.as_str())) {
                seen.insert(**key);
            }
        }
    }
    // The mails say most of what can be said, or the test below is in vain.
    assert!(seen.len() > 50, "{} {seen:?}", seen.len());
    for (tag, language) in Language::NAMED.into_iter().skip(1) {
        for mail in mails(language) {
            for view in [&mail.text, &mail.html, &mail.subject] {
                let view = own(view);
                for (key, phrases) in &phrases {
                    for phrase in phrases {
                        assert!(
                            !view.contains(phrase.as_str()),
                            "{tag} {key} {phrase}:\n{view}"
                        );
                    }
                }
            }
            assert!(mail.html.contains(&format!("<html lang=\"{tag}\"")));
        }
    }
}

#[test]
fn an_arabic_mail_runs_from_right_to_left() {
    for mail in mails(Language::Arabic) {
        assert!(mail.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
        assert!(mail.html.contains("text-align:right"));
        for wrong in [
            "text-align:left",
            "align=\"right\"",
            "border-left",
            "letter-spacing:1",
        ] {
            assert!(!mail.html.contains(wrong), "{wrong}");
        }
        for view in [&mail.text, &mail.html] {
            assert_eq!(
                view.matches('\u{2068}').count(),
                view.matches('\u{2069}').count(),
                "{view}"
            );
        }
    }
}

#[test]
fn a_subject_in_any_language_is_read_back_as_it_was_written() {
    for (tag, language) in Language::NAMED {
        let mut digest = empty();
        digest.recipient.language = language;
        let mail = rendered(&digest);
        let read = mail_parser::MessageParser::default()
            .parse(&mail.bytes)
            .unwrap();
        assert_eq!(read.subject(), Some(mail.subject.as_str()), "{tag}");
        assert!(mail.bytes.is_ascii(), "{tag}");
        assert!(mail.subject.contains("31"), "{}", mail.subject);
    }
}

#[test]
fn what_servers_say_is_marked_as_english() {
    for (language, expected) in [(Language::English, 0), (Language::Russian, 1)] {
        let mut digest = digest();
        digest.recipient.language = language;
        let html = rendered(&digest).html;
        let marked = "<bdi lang=\"en\" dir=\"ltr\">503 Service Unavailable</bdi>";
        assert_eq!(html.matches(marked).count(), expected);
    }
}
