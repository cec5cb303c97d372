//! A world that publishes: feeds whose items are made up, revised and kept, and what must come of them.

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;
use std::time::Duration;

use crate::mail::Server;
use crate::random::Random;
use crate::web::{Page, Web, rss};
use crate::world::World;

/// Feeds of the world.
pub const FEEDS: u64 = 3;

/// A feed whose items are not reckoned.
pub const PAGES: &str = "pages";

/// Where the desk reads at first.
const FIRST_DESK: &str = "desk@example.org";

/// Two readers: one is told of force at once, both read of prison in their digests.
const WATCHES: &str = r#"
[[watch]]
id = "force"
title = "Use of force"
topic = "assembly"
match = '"lethal force" AND protest*'
urgency = "alert"
recipients = ["desk"]
stories = false
[[watch]]
id = "prison"
title = "Prison"
topic = "detention"
match = 'detained'
recipients = ["desk", "court"]
stories = false
"#;

/// By which way messages leave.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    Smtp,
    Maildir,
    Sendmail,
}

/// An item as it is served now.
pub struct Item {
    pub feed: u64,
    pub slug: String,
    pub title: String,
    pub description: String,
    pub served: bool,
}

impl Item {
    /// The watches that must find it. Nothing of the program is used here. Items only ever gain words,
    /// so that what is served last decides.
    pub fn expected_hits(&self) -> BTreeSet<&'static str> {
        let text = format!("{} {}", self.title, self.description).to_lowercase();
        let mut watches = BTreeSet::new();
        if text.contains("lethal force") && text.contains("protest") {
            watches.insert("force");
        }
        if text.contains("detained") {
            watches.insert("prison");
        }
        watches
    }

    pub fn link(&self) -> String {
        format!("https://outlet.example/{}", self.slug)
    }

    pub fn feed_id(&self) -> String {
        format!("outlet-{}", self.feed)
    }
}

/// The readers of a watch.
pub fn readers(watch: &str) -> &'static [&'static str] {
    match watch {
        "force" => &["desk"],
        _ => &["desk", "court"],
    }
}

fn feeds(web: &Web) -> Vec<(String, String)> {
    (0..FEEDS)
        .map(|feed| (format!("outlet-{feed}"), web.url(&format!("/{feed}"))))
        .collect()
}

impl Script {
    /// Where a reader of that name has ever read.
    pub fn addresses(&self, reader: &str) -> Vec<&'static str> {
        match reader {
            "desk" => vec![FIRST_DESK, self.desk],
            _ => vec!["court@example.org"],
        }
    }
}

/// The world of one test.
pub struct Script {
    pub world: World,
    pub web: Web,
    pub server: Server,
    pub items: Vec<Item>,
    pub way: Way,
    /// Where the desk reads; it may have moved.
    pub desk: &'static str,
    pub random: Random,
}

impl Script {
    pub fn new(seed: u64, way: Way) -> Self {
        let web = Web::start("127.0.0.1");
        let world = World::new(&[]);
        world.write("watches/force.toml", WATCHES);
        let script = Self {
            world,
            web,
            server: Server::start(0, "250 ok"),
            items: Vec::new(),
            way,
            desk: FIRST_DESK,
            random: Random(seed),
        };
        script.set_feeds(&script.feeds());
        fs::create_dir_all(script.sendmail_folder()).expect("a folder");
        script.write_settings(script.server.port);
        script
    }

    /// Writes `newsvigil.toml`, with the mail server at `port`.
    pub fn write_settings(&self, port: u16) {
        let way = match self.way {
            Way::Smtp => format!(
                "transport = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\n"
            ),
            Way::Maildir => "transport = \"maildir\"\n".to_owned(),
            Way::Sendmail => format!(
                "transport = \"sendmail\"\nprogram = \"{}\"\n",
                self.sendmail_program().display()
            ),
        };
        let desk = self.desk;
        self.world.write(
            "newsvigil.toml",
            &format!(
                "[fetch]\nallow = [\"127.0.0.0/8\"]\ntimeout = \"2s\"\n\
                 [mail]\nfrom = \"newsvigil@example.org\"\n{way}\
                 [[recipient]]\nid = \"desk\"\naddress = \"{desk}\"\ndigest = [\"daily 07:30\"]\n\
                 operator = true\n\
                 [[recipient]]\nid = \"court\"\naddress = \"court@example.org\"\n\
                 digest = [\"daily 07:30\"]\n"
            ),
        );
    }

    pub fn sendmail_folder(&self) -> PathBuf {
        self.world.config().with_extension("sendmail")
    }

    /// Keeps each message in a file of its own, under a name that it has once it is whole.
    fn sendmail_program(&self) -> PathBuf {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = self.sendmail_folder();
        let program = folder.join("sendmail");
        // It takes its time while there is a file of that name.
        let text = format!(
            "#!/bin/sh\ncd '{0}' || exit 75\ntouch started\nwhile [ -e wait ]; do sleep 0.02; done\n\
             cat >part.$$ && mv part.$$ mail.$$\n",
            folder.display()
        );
        fs::write(&program, text).expect("a program");
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).expect("a mode");
        program
    }

    /// Feeds at which nobody listens, and one that answers only later: the program must take it for an
    /// outage of its own network, and then see that it is over.
    pub fn cut_off(&self) {
        let mut feeds = Vec::new();
        for host in 31..38 {
            let listener = std::net::TcpListener::bind((format!("127.0.0.{host}"), 0));
            let address = listener.and_then(|listener| listener.local_addr());
            let address = address.expect("an address");
            feeds.push((format!("away-{host}"), format!("http://{address}/feed")));
        }
        self.web
            .put("/later", Page::Silence(Duration::from_secs(1)));
        feeds.push(("later".to_owned(), self.web.url("/later")));
        self.set_feeds(&feeds);
    }

    /// The story with most items.
    pub fn repeated_story(&self) -> i64 {
        let sql =
            "SELECT story_id FROM story_item GROUP BY story_id ORDER BY count(*) DESC LIMIT 1";
        self.database()
            .query_row(sql, [], |row| row.get(0))
            .expect("a story")
    }

    /// The feeds are as they were.
    pub fn reconnect(&self) {
        self.set_feeds(&self.feeds());
    }

    pub fn feeds(&self) -> Vec<(String, String)> {
        feeds(&self.web)
    }

    pub fn set_feeds(&self, feeds: &[(String, String)]) {
        let feeds: Vec<(&str, &str)> = feeds
            .iter()
            .map(|(id, url)| (id.as_str(), url.as_str()))
            .collect();
        self.world.set_feeds(&feeds);
    }

    /// Polls while nobody looks for anything that is there.
    pub fn look_away(&self) {
        let elsewhere = "[[watch]]\nid = \"elsewhere\"\ntitle = \"Elsewhere\"\nmatch = 'zeppelin'\n\
                         recipients = [\"desk\"]\n";
        self.world.write("watches/force.toml", elsewhere);
        self.world.once_all();
        self.world.write("watches/force.toml", WATCHES);
    }

    /// Waits until so many items are stored.
    pub fn wait_for_items(&self, number: usize) {
        let until = std::time::Instant::now() + Duration::from_mins(1);
        while self.world.run(&["status", "--json"]).json()["entries"] != number {
            assert!(
                std::time::Instant::now() < until,
                "{number} items never came"
            );
        }
    }

    /// Whether a program lived long enough to make the tables.
    pub fn has_schema(&self) -> bool {
        let made = self.database().query_row(
            "SELECT count(*) FROM sqlite_schema WHERE name = 'recipient'",
            [],
            |row| row.get::<_, i64>(0),
        );
        made.expect("a count") > 0
    }

    /// Puts the items onto the web, the newest first.
    pub fn serve(&self) {
        for feed in 0..FEEDS {
            let items: Vec<(&str, &str, &str)> = self
                .items
                .iter()
                .rev()
                .filter(|item| item.feed == feed && item.served)
                .map(|item| {
                    (
                        item.title.as_str(),
                        item.slug.as_str(),
                        item.description.as_str(),
                    )
                })
                .collect();
            let title = format!("Outlet {feed}");
            self.web
                .put(&format!("/{feed}"), Page::Feed(rss(&title, &items)));
        }
    }

    /// A day goes by: every feed and every digest is due again, and there were no alerts of late.
    pub fn time_passes(&self) {
        let database = self.database();
        database
            .execute("UPDATE recipient SET last_due_at = 0", [])
            .expect("digests are due");
        database
            .execute(
                "UPDATE outbox SET created_at = created_at - 86400 WHERE state = 'sent'",
                [],
            )
            .expect("older");
        database
            .execute(
                "UPDATE feed SET state = json_remove(state, '$.next_poll_at'), next_poll_at = 0",
                [],
            )
            .expect("feeds are due");
    }

    pub fn database(&self) -> rusqlite::Connection {
        rusqlite::Connection::open(self.world.state().join("newsvigil.db")).expect("the database")
    }

    /// Every message that has arrived, as often as it has.
    pub fn received(&self) -> Vec<Vec<u8>> {
        let files = |folder: PathBuf, prefix: &str| -> Vec<Vec<u8>> {
            let Ok(entries) = fs::read_dir(folder) else {
                return Vec::new();
            };
            entries
                .map(|entry| entry.expect("an entry"))
                .filter(|entry| entry.file_name().to_string_lossy().starts_with(prefix))
                .map(|entry| fs::read(entry.path()).expect("a message"))
                .collect()
        };
        match self.way {
            Way::Smtp => self.server.received(),
            Way::Maildir => files(self.world.state().join("mail/new"), "newsvigil-"),
            Way::Sendmail => files(self.sendmail_folder(), "mail."),
        }
    }
}
