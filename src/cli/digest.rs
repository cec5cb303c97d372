//! `newsvigil digest`: what a recipient would get now, and got before.

mod why;

use std::process::ExitCode;

use clap::{Args, Subcommand};
use jiff::Timestamp;

use super::displayed_mail::{DisplayedMail, IntoFile, one_page};
use super::failure::{CONFIGURATION, Failure, USAGE};
use super::options::since;
use super::outbox::description;
use super::paths::Paths;
use super::{credentials, output};
use crate::config::{Config, Recipient, nearest};
use crate::daemon;
use crate::mail::RenderedMessage;
use crate::store::Connection;
use crate::store::outbox::{self, OutboxRow, OutboxState};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Show the digest that a recipient would get now, without sending it
    Preview(Preview),
}

#[derive(Debug, Args)]
pub(super) struct Preview {
    /// The recipient's id; may be left out when there is only one
    recipient: Option<String>,
    /// Show the mails too that were made for the recipient in this time or since this day, and what became
    /// of each: 24h, 7d, 4w, 2026-01-31
    #[arg(long, value_name = "TIME", conflicts_with = "eml")]
    since: Option<String>,
    /// Show the summary of the last seven days instead, against the eight weeks before them
    #[arg(long, conflicts_with_all = ["since", "why"])]
    week: bool,
    /// Show in which order its stories stand, and why, instead of the mail
    #[arg(long, conflicts_with_all = ["since", "html", "eml"])]
    why: bool,
    #[command(flatten)]
    into: IntoFile,
}

/// Mails of the past that are shown; the newest, if there are more.
const SHOWN_AT_MOST: u32 = 100;

pub(super) fn run(paths: &Paths, command: &Command) -> Result<ExitCode, Failure> {
    let Command::Preview(options) = command;
    let now = Timestamp::now();
    let start = (options.since.as_deref())
        .map(|text| since(text, now))
        .transpose()?;
    let mut config = paths.load()?;
    if options.into.eml.is_some() {
        credentials::find(&mut config.mail)?;
    } else {
        // What is read here needs no signature, and so no key.
        config.mail.dkim = None;
    }
    let recipient = recipient(&config, options.recipient.as_deref())?;
    let connection = paths.require_database()?;
    let letterhead = daemon::render_options(&config, Paths::credentials().as_deref())
        .map_err(|error| Failure::new(CONFIGURATION, error.to_string()))?;
    if options.week {
        let week = daemon::preview_week(&connection, &config, &letterhead, recipient, now)?;
        if recipient.summary.is_none() {
            tell!(
                "{} gets no summaries; with summary = \"weekly mon 08:00\" in newsvigil.toml it would get this",
                recipient.id
            );
        }
        return show(&options.into, &week);
    }
    let (digest, message) = daemon::preview(&connection, &config, &letterhead, recipient, now)?;
    if options.why {
        why::explain_order(&digest, &message.told, recipient);
        return Ok(ExitCode::SUCCESS);
    }
    let last = outbox::made_since(&connection, &recipient.id, Timestamp::MIN, 1)?.pop();
    let delivery_note = if digest.is_empty() && recipient.gets_digests() {
        let held_back = digest.coverage.muted.iter().any(|mute| mute.held_back > 0);
        nothing_pending(paths, recipient, last.as_ref(), held_back, now)
    } else {
        delivery_note(recipient)
    };
    if let Some(start) = start {
        let mut mails = mails_since(&connection, recipient, start, now)?;
        if !digest.is_empty() || mails.is_empty() {
            let text = format!("Subject: {}\n\n{}", message.subject, message.text);
            mails.push((delivery_note, text, message.html));
        } else {
            tell!("{delivery_note}");
        }
        return show_all(&options.into, mails);
    }
    if digest.is_empty() || !recipient.gets_digests() {
        if options.into.is_asked_for() {
            tell!("{delivery_note}");
        } else {
            say!("{delivery_note}\n");
            if recipient.gets_digests() {
                say!("Without hits, the next mail would say:\n");
            }
        }
    }
    show(&options.into, &message)
}

fn show(into: &IntoFile, message: &RenderedMessage) -> Result<ExitCode, Failure> {
    if !into.write(&message.html, &message.bytes)? {
        say!("Subject: {}\n\n{}", message.subject, message.text);
    }
    Ok(ExitCode::SUCCESS)
}

/// Shows mails, each with what became of it, its text and its HTML.
fn show_all(into: &IntoFile, mails: Vec<(String, String, String)>) -> Result<ExitCode, Failure> {
    if into.is_asked_for() {
        let parts: Vec<_> = mails
            .into_iter()
            .map(|(line, _, html)| (line, html))
            .collect();
        into.write(&one_page(&parts), &[])?;
        return Ok(ExitCode::SUCCESS);
    }
    let heading = output::HEADING;
    for (line, text, _) in mails {
        say!(
            "{heading}===== {line} ====={heading:#}\n\n{}\n",
            output::plain(&text).trim_end()
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// What becomes of a digest that is made now.
fn delivery_note(recipient: &Recipient) -> String {
    if recipient.gets_digests() {
        format!("To be sent to {}, not sent yet", recipient.id)
    } else {
        format!(
            "{} gets no digests, as newsvigil.toml says, so this is sent to nobody",
            recipient.id
        )
    }
}

fn recipient<'a>(config: &'a Config, wanted: Option<&str>) -> Result<&'a Recipient, Failure> {
    const NAMED_AT_MOST: usize = 12;
    let ids: Vec<&str> = config
        .recipients
        .iter()
        .map(|known| known.id.as_str())
        .collect();
    let (found, said) = match wanted {
        Some(id) => (
            config.recipient(id),
            format!("there is no recipient `{id}`"),
        ),
        None if ids.is_empty() => (None, "there is no recipient".to_owned()),
        None => (
            config.recipients.first().filter(|_| ids.len() == 1),
            "there are several recipients, so name one".to_owned(),
        ),
    };
    found.ok_or_else(|| {
        let nearest = wanted.and_then(|id| nearest(id, ids.iter().copied()));
        let meant = match nearest {
            Some(id) => format!("; did you mean `{id}`?"),
            None if ids.is_empty() => ": newsvigil.toml needs a [[recipient]]".to_owned(),
            None => {
                let named = ids.iter().take(NAMED_AT_MOST).copied().collect::<Vec<_>>();
                let more = if ids.len() > NAMED_AT_MOST {
                    ", …"
                } else {
                    ""
                };
                format!("; there is {}{more}", named.join(", "))
            }
        };
        Failure::new(USAGE, format!("{said}{meant}"))
    })
}

/// What an empty digest means: that everything is in a mail already, or that nothing was found.
fn nothing_pending(
    paths: &Paths,
    recipient: &Recipient,
    last: Option<&OutboxRow>,
    held_back: bool,
    now: Timestamp,
) -> String {
    let Some(last) = last else {
        let found = if held_back {
            "Only hits of muted watches were found"
        } else {
            "Nothing was found"
        };
        return format!("{found} for {} yet, and no mail was made.", recipient.id);
    };
    let but_muted = if held_back {
        ", but for what a muted watch holds back"
    } else {
        ""
    };
    let when = output::past_time(last.settled.unwrap_or(last.created), now);
    let (subject, id) = (output::printable(&last.subject, 200), last.id);
    let stands = match last.state {
        OutboxState::Sent => format!("the last was sent {when}"),
        OutboxState::Undeliverable => format!("the last was given up {when}"),
        _ => format!("the last was made {when} and waits"),
    };
    let said = format!(
        "All that was found for {} so far is in mails already{but_muted}; {stands}: mail {id}, \"{subject}\". Read it \
         with `{} outbox show {id}`, and all of a week with `--since 7d`.",
        recipient.id,
        paths.command()
    );
    output::paragraph(&said, 0)
}

/// The mails that were made since then, the oldest first: what became of each, its text and its HTML.
fn mails_since(
    connection: &Connection,
    recipient: &Recipient,
    start: Timestamp,
    now: Timestamp,
) -> Result<Vec<(String, String, String)>, Failure> {
    let mut rows = outbox::made_since(connection, &recipient.id, start, SHOWN_AT_MOST + 1)?;
    if rows.len() > SHOWN_AT_MOST as usize {
        rows.truncate(SHOWN_AT_MOST as usize);
        tell!(
            "only the newest {SHOWN_AT_MOST} mails are shown; `newsvigil outbox list --sent` lists all"
        );
    }
    let mut mails = Vec::new();
    for row in rows.iter().rev() {
        let line = description(row, now);
        let Some(message) = outbox::message(connection, row.id)? else {
            continue;
        };
        let letter = DisplayedMail::read(row.id, &message)?;
        let text = format!("Subject: {}\n\n{}", row.subject, letter.text);
        mails.push((line, text, letter.html));
    }
    Ok(mails)
}
