//! The mail that tells an operator which feeds have changed their health, and whom no mail reaches.

use askama::Template;
use jiff::Timestamp;

use super::footer::{Footer, Section, Sections, status};
use super::language::{MessageCatalog, catalog};
use super::message::{
    Draft, HeaderFields, RenderError, RenderOptions, RenderedMessage, assemble, notice_thread,
};
use super::page::{Page, PageHtml, PageText};
use super::wrapping::reader;
use crate::core::digest::{FeedTrouble, Privacy, Recipient, clean_line};

const VERSION: &str = env!("CARGO_PKG_VERSION");
/// Lines under one heading.
const NAMES_MAX: usize = 40;

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
    let catalog = catalog(recipient.language);
    let mut sections = Sections::new(NAMES_MAX, usize::MAX, &recipient.time_zone, catalog);
    if recipient.privacy == Privacy::Open {
        for (heading, troubles, several) in [
            ("get-no-mail", &notice.without_mail, "several-recipients"),
            ("in-trouble", &notice.troubled, "several-feeds"),
            ("fine-again", &notice.recovered, "several-feeds"),
            ("never-readable", &notice.unreadable, "several-feeds"),
        ] {
            sections.feeds(heading, troubles, several);
        }
    }
    let summary = summary(notice, catalog);
    let only = match notice.all().as_slice() {
        [only] if recipient.privacy == Privacy::Open => {
            catalog.say("colon") + &clean_line(&only.title, 80)
        }
        _ => String::new(),
    };
    let subject = format!("{summary}{only}");
    let fields = HeaderFields {
        recipient,
        options,
        seed,
        date,
    };
    one_page(subject, summary, sections.list, fields)
}

/// Renders a notice without a word of a feed, for a server that refused the one with them.
pub fn render_bare_notice(
    recipient: &Recipient,
    options: &RenderOptions,
    seed: &str,
    date: Timestamp,
) -> Result<RenderedMessage, RenderError> {
    let summary = catalog(recipient.language).say("health-changed");
    let fields = HeaderFields {
        recipient,
        options,
        seed,
        date,
    };
    one_page(summary.clone(), summary, Vec::new(), fields)
}

fn one_page(
    subject: String,
    summary: String,
    sections: Vec<Section>,
    fields: HeaderFields<'_>,
) -> Result<RenderedMessage, RenderError> {
    let recipient = fields.recipient;
    let catalog = catalog(recipient.language);
    let now = catalog.date_time(fields.date, &recipient.time_zone);
    let page = Page {
        catalog,
        subject,
        preheader: String::new(),
        reader: reader(recipient),
        dateline: now.clone(),
        summary,
        extent: String::new(),
        attached: String::new(),
        completeness: None,
        note: String::new(),
        unusual: Vec::new(),
        rest: None,
        archives: Vec::new(),
        archives_command: String::new(),
        footer: Some(Footer {
            verdict: catalog.say_with("status-shows", &[("command", status(catalog).into())]),
            reading: String::new(),
            sections,
            window: catalog.say_with("as-of", &[("time", now.into())]),
            number: String::new(),
            version: format!("newsvigil {VERSION}"),
            unsubscribe: None,
        }),
    };
    let draft = Draft {
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
        ..Draft::default()
    };
    assemble(fields, &notice_thread(recipient), draft)
}

/// "1 recipient gets no mail; 2 feeds in trouble, 1 fine again; 1 feed has pages that are never readable".
fn summary(notice: &Notice, catalog: &MessageCatalog) -> String {
    let counted =
        |key, all: &[FeedTrouble]| (!all.is_empty()).then(|| catalog.count(key, all.len()));
    let (troubled, recovered) = (notice.troubled.len(), notice.recovered.len());
    let feeds = if troubled > 0 && recovered > 0 {
        let values = [("count", troubled.into()), ("fine", recovered.into())];
        Some(catalog.say_with("feeds-in-trouble-and-fine", &values))
    } else {
        counted("feeds-in-trouble", &notice.troubled)
            .or_else(|| counted("feeds-fine-again", &notice.recovered))
    };
    let parts = [
        counted("recipients-without-mail", &notice.without_mail),
        feeds,
        counted("feeds-never-readable", &notice.unreadable),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    parts.join(&catalog.say("semicolon"))
}
