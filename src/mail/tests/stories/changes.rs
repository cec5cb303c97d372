//! What has changed in a story, and that it is told again.

use super::*;
use crate::core::alert::Novelty;
use crate::core::digest::RepeatedStories;

#[test]
fn what_is_told_again_is_counted_as_nothing_new() {
    let mut digest = stories();
    digest.stories[0].news = vec![Novelty::corrected("“14 killed” became “9 killed”")];
    let (stories, items) = (digest.totals.stories, digest.totals.items);
    digest.totals.again = RepeatedStories {
        stories: 1,
        items: 1,
    };
    let mail = rendered(&digest);
    let counted = format!("{} new stories from {} items", stories - 1, items - 1);
    assert!(mail.text.contains(&counted), "{}", mail.text);
    let more = digest.totals.developing + 1;
    assert!(
        mail.text.contains(&format!("more on {more} stor")),
        "{}",
        mail.text
    );
    assert!(
        mail.subject.contains(&format!("({} new)", stories - 1)),
        "{}",
        mail.subject
    );
    // Nothing else is in it.
    digest.stories.truncate(1);
    digest.headlines.clear();
    digest.developing.clear();
    (
        digest.totals.stories,
        digest.totals.items,
        digest.totals.developing,
    ) = (1, 1, 0);
    let mail = rendered(&digest);
    assert!(mail.subject.starts_with("Corrected: "), "{}", mail.subject);
    assert!(
        mail.subject.contains("more on 1 story told before"),
        "{}",
        mail.subject
    );
    assert!(!mail.text.contains("1 new item"), "{}", mail.text);
}

#[test]
fn each_change_is_said() {
    let mut digest = alert();
    digest.stories[0].news = vec![Novelty::corrected(
        "“14 killed” became “9 killed”; “in Lima” became “in Cusco”; “fired” became “did not fire”; and 2 more",
    )];
    let text = rendered(&digest).text;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let said = "Corrected: was “14 killed”, now “9 killed”; was “in Lima”, now “in Cusco”; was “fired”, now “did not \
                fire”; 2 more.";
    assert!(text.contains(said), "{text}");
}

#[test]
fn why_a_story_is_told_again_stands_above_its_headline() {
    let mut digest = alert();
    digest.stories[0].news = vec![Novelty::Victims {
        counted: 21,
        told: Some(12),
    }];
    let mail = rendered(&digest);
    for view in [&mail.text, &mail.html] {
        let why = view.find("The count has grown: 21").unwrap();
        let body = view.find("</head>").unwrap_or_default();
        let headline = body + view[body..].find("Lawmakers").unwrap();
        assert!(why < headline, "{view}");
        assert!(view[why..headline].contains("12"), "{view}");
    }
}

#[test]
fn what_has_changed_is_said_in_the_language_of_the_reader() {
    for (language, words) in [
        (Language::English, "was “12 muertos”, now “21 muertos”"),
        (
            Language::Spanish,
            "decía «12 muertos», ahora dice «21 muertos»",
        ),
        (Language::Arabic, "وصار"),
    ] {
        let mut digest = alert();
        digest.recipient.language = language;
        digest.stories[0].news = vec![Novelty::corrected("“12 muertos” became “21 muertos”")];
        digest.stories[0].other_watches = vec!["Detenciones".to_owned()];
        let mail = rendered(&digest);
        for view in [&mail.text, &mail.html] {
            let plain: String = view
                .chars()
                .filter(|c| !('\u{2066}'..='\u{2069}').contains(c))
                .collect();
            let plain = plain.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(plain.contains(words), "{plain}");
            assert!(plain.contains("Detenciones"), "{plain}");
            assert_eq!(
                plain.contains("now “21"),
                language == Language::English,
                "{plain}"
            );
        }
    }
}

#[test]
fn a_correction_stands_first_wherever_it_is_told() {
    let corrected = vec![Novelty::corrected("“14 killed” became “9 killed”")];
    let mut told = alert();
    told.stories[0].news.clone_from(&corrected);
    let subject = rendered(&told).subject;
    assert!(
        subject.starts_with("Corrected: Lawmakers warn"),
        "{subject}"
    );
    assert!(
        subject.ends_with(" (Use of force at protests, 2 new)"),
        "{subject}"
    );
    let mut developing = stories();
    developing.developing[0].news = corrected;
    let line = "Corrected: was “14 killed”, now “9 killed”. · 4 more outlets";
    let mail = rendered(&developing);
    let text = mail.text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(text.contains(line), "{text}");
    developing.stories.clear();
    developing.headlines.clear();
    developing.totals.stories = 0;
    let subject = rendered(&developing).subject;
    assert_eq!(
        subject,
        "Corrected: Court upholds the ban on a teachers’ union"
    );
}
