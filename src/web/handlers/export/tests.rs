use std::collections::BTreeMap;

use jiff::Timestamp;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::*;
use crate::web::site_tests::{Item, TestSite, begin};

const WATCHES: [(&str, &str); 1] = [(
    "all",
    "police OR الشرطة OR полиция OR 警察 OR पुलिस OR policía",
)];

const LINK: (&str, &str) = ("link", "https://news.example.org/1?a=1&b=2");

const ITEMS: [Item<'static>; 7] = [
    ("=1+1 Police & \"courts\" <b>", "police at noon", &[LINK]),
    ("احتجاز: الشرطة", "قالت الشرطة", &[LINK]),
    ("Задержаны: полиция", "полиция у здания суда", &[LINK]),
    (
        "警察拘留三名记者",
        "警察",
        &[("link", "javascript:alert(1)")],
    ),
    ("पुलिस की गिरफ्तारी", "पुलिस", &[LINK]),
    ("La policía usó gases", "policía \u{1}\u{7}", &[LINK]),
    ("Police\u{202e} in the square", "", &[]),
];

fn named() -> RequestHost {
    RequestHost {
        authority: "newsvigil.localhost:9274".to_owned(),
        by_proxy: false,
    }
}

fn file_of(
    site: &TestSite,
    query: &str,
    kind: &ExportFormat,
    time: Duration,
) -> Result<Vec<u8>, ExportError> {
    let sources = site.sources();
    let address = HitsAddress::read(query).unwrap();
    let asked = SearchTerms::read(
        address.search.as_deref().unwrap_or_default(),
        &site.config.lists,
    );
    let (asked, channel) = (asked.unwrap(), channel(&named(), &address));
    let file = File {
        sources,
        places: &site.places,
        address,
        asked: &asked,
        kind,
        channel,
    };
    file.write(time)
}

fn text_of(site: &TestSite, query: &str, kind: &ExportFormat) -> String {
    let Ok(bytes) = file_of(site, query, kind, READING_AT_MOST) else {
        panic!("{query} cannot be written");
    };
    String::from_utf8(bytes).unwrap()
}

/// An element: its text, and its attributes.
type Found = (String, BTreeMap<String, String>);
/// By the path within the feed or the entry.
type Elements = BTreeMap<String, Vec<Found>>;

/// The elements of the feed itself, and those of each entry.
fn elements(xml: &str) -> (Elements, Vec<Elements>) {
    let mut reader = Reader::from_str(xml);
    let mut all = vec![Elements::new()];
    let mut path: Vec<String> = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        let is_empty = matches!(event, Event::Empty(_));
        match event {
            Event::Start(start) | Event::Empty(start) => {
                path.push(start.name().as_ref().to_owned());
                if path == ["feed", "entry"] {
                    all.push(Elements::new());
                }
                let attributes = start.attributes().map(|attribute| {
                    let attribute = attribute.unwrap();
                    let value = unescape(&attribute.value).unwrap().into_owned();
                    (attribute.key.as_ref().to_owned(), value)
                });
                let found = (String::new(), attributes.collect());
                let (to, name) = place(&path, &mut all);
                to.entry(name).or_default().push(found);
                if is_empty {
                    path.pop();
                }
            }
            Event::End(_) => {
                path.pop();
            }
            Event::Text(text) => add(&path, &text, &mut all),
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &*name);
                add(&path, &unescape(&reference).unwrap(), &mut all);
            }
            Event::Eof => return (all.remove(0), all),
            _ => {}
        }
    }
}

fn place<'a>(path: &[String], all: &'a mut [Elements]) -> (&'a mut Elements, String) {
    let of_entry = path.get(1).is_some_and(|name| name == "entry");
    let (at, skipped) = if of_entry { (all.len() - 1, 2) } else { (0, 1) };
    let name = path.get(skipped..).unwrap_or_default().join("/");
    (&mut all[at], name)
}

fn add(path: &[String], text: &str, all: &mut [Elements]) {
    let (to, name) = place(path, all);
    if let Some((said, _)) = to.get_mut(&name).and_then(|found| found.last_mut()) {
        said.push_str(text);
    }
}

fn one<'a>(elements: &'a Elements, name: &str) -> &'a str {
    let found = elements.get(name).map_or(&[][..], Vec::as_slice);
    assert_eq!(found.len(), 1, "{name} of {elements:?}");
    &found[0].0
}

fn link<'a>(elements: &'a Elements, rel: &str) -> Option<&'a str> {
    let mut of = elements
        .get("link")?
        .iter()
        .filter(|(_, attributes)| attributes.get("rel").map_or("alternate", String::as_str) == rel);
    let found = of.next()?.1.get("href").map(String::as_str);
    assert!(of.next().is_none(), "{rel} stands twice in {elements:?}");
    found
}

#[test]
fn a_feed_has_what_rfc_4287_asks_for_and_the_words_of_six_scripts() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let (feed, entries) = elements(&text_of(&site, "watch=all&from=7d", &ATOM));
    assert_eq!(one(&feed, "id"), "urn:newsvigil:hits:watch=all&from=7d");
    assert_eq!(one(&feed, "title"), "newsvigil hits: watch all, from 7d");
    let newest = begin() + jiff::SignedDuration::from_mins(7);
    assert_eq!(one(&feed, "updated"), newest.to_string());
    let server = "http://newsvigil.localhost:9274";
    let (own, page) = (
        link(&feed, "self").unwrap(),
        link(&feed, "alternate").unwrap(),
    );
    assert_eq!(own, format!("{server}/hits.atom?watch=all&from=7d"));
    assert_eq!(page, format!("{server}/hits?watch=all&from=7d"));
    assert_eq!(entries.len(), ITEMS.len());
    for (entry, (title, _, _)) in entries.iter().rev().zip(ITEMS) {
        let shown = one(entry, "title");
        assert_eq!(
            shown.replace('\u{fffd}', ""),
            title.replace('\u{202e}', ""),
            "{entry:?}"
        );
        let id = one(entry, "id").strip_prefix("urn:newsvigil:hit:").unwrap();
        assert!(one(entry, "updated").parse::<Timestamp>().is_ok());
        assert_eq!(one(entry, "author/name"), "outlet");
        let here = format!("{server}/hits/{id}");
        let published = link(entry, "alternate").unwrap();
        assert!(
            published == here || link(entry, "related") == Some(&here),
            "{entry:?}"
        );
        assert!(published.starts_with("http"), "{entry:?}");
        assert!(!one(entry, "summary").contains('\u{1}'));
    }
}

#[test]
fn each_search_has_an_id_of_its_own_which_stays() {
    let site = TestSite::new(&WATCHES, &ITEMS[..1]);
    let id = |query: &str| one(&elements(&text_of(&site, query, &ATOM)).0, "id").to_owned();
    assert_eq!(id(""), "urn:newsvigil:hits");
    assert_eq!(id("q=police&watch=all"), id("watch=all&q=police&judgment="));
    assert_ne!(id("q=police"), id("q=polices"));
    let odd = id("q=%C3%A9+%22a+b%22");
    assert!(odd.is_ascii() && !odd.contains([' ', '"']), "{odd}");
    let empty = text_of(&site, "q=nothing", &ATOM);
    assert!(elements(&empty).1.is_empty(), "{empty}");
}

#[test]
fn an_entry_without_an_address_has_contents_in_a_file_of_the_command() {
    let site = TestSite::new(&WATCHES, &ITEMS[6..]);
    let mut bytes = Vec::new();
    let now = Timestamp::UNIX_EPOCH;
    let mut form = AtomWriter::new(&mut bytes, &AtomFeedMetadata::of_command(now)).unwrap();
    let hit = crate::store::hits::get(&site.connection, 1)
        .unwrap()
        .unwrap();
    form.hit(&hit, &[], None).unwrap();
    form.end().unwrap();
    drop(form);
    let (feed, entries) = elements(&String::from_utf8(bytes).unwrap());
    assert_eq!(one(&feed, "id"), "urn:newsvigil:hits");
    assert!(entries[0].contains_key("content") && !entries[0].contains_key("summary"));
}

#[test]
fn a_table_is_what_spreadsheets_take_for_utf_8_and_for_no_formula() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let csv = text_of(&site, "", &CSV);
    assert!(csv.starts_with("\u{feff}hit,item,"), "{csv}");
    assert!(
        csv.contains("\"'=1+1 Police & \"\"courts\"\" <b>\""),
        "{csv}"
    );
    assert_eq!(csv.matches("\r\n").count(), 1 + ITEMS.len());
    assert!(csv.contains("احتجاز: الشرطة"), "{csv}");
}

#[test]
fn a_file_is_whole_or_not_there() {
    let site = TestSite::new(&WATCHES, &ITEMS);
    let kind = |most, is_of_newest| ExportFormat {
        most,
        is_of_newest,
        ..JSON_LINES
    };
    let lines = |kind: &ExportFormat| text_of(&site, "", kind).lines().count();
    assert_eq!(lines(&kind(7, false)), 7);
    assert_eq!(lines(&kind(3, true)), 3);
    for most in [1, 6] {
        let none = file_of(&site, "", &kind(most, false), READING_AT_MOST);
        assert!(matches!(none, Err(ExportError::TooMuch)), "{most}");
    }
    let late = file_of(&site, "", &CSV, Duration::ZERO);
    let is_late =
        |late: &ExportError| matches!(late, ExportError::Store(StoreError::TooLong { .. }));
    assert!(late.is_err_and(|late| is_late(&late)));
    let mut full = BufferedExport(vec![0; BYTES_MAX - 1]);
    full.write_all(b"a").unwrap();
    let error = full.write_all(b"a").unwrap_err();
    assert!(matches!(ExportError::from(error), ExportError::TooMuch));
}

#[test]
fn the_name_of_a_file_says_the_search_and_the_day() {
    let name = |query: &str| {
        let address = HitsAddress::read(query).unwrap();
        disposition(&words(&address), "2026-11-29".parse().unwrap(), "csv")
    };
    assert_eq!(
        name(""),
        "attachment; filename=\"newsvigil-hits-2026-11-29.csv\""
    );
    assert_eq!(
        name("q=%22tear+gas%22%5C%0D%0A;/..&watch=use-of-force"),
        "attachment; filename=\"newsvigil-hits-tear-gas-use-of-force-2026-11-29.csv\""
    );
    assert_eq!(
        name("q=%D8%BA%D8%A7%D8%B2"),
        "attachment; filename=\"newsvigil-hits-2026-11-29.csv\"; \
         filename*=UTF-8''newsvigil-hits-%D8%BA%D8%A7%D8%B2-2026-11-29.csv"
    );
    let long = name(&format!("q={}", "long+".repeat(100)));
    assert!(long.len() < 130, "{long}");
}
