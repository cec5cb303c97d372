//! Whoever reads an item or a hit gets the words that were matched.

use newsvigil::store::digests::{self, PendingScope, Texts};
use newsvigil::store::entries::{EntryBatch, EntryFilter};

use crate::random::Random;

use super::*;

/// Whoever loads an item or a hit gets the words that were matched, whatever became of the item since.
#[test]
fn every_reader_gets_the_text_that_was_matched() {
    let mut random = Random(7);
    let keywords = ["tear gas", "gaz", "газ", "催泪弹", "الغاز"];
    let fillers = [
        "Ils marchèrent. ",
        "Они шли.\n",
        "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ",
        "e\u{301}te\u{301} ",
        "\u{2029}",
        "行进。 ",
    ];
    for keyword in keywords {
        let mut filler = |number: u64| -> String {
            let pick =
                |_| fillers[usize::try_from(random.below(fillers.len() as u64)).expect("small")];
            (0..number).map(pick).collect()
        };
        let article = format!("{} {keyword} {}", filler(40), filler(20));
        let mut desk = Desk::new();
        let counts = desk.publish(&STORY, &article);
        assert_eq!(counts.hits, 1, "{article:?}");
        check_readers(&desk, &article, keyword);

        // Whatever is published next, the hits keep their words.
        let second = format!("{} nothing of the kind", filler(9));
        for text in ["Teaser, revised.", "Teaser, revised again.", "Another one."] {
            let revised = Story { text, ..STORY };
            desk.publish(&revised, &second);
        }
        let found = desk.hits(&HitFilter::default());
        let gas = found
            .iter()
            .find(|hit| hit.watch_id == "gas")
            .expect("the hit");
        assert_eq!((gas.revision, gas.text.as_str()), (0, article.as_str()));
        assert_eq!(words(gas), [keyword]);
        let as_fed = found
            .iter()
            .find(|hit| hit.watch_id == "as-fed")
            .expect("the hit");
        assert_eq!(
            (as_fed.text.as_str(), words(as_fed)),
            ("A teaser.", vec!["teaser"])
        );
        let now = desk.entry(1);
        assert_eq!(now.document.text, second);
        let then = entries::at_revision(&desk.connection, &now, 0).expect("read");
        assert_eq!(then.document.text, article);
        assert_eq!(then.without_article().text, "A teaser.");
        assert_eq!(
            desk.search(keyword),
            2,
            "both hits of the item, by the article's words"
        );
        // Of the revisions that nothing points into, no text is kept.
        assert_eq!(desk.number("SELECT count(text) FROM article"), 2);
    }
}

fn check_readers(desk: &Desk, article: &str, keyword: &str) {
    let entry = desk.entry(1);
    assert_eq!(entry.document.text, article);
    assert_eq!(entry.feed_text.as_deref(), Some("A teaser."));
    assert_eq!(entry.without_article().text, "A teaser.");
    let mut scratch = daemon::Scratch::default();
    let found = daemon::hits_in_stored(&desk.config, &entry, &mut scratch).expect("matched");
    let mut by_watch: Vec<(&str, bool)> = found
        .iter()
        .map(|hit| (hit.watch_id.as_str(), hit.in_article))
        .collect();
    by_watch.sort_unstable();
    assert_eq!(by_watch, [("as-fed", false), ("gas", true)]);

    let mut texts = Vec::new();
    let stretch = EntryBatch {
        since: Timestamp::MIN,
        after: 0,
        most: None,
    };
    entries::each(&desk.connection, stretch, &mut |entry| {
        texts.push(entry.document.text);
        Ok(())
    })
    .expect("read");
    entries::list(&desk.connection, &EntryFilter::default(), &mut |listed| {
        texts.push(listed.entry.document.text);
        Ok(())
    })
    .expect("read");
    assert_eq!(texts, [article, article]);

    for hit in desk.hits(&HitFilter::default()) {
        match hit.watch_id.as_str() {
            "gas" => assert_eq!((words(&hit), hit.text.as_str()), (vec![keyword], article)),
            _ => assert_eq!(
                (words(&hit), hit.text.as_str()),
                (vec!["teaser"], "A teaser.")
            ),
        }
    }
    let owed = digests::pending_item(
        &desk.connection,
        "desk",
        &PendingScope::Digest,
        1,
        Texts::All,
    );
    let owed = owed.expect("read");
    assert_eq!(owed.len(), 2);
    for item in &owed {
        let text = if item.in_article {
            article
        } else {
            "A teaser."
        };
        assert_eq!(&*item.text, text);
        for span in &item.spans {
            assert!(text.get(span.start..span.end).is_some(), "{span:?}");
        }
    }
    let told = newsvigil::core::digest::item(owed).expect("an item");
    let excerpt: String = told
        .excerpt
        .iter()
        .map(|piece| piece.text.as_str())
        .collect();
    assert!(excerpt.contains(keyword), "{excerpt:?}");
    let terms: Vec<&String> = told
        .mentions
        .iter()
        .flat_map(|mention| &mention.terms)
        .collect();
    assert_eq!(terms.len(), 2, "each watch with its own words: {terms:?}");
    assert_eq!(desk.search(keyword), 2);
    assert_eq!(
        desk.search("teaser"),
        2,
        "the feed's words are found as well"
    );
}

#[test]
fn a_watch_without_articles_sees_what_the_feed_says() {
    let mut desk = Desk::with(
        "[[watch]]\nid = \"fed\"\ntitle = \"Fed\"\nmatch = 'flood'\narticles = false\n\
         [[watch]]\nid = \"read\"\ntitle = \"Read\"\nmatch = 'flood'\n",
    );
    let find = |desk: &Desk, id| {
        let mut scratch = daemon::Scratch::default();
        let found = daemon::hits_in_stored(&desk.config, &desk.entry(id), &mut scratch);
        let found = found.expect("matched").into_iter();
        let mut found: Vec<(String, bool)> =
            found.map(|hit| (hit.watch_id, hit.in_article)).collect();
        found.sort();
        found
    };
    let only = |watch: &str, in_article| vec![(watch.to_owned(), in_article)];
    assert_eq!(desk.publish(&STORY, "A flood came.").hits, 1);
    assert_eq!(find(&desk, 1), only("read", true));
    // The article leaves out what the feed said.
    let story = Story {
        key: "b",
        text: "A flood.",
        link: Some("https://outlet.example/b"),
        ..STORY
    };
    assert_eq!(desk.publish(&story, "High water, a long article.").hits, 0);
    assert_eq!(find(&desk, 2), only("fed", false));
    // Without an article, both see the same.
    let story = Story {
        key: "c",
        link: None,
        ..story
    };
    desk.poll(Policy::Off, &[story]);
    assert_eq!(
        find(&desk, 3),
        [("fed".to_owned(), false), ("read".to_owned(), false)]
    );
}
