//! A million items and a hundred thousand hits, in eight weeks.

use std::fmt::Write as _;
use std::path::Path;

use newsvigil::store;
use rusqlite::Connection;

/// One of so many items is a hit.
const ITEMS_A_HIT: u64 = 10;
/// One of so many hits reports what the one before did.
const HITS_A_STORY: u64 = 3;
/// Hits of one mail.
const HITS_A_MAIL: u64 = 50;
pub const WATCHES: u64 = 100;
const TOPICS: u64 = 12;
const FEEDS: u64 = 300;
pub const BEGAN: i64 = 1_780_000_000;
const LASTED: i64 = 56 * 86_400;
pub const ENDED: i64 = BEGAN + LASTED;
/// Words that stand in every so many-th hit.
const MARKED: [(&str, u64); 4] = [
    ("police", 2),
    ("court", 5),
    ("detained", 20),
    ("lacrimógenos", 1_000),
];
const PLACES: [&str; 5] = ["Peru", "Chile", "Kenya", "France", "Japan"];

pub fn configure(folder: &Path) {
    std::fs::create_dir_all(folder.join("watches")).expect("a folder");
    let mut watches = String::new();
    for watch in 0..WATCHES {
        let _ = writeln!(
            watches,
            "[[watch]]\nid = \"watch-{watch}\"\ntitle = \"Use of force at protests, {watch}\"\n\
             topic = \"topic-{}\"\nmatch = 'police'\nrecipients = [\"desk\"]",
            watch % TOPICS
        );
    }
    let mut feeds = String::new();
    for feed in 0..FEEDS {
        let _ = writeln!(
            feeds,
            "[[feed]]\nid = \"feed-{feed}\"\ntitle = \"The Outlet of Place {feed}\"\n\
             url = \"https://outlet-{feed}.example/feed\""
        );
    }
    let settings = "[[recipient]]\nid = \"desk\"\naddress = \"desk@example.org\"\n";
    for (name, text) in [
        ("newsvigil.toml", settings),
        ("feeds.toml", &feeds),
        ("watches/all.toml", &watches),
    ] {
        std::fs::write(folder.join(name), text).expect("a file");
    }
}

/// Numbers that look like chance (`SplitMix64`).
struct Random(u64);

impl Random {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }

    /// Below `end`, small numbers far more often.
    fn often_small(&mut self, end: u64) -> u64 {
        let highest = self.below(end) + 1;
        self.below(highest)
    }

    fn words(&mut self, count: u64) -> String {
        let mut words = String::new();
        for _ in 0..count {
            let _ = write!(words, "w{} ", self.often_small(20_000));
        }
        words
    }
}

/// Fills the database of a state folder.
pub fn fill(path: &Path, items: u64) {
    store::open(path).expect("a database");
    let mut connection = Connection::open(path).expect("the same");
    let transaction = connection.transaction().expect("a transaction");
    feeds(&transaction);
    let mut random = Random(1);
    let mut insert = Insert::new(&transaction);
    for id in 1..=items {
        insert.item(id, items, &mut random);
    }
    transaction
        .execute_batch(
            "INSERT INTO judgment (hit_id, verdict, note, judged_by, judged_at, at_random)
             SELECT id, iif(id % 8 = 0, 'relevant', iif(id % 500 = 1, 'undecided', 'irrelevant')), '', 'ana', 0, 0
             FROM hit WHERE id % 4 < 2;
             UPDATE hit SET verdict = (SELECT verdict FROM judgment WHERE hit_id = hit.id);",
        )
        .expect("judged");
    transaction.commit().expect("stored");
}

fn feeds(connection: &Connection) {
    for feed in 0..FEEDS {
        let id = format!("feed-{feed}");
        connection
            .execute(
                "INSERT INTO feed (id, url, title, state, next_poll_at, first_success_at)
                 VALUES (?1, ?1, ?1, '{}', 0, ?2)",
                (&id, BEGAN),
            )
            .expect("stored");
        for day in BEGAN / 86_400..=ENDED / 86_400 {
            connection
                .execute(
                    "INSERT INTO feed_day (feed_id, day, items) VALUES (?1, ?2, 60)",
                    (&id, day),
                )
                .expect("stored");
        }
    }
}

struct Insert<'c> {
    connection: &'c Connection,
    /// The last mail.
    mail: i64,
    /// The first item of the last story.
    story: u64,
}

impl<'c> Insert<'c> {
    fn new(connection: &'c Connection) -> Self {
        Self {
            connection,
            mail: 0,
            story: 0,
        }
    }

    fn run(&self, sql: &str, values: impl rusqlite::Params) {
        let statement = self.connection.prepare_cached(sql);
        statement
            .and_then(|mut statement| statement.execute(values))
            .expect("stored");
    }

    fn item(&mut self, id: u64, items: u64, random: &mut Random) {
        let is_hit = id.is_multiple_of(ITEMS_A_HIT);
        let number = id / ITEMS_A_HIT;
        let marks = MARKED
            .iter()
            .filter(|(_, every)| is_hit && number.is_multiple_of(*every));
        let marks: Vec<&str> = marks.map(|(word, _)| *word).collect();
        let title = random.words(8);
        let (summary, text) = if is_hit {
            (random.words(25), random.words(100))
        } else {
            (random.words(10), random.words(10))
        };
        let place = random.often_small(PLACES.len() as u64);
        let place = PLACES[usize::try_from(place).expect("a place")];
        let title = format!("{} in {place}: {title}", marks.join(" "));
        let feed = format!("feed-{}", random.often_small(FEEDS));
        let language = match random.below(2_000) {
            0 => "is",
            1..1_000 => "en",
            1_000..1_500 => "es",
            1_500..1_700 => "pt-BR",
            _ => "fr",
        };
        let found = BEGAN
            + i64::try_from(id).expect("small") * LASTED / i64::try_from(items).expect("small");
        self.run(
            "INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author, categories,
                                language, link, published_at, first_seen_at, last_seen_at, backlog)
             VALUES (?1, ?2, ?1, 0, ?1, ?3, ?4, ?5, '', '[]', ?6, 'https://outlet.example/' || ?1, ?7, ?7, ?7, 0)",
            (id, &feed, &title, &summary, &text, language, found),
        );
        if is_hit {
            self.hit(id, number, found, random);
            let folded = title.replace('ó', "o").to_lowercase();
            self.run(
                "INSERT INTO entry_text (rowid, title, summary, text) VALUES (?1, ?2, ?3, ?4)",
                (id, folded, &summary, &text),
            );
        }
    }

    fn hit(&mut self, id: u64, number: u64, found: i64, random: &mut Random) {
        let watch = random.often_small(WATCHES);
        self.run(
            "INSERT INTO hit (id, entry_id, revision, watch_id, watch_title, topic, watch_version, program_version,
                              score, spans, found_at, terms)
             VALUES (?1, ?2, 0, 'watch-' || ?3, 'Use of force at protests, ' || ?3, 'topic-' || ?4, '9d34dccc0766', '0',
                     0, '[{\"field\":\"title\",\"start\":0,\"end\":6,\"term\":\"police\"}]', ?5, 1)",
            (number, id, watch, watch % TOPICS, found),
        );
        if number % HITS_A_STORY == 1 {
            self.story = id;
            self.run(
                "INSERT INTO story (id, began_at, last_at) VALUES (?1, ?2, ?2)",
                (id, found),
            );
        }
        self.run(
            "INSERT INTO story_item (entry_id, revision, story_id, relation, sure, outlet, why, reported_at, seen_at,
                                     placed_at)
             VALUES (?1, 0, ?2, iif(?1 = ?2, 'first', 'same event'), 1, 'outlet-' || (?1 % 300), 'It is like it.',
                     ?3, ?3, ?3)",
            (id, self.story, found),
        );
        if number % HITS_A_MAIL == 1 {
            self.run(
                "INSERT INTO outbox (recipient_id, address, sender, kind, message_id, subject, hits, state, attempts,
                                     created_at, next_attempt_at, settled_at)
                 VALUES ('desk', 'desk@example.org', 'vigil@example.org', 'digest', ?1, 'News of the day', 50, 'sent',
                         1, ?2, ?2, ?2)",
                (format!("{number}@example.org"), found),
            );
            self.mail = self.connection.last_insert_rowid();
        }
        self.run(
            "INSERT INTO delivery (hit_id, recipient_id, urgency, digest_id) VALUES (?1, 'desk', 'digest', ?2)",
            (number, self.mail),
        );
    }
}

/// Stores what a poll brings, a new hit with each third one.
pub fn poll(connection: &mut Connection, number: u32) -> Result<(), store::StoreError> {
    let transaction = connection.transaction()?;
    let insert = Insert::new(&transaction);
    for item in 0..3 {
        insert.run(
            "INSERT INTO entry (feed_id, key, revision, content_hash, title, summary, text, author, categories,
                                first_seen_at, last_seen_at, backlog)
             VALUES ('feed-0', ?1, 0, ?1, 'A headline of Peru', 'A summary', '', '', '[]', ?2, ?2, 0)",
            (format!("new-{number}-{item}"), ENDED),
        );
    }
    if number.is_multiple_of(3) {
        let entry = transaction.last_insert_rowid();
        insert.run(
            "INSERT INTO hit (entry_id, revision, watch_id, watch_title, topic, watch_version, program_version, score,
                              spans, found_at, terms)
             VALUES (?1, 0, 'watch-7', 'Use of force', 'topic-7', '9d34dccc0766', '0', 0, '[]', ?2, 1)",
            (entry, ENDED),
        );
        insert.run(
            "INSERT INTO entry_text (rowid, title, summary, text) VALUES (?1, 'a headline of peru', 'a summary', '')",
            [entry],
        );
    }
    transaction.commit()?;
    Ok(())
}

/// Lets go of what polls brought.
pub fn clear(path: &Path, items: u64) {
    store::open(path).expect("a database");
    let connection = Connection::open(path).expect("the same");
    connection
        .execute_batch(&format!(
            "DELETE FROM hit WHERE entry_id > {items};
             DELETE FROM entry WHERE id > {items};
             DELETE FROM web_session;"
        ))
        .expect("cleared");
}
