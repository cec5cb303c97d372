//! The outbox, and a mail as it was sent.

use jiff::Timestamp;
use mail_parser::MessageParser;

use super::{PageContext, address, fit};
use crate::core::digest::clean_line;
use crate::core::text::html::to_text;
use crate::core::text::sanitize::visible_text;
use crate::store::hits::{AllHits, HitFilter};
use crate::store::outbox::{self, OutboxRow, OutboxState};
use crate::store::{Connection, StoreError};
use crate::web::pages::Section;
use crate::web::pages::mail::{Group, MailLine, MailPage, MailsPage};
use crate::web::search;

/// Mails in one table.
const LINES_MAX: u32 = 20;
/// Characters of a subject or of a server's words.
const LINE_CHARS: usize = 300;
/// Characters of a mail at most.
const TEXT_CHARS: usize = 36_000;
/// Characters that are left out at once where the page is too long.
const SHORTER_BY: usize = 500;

/// What waits, what was given up, what was sent last, and what was taken out.
pub fn mails(sources: PageContext<'_>) -> Result<MailsPage, StoreError> {
    let connection = sources.connection;
    let counts = outbox::counts(connection)?;
    let verdict = match (counts.sent, counts.queued, counts.undeliverable) {
        (0, 0, 0) => "No mail was sent yet".to_owned(),
        (sent, waiting, 0) => format!("{sent} sent, {waiting} waiting, none given up"),
        (sent, waiting, lost) => format!("{sent} sent, {waiting} waiting, {lost} given up"),
    };
    let in_states = |states: &[OutboxState]| outbox::in_states(connection, states, LINES_MAX + 1);
    let groups = [
        (
            "Waiting",
            in_states(&[OutboxState::Queued, OutboxState::Sending])?,
        ),
        ("Given up", in_states(&[OutboxState::Undeliverable])?),
        (
            "Sent, the last first",
            outbox::sent_since(connection, Timestamp::UNIX_EPOCH, LINES_MAX + 1)?,
        ),
        ("Taken out", in_states(&[OutboxState::Discarded])?),
    ];
    let groups = groups.into_iter().filter(|(_, rows)| !rows.is_empty());
    let mut page = MailsPage {
        frame: sources.frame(Section::Mail),
        verdict,
        is_complete: counts.undeliverable == 0,
        groups: groups
            .map(|(name, rows)| Group {
                name,
                is_cut: rows.len() > LINES_MAX as usize,
                mails: rows
                    .iter()
                    .take(LINES_MAX as usize)
                    .map(|row| line(sources, row))
                    .collect(),
            })
            .collect(),
    };
    fit(&mut page, |page| {
        let longest = page.groups.iter_mut().max_by_key(|group| group.mails.len());
        longest.is_some_and(|group| {
            let is_shorter = group.mails.pop().is_some();
            group.is_cut |= is_shorter;
            is_shorter
        })
    });
    Ok(page)
}

fn line(sources: PageContext<'_>, row: &OutboxRow) -> MailLine {
    MailLine {
        number: row.id,
        recipient: row.recipient_id.clone(),
        subject: clean_line(&row.subject, LINE_CHARS),
        made: sources.time(row.created),
        state: state(sources, row),
    }
}

/// How it stands, in the words of `newsvigil outbox show`, and what the server said last.
fn state(sources: PageContext<'_>, row: &OutboxRow) -> String {
    let at = |time: Option<Timestamp>| {
        time.map_or_else(String::new, |time| format!(" {}", sources.time(time).text))
    };
    let stands = match row.state {
        OutboxState::Queued => format!("waiting, to be tried{}", at(Some(row.next_attempt))),
        OutboxState::Sending => "being sent".to_owned(),
        OutboxState::Sent => format!("sent{}", at(row.settled)),
        OutboxState::Undeliverable => format!("given up{}", at(row.settled)),
        OutboxState::Discarded => format!("taken out{}", at(row.settled)),
    };
    let reply = row.reply.as_deref().unwrap_or_default();
    match clean_line(reply, LINE_CHARS) {
        reply if reply.is_empty() => stands,
        reply => format!("{stands}: {reply}"),
    }
}

/// A mail as it was sent; `None` where none has this number.
pub fn mail(sources: PageContext<'_>, number: i64) -> Result<Option<MailPage>, StoreError> {
    let Some(row) = outbox::find(sources.connection, number)? else {
        return Ok(None);
    };
    let words = words_of(sources.connection, number)?;
    let told = told(sources, number)?;
    let facts = vec![
        ("To", format!("{} ({})", row.recipient_id, row.address)),
        ("Kind", row.kind.clone()),
        ("Made", sources.time(row.created).text),
        ("How it stands", state(sources, &row)),
    ];
    let mut page = MailPage {
        frame: sources.frame(Section::Mail),
        subject: clean_line(&row.subject, LINE_CHARS),
        facts,
        hits: (told > 0).then(|| {
            let list = address("/hits", &[("mail", &number.to_string())]);
            (list, told)
        }),
        without: "What it said is not kept any more.".to_owned(),
        words,
        is_cut: false,
    };
    fit(&mut page, |page| {
        let Some(words) = &mut page.words else {
            return false;
        };
        let Some((end, _)) = words.char_indices().rev().nth(SHORTER_BY) else {
            return false;
        };
        words.truncate(end);
        page.is_cut = true;
        true
    });
    Ok(Some(page))
}

/// Hits that the list of a mail's has.
fn told(sources: PageContext<'_>, number: i64) -> Result<u64, StoreError> {
    let filter = HitFilter {
        mail: Some(number),
        ..HitFilter::default()
    };
    Ok(search::count(sources.connection, &filter, vec![Box::new(AllHits)])?[0])
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

#[cfg(test)]
mod tests;
