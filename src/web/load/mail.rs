//! The outbox, and a mail as it was sent.

use mail_parser::MessageParser;

use super::{Sources, address, count};
use crate::core::digest::clean_line;
use crate::core::text::html::to_text;
use crate::core::text::visible::visible_text;
use crate::store::outbox::{self, Listing, OutboxRow, OutboxState};
use crate::store::{Connection, StoreError};
use crate::web::pages::Section;
use crate::web::pages::mail::{Group, MailLine, MailPage, MailsPage};

/// Mails in one table.
const LINES_MAX: usize = 50;
/// Characters of a subject or of a server's words.
const LINE_CHARS: usize = 300;
/// Characters of a mail: pages stay under 40 KB.
const TEXT_CHARS: usize = 10_000;

/// What waits, what was given up, and what was sent last.
pub fn mails(sources: Sources<'_>) -> Result<MailsPage, StoreError> {
    let counts = outbox::counts(sources.connection)?;
    let verdict = match (counts.queued, counts.undeliverable) {
        (0, 0) if counts.sent == 0 => "No mail was made yet".to_owned(),
        (0, 0) => "All mails were delivered".to_owned(),
        (0, given_up) => format!("{} could not be delivered", count(given_up, "mail")),
        (waiting, 0) => format!("{} waiting", count(waiting, "mail")),
        (waiting, given_up) => format!(
            "{} waiting, {given_up} not delivered",
            count(waiting, "mail")
        ),
    };
    let waiting = outbox::list(sources.connection, Listing::Waiting)?;
    let (waits, ended): (Vec<OutboxRow>, Vec<OutboxRow>) = waiting
        .into_iter()
        .partition(|row| matches!(row.state, OutboxState::Queued | OutboxState::Sending));
    let sent = outbox::sent_since(sources.connection, jiff::Timestamp::UNIX_EPOCH, 50)?;
    let groups = [
        ("Waiting", waits),
        ("Not delivered", ended),
        ("Sent, the last first", sent),
    ];
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    Ok(MailsPage {
        frame: sources.frame(Section::Mail),
        verdict,
        groups: groups
            .map(|(name, rows)| Group {
                name,
                mails: rows
                    .iter()
                    .take(LINES_MAX)
                    .map(|row| line(sources, row))
                    .collect(),
            })
            .collect(),
    })
}

fn line(sources: Sources<'_>, row: &OutboxRow) -> MailLine {
    MailLine {
        number: row.id,
        recipient: row.recipient_id.clone(),
        subject: clean_line(&row.subject, LINE_CHARS),
        made: sources.time(row.created),
        state: state(row),
    }
}

fn state(row: &OutboxRow) -> String {
    let reply = row
        .reply
        .as_deref()
        .map(|reply| clean_line(reply, LINE_CHARS));
    match reply.filter(|reply| !reply.is_empty()) {
        Some(reply) => format!("{}: {reply}", row.state.name()),
        None => row.state.name().to_owned(),
    }
}

/// A mail as it was sent; `None` where none has this number.
pub fn mail(sources: Sources<'_>, number: i64) -> Result<Option<MailPage>, StoreError> {
    let Some(row) = outbox::find(sources.connection, number)? else {
        return Ok(None);
    };
    let words = words_of(sources.connection, number)?;
    let mut facts = vec![
        ("To", format!("{} ({})", row.recipient_id, row.address)),
        ("Kind", row.kind.clone()),
        ("Made", sources.time(row.created).text),
        ("State", state(&row)),
    ];
    if let Some(settled) = row.settled {
        facts.push(("Settled", sources.time(settled).text));
    }
    Ok(Some(MailPage {
        frame: sources.frame(Section::Mail),
        subject: clean_line(&row.subject, LINE_CHARS),
        facts,
        hits_address: address("/hits", &[("mail", &number.to_string())]),
        without: "What it said is not kept any more.".to_owned(),
        words,
    }))
}

fn words_of(connection: &Connection, number: i64) -> Result<Option<String>, StoreError> {
    let Some(bytes) = outbox::message(connection, number)? else {
        return Ok(None);
    };
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return Ok(None);
    };
    let text = match message.body_text(0) {
        Some(text) => text.into_owned(),
        None => to_text(&message.body_html(0).unwrap_or_default()),
    };
    let mut shown: String = visible_text(&text).chars().take(TEXT_CHARS).collect();
    if shown.chars().count() == TEXT_CHARS {
        shown.push('…');
    }
    Ok(Some(shown))
}
