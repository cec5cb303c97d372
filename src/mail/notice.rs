//! The mail that tells an operator which feeds have changed their health, and whom no mail reaches.

use askama::Template;
use jiff::Timestamp;

use super::foot::{Footer, Section, push_feeds};
use super::message::{
    Draft, RenderError, RenderOptions, RenderedMessage, Told, assemble, notice_thread,
};
use super::page::{Page, PageHtml, PageText};
use super::render::reader;
use super::view::{count, local_time};
use crate::core::digest::{FeedTrouble, Privacy, Recipient, clean_line};

const VERSION: &str = env!("CARGO_PKG_VERSION");

/// What has changed since the last notice.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notice {
    /// Feeds that are in trouble now, or in another than before.
    pub troubled: Vec<FeedTrouble>,
    /// Feeds that are fine again; the reason says what they were.
    pub recovered: Vec<FeedTrouble>,
    /// Recipients whom no mail reaches.
    pub without_mail: Vec<FeedTrouble>,
    /// Feeds of which no page behind an item is ever read whole.
    pub unreadable: Vec<FeedTrouble>,
}

impl Notice {
    fn all(&self) -> Vec<&FeedTrouble> {
        let feeds = self.troubled.iter().chain(&self.recovered);
        let feeds = feeds.chain(&self.unreadable);
        feeds.chain(&self.without_mail).collect()
    }

    /// Whether there is nothing to tell.
    pub fn is_empty(&self) -> bool {
        self.all().is_empty()
    }
}

/// Renders a notice; `seed` and `date` as for [`render`](super::render()).
pub fn render_notice(
    notice: &Notice,
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let tz = &recipient.time_zone;
    let mut sections = Vec::new();
    if recipient.privacy == Privacy::Open {
        push_feeds(
            &mut sections,
            "Get no mail",
            &notice.without_mail,
            "recipients",
            tz,
        );
        push_feeds(&mut sections, "In trouble", &notice.troubled, "feeds", tz);
        push_feeds(&mut sections, "Fine again", &notice.recovered, "feeds", tz);
        let heading = "Pages that are never readable";
        push_feeds(&mut sections, heading, &notice.unreadable, "feeds", tz);
    }
    let summary = summary(notice);
    let only = match notice.all().as_slice() {
        [only] if recipient.privacy == Privacy::Open => {
            format!(": {}", clean_line(&only.title, 80))
        }
        _ => String::new(),
    };
    let subject = format!("{summary}{only}");
    one_page(subject, summary, sections, recipient, options, seed, date)
}

/// Renders a notice without a word of a feed, for a server that refused the one with them.
pub fn render_bare_notice(
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let summary = "The health of feeds has changed".to_owned();
    one_page(
        summary.clone(),
        summary,
        Vec::new(),
        recipient,
        options,
        seed,
        date,
    )
}

fn one_page(
    subject: String,
    summary: String,
    sections: Vec<Section>,
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let tz = &recipient.time_zone;
    let page = Page {
        subject,
        preheader: String::new(),
        reader: reader(recipient),
        dateline: local_time(date, tz),
        summary,
        extent: String::new(),
        caution: String::new(),
        contents: Vec::new(),
        rest: None,
        archives: Vec::new(),
        archives_command: String::new(),
        footer: Some(Footer {
            verdict: "\"newsvigil status\" shows how everything stands. What is in trouble may hold items that nobody sees.".to_owned(),
            reading: String::new(),
            sections,
            window: format!("As of {}.", local_time(date, tz)),
            number: String::new(),
            version: format!("newsvigil {VERSION}"),
            unsubscribe: None,
        }),
    };
    let draft = Draft {
        told: Told::default(),
        text: PageText {
            page: &page,
            body: "",
        }
        .render()?,
        html: PageHtml {
            page: &page,
            body: "",
        }
        .render()?,
        subject: page.subject,
    };
    assemble(
        recipient,
        &notice_thread(recipient),
        options,
        seed,
        date,
        draft,
    )
}

/// "1 recipient gets no mail; 2 feeds in trouble, 1 fine again; 1 feed has pages that are never readable".
fn summary(notice: &Notice) -> String {
    let troubled = notice.troubled.len();
    let recovered = notice.recovered.len();
    let feeds = match (troubled, recovered) {
        (0, 0) => None,
        (0, _) => Some(format!(
            "{} fine again",
            count(recovered, "feed is", "feeds are")
        )),
        (_, 0) => Some(format!(
            "{} in trouble",
            count(troubled, "feed is", "feeds are")
        )),
        _ => Some(format!(
            "{} in trouble, {recovered} fine again",
            count(troubled, "feed", "feeds")
        )),
    };
    let without_mail = match notice.without_mail.len() {
        0 => None,
        several => Some(format!(
            "{} no mail",
            count(several, "recipient gets", "recipients get")
        )),
    };
    let unreadable = match notice.unreadable.len() {
        0 => None,
        several => Some(format!(
            "{} pages that are never readable",
            count(several, "feed has", "feeds have")
        )),
    };
    let parts = without_mail.into_iter().chain(feeds).chain(unreadable);
    let parts: Vec<String> = parts.collect();
    parts.join("; ")
}
