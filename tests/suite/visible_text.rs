//! What a reader sees is what is matched: marks of notes, text beside the description, pictures, what was
//! escaped too often, and what nobody sees.

use crate::web::{Page, Web};
use crate::world::World;

/// A feed of one item with these elements.
fn rss(item: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><rss version=\"2.0\" \
         xmlns:content=\"http://purl.org/rss/1.0/modules/content/\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:media=\"http://search.yahoo.com/mrss/\" \
         xmlns:itunes=\"http://www.itunes.com/dtds/podcast-1.0.dtd\"><channel><title>Outlet</title>\
         <link>https://outlet.example/</link><description>A fixture</description>\
         <item><guid isPermaLink=\"false\">1</guid><link>https://outlet.example/1</link>{item}</item>\
         </channel></rss>"
    )
}

/// Text as an RSS description holds HTML.
fn escaped(html: &str) -> String {
    html.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// Each query finds the item of a feed of its own, as the service meets it; the text of the digest.
#[track_caller]
fn check_found(cases: &[(&str, String)]) -> String {
    let web = Web::start("127.0.0.1");
    let names: Vec<String> = (0..cases.len())
        .map(|number| format!("f{number}"))
        .collect();
    let mut watches = String::new();
    let mut feeds = Vec::new();
    for (name, (query, item)) in names.iter().zip(cases) {
        web.put(&format!("/{name}"), Page::Feed(rss(item)));
        feeds.push((name.as_str(), web.url(&format!("/{name}"))));
        watches.extend([format!(
            "[[watch]]\nid = \"{name}\"\ntitle = \"{name}\"\nfeeds = [\"{name}\"]\nmatch = '''{query}'''\n\
             recipients = [\"desk\"]\n"
        )]);
    }
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    let world = World::new(&feeds);
    world.write("watches/force.toml", &watches);
    world.once();
    let hits = world.run(&["hits", "--json"]).ok().json_lines();
    for (name, (query, item)) in names.iter().zip(cases) {
        let found = hits.iter().any(|hit| hit["watch"] == name.as_str());
        assert!(found, "{query} in {item}");
    }
    world
        .mailbox()
        .iter()
        .map(|mail| mail.text.as_str())
        .collect()
}

fn described(html: &str) -> String {
    format!(
        "<title>News</title><description>{}</description>",
        escaped(html)
    )
}

#[test]
fn a_mark_of_a_note_is_no_part_of_a_word() {
    let title = |title: &str| {
        format!(
            "<title>{}</title><description>x</description>",
            escaped(title)
        )
    };
    let told = check_found(&[
        (
            "\"detained by police\"",
            described("detained<sup>1</sup> by police"),
        ),
        ("\"detained by police\"", described("detained¹ by police")),
        (
            "\"detained by police\"",
            described("detained<a href=\"#fn1\">1</a> by police"),
        ),
        (
            "\"detained by police\"",
            described("detained<sup><a href='#n'>[12]</a></sup> by police"),
        ),
        ("detained", described("were detained²,³")),
        ("detained", title("Five detained<sup>1</sup>")),
        (
            "CO2 AND m2",
            described("CO<sub>2</sub> on five m<sup>2</sup>"),
        ),
        ("20th", described("on the 20<sup>th</sup> of May")),
    ]);
    assert!(!told.contains("detained1"), "{told}");
}

/// So many pictures, each with something to say.
fn pictures(many: usize) -> String {
    (0..many)
        .map(|number| format!("<img alt='Picture {number}'>"))
        .collect()
}

#[test]
fn text_beside_the_description_is_matched_and_told_once() {
    let own = "<title>Five held</title><description>In the south.</description>";
    let further = |element: &str| format!("{own}{element}");
    check_found(&[
        (
            "\"lethal force\"",
            further("<itunes:summary>Police used lethal force.</itunes:summary>"),
        ),
        (
            "\"lethal force\"",
            further("<itunes:subtitle>lethal force</itunes:subtitle>"),
        ),
        (
            "\"lethal force\"",
            further("<dc:description>lethal force</dc:description>"),
        ),
        (
            "\"lethal force\"",
            further(
                "<media:group><media:description>lethal force</media:description></media:group>",
            ),
        ),
        (
            "\"lethal force\"",
            further(
                "<content:encoded>Nothing.</content:encoded><media:title>lethal force</media:title>",
            ),
        ),
        (
            "\"riot police\"",
            described("<p>A street</p><img src='a.jpg' alt='Riot police'>"),
        ),
        (
            "\"riot police\"",
            described("<p>A street</p><img src='a.jpg' title='Riot police'>"),
        ),
        (
            "\"riot police\"",
            described(&format!("{}<img alt='Riot police'>", pictures(2000))),
        ),
    ]);
    let told = check_found(&[(
        "\"lethal force\"",
        "<title>News</title><description>Police used lethal force.</description>\
         <media:description>Police used lethal force</media:description>"
            .to_owned(),
    )]);
    assert_eq!(told.matches("Police used").count(), 1, "{told}");
}

#[test]
fn text_that_was_escaped_too_often_is_read() {
    let once_more = |html: &str| described(&escaped(html));
    let told = check_found(&[
        (
            "\"lethal force\"",
            "<title>News</title><description>&lt;![CDATA[&lt;b&gt;lethal&lt;/b&gt; force</description>".to_owned(),
        ),
        ("\"lethal force\"", once_more("<p>They used <b>lethal</b> force</p>")),
        ("\"lethal force\"", once_more(&escaped("<p>They used <b>lethal</b> force</p>"))),
        ("\"l'arrêt\"", described("<p>l&amp;#8217;arr&amp;ecirc;t</p>")),
        (
            "\"lethal force\"",
            "<title>&lt;nobr&gt;le&lt;bdi&gt;thal&lt;/bdi&gt;&lt;/nobr&gt; force</title>".to_owned(),
        ),
        (
            "\"lethal force\"",
            "<title>&lt;![CDATA[&lt;i&gt;lethal&lt;/i&gt; force]]&gt;</title>".to_owned(),
        ),
    ]);
    assert!(
        !told.contains(['<', '>']) && !told.contains("CDATA"),
        "{told}"
    );
}

#[test]
fn what_nobody_sees_hides_nothing() {
    check_found(&[
        (
            "\"lethal force\"",
            "<title>News</title></item><!-- cached <item><guid>2</guid><title>Lethal force</title></item>\
             <!-- made in 0.2 s --><item><guid>3</guid><title>More</title>"
                .to_owned(),
        ),
        (
            "\"was detained by\"",
            described("was de\u{200B}tained by police"),
        ),
        (
            "police AND brutality",
            described("#police\u{200B}brutality"),
        ),
        ("policebrutality", described("#police\u{200B}brutality")),
        ("detained", described("de\u{AD}tai\u{2060}ned\u{E0041}")),
        ("detained", described("de&#8203;tained")),
        ("\"Qur'an\"", described("the Qurʾan")),
        ("\"Hawai'i\"", described("in Hawaiʻi")),
        ("\"Ka'ba\"", described("at the Kaʿba")),
        ("\"Pa'anga\"", described("a Paꞌanga")),
        ("2024", described("عام ٢٠٢٤")),
        ("צה\"ל", described("כוחות צה״ל ירו")),
        ("\"כוחות צה\"ל\" AND ירו", described("כוחות צה\"ל ירו")),
    ]);
}
