//! What readers wrote below a story, and where a story begins.

use super::{in_tags, page, paragraphs};
use crate::core::article::PageVerdict;

fn opinions(number: usize, make: &dyn Fn(usize) -> String) -> String {
    let one = |number| {
        format!(
            "<div class='entry'>{}<p>Readers say, as number {number} does, that this went on for years, with nobody who \
             listened to them, and that it will go on.</p></div>",
            make(number)
        )
    };
    format!(
        "<div class='forum'>{}</div>",
        (0..number).map(one).collect::<String>()
    )
}

#[track_caller]
fn check(html: &str, inside: &[String], outside: &[&str]) {
    let html = format!("<html><head><title>Five taken</title></head><body>{html}</body></html>");
    let article = page(&html);
    assert_eq!(article.verdict, PageVerdict::Whole, "{:?}", article.why);
    for text in inside {
        assert!(
            article.text.contains(text.as_str()),
            "{text} in {}",
            article.text
        );
    }
    for text in outside {
        assert!(!article.text.contains(text), "{}", article.text);
    }
}

#[test]
fn comments_never_stand_in_the_place_of_a_story() {
    let all = paragraphs(1, 5);
    let story = in_tags(&all);
    let stories = [
        format!("<div itemscope><div itemprop='articleBody'>{story}</div></div>"),
        format!("<article><h1>F</h1>{story}</article>"),
        format!("<div class='story'>{story}</div>"),
    ];
    let marks: [&dyn Fn(usize) -> String; 4] = [
        &|number| format!("<div class='author'>User {number}</div>"),
        &|number| format!("<b>User {number}</b>"),
        &|number| format!("<h4 class='comment-author'>User {number}</h4>"),
        &|number| format!("<div class='head'><i></i><time>{number} days ago</time></div>"),
    ];
    for story in &stories {
        for mark in marks {
            for number in [8, 60, 200] {
                check(
                    &format!("{story}{}", opinions(number, mark)),
                    &all,
                    &["Readers"],
                );
            }
        }
    }
    let bare = opinions(100, &|_| String::new()).replace("div", "article");
    let bare = bare.replacen("<article class='forum'>", "", 1);
    check(&format!("{}{bare}", stories[1]), &all, &["Readers"]);
    // Without author or date only what is marked is told from them.
    for story in &stories[..2] {
        check(
            &format!("{story}{}", opinions(100, &|_| String::new())),
            &all,
            &["Readers"],
        );
    }
}

#[test]
fn lists_of_people_and_what_is_told_live_are_no_comments() {
    let all = paragraphs(1, 4);
    let people: String = (0..12)
        .map(|number| {
            format!(
                "<div class='person'><b>Name of {number}</b><p>Was taken from a house in the north on day {number}, and has \
                 not been seen by the family or by a lawyer since.</p></div>"
            )
        })
        .collect();
    let story = format!(
        "<article><h1>F</h1>{}<div>{people}</div></article>",
        in_tags(&all)
    );
    check(
        &story,
        &["day 3, and has".to_owned(), "day 11, and has".to_owned()],
        &[],
    );
    let live = people.replace("Name of ", "14:0");
    let story = format!("<div><h1>F</h1>{}<div>{live}</div></div>", in_tags(&all));
    check(
        &story,
        &["day 3, and has".to_owned(), "day 11, and has".to_owned()],
        &[],
    );
}

#[test]
fn what_sums_a_story_up_below_its_heading_is_read() {
    let all = paragraphs(1, 8);
    let said = "Three families tell how officers came at night, and what has become of those who were taken.";
    for head in [
        format!("<hgroup><h1>F</h1><p>{said}</p></hgroup>"),
        format!("<div class='head'><h1>F</h1><h2 class='lead'>{said}</h2></div>"),
        format!("<header><h1>F</h1><p class='standfirst subtitle'>{said}</p></header>"),
        format!(
            "<header><h1>F</h1><div class='by'>By A. Writer</div><div class='lead'>{said}</div></header>"
        ),
        format!("<h1>F</h1><p class='summary'>{said}</p>"),
    ] {
        let story = format!(
            "<article>{head}<div class='body'>{}</div></article>",
            in_tags(&all)
        );
        let html = format!("<html><head><title>F</title></head><body>{story}</body></html>");
        let text = page(&html).text;
        assert!(text.starts_with(said), "{text}");
        assert_eq!(text.matches(said).count(), 1);
    }
}

#[test]
fn a_short_text_is_given_as_well() {
    let said = "Police held two people on Tuesday, according to their lawyers, and let them go on the next day.";
    for story in [
        format!("<article><h1>Two held</h1><p>{said}</p></article>"),
        format!("<div class='content'><h1>Two held</h1><p>{said}</p></div>"),
        format!("<main><p>{said}</p></main>"),
    ] {
        let html = format!("<html><head><title>Two held</title></head><body>{story}</body></html>");
        let article = page(&html);
        assert_eq!(article.verdict, PageVerdict::FeedText);
        assert_eq!(article.text, said, "of {story}");
        let why = article.why.unwrap();
        assert!(!why.contains("only 0 "), "{why}");
    }
}
