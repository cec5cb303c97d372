//! Secrets, keys and certificates of `[mail]`, as `newsvigil check` looks at them.

use std::path::Path;

use super::super::problem::{Problem, Problems, SourceSpan};
use super::super::secret::{SecretError, check_exposure, read_secret};
use super::super::secret_source::{SecretSource, looks_like_a_secret};
use super::super::table::Located;
use super::{MailSettings, TokenSettings, TransportSettings};
use crate::mail::{DkimSigner, Secret, count_authorities, read_token_file};

/// Reports what cannot be used. Gives what somebody should know when all is well.
pub(in crate::config) fn check_files(
    problems: &mut Problems,
    mail: &MailSettings,
    credentials: Option<&Path>,
) -> Vec<String> {
    let mut files = Files::new(
        problems,
        credentials,
        "`newsvigil mail test ADDRESS` tries it",
    );
    if let TransportSettings::Smtp(smtp) = &mail.transport {
        if let Some(password) = &smtp.password {
            files.secret("password", password);
        }
        if let Some(file) = &smtp.ca_file
            && let Err(error) = count_authorities(&file.value)
        {
            files.refuse(&file.place, format!("`ca_file`: {error}"));
        }
        match &smtp.token {
            Some(TokenSettings::File(path)) => {
                let exposed = check_exposure(&path.value).map_err(|error| error.to_string());
                let read = read_token_file(&path.value).map_err(|error| error.to_string());
                if let Err(why) = exposed.and(read) {
                    files.refuse(&path.place, why);
                }
            }
            Some(TokenSettings::Refresh(oauth2)) => {
                if let Some(secret) = &oauth2.client_secret {
                    files.secret("client secret", secret);
                }
                files.secret("refresh token", &oauth2.refresh_token);
            }
            None => {}
        }
    }
    if let Some(dkim) = &mail.dkim
        && let Some(key) = files.secret("key of the signatures", &dkim.key)
    {
        match DkimSigner::new(&dkim.domain, &dkim.selector, key.expose()) {
            Ok(signer) => files.notes.push(format!(
                "for the signatures the DNS must have: {}",
                signer.dns_record()
            )),
            Err(error) => {
                files.refuse(&dkim.key.place, format!("[mail.dkim]: {error}"));
            }
        }
    }
    files.notes
}

/// Files with secrets, as `check` looks at them.
pub(in crate::config) struct Files<'p> {
    problems: &'p mut Problems,
    credentials: Option<&'p Path>,
    /// What shows whether a credential is right, which only the service sees.
    tried_by: &'static str,
    /// What somebody should know when all is well.
    pub(in crate::config) notes: Vec<String>,
}

impl<'p> Files<'p> {
    pub(in crate::config) fn new(
        problems: &'p mut Problems,
        credentials: Option<&'p Path>,
        tried_by: &'static str,
    ) -> Self {
        Self {
            problems,
            credentials,
            tried_by,
            notes: Vec::new(),
        }
    }

    pub(in crate::config) fn refuse(&mut self, place: &SourceSpan, why: String) {
        self.problems.push(Problem::error(place.clone(), why));
    }

    /// Reads a secret; what is wrong with it is told.
    pub(in crate::config) fn secret(
        &mut self,
        what: &str,
        source: &Located<SecretSource>,
    ) -> Option<Secret> {
        match read_secret(&source.value, self.credentials) {
            Ok(secret) => Some(secret),
            Err(SecretError::NoCredentials(name)) => {
                // Only the service sees its credentials: nothing to complain of here.
                // What may be the secret itself is not repeated.
                let credential = match &source.value {
                    SecretSource::Credential(name) if looks_like_a_secret(name) => {
                        "a credential".to_owned()
                    }
                    _ => format!("the credential `{name}`"),
                };
                self.notes.push(format!(
                    "the {what} is {credential}, which systemd hands to the service; {}",
                    self.tried_by
                ));
                None
            }
            Err(error) => {
                self.refuse(&source.place, error.to_string());
                None
            }
        }
    }
}
