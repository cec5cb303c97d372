//! Each page with contents in six scripts, some of them hostile. `NEWSVIGIL_PAGES=FOLDER` writes them there, to be
//! looked at.

mod sample_hits;
mod sample_pages;

use askama::Template;

use super::*;
use crate::web::chart::Chart;
use sample_hits::{hit_page, hits_page, try_page};
use sample_pages::{
    chart, feed_page, feeds_page, forget_page, invitation_page, mail_page, mails_page, notice_page,
    overview_page, watch_page, watches_page,
};

const HOSTILE: &str = "\"><script>alert(1)</script><img src=x onerror=alert(1)>'";
/// Bytes of a page, without fonts.
const MOST: usize = 40_000;

fn time(text: &str) -> Time {
    Time::new(
        text.parse().unwrap(),
        &TimeZone::get("Africa/Kampala").unwrap(),
    )
}

fn frame(here: Section) -> Frame {
    Frame {
        reader: Some("maria".to_owned()),
        zone: "Africa/Kampala".to_owned(),
        here: Some(here),
    }
}

/// As they are on the first day: nothing was found, sent or judged.
fn young() -> Vec<(&'static str, String)> {
    let overview = overview::OverviewPage {
        frame: frame(Section::Overview),
        heading: "0 stories, Sun 22 to Sat 28 Nov 2026".to_owned(),
        completeness: "No feed was to be read.".to_owned(),
        ..overview::OverviewPage::default()
    };
    let watch = watches::WatchPage {
        days: Chart {
            values: vec![("Sat 28 Nov".to_owned(), Some(0))],
            ..chart(1)
        },
        versions: Vec::new(),
        reasons: Vec::new(),
        false_terms: Vec::new(),
        has_hits: false,
        unjudged: 0,
        sample: 0,
        ..watch_page()
    };
    let watches = watches::WatchesPage {
        frame: frame(Section::Watches),
        ..watches::WatchesPage::default()
    };
    let feeds = feeds::FeedsPage {
        frame: frame(Section::Feeds),
        verdict: "No feed is configured".to_owned(),
        ..feeds::FeedsPage::default()
    };
    let mails = mail::MailsPage {
        frame: frame(Section::Mail),
        verdict: "No mail was sent yet".to_owned(),
        is_complete: true,
        groups: Vec::new(),
    };
    let trial = try_watch::TryPage {
        frame: frame(Section::Try),
        days: 30,
        mistakes: "query:1:8: error: something is missing".to_owned(),
        ..try_watch::TryPage::default()
    };
    vec![
        ("young-overview", overview.render().unwrap()),
        ("young-watch", watch.render().unwrap()),
        ("young-watches", watches.render().unwrap()),
        ("young-feeds", feeds.render().unwrap()),
        ("young-mails", mails.render().unwrap()),
        ("young-try", trial.render().unwrap()),
    ]
}

fn pages() -> Vec<(&'static str, String)> {
    let mut pages = young();
    pages.extend([
        ("hits", hits_page().render().unwrap()),
        ("hit", hit_page().render().unwrap()),
        ("watch", watch_page().render().unwrap()),
        ("watches", watches_page().render().unwrap()),
        ("try", try_page().render().unwrap()),
        ("feeds", feeds_page().render().unwrap()),
        ("feed", feed_page().render().unwrap()),
        ("mails", mails_page().render().unwrap()),
        ("mail", mail_page().render().unwrap()),
        ("overview", overview_page().render().unwrap()),
        ("forget", forget_page().render().unwrap()),
        ("invitation", invitation_page().render().unwrap()),
        ("sign-in", sign_in::SignInPage::default().render().unwrap()),
        ("notice", notice_page().render().unwrap()),
    ]);
    pages
}

#[test]
fn what_others_wrote_is_text_and_never_markup() {
    for (name, page) in pages() {
        for word in [
            "<script",
            "<img",
            "onerror=alert(1)>",
            "style=",
            "javascript:",
        ] {
            assert!(!page.contains(word), "{word} in {name}");
        }
        // The one sheet and the icon are ours; nothing else is fetched.
        assert!(!page.contains("src=\""), "{name}");
        assert!(page.len() < MOST, "{name}: {} bytes", page.len());
    }
}

#[test]
fn each_page_has_what_a_screen_reader_goes_by() {
    for (name, page) in pages() {
        assert_eq!(page.matches("<h1").count(), 1, "{name}");
        assert_eq!(page.matches("<main").count(), 1, "{name}");
        assert!(page.contains("<html lang=\"en\""), "{name}");
        assert!(page.contains("class=\"skip\" href=\"#main\""), "{name}");
        let fields = page
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next());
        let mut ids: Vec<&str> = fields.collect();
        ids.sort_unstable();
        let all = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), all, "{name}: an id stands twice");
        for label in page.split("<label for=\"").skip(1) {
            let id = label.split('"').next().unwrap();
            assert!(
                ids.contains(&id),
                "{name}: a label for {id}, which is not there"
            );
        }
    }
}

#[test]
fn where_one_is_stands_in_the_head() {
    let page = hits_page().render().unwrap();
    assert!(page.contains("<a href=\"/hits\" aria-current=\"page\">Hits</a>"));
    assert_eq!(page.matches("aria-current").count(), 1);
    let nobody = sign_in::SignInPage::default().render().unwrap();
    assert!(
        !nobody.contains("<nav"),
        "nothing is shown to who is not signed in"
    );
}

#[test]
fn pages_are_written_out_to_be_looked_at() {
    let Some(folder) = std::env::var_os("NEWSVIGIL_PAGES") else {
        return;
    };
    let folder = std::path::Path::new(&folder);
    for (name, page) in pages() {
        let page = page.replace("href=\"/style.css\"", "href=\"style.css\"");
        std::fs::write(folder.join(format!("{name}.html")), page).unwrap();
    }
    std::fs::write(folder.join("style.css"), STYLE).unwrap();
}
