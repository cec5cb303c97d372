//! What the feeds of the world come to say.

use crate::web::Page;

use super::script::{FEEDS, Item, PAGES, Script};

impl Script {
    /// Time for news: some new items, and now and then one says more than before.
    pub fn publish(&mut self) {
        for _ in 0..=self.random.below(3) {
            let number = self.items.len();
            let (title, description) = match self.random.below(4) {
                0 => ("Police used lethal force", "Protesters were shot."),
                1 => ("Lawyer detained", "Nobody knows where she is held."),
                2 => ("Twelve detained", "Lethal force was used at the protest."),
                _ => ("The concert ended", "There was applause."),
            };
            self.items.push(Item {
                feed: self.random.below(FEEDS),
                slug: format!("item-{number}"),
                title: format!("{title}, number {number}"),
                description: description.to_owned(),
                served: true,
            });
        }
        if self.random.below(2) == 0 {
            let place = usize::try_from(self.random.below(self.items.len() as u64));
            let item = &mut self.items[place.expect("a place")];
            if item.served {
                item.description
                    .push_str(" Protesters speak of lethal force.");
            }
        }
        self.serve();
    }

    /// News for which a mail leaves at once, and something for the digest.
    pub fn publish_something_urgent(&mut self) {
        self.publish();
        for (title, description) in [
            ("Police used lethal force", "Protesters were shot."),
            ("Lawyer detained", "Nobody knows where she is held."),
        ] {
            let number = self.items.len();
            self.items.push(Item {
                feed: 0,
                slug: format!("item-{number}"),
                title: format!("{title}, number {number}"),
                description: description.to_owned(),
                served: true,
            });
        }
        self.serve();
    }

    /// So many hits that a mail of them fits into no pipe.
    pub fn publish_very_much(&mut self) {
        for number in 0..30 {
            self.items.push(Item {
                feed: 0,
                // Long, for a mail has so many words and no more, and each item must stand in it.
                slug: format!("item-{number}-{}", "a".repeat(1_500)),
                title: format!("Lawyer detained, number {number}"),
                description: "Nobody knows where she is held. "
                    .repeat(30)
                    .trim()
                    .to_owned(),
                served: true,
            });
        }
        self.serve();
    }

    /// One more feed, in whose items nothing is found, links to a page that is there and to one that has moved.
    pub fn link_to_pages(&self) {
        let article =
            "<p>The harbour was quiet all day, and ferries ran late because of the weather.</p>";
        let html = format!(
            "<!DOCTYPE html><html><head><title>A day</title></head><body><article><h1>A day</h1>{}</article>",
            article.repeat(9)
        );
        self.web.put("/page/there", Page::Html(html, String::new()));
        let moved = Page::Whole(302, &[("location", "/page/there")], Vec::new());
        self.web.put("/page/moved", moved);
        let items: String = ["there", "moved"]
            .map(|page| {
                let link = self.web.url(&format!("/page/{page}"));
                format!("<item><title>A day {page}</title><link>{link}</link></item>")
            })
            .concat();
        let feed = format!(
            "<rss version=\"2.0\"><channel><title>Pages</title><description>d</description>{items}</channel></rss>"
        );
        self.web.put("/pages", Page::Feed(feed));
        let mut feeds = self.feeds();
        feeds.push((PAGES.to_owned(), self.web.url("/pages")));
        self.set_feeds(&feeds);
    }

    /// Two outlets report one event in the same words.
    pub fn repeat_a_story(&mut self) {
        for feed in 0..2 {
            self.items.push(Item {
                feed,
                slug: format!("item-{}", self.items.len()),
                title: "Dock workers of Port Calder detained by harbour police".to_owned(),
                description: "Forty dock workers who had blocked the grain terminal of Port Calder were detained \
                              by harbour police, their union said."
                    .to_owned(),
                served: true,
            });
        }
        self.serve();
        self.world.once_all();
    }

    /// Months go by in which the feeds drop what they hold now.
    pub fn grow_old(&mut self) {
        self.publish_something_dull("The concert began");
        self.world.once_all();
        for item in &mut self.items {
            item.served = false;
        }
        self.publish_something_dull("The concert ended");
        let database = self.database();
        database
            .execute(
                "UPDATE entry SET first_seen_at = first_seen_at - 5000000,
                                  last_seen_at = last_seen_at - 5000000",
                [],
            )
            .expect("old");
    }

    /// What no watch is interested in.
    fn publish_something_dull(&mut self, title: &str) {
        self.items.push(Item {
            feed: 0,
            slug: format!("item-{}", self.items.len()),
            title: title.to_owned(),
            description: "There was applause.".to_owned(),
            served: true,
        });
        self.serve();
    }
}
