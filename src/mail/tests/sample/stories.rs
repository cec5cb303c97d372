//! A made-up morning of stories.

use jiff::civil::date;

use super::*;
use crate::core::digest::{DigestStory, RelatedItem, TextSegment};
use crate::core::week::{Anomaly, AnomalySubject, Baseline};

const PRESS: (&str, &str, Option<&str>) = (
    "press",
    "Attacks on the press and on free expression",
    Some("expression"),
);
const TRIALS: (&str, &str, Option<&str>) = (
    "trials",
    "Unfair trials and attacks on judges and lawyers",
    Some("Liberty and fair trial"),
);

fn other(entry_id: i64, outlet: &str, copy: bool) -> RelatedItem {
    RelatedItem {
        entry_id,
        outlet: outlet.to_owned(),
        link: Some(format!("https://news.example.org/other/{entry_id}")),
        title: format!("As {outlet} tells it"),
        copy,
    }
}

fn of_outlet(mut hit: HitItem, outlet: &str, language: &str) -> HitItem {
    outlet.clone_into(&mut hit.feed_title);
    hit.feed_id = format!("feed-{}", hit.entry_id);
    hit.language = Some(language.to_owned());
    hit
}

/// A morning with stories: told at once, in many outlets and scripts, told before, as headlines, and by count.
pub(in crate::mail) fn stories() -> Digest {
    let mut hits = hits();
    hits.retain(|hit| hit.entry_id != 4708);
    hits.push(of_outlet(
        hit(
            20,
            TRIALS,
            "पत्रकार की गिरफ़्तारी के बाद वकीलों का प्रदर्शन",
            "वकीलों ने मंगलवार को अदालत के बाहर प्रदर्शन किया। उनका कहना है कि पत्रकार की गिरफ़्तारी मनमानी है।",
            &["गिरफ़्तारी"],
        ),
        "नमूना समाचार",
        "hi",
    ));
    hits.push(of_outlet(
        hit(
            21,
            PRESS,
            "ตำรวจควบคุมตัวผู้สื่อข่าวสามคนหลังการชุมนุม",
            "สมาคมนักข่าวเรียกร้องให้ปล่อยตัวผู้สื่อข่าวทั้งสามคนโดยทันที",
            &["ผู้สื่อข่าว"],
        ),
        "ข่าวตัวอย่าง",
        "th",
    ));
    for (id, watch, title) in [
        (30, PRESS, "Editor fined for naming the owners of a prison"),
        (31, PRESS, "Two radio stations silenced before the vote"),
        (
            32,
            DETENTION,
            "Families wait for news of forty held after the march",
        ),
        (
            33,
            TRIALS,
            "Judge who freed protesters is moved to a district court",
        ),
        (
            34,
            FORCE,
            "Inquest opens into the death of a student at the bridge",
        ),
        (35, DETENTION, "قاض يأمر بالإفراج عن محام بعد ثلاثة أسابيع"),
    ] {
        hits.push(of_outlet(
            hit(id, watch, title, "", &[]),
            "Sample Monitor",
            "en",
        ));
    }
    let mut later = hit(
        40,
        KILLINGS,
        "Guards fired on a march in spring, a report finds",
        "",
        &["fired"],
    );
    later.origin = HitOrigin::Later;
    hits.push(later);
    let mut digest = compose(
        recipient(),
        hits,
        troubled_coverage(),
        Kind::Digest(Reason::Scheduled),
    );
    let all: Vec<DigestStory> = std::mem::take(&mut digest.stories);
    for mut story in all {
        match story.lead.entry_id {
            4701 => {
                story.story = 4690;
                story.urgent = true;
                story.lead.places = vec!["Peru".to_owned()];
                story.also = vec![
                    other(4690, "Radio Ejemplo", false),
                    other(4695, "La Gaceta de Ejemplo", false),
                    other(4696, "صحيفة المثال", false),
                    other(4697, "Example Courier", true),
                    other(4698, "Sample Herald", true),
                ];
                (story.more, story.outlets, story.one_text, story.items) = (6, 4, 3, 12);
                story.first = Some(("Radio Ejemplo".to_owned(), at("2026-11-24T07:14:00Z")));
                story.also_in = vec![("es".to_owned(), 3), ("qu".to_owned(), 1)];
                story.other_topics = vec!["Life".to_owned(), "expression".to_owned()];
            }
            4704 => {
                story.also = vec![other(4691, "Sample Herald", false)];
                (story.outlets, story.items) = (2, 2);
                story.first = Some(("صحيفة المثال".to_owned(), at("2026-11-23T22:40:00Z")));
                story.lead.places = vec!["Morocco".to_owned()];
            }
            4703 => {
                story.also = vec![other(4692, "Radio Ejemplo", true)];
                (story.outlets, story.one_text, story.items) = (1, 2, 2);
                story.first = Some(("Radio Ejemplo".to_owned(), at("2026-11-24T08:50:00Z")));
            }
            id @ 4730..=4735 => {
                story.lead.places = vec!["Peru".to_owned()];
                if id == 4732 {
                    (story.more, story.items, story.outlets) = (4, 5, 4);
                }
                if id == 4733 {
                    story.items = 3;
                }
                if id == 4735 {
                    story.lead.places = vec!["Egypt".to_owned()];
                }
                digest.headlines.push(story);
                continue;
            }
            _ => (),
        }
        digest.stories.push(story);
    }
    digest.stories.sort_by_key(|story| !story.urgent);
    let all = digest.stories.iter_mut().chain(&mut digest.headlines);
    for (place, story) in (1..).zip(all) {
        story.place = place;
    }
    let mut court = digest.headlines.pop().unwrap();
    court.lead.title = vec![TextSegment {
        text: "Court upholds the ban on a teachers’ union".to_owned(),
        marked: false,
    }];
    court.lead.entry_id = 4750;
    court.lead.link = Some("https://news.example.org/2026/11/24/50".to_owned());
    court.also = vec![
        other(4751, "Radio Ejemplo", false),
        other(4752, "Sample Herald", false),
    ];
    (court.more, court.joined, court.items, court.told_before) = (1, 4, 4, true);
    digest.developing.push(court);
    let totals = &mut digest.totals;
    (totals.stories, totals.items, totals.developing) = (58, 94, 1);
    for topic in &mut totals.topics {
        topic.items += 11;
    }
    digest.unusual.push(Anomaly {
        what: AnomalySubject::Watch {
            id: DETENTION.0.to_owned(),
            title: DETENTION.1.to_owned(),
        },
        stories: 14,
        baseline: Baseline {
            median: 3.0,
            weeks: 8,
            spread: 1.7,
        },
        day: Some(date(2026, 11, 23)),
        item: 4721,
    });
    digest
}
