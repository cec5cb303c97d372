//! The mails that a run has delivered, and where to look at them.

use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use jiff::Timestamp;

use super::outcome::RunReport;
use crate::cli::displayed_mail::{DisplayedMail, keep_copy, sudo_caller};
use crate::cli::failure::Failure;
use crate::cli::output;
use crate::cli::paths::{Paths, quoted};
use crate::config::TransportSettings;
use crate::daemon::ServiceContext;
use crate::store::outbox::{self, OutboxRow};
use crate::store::{self, FILE_NAME, StoreError};

/// Mails of one run that are shown.
const MAILS_SHOWN: u32 = 5;

/// The mails that this run has delivered, with what they say.
pub(super) fn delivered(
    service: &ServiceContext,
    done: &RunReport,
    started: Timestamp,
) -> Result<Vec<(OutboxRow, Vec<u8>)>, StoreError> {
    let number = u32::try_from(done.sent.delivered).unwrap_or(u32::MAX);
    let path = service.state_folder.join(FILE_NAME);
    let Some(connection) = store::open_for_reading(&path)? else {
        return Ok(Vec::new());
    };
    let mut mails = Vec::new();
    for row in outbox::sent_since(&connection, started, number.min(MAILS_SHOWN))? {
        if let Some(message) = outbox::message(&connection, row.id)? {
            mails.push((row, message));
        }
    }
    mails.reverse();
    Ok(mails)
}

pub(super) fn where_to_look(
    paths: &Paths,
    service: &ServiceContext,
    done: &RunReport,
    mails: &[(OutboxRow, Vec<u8>)],
) -> Result<(), Failure> {
    let state = std::path::absolute(&service.state_folder)?;
    let command = paths.command();
    say!("");
    if let Some(told) = paths.told_state()? {
        say!("State:  {told}");
    }
    if matches!(service.config.mail.transport, TransportSettings::Maildir) {
        say!("No mail server is set, so messages stay on this machine, in the mailbox");
        say!("  {}", state.join("mail/new").display());
        let copies = copies(&state, mails);
        if let Some((_, last)) = copies.last() {
            say!("Look at what was just delivered in a browser:");
            for (row, path) in &copies {
                say!("  {}", path.display());
                let about = format!(
                    "mail {} to {}: {}",
                    row.id,
                    row.recipient_id,
                    output::printable(&row.subject, 200)
                );
                say!("{}", output::paragraph(&about, 4));
            }
            match mails.last() {
                Some((row, _)) if is_of_another(&state)? => {
                    let name = format!("mail-{}.html", row.id);
                    say!("They belong to the service; one for your own browser:");
                    say!("  {command} outbox show {} --html {name}", row.id);
                    say!("with  xdg-open {name}");
                }
                _ => say!("with  xdg-open {}", quoted(&last.display().to_string())),
            }
        }
    }
    if let Some((row, _)) = mails.last() {
        say!("Read it here with:     {command} outbox show {}", row.id);
    } else if done.outbox.sent > 0 {
        say!("See what was sent:     {command} outbox list --sent");
    }
    if done.polls.counts.hits + done.articles.hits > 0 {
        say!("See every hit with:    {command} hits");
    }
    say!("See how things stand:  {command} status");
    Ok(())
}

/// Whether the state is of somebody else than who called `sudo`, whose browser may not look into it.
fn is_of_another(state: &Path) -> io::Result<bool> {
    let owner = fs::metadata(state)?.uid();
    Ok(sudo_caller().is_some_and(|(user, _)| user != owner))
}

/// HTML copies of these mails, as far as they can be made: without them, the mails are there all the same.
fn copies<'a>(state: &Path, mails: &'a [(OutboxRow, Vec<u8>)]) -> Vec<(&'a OutboxRow, PathBuf)> {
    let mut copies = Vec::new();
    for (row, message) in mails {
        let Ok(letter) = DisplayedMail::read(row.id, message) else {
            continue;
        };
        match keep_copy(state, row.id, &letter.html) {
            Ok(path) => copies.push((row, path)),
            Err(reason) => {
                tell!(
                    "newsvigil: no copy of mail {} for a browser could be made in {}: {reason}",
                    row.id,
                    state.join("html").display()
                );
                break;
            }
        }
    }
    copies
}
