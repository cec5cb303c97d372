//! Selectors that are proposed for a page.

use super::*;

/// The selector that is proposed for a page, and the addresses that it takes.
fn proposed(body: &str) -> (String, Vec<String>) {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let page =
        propose(body.as_bytes(), &context).unwrap_or_else(|error| panic!("{error}, of {body}"));
    let feed = taken(&page, body).unwrap();
    let links = items(&feed).into_iter().map(|item| item.0).collect();
    (page.selector, links)
}

const HEADLINES: [&str; 6] = [
    "Five journalists are held after a night raid",
    "Court sits over the death of a protester",
    "Families ask where the disappeared have gone",
    "Parliament votes on a law against associations",
    "Union leader is freed after a year in prison",
    "Villagers are driven from their land by force",
];

fn repeated(make: impl Fn(usize, &str) -> String) -> String {
    HEADLINES
        .iter()
        .enumerate()
        .map(|(n, headline)| make(n, headline))
        .collect()
}

/// A page with everything around its news.
fn page_of(news: &str) -> String {
    format!(
        "<html><body class='page has-sidebar'><header><a href=/><img alt=Outlet></a><nav><ul class=menu>
         <li><a href=/about/who-we-are-and-what-we-do>Who we are and what we do in the world</a>
         <li><a href=/about/how-you-can-support-our-work>How you can support our work and our people</a>
         <li><a href=/about/where-we-work-and-since-when>Where we work, and since when we have done so</a></ul></nav></header>
         <main>{news}<div class=pager><a href='?page=2'>2</a><a href='?page=3'>3</a></div></main>
         <aside><ul><li><a href=/donate/once>Donate</a><li><a href=/donate/monthly>Donate monthly</a></ul></aside>
         <footer><a href='https://social.example/a'>Follow us on the network of your choice</a>
         <a href='https://social.example/b'>Follow us on the other network of your choice</a></footer></body></html>"
    )
}

fn all_news() -> Vec<String> {
    (0..HEADLINES.len()).map(|n| format!("/news/{n}")).collect()
}

#[test]
fn news_is_told_from_all_that_stands_around_it() {
    let list = repeated(|n, headline| {
        format!(
            "<li class='item'><a href=/news/{n}>{headline}</a> <span class=date>{} November 2026</span></li>",
            28 - n
        )
    });
    let cards = repeated(|n, headline| {
        format!(
            "<div class='card post-{n}'><a class=picture href=/news/{n}><img alt=''></a><h3><a href=/news/{n}>{headline}</a></h3>
             <a class=topic href=/topics/{n}>Topic {n}</a></div>"
        )
    });
    let table = repeated(|n, headline| {
        format!(
            "<tr><td>{} November 2026</td><td><a href=/news/{n}>{headline}</a></td></tr>",
            28 - n
        )
    });
    let blocks = repeated(|n, headline| {
        format!(
            "<a class='css-1x{n}y' href=/news/{n}><h2 class=sc-bdVaJa>{headline}</h2><p>And what it is about.</p></a>"
        )
    });
    for news in [
        format!("<ul class=list>{list}</ul>"),
        format!("<div class=cards>{cards}</div>"),
        format!("<table>{table}</table>"),
        format!("<div class=css-0>{blocks}</div>"),
    ] {
        let (selector, links) = proposed(&page_of(&news));
        assert_eq!(links, all_news(), "by {selector}");
    }
}

#[test]
fn the_first_story_in_another_frame_is_taken_too() {
    let rest: String = repeated(|n, headline| match n {
        0 => format!("<section class=hero><h1><a href=/news/0>{headline}</a></h1></section>"),
        _ => format!("<div class=teaser><h3><a href=/news/{n}>{headline}</a></h3></div>"),
    });
    let (selector, links) = proposed(&page_of(&rest));
    assert_eq!(links, all_news(), "by {selector}");
}

#[test]
fn news_in_chinese_and_in_arabic_is_found() {
    let chinese = [
        "法院开庭审理五名记者",
        "警方拘留抗议村民",
        "工会领袖获释后发声",
        "议会通过新的结社法",
    ];
    let arabic = [
        "السلطات تفرج عن خمسة صحفيين بعد عام",
        "المحكمة تنظر في قضية وفاة متظاهر",
        "الأهالي يسألون عن مصير المختفين قسرا",
    ];
    for headlines in [&chinese[..], &arabic[..]] {
        let list: String = headlines
            .iter()
            .enumerate()
            .map(|(n, headline)| format!("<li><a href=/news/{n}>{headline}</a></li>"))
            .collect();
        let (selector, links) = proposed(&page_of(&format!("<ul class=list>{list}</ul>")));
        assert_eq!(links, all_news()[..headlines.len()], "by {selector}");
    }
}

#[test]
fn a_selector_names_nothing_that_changes_with_the_items() {
    let cards = repeated(|n, headline| {
        format!(
            "<div class='views-row views-row-{n} odd css-1a2b{n}' id=post-{n}><a href=/news/{n}>{headline}</a></div>"
        )
    });
    let (selector, links) = proposed(&page_of(&format!("<div class=view-content>{cards}</div>")));
    assert_eq!(links, all_news());
    for passing in ["css-", "odd", "post-", "-0", "-1"] {
        assert!(!selector.contains(passing), "{selector}");
    }
}

#[test]
fn a_page_without_a_list_has_no_proposal() {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    for body in [
        "<p>Nothing here</p>",
        "<a href=/a>One</a>",
        "<nav><a href=/a>A</a><a href=/b>B</a></nav>",
    ] {
        let error = propose(body.as_bytes(), &context).unwrap_err();
        assert!(
            matches!(error, LinkPageError::NothingRepeats { .. }),
            "{error}"
        );
    }
}

#[test]
fn short_headlines_are_proposed_by_their_dates_or_headings() {
    let base = Url::parse(ADDRESS).unwrap();
    let context = ParseContext {
        base: Some(&base),
        ..ParseContext::default()
    };
    let propose_of = |card: &dyn Fn(usize) -> String| {
        let cards: String = (0..9).map(card).collect();
        let body = format!(
            "<nav><a href=/>Home</a><a href=/about/us>About the whole of us</a></nav><main>{cards}</main>"
        );
        let page = propose(body.as_bytes(), &context).unwrap_or_else(|error| panic!("{error}"));
        let found: Vec<String> = items(&feed(&page.selector, &body))
            .into_iter()
            .map(|it| it.0)
            .collect();
        let expected: Vec<String> = (0..9).map(|number| format!("/news/{number}-a")).collect();
        assert_eq!(found, expected, "{}", page.selector);
    };
    propose_of(&|number| {
        format!(
            "<div class=card><h3><a href='/news/{number}-a'>Editor {number} is freed</a></h3>\
             <time datetime=2026-11-2{number}>d</time><a class=author href='/by/{number}-writer'>Writer Number {number}</a></div>"
        )
    });
    propose_of(&|number| {
        format!("<h2><a href='/news/{number}-a'>Poet {number} held again</a></h2>")
    });
    propose_of(&|number| {
        format!(
            "<p class=row><time datetime=2026-11-2{number}>d</time> <a href='/news/{number}-a'>Court closes {number}</a></p>"
        )
    });
}
