//! How the pages behind items were read is told: in mails, by commands, and once of a feed whose pages never are.

use jiff::{SignedDuration, Timestamp};
use newsvigil::config::{self, Config};
use newsvigil::core::article::{PageVerdict, Policy};
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::daemon::{AlertPacing, Scratch, compose_all, hits, hits_in_article};
use newsvigil::mail::RenderOptions;
use newsvigil::store::articles::{self, Settled, SettlementContext};
use newsvigil::store::outbox::{self, ClaimFilter};
use newsvigil::store::polls::{self, PollRecord, PolledContent, PolledEntry, RecordContext};
use serde_json::{Value, json};

use crate::connection::Connection;
use crate::world::{Mail, World};

/// What the watch looks for, and no feed says.
const ARTICLE: &str = "Officers used lethal force when the protesters reached the bridge.";

/// Items, and the pages behind them, as the daemon stores them.
struct Newsroom {
    world: World,
    config: Config,
    connection: Connection,
    now: Timestamp,
    items: u32,
    /// The last mail that was looked at.
    seen: i64,
}

impl Newsroom {
    /// `recipient` are more lines of `[[recipient]]`, `feed` of the feed `outlet`.
    fn new(recipient: &str, feed: &str) -> Self {
        let world = World::new(&[]);
        let desk = "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"";
        world.write("newsvigil.toml", &format!("{desk}\n{recipient}\n"));
        world.write(
            "feeds.toml",
            &format!(
                "[[feed]]\nid = \"outlet\"\nurl = \"https://outlet.example/feed\"\n{feed}\n\
                 [[feed]]\nid = \"gazette\"\nurl = \"https://gazette.example/feed\"\n"
            ),
        );
        let (config, _) = config::load(&world.config())
            .unwrap_or_else(|problems| panic!("{}", problems.render(config::Styling::Plain)));
        std::fs::create_dir_all(world.state()).expect("a folder");
        let connection = Connection::open(&world.state().join("newsvigil.db"));
        Self {
            world,
            config,
            connection,
            now: Timestamp::now() - SignedDuration::from_hours(1),
            items: 0,
            seen: 0,
        }
    }

    fn wait(&mut self, time: SignedDuration) {
        self.now += time;
    }

    /// Polls a feed that shows a new item with this title.
    fn poll(&mut self, feed: &str, title: &str) {
        self.items += 1;
        let key = format!("{feed}-{}", self.items);
        let now = self.now;
        let poll = PollRecord {
            feed_id: feed.to_owned(),
            url: format!("https://{feed}.example/feed"),
            content: Some(PolledContent {
                by_address: false,
                is_page: false,
                title: None,
                warnings: Vec::new(),
                entries: vec![PolledEntry {
                    content_hash: key.clone(),
                    document: Document {
                        title: title.to_owned(),
                        summary: "A sentence of the feed.".to_owned(),
                        url: Some(format!("https://{feed}.example/{key}")),
                        ..Document::default()
                    },
                    key,
                    published: Some(now),
                    updated: None,
                }],
            }),
            articles: self.config.feed(feed).map_or(Policy::Off, |feed| {
                feed.articles.fetch.unwrap_or(self.config.article.fetch)
            }),
            budget: Budget::default().into(),
            decide: Box::new(move |_| FeedState {
                last_attempt_at: Some(now),
                last_success_at: Some(now),
                ..FeedState::default()
            }),
        };
        let config = &self.config;
        let mut scratch = Scratch::default();
        let mut matcher =
            |feed: &str, _: usize, document: &Document| hits(config, feed, document, &mut scratch);
        let mut recording = RecordContext {
            now,
            backlog: SignedDuration::from_hours(24),
            program_version: "0",
            matcher: &mut matcher,
        };
        polls::record(&mut self.connection, &[poll], &mut recording)
            .expect("recorded")
            .remove(0)
            .expect("stored");
    }

    /// Settles every page that waits; one that is read whole has this text.
    fn settle(&mut self, verdict: PageVerdict, why: Option<&str>, text: &str) {
        let waiting = articles::waiting(&self.connection, 0, 1_000).expect("the queue");
        assert!(!waiting.is_empty(), "nothing waits");
        let rows: Vec<i64> = waiting.iter().map(|(row, _)| *row).collect();
        let documents = articles::documents(&self.connection, &rows).expect("the items");
        let mut scratch = Scratch::default();
        let settled: Vec<Settled> = waiting
            .iter()
            .zip(documents)
            .map(|((rowid, page), (_, document))| {
                let text = (verdict == PageVerdict::Whole).then(|| text.to_owned());
                let hits = text.as_ref().map_or_else(Vec::new, |text| {
                    let document = Document {
                        text: text.clone(),
                        ..document
                    };
                    hits_in_article(&self.config, &page.feed_id, &document, &mut scratch)
                        .expect("matched")
                });
                Settled {
                    id: *rowid,
                    address: page.address.clone(),
                    verdict,
                    why: why.map(str::to_owned),
                    title: None,
                    byline: None,
                    published: None,
                    language: None,
                    canonical: None,
                    text,
                    hits,
                }
            })
            .collect();
        let settling = SettlementContext {
            now: self.now,
            program_version: "0",
            daily_hits: 1_000,
        };
        let counts = articles::settle(&mut self.connection, &settled, &settling).expect("settled");
        assert_eq!(counts.settled, settled.len() as u64);
    }

    /// So many items of a feed, each with its page settled so.
    fn pages(&mut self, feed: &str, count: u32, verdict: PageVerdict) {
        for number in 0..count {
            self.poll(
                feed,
                &format!("Parliament sits for day {number} of {verdict:?}"),
            );
            self.settle(
                verdict,
                Some("the server said so"),
                "Nothing that is looked for.",
            );
            self.wait(SignedDuration::from_secs(1));
        }
    }

    fn mails(&mut self) -> Vec<Mail> {
        let options = RenderOptions::new("newsvigil@example.org");
        let (config, now) = (&self.config, self.now);
        compose_all(
            &mut self.connection,
            config,
            &options,
            AlertPacing::AtOnce,
            now,
        )
        .expect("composed");
        let mut mails = Vec::new();
        while let Some((row, message)) =
            outbox::claim(&mut self.connection, ClaimFilter::New(self.seen)).expect("claimed")
        {
            self.seen = row.id;
            mails.push(Mail::read(&message));
        }
        mails
    }

    fn json(&self, arguments: &[&str]) -> Vec<Value> {
        self.world.run(arguments).ok().json_lines()
    }

    /// What a command prints, on one line.
    fn told(&self, arguments: &[&str]) -> String {
        one_line(&self.world.run(arguments).ok().stdout)
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn status_feed_list_and_digest_count_how_items_were_read() {
    let mut room = Newsroom::new("", "");
    room.pages("outlet", 3, PageVerdict::Whole);
    room.pages("outlet", 2, PageVerdict::Robots);
    room.pages("gazette", 1, PageVerdict::Paywalled);
    room.poll("outlet", "Police used lethal force against protesters");
    let sentence = "3 read whole, 3 by the feed's text only: 1 paywalled, 2 refused by robots.txt; \
                    1 page is still waited for";
    let status = room.told(&["status"]);
    assert!(
        status.contains(&format!("Articles in seven days: {sentence}")),
        "{status}"
    );
    let status = &room.json(&["status", "--json"])[0]["articles"];
    assert_eq!(
        status["verdicts"],
        json!({"whole": 3, "paywalled": 1, "robots": 2})
    );
    assert_eq!(
        (&status["waiting"], &status["unreadable"]),
        (&json!(1), &json!([]))
    );
    let feeds = room.told(&["feed", "list"]);
    assert!(
        feeds.contains("outlet 6 3 of 5, 1 waiting") && feeds.contains("gazette 1 0 of 1"),
        "{feeds}"
    );
    let feeds = room.json(&["feed", "list", "--json"]);
    assert_eq!(feeds[0]["articles"]["fetch"], "auto");
    assert_eq!(
        feeds[0]["articles"]["verdicts"],
        json!({"whole": 3, "robots": 2})
    );
    assert_eq!(
        (
            &feeds[0]["articles"]["waiting"],
            &feeds[1]["articles"]["waiting"]
        ),
        (&json!(1), &json!(0))
    );
    let mails = room.mails();
    let digest = one_line(&mails[0].text);
    assert!(
        digest.contains(&format!("Pages behind items: {sentence}.")),
        "{digest}"
    );
    assert!(
        one_line(&mails[0].html).contains("3 read whole, 3 by the feed"),
        "{}",
        mails[0].html
    );
    // The next digest counts from there on.
    room.wait(SignedDuration::from_hours(24));
    room.settle(PageVerdict::Gone, None, "");
    room.wait(SignedDuration::from_mins(1));
    room.poll("outlet", "Lethal force: protests go on");
    let digest = one_line(&room.mails()[0].text);
    let since = "Pages behind items: none read whole, 1 by the feed's text only: gone; 1 page is still waited for.";
    assert!(digest.contains(since), "{digest}");
}

#[test]
fn what_was_found_in_the_article_says_so_everywhere() {
    let mut room = Newsroom::new("", "");
    room.poll("outlet", "A march in the capital");
    assert!(room.mails().is_empty(), "the feed says nothing of it");
    room.settle(PageVerdict::Whole, None, ARTICLE);
    room.wait(SignedDuration::from_mins(1));
    let mails = room.mails();
    let why = "Found in the article, not in what the feed says. Matched by Use of force.";
    assert!(one_line(&mails[0].text).contains(why), "{}", mails[0].text);
    assert!(
        mails[0]
            .html
            .contains("Found in the article, not in what the feed says.")
    );
    let hit = &room.json(&["hits", "--json"])[0];
    assert_eq!(hit["in_article"], true);
    let page =
        json!({"verdict": "whole", "why": null, "address": "https://outlet.example/outlet-1"});
    assert_eq!(hit["article"], page);
    assert_eq!(hit["text"], ARTICLE);
    let item = &room.json(&["items", "--json"])[0];
    assert_eq!(item["article"], page);
    let hits = room.told(&["hits"]);
    assert!(hits.contains("force (in the article)"), "{hits}");
    let csv = room.world.run(&["hits", "--csv"]).ok().stdout;
    assert!(
        csv.contains(",places,article,in_article,story\r\n"),
        "{csv}"
    );
    assert!(csv.trim_end().ends_with(",whole,true,"), "{csv}");
    let atom = room.told(&["hits", "--atom"]);
    assert!(
        atom.contains(r#"scheme="urn:newsvigil:found" term="article""#),
        "{atom}"
    );
    let explained = room.told(&["explain", "--watch", "force", "--item", "1"]);
    for words in [
        "the article was read whole: the text comes from https://outlet.example/outlet-1",
        "it was found in the article, not in what the feed says",
        "text: Officers used **lethal force**",
    ] {
        assert!(explained.contains(words), "{words}: {explained}");
    }
}

#[test]
fn what_was_found_in_the_feed_is_no_hit_of_the_article() {
    let mut room = Newsroom::new("", "");
    room.poll("outlet", "Police used lethal force against protesters");
    let hit = &room.json(&["hits", "--json"])[0];
    assert_eq!(
        (&hit["in_article"], &hit["article"]["verdict"]),
        (&json!(false), &json!("waiting"))
    );
    let explained = room.told(&["explain", "--watch", "force", "--item", "1"]);
    assert!(
        explained.contains("its page is still waited for: https://outlet.example/outlet-1"),
        "{explained}"
    );
    room.settle(PageVerdict::Paywalled, Some("402 Payment Required"), "");
    let hits = room.json(&["hits", "--json"]);
    assert_eq!(hits.len(), 1);
    assert_eq!(hits[0]["article"]["why"], "402 Payment Required");
    let items = room.told(&["items"]);
    let read = "by the feed's text only: paywalled (402 Payment Required)";
    assert!(items.contains(read), "{items}");
    let explained = room.told(&["explain", "--watch", "force", "--item", "1"]);
    assert!(explained.contains(read), "{explained}");
    let mail = one_line(&room.mails()[0].text);
    assert!(!mail.contains("in the article"), "{mail}");
    assert!(!room.told(&["hits"]).contains("in the article"));
}

#[test]
fn a_feed_whose_pages_are_never_readable_is_named_once_in_digests() {
    let mut room = Newsroom::new("digest = [\"hourly\"]", "");
    room.pages("outlet", 9, PageVerdict::Paywalled);
    room.poll("gazette", "Police used lethal force against protesters");
    let never = "Pages that are never readable (1):";
    let first = room.mails();
    assert!(
        !first[0].text.contains(never),
        "nine are not ten: {}",
        first[0].text
    );
    room.pages("outlet", 1, PageVerdict::Gone);
    room.wait(SignedDuration::from_hours(1));
    assert!(room.mails().is_empty(), "no mail for that alone");
    room.poll("gazette", "Lethal force again as protests go on");
    room.wait(SignedDuration::from_hours(1));
    let second = one_line(&room.mails()[0].text);
    let words = "Pages that are never readable (1): - outlet.example: none of its last 10 pages was read whole: \
                 9 paywalled, 1 gone; with a subscription, set its `cookie` in feeds.toml; \
                 articles = \"off\" stops asking for them";
    assert!(second.contains(words), "{second}");
    room.pages("outlet", 2, PageVerdict::Paywalled);
    room.poll("gazette", "More lethal force, more protests");
    room.wait(SignedDuration::from_hours(1));
    let third = room.mails();
    assert!(
        !third[0].text.contains(never),
        "once is enough: {}",
        third[0].text
    );
    // `status` goes on to name it, and needs nobody.
    let status = room.world.run(&["status", "--json"]).json();
    let unreadable = status["articles"]["unreadable"].as_array().expect("a list");
    assert_eq!(unreadable.len(), 1);
    assert_eq!(unreadable[0]["feed"], "outlet");
    let needs = status["needs"].as_array().expect("a list");
    assert!(
        !needs.iter().any(|need| need.to_string().contains("page")),
        "{status}"
    );
    // What has passed may come again.
    room.pages("outlet", 1, PageVerdict::Whole);
    room.poll("gazette", "Even more lethal force at protests");
    room.wait(SignedDuration::from_hours(1));
    assert!(!room.mails().is_empty());
    room.pages("outlet", 10, PageVerdict::Paywalled);
    room.poll("gazette", "Lethal force at protests, day five");
    room.wait(SignedDuration::from_hours(1));
    assert!(room.mails()[0].text.contains(never));
}

#[test]
fn operators_are_told_once_of_pages_that_are_never_readable() {
    let mut room = Newsroom::new("operator = true\ndigest = [\"off\"]", "");
    room.pages("gazette", 10, PageVerdict::Whole);
    room.pages("outlet", 10, PageVerdict::FeedText);
    let mails = room.mails();
    assert_eq!(mails.len(), 1);
    assert_eq!(
        mails[0].subject,
        "1 feed has pages that are never readable: outlet"
    );
    let text = one_line(&mails[0].text);
    assert!(
        text.contains("all with too little text on the page"),
        "{text}"
    );
    assert!(text.contains("article show URL --selector"), "{text}");
    for _ in 0..3 {
        room.wait(SignedDuration::from_mins(11));
        room.pages("outlet", 1, PageVerdict::FeedText);
        assert!(room.mails().is_empty());
    }
    room.pages("outlet", 1, PageVerdict::Whole);
    room.wait(SignedDuration::from_mins(11));
    assert!(
        room.mails().is_empty(),
        "that it is well again needs no mail"
    );
    room.pages("outlet", 10, PageVerdict::Challenge);
    let mails = room.mails();
    assert_eq!(mails.len(), 1, "it is another time");
}

#[test]
fn pages_that_nobody_asks_for_any_more_are_not_named() {
    let mut room = Newsroom::new("", "");
    room.pages("outlet", 12, PageVerdict::Robots);
    let lines =
        "[[feed]]\nid = \"outlet\"\nurl = \"https://outlet.example/feed\"\narticles = \"off\"\n";
    room.world.write("feeds.toml", lines);
    let status = room.json(&["status", "--json"]).remove(0);
    assert_eq!(status["articles"]["unreadable"], json!([]));
    assert_eq!(status["articles"]["verdicts"], json!({"robots": 12}));
    let feeds = room.told(&["feed", "list"]);
    assert!(feeds.contains("outlet 12 0 of 12"), "{feeds}");
    let mut quiet = Newsroom::new("", "articles = \"off\"");
    quiet.poll("outlet", "Parliament sits");
    let feeds = quiet.told(&["feed", "list"]);
    assert!(feeds.contains("outlet 1 off"), "{feeds}");
    assert!(!quiet.told(&["status"]).contains("Articles"));
}
