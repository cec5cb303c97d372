//! What composing a mail needs: the database, the configuration, the recipient and the time.

use jiff::Timestamp;

use crate::config::{Config, Recipient};
use crate::core::digest;
use crate::mail::RenderOptions;
use crate::store::Connection;

/// What mails are made with, for one recipient.
#[derive(Clone, Copy)]
pub(super) struct MailerContext<'a> {
    pub(super) connection: &'a Connection,
    pub(super) config: &'a Config,
    pub(super) options: &'a RenderOptions,
    pub(super) recipient: &'a Recipient,
    pub(super) now: Timestamp,
}

/// What mails are made with, whoever gets them.
#[derive(Clone, Copy)]
pub(super) struct CompositionSettings<'a> {
    pub(super) config: &'a Config,
    pub(super) options: &'a RenderOptions,
    pub(super) now: Timestamp,
}

impl<'a> CompositionSettings<'a> {
    /// The same for one recipient.
    pub(super) fn context(
        self,
        connection: &'a Connection,
        recipient: &'a Recipient,
    ) -> MailerContext<'a> {
        MailerContext {
            connection,
            config: self.config,
            options: self.options,
            recipient,
            now: self.now,
        }
    }
}

/// The recipient as mails know it.
pub(super) fn reader(recipient: &Recipient) -> digest::Recipient {
    digest::Recipient {
        id: recipient.id.clone(),
        address: recipient.address.clone(),
        name: recipient.name.clone(),
        time_zone: recipient.time_zone.clone(),
        privacy: recipient.privacy,
        group_by: recipient.group_by,
        language: recipient.language,
    }
}
