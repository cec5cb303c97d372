//! Stories in the database: what a poll stores is placed before mails are made, a restart changes nothing, what is
//! wrong with stories keeps no mail, and a story can be listed, shown and taken apart.

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};
use newsvigil::core::article::Policy;
use newsvigil::core::document::Document;
use newsvigil::core::schedule::{Budget, FeedState};
use newsvigil::core::story::Relation;
use newsvigil::store::digests;
use newsvigil::store::polls::{self, PollRecord, PolledContent, PolledEntry, RecordContext};
use newsvigil::store::retention::Retention;
use newsvigil::store::stories::{
    self, ClusteringCache, Member, PlacedCounts, Split, place_waiting,
};
use newsvigil::store::{self, retention};
use rusqlite::Connection;
use serde_json::Value;
use tempfile::TempDir;

use crate::chance::Chance;
use crate::web::{Page, Web, rss};
use crate::world::World;

/// A headline, a lead and a language.
type Words = (&'static str, &'static str, &'static str);

const CRACKDOWN: [Words; 4] = [
    (
        "Police fire tear gas at dock workers in Port Calder",
        "Police fired tear gas and rubber bullets at striking dock workers who had blocked the grain terminal of \
         Port Calder since Monday, wounding eleven people, the dockers' union said.",
        "en",
    ),
    (
        "Eleven wounded as police clear striking dockers from Port Calder grain terminal",
        "Tear gas and rubber bullets were fired at dock workers on strike at the grain terminal of Port Calder, \
         their union said on Tuesday. Eleven of them were wounded.",
        "en",
    ),
    (
        "Tear gas at Port Calder: union says eleven dock workers wounded",
        "The union of the dock workers says that eleven were wounded when police used tear gas and rubber bullets \
         to end the blockade of the grain terminal in Port Calder.",
        "en",
    ),
    (
        "Once heridos en Puerto Calder al dispersar la policía a estibadores en huelga",
        "La policía disparó gases lacrimógenos y balas de goma contra los estibadores en huelga que bloqueaban la \
         terminal de granos de Puerto Calder, según su sindicato.",
        "es",
    ),
];

const TRIAL: [Words; 3] = [
    (
        "Court in Velmora sentences editor Irena Dolsk to six years",
        "A court in Velmora sentenced Irena Dolsk, editor of the weekly Lantern, to six years in prison for \
         extremism after a closed trial, her lawyer said.",
        "en",
    ),
    (
        "Six years in prison for Lantern editor Irena Dolsk after closed trial in Velmora",
        "Irena Dolsk, who edits the weekly Lantern, was sentenced by a court in Velmora to six years for extremism, \
         her lawyer said. The trial was closed to the public.",
        "en",
    ),
    (
        "Lantern editor Dolsk sentenced: lawyer speaks of revenge in Velmora court",
        "The lawyer of Irena Dolsk called the sentence of six years for extremism against the editor of the weekly \
         Lantern an act of revenge by the court in Velmora.",
        "en",
    ),
];

const FLOOD: [Words; 2] = [
    (
        "Вода затопила лагерь беженцев под Сарабой",
        "После ливней вода затопила лагерь беженцев под Сарабой, без крова остались четыре тысячи человек, \
         сообщили спасатели.",
        "ru",
    ),
    (
        "Лагерь беженцев под Сарабой затоплен, четыре тысячи человек без крова",
        "Четыре тысячи человек остались без крова в лагере беженцев под Сарабой, который затопила вода после \
         ливней, говорят спасатели.",
        "ru",
    ),
];

/// An item of a feed.
#[derive(Clone, Debug)]
struct Item {
    feed: &'static str,
    key: String,
    words: (String, String, &'static str),
    published: Option<Timestamp>,
}

fn item(feed: &'static str, words: Words, published: Option<Timestamp>) -> Item {
    Item {
        feed,
        key: words.0.to_owned(),
        words: (words.0.to_owned(), words.1.to_owned(), words.2),
        published,
    }
}

fn start() -> Timestamp {
    "2026-11-20T06:00:00Z".parse().expect("a time")
}

fn hours(number: i64) -> SignedDuration {
    SignedDuration::from_hours(number)
}

const FOR_A_MONTH: Retention = Retention {
    items: SignedDuration::from_hours(24 * 30),
    hits: None,
};

/// A database, and what a service has in memory beside it.
struct Desk {
    folder: TempDir,
    connection: Connection,
    keeper: ClusteringCache,
    now: Timestamp,
}

impl Desk {
    fn new() -> Self {
        let folder = TempDir::new().expect("a folder");
        Self {
            connection: store::open(&folder.path().join("newsvigil.db")).expect("a database"),
            keeper: ClusteringCache::default(),
            folder,
            now: start(),
        }
    }

    /// As after a kill: nothing is in memory.
    fn restart(&mut self) {
        self.connection =
            store::open(&self.folder.path().join("newsvigil.db")).expect("the database");
        self.keeper = ClusteringCache::default();
    }

    fn later(&mut self, number: i64) {
        self.now += hours(number);
    }

    /// A body of each feed that is named.
    fn poll(&mut self, items: &[Item]) {
        let mut by_feed: BTreeMap<&str, Vec<&Item>> = BTreeMap::new();
        for item in items {
            by_feed.entry(item.feed).or_default().push(item);
        }
        for (feed, items) in by_feed {
            let entries = items.into_iter().map(|item| PolledEntry {
                key: item.key.clone(),
                content_hash: format!("{:?}", item.words),
                document: Document {
                    title: item.words.0.clone(),
                    summary: item.words.1.clone(),
                    language: Some(item.words.2.to_owned()),
                    feed: Some(feed.to_owned()),
                    ..Document::default()
                },
                published: item.published,
                updated: None,
            });
            let record = PollRecord {
                feed_id: feed.to_owned(),
                url: format!("https://{feed}.example/feed"),
                content: Some(PolledContent {
                    title: None,
                    warnings: Vec::new(),
                    by_address: false,
                    is_page: false,
                    entries: entries.collect(),
                }),
                articles: Policy::Off,
                budget: Budget {
                    items: u64::MAX,
                    ..Budget::default()
                }
                .into(),
                decide: Box::new(|_| FeedState::default()),
            };
            let mut recording = RecordContext {
                now: self.now,
                backlog: hours(48),
                program_version: "1",
                matcher: &mut |_, _, _| Ok(Vec::new()),
            };
            let stored = polls::record(&mut self.connection, &[record], &mut recording);
            stored.expect("stored").remove(0).expect("stored");
        }
    }

    fn place(&mut self) -> PlacedCounts {
        let outlet = |feed: &str| format!("{feed}.example");
        let mut counts = PlacedCounts::default();
        loop {
            let now = self.now;
            counts += place_waiting(&mut self.connection, &mut self.keeper, &outlet, now)
                .expect("placed");
            if !counts.more {
                return counts;
            }
        }
    }

    /// Each item by its key, with the key of the item that its story is named after.
    fn stories(&self) -> BTreeMap<String, String> {
        let sql = "SELECT feed_id || ' ' || key, coalesce(
                     (SELECT first.key FROM entry AS first WHERE first.id = found.story), 'let go')
                   FROM (SELECT feed_id, key, STORY AS story FROM entry) AS found";
        let sql = sql.replace("STORY", stories::STORY_OF_ENTRY);
        let mut statement = self.connection.prepare(&sql).expect("a query");
        let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
        rows.expect("rows").collect::<Result<_, _>>().expect("rows")
    }

    fn entry(&self, title: &str) -> i64 {
        let sql = "SELECT id FROM entry WHERE key = ?1";
        let found = self.connection.query_row(sql, [title], |row| row.get(0));
        found.expect(title)
    }

    fn story_of(&self, words: Words) -> i64 {
        let story = stories::of_entry(&self.connection, self.entry(words.0)).expect("read");
        story.expect("it is in a story").id
    }

    fn member(&self, words: Words) -> Member {
        let members = stories::members(&self.connection, self.story_of(words), 100).expect("read");
        let entry = self.entry(words.0);
        let found = members.into_iter().find(|member| member.entry_id == entry);
        found.expect("a member of its own story")
    }
}

/// Polls of some days in which three events are reported, among items of nothing in common.
fn days() -> Vec<(i64, Vec<Item>)> {
    let at = |hour: i64| Some(start() + hours(hour));
    let mut polls = vec![
        (
            0,
            vec![
                item("courier", CRACKDOWN[0], at(-1)),
                item("herald", TRIAL[0], at(-2)),
            ],
        ),
        (
            2,
            vec![
                item("tribune", CRACKDOWN[1], None),
                item("diario", CRACKDOWN[3], at(1)),
            ],
        ),
        (
            5,
            vec![
                item("herald", CRACKDOWN[0], at(4)),
                item("vesti", FLOOD[0], None),
            ],
        ),
        (
            20,
            vec![
                item("tribune", TRIAL[1], at(19)),
                item("novosti", FLOOD[1], at(18)),
            ],
        ),
        (
            30,
            vec![
                item("gazette", CRACKDOWN[2], at(29)),
                item("courier", TRIAL[2], None),
            ],
        ),
    ];
    let towns = ["Almere", "Borås", "Cuenca", "Dakar", "Essen", "Fukui"];
    for (number, (_, items)) in polls.iter_mut().enumerate() {
        for (place, town) in towns.iter().enumerate() {
            let title = format!(
                "{town} opens its {} swimming pool number {number}{place}",
                "new ".repeat(place)
            );
            items.push(Item {
                feed: "herald",
                key: title.clone(),
                words: (
                    title,
                    format!("The mayor of {town} cut a ribbon {number} times."),
                    "en",
                ),
                published: None,
            });
        }
    }
    polls
}

#[test]
fn a_restart_a_kill_and_a_replay_give_the_same_stories() {
    let replayed = |restarting: bool| {
        let mut desk = Desk::new();
        for (hour, items) in days() {
            desk.now = start() + hours(hour);
            desk.poll(&items);
            if restarting {
                // Killed before anything was placed, and once more behind it.
                desk.restart();
            }
            desk.place();
            if restarting {
                desk.restart();
            }
        }
        desk
    };
    let (first, again, restarted) = (replayed(false), replayed(false), replayed(true));
    assert_eq!(first.stories(), again.stories());
    assert_eq!(first.stories(), restarted.stories());
    // They are not the same because nothing is ever together.
    let together = |desk: &Desk, of: &[Words]| {
        let story = desk.story_of(of[0]);
        of.iter().all(|words| desk.story_of(*words) == story)
    };
    assert!(together(&first, &CRACKDOWN[..3]), "{:#?}", first.stories());
    assert!(together(&first, &FLOOD), "{:#?}", first.stories());
    assert_ne!(first.story_of(CRACKDOWN[0]), first.story_of(TRIAL[0]));
    assert_ne!(
        first.story_of(CRACKDOWN[0]),
        first.story_of(CRACKDOWN[3]),
        "linked, not merged"
    );
}

#[test]
fn what_was_placed_keeps_its_story_whatever_comes_later() {
    let mut desk = Desk::new();
    let mut before: BTreeMap<String, String> = BTreeMap::new();
    for (hour, items) in days() {
        desk.now = start() + hours(hour);
        desk.poll(&items);
        desk.place();
        let after = desk.stories();
        for (key, story) in &before {
            assert_eq!(after.get(key), Some(story), "{key}");
        }
        before = after;
    }
}

#[test]
fn in_which_order_a_feed_lists_its_items_does_not_matter() {
    let mut chance = Chance(14);
    let mut placed = |shuffled: bool| {
        let mut desk = Desk::new();
        for (hour, mut items) in days() {
            desk.now = start() + hours(hour);
            if shuffled {
                for place in (1..items.len()).rev() {
                    let other = chance.below(place as u64 + 1);
                    items.swap(place, usize::try_from(other).expect("a place"));
                }
            }
            desk.poll(&items);
            desk.place();
        }
        desk.stories()
    };
    let in_order = placed(false);
    for _ in 0..5 {
        assert_eq!(placed(true), in_order);
    }
}

#[test]
fn items_without_a_date_that_share_headlines_are_placed_alike_in_any_order() {
    let who = ["dock workers", "miners", "teachers"];
    let town = ["Port Calder", "Velmora", "Saraba"];
    let mut items = Vec::new();
    for (place, (who, town)) in who.iter().zip(town).enumerate() {
        for number in 0..6 {
            let title = match number % 3 {
                0 => format!("Police fire tear gas at {who} in {town}"),
                1 => format!("Eleven {who} wounded by tear gas in {town}"),
                _ => String::new(),
            };
            let lead = format!(
                "Police fired tear gas at {who} who had blocked the road to {town}; {} of them were wounded, their \
                 union said.",
                11 + place * number
            );
            items.push(Item {
                feed: ["courier", "tribune", "herald"][number / 2],
                key: format!("{town} {number}"),
                words: (title, lead, "en"),
                published: None,
            });
        }
    }
    let mut chance = Chance(21);
    // Which items are together, whatever their story is called.
    let mut placed = |shuffled: bool| {
        let mut items = items.clone();
        for place in (1..items.len()).rev().filter(|_| shuffled) {
            let other = chance.below(place as u64 + 1);
            items.swap(place, usize::try_from(other).expect("a place"));
        }
        let mut desk = Desk::new();
        desk.poll(&items);
        desk.place();
        let mut together: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (item, story) in desk.stories() {
            together.entry(story).or_default().push(item);
        }
        together.into_values().collect::<BTreeSet<_>>()
    };
    let in_order = placed(false);
    assert!(in_order.len() < items.len(), "some are together");
    for _ in 0..20 {
        assert_eq!(placed(true), in_order);
    }
}

#[test]
fn an_item_that_is_revised_stays_an_outlet_of_its_story() {
    let mut desk = Desk::new();
    let mut items = vec![
        item("courier", CRACKDOWN[0], None),
        item("tribune", CRACKDOWN[1], None),
        item("gazette", CRACKDOWN[2], None),
    ];
    let outlets = |desk: &Desk| {
        let story = desk.story_of(CRACKDOWN[0]);
        let found = digests::corroboration(&desk.connection, story).expect("read");
        found.expect("a story").count
    };
    desk.poll(&items);
    desk.place();
    assert_eq!(outlets(&desk), 3);
    desk.later(1);
    items[1].words.1 = items[1].words.1.replace("Eleven of them", "Twelve of them");
    desk.poll(&items);
    desk.place();
    assert_eq!(outlets(&desk), 3);
}

#[test]
fn more_items_than_are_placed_at_once_are_placed_in_the_order_of_all() {
    let filler = |number: usize| Item {
        feed: "herald",
        key: format!("filler {number}"),
        words: (
            format!("Council of district {number} votes on bench {}", number * 7),
            format!(
                "The vote on bench {} took place in district {number}.",
                number * 7
            ),
            "en",
        ),
        published: None,
    };
    let mut items: Vec<Item> = (0..stories::BATCH + 100).map(filler).collect();
    items.extend(CRACKDOWN.map(|words| item("herald", words, None)));
    items.extend(TRIAL.map(|words| item("courier", words, None)));
    let placed = |items: &[Item]| {
        let mut desk = Desk::new();
        desk.poll(items);
        let counts = desk.place();
        assert_eq!(counts.placed, items.len() as u64);
        desk.stories()
    };
    let in_order = placed(&items);
    items.reverse();
    assert_eq!(placed(&items), in_order);
}

#[test]
fn an_item_that_says_something_else_becomes_an_update_of_its_story() {
    let mut desk = Desk::new();
    let mut items = vec![
        item("courier", CRACKDOWN[0], None),
        item("tribune", CRACKDOWN[1], None),
    ];
    desk.poll(&items);
    let counts = desk.place();
    assert_eq!((counts.placed, counts.begun), (2, 1), "{counts:?}");
    desk.later(2);
    items[1].words.1 = items[1].words.1.replace("Eleven of them", "Thirty of them");
    desk.poll(&items);
    desk.restart();
    let counts = desk.place();
    assert_eq!(
        (counts.placed, counts.revised, counts.changed),
        (0, 1, 1),
        "{counts:?}"
    );
    let member = desk.member(CRACKDOWN[1]);
    assert_eq!(member.relation, Relation::Update);
    assert!(member.changed.is_some(), "{member:?}");
    assert_eq!(desk.story_of(CRACKDOWN[1]), desk.story_of(CRACKDOWN[0]));
    // Said otherwise, and nothing else.
    desk.later(2);
    items[0].words.1 = items[0]
        .words
        .1
        .replace("the dockers' union said", "according to the dockers' union");
    desk.poll(&items);
    let counts = desk.place();
    assert_eq!((counts.revised, counts.changed), (1, 0), "{counts:?}");
    assert_eq!(desk.member(CRACKDOWN[0]).changed, None);
    assert_eq!(desk.place(), PlacedCounts::default(), "nothing waits");
}

#[test]
fn a_record_that_cannot_be_read_costs_no_other_item_its_story() {
    let mut desk = Desk::new();
    desk.poll(&[
        item("courier", CRACKDOWN[0], None),
        item("herald", TRIAL[0], None),
    ]);
    desk.place();
    let broken = "UPDATE story_item SET record = x'ff' WHERE entry_id = ?1";
    let entry = desk.entry(CRACKDOWN[0].0);
    desk.connection.execute(broken, [entry]).expect("broken");
    desk.restart();
    desk.later(1);
    desk.poll(&[item("tribune", TRIAL[1], None)]);
    let counts = desk.place();
    assert_eq!((counts.unreadable, counts.placed), (1, 1), "{counts:?}");
    assert_eq!(desk.story_of(TRIAL[1]), desk.story_of(TRIAL[0]));
}

#[test]
fn what_is_let_go_leaves_its_story_and_the_service_goes_on() {
    let mut desk = Desk::new();
    desk.poll(&[item("courier", CRACKDOWN[0], None)]);
    desk.place();
    // Items are kept for a shorter time than a story is open.
    desk.later(48);
    desk.poll(&[item("courier", TRIAL[0], None)]);
    desk.place();
    let for_a_day = Retention {
        items: hours(24),
        ..FOR_A_MONTH
    };
    while retention::prune(&mut desk.connection, for_a_day, desk.now).expect("pruned") > 0 {}
    let stories = "SELECT count(*) FROM story";
    let left: i64 = desk
        .connection
        .query_row(stories, [], |row| row.get(0))
        .expect("a count");
    assert_eq!(left, 1);
    // What is in memory still has the story that is gone.
    desk.poll(&[item("tribune", CRACKDOWN[1], None)]);
    desk.place();
    assert_eq!(desk.story_of(CRACKDOWN[1]), desk.entry(CRACKDOWN[1].0));
}

#[test]
fn what_is_split_stays_apart_while_the_service_works_and_after_a_restart() {
    for restarting in [false, true] {
        let mut desk = Desk::new();
        desk.poll(&[
            item("courier", CRACKDOWN[0], None),
            item("tribune", CRACKDOWN[1], None),
        ]);
        desk.place();
        let number = desk.story_of(CRACKDOWN[1]);
        let mut beside = store::open(&desk.folder.path().join("newsvigil.db")).expect("a database");
        let split = stories::split(&mut beside, number).expect("split");
        assert_eq!(split, Split::Separated(2));
        if restarting {
            desk.restart();
        }
        desk.later(1);
        // The same text once more joins neither.
        desk.poll(&[
            item("gazette", CRACKDOWN[2], None),
            item("herald", CRACKDOWN[0], None),
        ]);
        desk.place();
        let apart = [0, 1].map(|place| desk.story_of(CRACKDOWN[place]));
        assert_ne!(apart[0], apart[1]);
        assert!(
            apart.contains(&number),
            "{number} stays with the first item"
        );
        for story in apart {
            let members = stories::members(&desk.connection, story, 9).expect("members");
            assert_eq!(members.len(), 1, "{members:?}");
        }
    }
}

#[test]
fn a_clock_that_jumps_ahead_and_back_loses_no_story() {
    let mut desk = Desk::new();
    desk.poll(&[item("courier", CRACKDOWN[0], None)]);
    desk.place();
    desk.later(24 * 365);
    desk.poll(&[item("herald", TRIAL[0], None)]);
    desk.place();
    desk.later(-24 * 365 + 1);
    desk.poll(&[item("tribune", CRACKDOWN[1], None)]);
    desk.place();
    assert_eq!(desk.story_of(CRACKDOWN[1]), desk.story_of(CRACKDOWN[0]));
}

#[test]
fn old_items_that_a_feed_lists_at_first_are_in_no_story() {
    let mut desk = Desk::new();
    let old = Some(start() - hours(24 * 90));
    desk.poll(&[
        item("courier", CRACKDOWN[0], old),
        item("courier", TRIAL[0], None),
    ]);
    assert_eq!(desk.place().placed, 1);
    let entry = desk.entry(CRACKDOWN[0].0);
    assert_eq!(
        stories::of_entry(&desk.connection, entry).expect("read"),
        None
    );
}

/// Three outlets report one event, two of them in the words of an agency.
fn world(web: &Web) -> World {
    let (first, other) = (CRACKDOWN[0], CRACKDOWN[1]);
    for (path, words) in [("/courier", first), ("/mirror", first), ("/tribune", other)] {
        let lead = format!("{} Protesters spoke of lethal force.", words.1);
        let items = [(words.0, "dock", lead.as_str())];
        web.put(path, Page::Feed(rss("An outlet", &items)));
    }
    let world = World::new(&[]);
    let feeds: String = ["courier", "mirror", "tribune"]
        .map(|name| {
            let url = web.url(&format!("/{name}"));
            format!("[[feed]]\nid = \"{name}\"\nurl = \"{url}\"\noutlet = \"{name}.example\"\nlanguage = \"en\"\n")
        })
        .concat();
    world.write("feeds.toml", &feeds);
    world
}

#[test]
fn stories_are_listed_shown_and_split() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    world.once();
    let listed = world.run(&["story", "list", "--json"]).ok().json_lines();
    assert_eq!(listed.len(), 1, "{listed:?}");
    let story = &listed[0];
    assert_eq!(story["items"], 3, "{story}");
    assert_eq!(story["outlets"], 2, "{story}");
    assert_eq!(story["carry_one_text"], 2, "{story}");
    let number = story["story"].to_string();
    let shown = world.run(&["story", "show", &number, "--json"]).ok().json();
    let items = shown["items"].as_array().expect("items");
    assert_eq!(items.len(), 3, "{shown}");
    assert_eq!(items[0]["relation"], "first", "{shown}");
    assert!(
        items.iter().any(|item| item["relation"] == "copy"),
        "{shown}"
    );
    for item in items {
        assert!(
            item["why"].as_str().is_some_and(|why| !why.is_empty()),
            "{item}"
        );
        assert_eq!(item["is_hit"], true, "{item}");
    }
    let people = world.run(&["story", "show", &number]).ok().stdout;
    for words in [
        "2 outlets in their own words; 2 carry one text",
        "First reported by ",
        ": same event, a hit",
        "https://outlet.example/dock",
    ] {
        assert!(people.contains(words), "{words} in {people}");
    }
    let table = world.run(&["story", "list"]).ok().stdout;
    assert!(table.contains("outlets  items  headline"), "{table}");
    // An item is not a story.
    let second = items[1]["entry"].to_string();
    let item = world.run(&["story", "show", &second]);
    let is_in = format!("there is no story {second}; item {second} is in story {number}");
    assert!(item.stderr.contains(&is_in), "{item:?}");
    let split = world.run(&["story", "split", &number]).ok().stdout;
    assert!(split.contains("the 3 items of story"), "{split}");
    let listed = world.run(&["story", "list", "--json"]).ok().json_lines();
    assert_eq!(listed.len(), 3, "{listed:?}");
    assert!(
        listed
            .iter()
            .any(|story| story["story"].as_i64() == number.parse().ok()),
        "{listed:?}"
    );
    for command in ["show", "split"] {
        let unknown = world.run(&["story", command, "987654"]);
        assert_eq!(unknown.code, 64, "{unknown:?}");
        assert!(
            unknown.stderr.contains("there is no story 987654; see"),
            "{unknown:?}"
        );
    }
    let none = world.run(&["story", "list", "--since", "2999-01-01"]).ok();
    assert!(
        none.stdout.contains("no story was reported since 2999"),
        "{none:?}"
    );
    let alone = world.run(&["story", "split", &number]);
    assert_eq!(alone.code, 64, "{alone:?}");
    assert!(alone.stderr.contains("has one item"), "{alone:?}");
    assert_eq!(world.run(&["story", "list", "--since", "soon"]).code, 64);
    let nothing = World::new(&[]).run(&["story", "list"]);
    assert_eq!(nothing.code, 66, "{nothing:?}");
}

#[test]
fn mails_go_while_items_cannot_be_put_into_stories_and_that_is_told() {
    let web = Web::start("127.0.0.1");
    let world = world(&web);
    // Makes the database.
    world.set_feeds(&[]);
    world.run(&["once"]);
    let database = Connection::open(world.state().join("newsvigil.db")).expect("a database");
    let refuse = "CREATE TRIGGER refuse BEFORE INSERT ON story_item BEGIN SELECT RAISE(ABORT, 'no room'); END";
    database.execute_batch(refuse).expect("a trigger");
    let feeds = ["courier", "mirror", "tribune"].map(|name| (name, web.url(&format!("/{name}"))));
    let feeds: Vec<(&str, &str)> = feeds.iter().map(|(id, url)| (*id, url.as_str())).collect();
    world.set_feeds(&feeds);
    let run = world.run(&["once", "--json"]);
    assert!(
        run.stderr.contains("could not be put into stories"),
        "{run:?}"
    );
    assert!(run.stderr.contains("no room"), "{run:?}");
    let summary: Value = run.ok().json();
    assert_eq!(summary["hits"], 3, "{summary}");
    assert!(!world.mailbox().is_empty(), "the mail went out");
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["entries_unplaced"], 3, "{status}");
    assert!(
        !status["needs"].to_string().contains("into stories"),
        "not yet: {status}"
    );
    let older = "UPDATE story_waiting SET seen_at = seen_at - 7200";
    database.execute(older, []).expect("older");
    let status = world.run(&["status", "--json"]).json();
    assert!(
        status["needs"]
            .to_string()
            .contains("3 items wait to be put into stories"),
        "{status}"
    );
    // And once they can, they are.
    database
        .execute_batch("DROP TRIGGER refuse")
        .expect("dropped");
    assert_eq!(world.once_all()["hits"], 0);
    let status = world.run(&["status", "--json"]).json();
    assert_eq!(status["entries_unplaced"], 0, "{status}");
    assert_eq!(
        world
            .run(&["story", "list", "--json"])
            .ok()
            .json_lines()
            .len(),
        1
    );
}

#[test]
fn a_file_of_items_is_grouped_in_the_order_given() {
    let world = World::new(&[]);
    let line = |id: Value, (title, summary, language): Words, published: Value| {
        serde_json::json!({"id": id, "title": title, "summary": summary, "language": language,
            "published": published, "feed": "f", "outlet": "outlet.example"})
    };
    let items = [
        line("first".into(), CRACKDOWN[0], 1_790_000_000.into()),
        line(7.into(), TRIAL[0], "2026-09-21T15:00:00Z".into()),
        line(Value::Null, CRACKDOWN[1], Value::Null),
        line(9.5.into(), CRACKDOWN[2], 1_790_003_600.into()),
    ];
    let text: String = items.iter().map(|item| format!("{item}\n")).collect();
    world.write("items.jsonl", &text);
    let file = world.config().join("items.jsonl");
    let file = file.to_str().expect("a path");
    let run = world.run(&["story", "group", file, "--json"]).ok();
    let lines = run.json_lines();
    let given: Vec<&Value> = lines.iter().map(|line| &line["id"]).collect();
    let third = Value::from("line 3");
    assert_eq!(
        given,
        [&items[0]["id"], &items[1]["id"], &third, &items[3]["id"]]
    );
    let stories: Vec<&Value> = lines.iter().map(|line| &line["story"]).collect();
    // A story is called after its first item, as that was called.
    let (first, seven) = (Value::from("first"), Value::from(7));
    assert_eq!(stories, [&first, &seven, &first, &first]);
    let relations: Vec<&Value> = lines.iter().map(|line| &line["relation"]).collect();
    assert_eq!(relations, ["first", "first", "same event", "same event"]);
    assert!(
        lines
            .iter()
            .all(|line| line["why"].as_str().is_some_and(|why| !why.is_empty()))
    );
    // The same from standard input, with a dash and without.
    for arguments in [
        &["story", "group", "--json", "-"][..],
        &["story", "group", "--json"],
    ] {
        let piped = world.run_with_input(arguments, &text).ok();
        assert_eq!(piped.stdout, run.stdout);
    }
    let shown = world.run_with_input(&["story", "group"], &text).ok().stdout;
    for words in [
        "Story first (3 items)",
        "Story 7 (1 item)",
        "line 3",
        "4 items in 2 stories",
    ] {
        assert!(shown.contains(words), "{shown}");
    }
}

#[test]
fn a_line_that_is_no_item_is_named_and_the_others_are_grouped() {
    let world = World::new(&[]);
    let good = |title: &str| serde_json::json!({"title": title}).to_string();
    let input = format!(
        "{}\nnonsense\n\n[]\n{{\"title\": \"a\", \"published\": \"yesterday\"}}\n{{\"titel\": \"b\"}}\n{}\n",
        good("Editor sentenced in Velmora"),
        good("Fire in a mill")
    );
    let run = world.run_with_input(&["story", "group", "--json"], &input);
    assert_eq!(run.code, 65, "{run:?}");
    let lines = run.json_lines();
    assert_eq!(lines.len(), 2, "{run:?}");
    assert_eq!(lines[1]["id"], "line 7");
    for words in [
        "-:2: not an item",
        "-:4: not an item",
        "-:5: not an item: `published` is no time",
        "-:6: not an item",
        "4 lines could not be read",
    ] {
        assert!(run.stderr.contains(words), "{words}: {run:?}");
    }
    let words = world.run_with_input(&["story", "group"], "Fire in a mill\n");
    assert_ne!(words.code, 0, "{words:?}");
}
