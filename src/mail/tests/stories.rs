//! What a mail says of a story, and how much of it.

mod changes;

use super::sample::{FORCE, alert, at, coverage, empty, hit, recipient, stories};
use crate::core::digest::{
    DetailLevel, Digest, DigestStory, HitItem, Kind, Language, Privacy, Reason, WORDS_MAX, compose,
};
use crate::mail::{RenderOptions, RenderedMessage, render};

fn rendered(digest: &Digest) -> RenderedMessage {
    let options = RenderOptions::new("newsvigil@example.org");
    render(digest, &options, "seed", at("2026-11-24T12:30:00Z")).unwrap()
}

#[test]
fn one_click_leads_to_the_page_of_an_item() {
    let page = "https://news.example.org/items/";
    let mail = rendered(&one());
    assert!(!mail.text.contains(page) && !mail.html.contains(page));
    let mut options = RenderOptions::new("newsvigil@example.org");
    options.pages = Some("https://news.example.org".to_owned());
    let date = at("2026-11-24T12:30:00Z");
    let mut digest = one();
    let item = digest.stories[0].lead.entry_id;
    let mail = render(&digest, &options, "seed", date).unwrap();
    assert!(
        mail.text.contains(&format!("\n    {page}{item}\n")),
        "{}",
        mail.text
    );
    let link = format!("<a href=\"{page}{item}\" style=\"color:inherit;\">Item {item}.</a>");
    assert!(mail.html.contains(&link), "{}", mail.html);
    // Whoever is told numbers only is not told where to look.
    digest.recipient.privacy = Privacy::Sealed;
    let mail = render(&digest, &options, "seed", date).unwrap();
    assert!(!mail.text.contains(page) && !mail.html.contains(page));
}

/// On one line, whatever its width.
fn flat(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn of(hits: Vec<HitItem>) -> Digest {
    compose(
        recipient(),
        hits,
        coverage(),
        Kind::Digest(Reason::Scheduled),
    )
}

fn one() -> Digest {
    of(vec![hit(1, FORCE, "A protest", "", &["protest"])])
}

#[track_caller]
fn check_facts(change: impl Fn(&mut DigestStory), expected: &str, absent: &str) {
    let mut digest = one();
    change(&mut digest.stories[0]);
    let mail = rendered(&digest);
    let text = flat(&mail.text);
    assert!(text.contains(expected), "{expected}: {text}");
    assert!(
        absent.is_empty() || !text.contains(absent),
        "{absent}: {text}"
    );
}

#[test]
fn a_story_says_who_was_first_and_who_tells_it_in_which_words() {
    check_facts(
        |_| (),
        "Matched by Use of force at protests. Item",
        "First reported",
    );
    let first = |story: &mut DigestStory, time: &str| {
        story.first = Some(("Radio Ejemplo".to_owned(), at(time)));
        (story.outlets, story.items) = (4, 4);
    };
    check_facts(
        |story| first(story, "2026-11-24T07:14:00Z"),
        "First reported by Radio Ejemplo, 02:14. 4 outlets in their own words.",
        "carry",
    );
    check_facts(
        |story| first(story, "2026-11-23T07:14:00Z"),
        "First reported by Radio Ejemplo, Mon 23 Nov, 02:14.",
        "",
    );
    check_facts(
        |story| first(story, "2024-11-23T07:14:00Z"),
        "First reported by Radio Ejemplo, Sat 23 Nov 2024, 02:14 UTC−5.",
        "",
    );
    check_facts(
        |story| (story.outlets, story.one_text) = (4, 3),
        "4 outlets in their own words; 3 carry one text.",
        "First reported",
    );
    check_facts(
        |story| (story.outlets, story.one_text) = (1, 3),
        "3 outlets carry one text.",
        "own words",
    );
    check_facts(
        |story| story.items = 1_000,
        "1,000 items in all.",
        "own words",
    );
    check_facts(
        |story| {
            story.also_in = vec![
                ("es".to_owned(), 3),
                ("pt-BR".to_owned(), 1),
                ("qu".to_owned(), 2),
            ];
        },
        "Also in Spanish (3), Portuguese (1) and qu (2).",
        "",
    );
    check_facts(
        |story| story.other_topics = vec!["freedom-of-expression".to_owned(), "Life".to_owned()],
        "Also under Freedom of expression and Life.",
        "",
    );
}

#[test]
fn each_outlet_that_is_named_is_linked_and_counts_as_told() {
    let digest = stories();
    let mail = rendered(&digest);
    let lead = &digest.stories[0];
    assert!(lead.also.len() > 3);
    for also in &lead.also {
        let link = also.link.as_deref().unwrap();
        assert!(mail.html.contains(&format!("href=\"{link}\"")), "{link}");
        assert!(mail.text.contains(link), "{link}: {}", mail.text);
        assert!(mail.told.headlines.contains(&also.entry_id));
        assert!(mail.text.contains(&also.outlet));
    }
    assert!(
        mail.html.contains(" and <bdi>6 more</bdi>"),
        "{}",
        mail.html
    );
    assert_eq!(mail.told.full[0], lead.lead.entry_id);
    // A headline stands for its own item; the others of its story are a number.
    assert!(mail.text.contains("· +2 items\n"), "{}", mail.text);
    let all = mail.told.full.len() + mail.told.headlines.len();
    let mut once: Vec<i64> = [mail.told.full, mail.told.headlines].concat();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), all, "each once");
}

#[test]
fn what_was_to_be_told_at_once_stands_first() {
    let mail = rendered(&stories());
    let text = &mail.text;
    let urgent = text.find("\nURGENT (").unwrap();
    assert!(urgent < text.find("\nLIBERTY AND FAIR TRIAL").unwrap());
    assert!(
        mail.subject.starts_with("Urgent: Lawmakers warn"),
        "{}",
        mail.subject
    );
    assert!(flat(text).contains("58 new stories from 94 items in 3 topics"));
}

#[test]
fn a_topic_of_one_watch_has_one_heading_and_is_called_the_same_in_all_mails() {
    let headings = |watches: &[(&str, &str, Option<&str>)]| -> Vec<String> {
        let hits = (1_i64..).zip(watches);
        let hits = hits.map(|(id, watch)| hit(id, *watch, "A protest", "", &["protest"]));
        let mail = rendered(&of(hits.collect()));
        let lines: Vec<&str> = mail.text.lines().collect();
        let ruled = lines
            .windows(2)
            .filter(|pair| pair[1].starts_with("====") || pair[1].starts_with("----"));
        ruled.map(|pair| pair[0].to_owned()).collect()
    };
    let tag = Some("fair-trial");
    let (judges, prisons) = (("a", "Judges", tag), ("b", "Prisons", tag));
    assert_eq!(headings(&[judges])[..1], ["FAIR TRIAL (1)"]);
    assert_eq!(headings(&[("a", "Judges", None)])[..1], ["OTHER (1)"]);
    let named = ("a", "Judges", Some("Fair trial"));
    let one = headings(&[named]);
    assert_eq!(one[..2], ["FAIR TRIAL (1)", "HOW COMPLETE THIS IS"]);
    let mut several = headings(&[judges, prisons]);
    several[1..3].sort();
    assert_eq!(several[..3], ["FAIR TRIAL (2)", "Judges", "Prisons"]);
}

#[test]
fn one_line_at_the_top_says_whether_anything_may_be_missing() {
    let top = |digest: &Digest| {
        let text = rendered(digest).text;
        let lines: Vec<&str> = text
            .lines()
            .skip(2)
            .take_while(|line| !line.is_empty())
            .collect();
        lines.join(" ")
    };
    assert_eq!(
        top(&empty()),
        "Complete: 31 feeds were read, and none is failing."
    );
    let mut digest = stories();
    let doubtful = "Not complete: 2 feeds are failing, 1 feed may have lost items between two polls \
                    and 1 earlier mail could not be delivered.";
    assert_eq!(top(&digest), doubtful);
    assert_eq!(
        flat(&rendered(&digest).text)
            .matches("Not complete")
            .count(),
        1
    );
    digest.recipient.privacy = Privacy::Sealed;
    assert_eq!(top(&digest), doubtful);
    let mut digest = empty();
    digest.coverage.feeds_polled = 0;
    assert_eq!(top(&digest), "No feed was polled.");
    // An alert tells of one watch, and says so in its foot.
    assert_eq!(top(&alert()), "");
}

#[test]
fn a_mail_is_read_to_its_end() {
    let hits = (0..10_000).map(|id| {
        let title = format!("Police broke up march number {id}");
        let text = "They came at night. ".repeat(30) + "Guards fired at protesters.";
        let mut hit = hit(id, FORCE, &title, &text, &["protesters", "march"]);
        hit.feed_id = format!("feed-{}", id % 50);
        hit
    });
    let mail = rendered(&of(hits.collect()));
    let words = mail.text.split_whitespace().count();
    assert!((WORDS_MAX * 3 / 4..=WORDS_MAX).contains(&words), "{words}");
    assert!(mail.told.full.len() >= 4 && mail.told.headlines.len() >= 10);
    let counted = 10_000 - mail.told.full.len() - mail.told.headlines.len();
    let counted = format!("Only counted: {},{:03}.", counted / 1000, counted % 1000);
    assert!(mail.text.contains(&counted), "{}", mail.text);
}

#[test]
fn only_what_goes_on_is_not_nothing() {
    let mut digest = empty();
    digest.developing = vec![one().stories.remove(0)];
    digest.developing[0].outlets = 4;
    digest.developing[0].more = 3;
    digest.developing[0].joined = 4;
    digest.totals.developing = 1;
    let mail = rendered(&digest);
    assert!(!mail.text.contains("Nothing new"), "{}", mail.text);
    assert!(
        mail.text.contains("\nmore on 1 story told before\n"),
        "{}",
        mail.text
    );
    assert!(
        mail.text
            .contains("4 more outlets · Example Wire and 3 more"),
        "{}",
        mail.text
    );
    assert_eq!(mail.told.headlines, [4701]);
}

#[test]
fn what_is_sealed_or_was_refused_says_nothing_of_a_story() {
    let mut digest = stories();
    digest.recipient.privacy = Privacy::Sealed;
    let sealed = rendered(&digest);
    digest.recipient.privacy = Privacy::Open;
    digest.wording = DetailLevel::CountOnly;
    for mail in [sealed, rendered(&digest)] {
        for word in ["Radio", "Lawmakers", "Unusual", "detention", "teachers"] {
            let hidden = !mail.html.contains(word) && !mail.text.contains(word);
            assert!(
                hidden || word == "Radio" && mail.text.contains("Failing"),
                "{word}"
            );
        }
    }
}

#[test]
fn a_story_reads_from_the_right_in_a_mail_that_does() {
    let mut digest = stories();
    digest.recipient.language = Language::Arabic;
    let mail = rendered(&digest);
    assert!(mail.html.contains("<html lang=\"ar\" dir=\"rtl\">"));
    assert!(
        mail.html.contains("<td align=\"left\""),
        "counts at the end of a line"
    );
    assert!(!mail.html.contains("align=\"right\""));
}

#[test]
fn copies_are_named_apart_from_who_tells_it_in_words_of_their_own() {
    let mail = rendered(&stories());
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = text.find("Also in: - Radio Ejemplo https").unwrap();
    let copies = text
        .find("The same text in: - Example Courier https")
        .unwrap();
    assert!(own < copies, "{text}");
    assert!(!text[own..copies].contains("Sample Herald"), "{text}");
    assert!(text[own..copies].contains("6 more"), "{text}");
}

#[test]
fn what_stands_above_a_story_is_not_said_again() {
    let mail = rendered(&stories());
    assert_eq!(mail.text.matches("Arbitrary detention\n----").count(), 1);
    assert!(
        !mail.text.contains("Matched by Arbitrary detention"),
        "{}",
        mail.text
    );
    // Nor are the words that are marked.
    assert!(!mail.text.contains("Matched by: "), "{}", mail.text);
    // Under the name of its topic alone it says its watch.
    assert!(
        mail.text
            .contains("Matched by Use of force at protests. Item"),
        "{}",
        mail.text
    );
}
