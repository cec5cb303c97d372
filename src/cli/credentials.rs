//! Secrets for commands by hand: those that systemd hands to the service.

use std::env;
use std::fs::OpenOptions;
use std::io::{self, Write as _};
use std::os::fd::AsRawFd;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::failure::{CONFIGURATION, Failure, NO_INPUT};
use super::paths::{Paths, as_root, quoted};
use super::unit::{self, Credential, Unit};
use crate::config::{Feed, MailSettings, SecretSource, TokenSettings, TransportSettings};
use crate::file::open_regular;

/// Where no service manager has handed over the credentials that the mail settings name: takes those that
/// it hands to the service.
pub(super) fn find(mail: &mut MailSettings) -> Result<(), Failure> {
    if Paths::credentials().is_some() {
        return Ok(());
    }
    take_from_unit(mail, Path::new("/"))
}

/// The same for the cookies of feeds.
pub(super) fn find_cookies(feeds: &mut [Feed]) -> Result<(), Failure> {
    if Paths::credentials().is_some() {
        return Ok(());
    }
    let cookies = feeds
        .iter_mut()
        .filter_map(|feed| feed.articles.cookie.as_mut());
    let sources = cookies.map(|cookie| &mut cookie.value).collect();
    take_all_from_unit(sources, Path::new("/"))
}

/// Puts the files that the unit's credentials come from in the place of their names.
fn take_from_unit(mail: &mut MailSettings, root: &Path) -> Result<(), Failure> {
    let mut sources: Vec<&mut SecretSource> = Vec::new();
    if let TransportSettings::Smtp(smtp) = &mut mail.transport {
        sources.extend(smtp.password.as_mut().map(|password| &mut password.value));
        if let Some(TokenSettings::Refresh(oauth2)) = &mut smtp.token {
            sources.push(&mut oauth2.refresh_token.value);
            let client_secret = oauth2.client_secret.as_mut();
            sources.extend(client_secret.map(|secret| &mut secret.value));
        }
    }
    sources.extend(mail.dkim.as_mut().map(|dkim| &mut dkim.key.value));
    take_all_from_unit(sources, root)
}

fn take_all_from_unit(sources: Vec<&mut SecretSource>, root: &Path) -> Result<(), Failure> {
    for source in sources {
        let SecretSource::Credential(name) = source else {
            continue;
        };
        let unit = match Unit::read(root) {
            Ok(Some(unit)) => unit,
            // Without the service, the sentence on credentials says what to do.
            Ok(None) => return Ok(()),
            Err(reason) => {
                let message = format!("cannot read {}: {reason}", unit::NAME);
                return Err(Failure::new(NO_INPUT, message));
            }
        };
        let file = file_of(name, unit.credential(root, name))?;
        open_regular(&file).map_err(|reason| {
            Failure::new(
                NO_INPUT,
                format!(
                    "the credential `{name}` in {} cannot be read ({reason}): run `{}`",
                    file.display(),
                    as_root()
                ),
            )
        })?;
        *source = SecretSource::File(file);
    }
    Ok(())
}

/// The file that a credential of the unit is read from.
fn file_of(name: &str, credential: Option<Credential>) -> Result<PathBuf, Failure> {
    let (code, message) = match credential {
        Some(Credential::File(path)) => return Ok(path),
        Some(Credential::Value(value)) => match held(&value) {
            Ok(path) => return Ok(path),
            Err(reason) => (
                NO_INPUT,
                format!(
                    "the credential `{name}` of {} cannot be used: {reason}",
                    unit::NAME
                ),
            ),
        },
        Some(Credential::Encrypted(path)) => (
            NO_INPUT,
            format!(
                "the credential `{name}` is encrypted, and only systemd can open it: run `{}`",
                through_systemd(&format!(
                    "LoadCredentialEncrypted={name}:{}",
                    path.display()
                ))
            ),
        ),
        Some(Credential::EncryptedValue) => (
            NO_INPUT,
            format!(
                "the credential `{name}` is encrypted in {0} itself, and only systemd can open it: run \
                 `{1}`, with what {0} says behind `SetCredentialEncrypted={name}:`",
                unit::NAME,
                through_systemd(&format!("SetCredentialEncrypted={name}:…"))
            ),
        ),
        Some(Credential::Missing(path)) => (
            CONFIGURATION,
            format!(
                "{} loads the credential `{name}` from {}, which is not there: put the secret into it, \
                 mode 0600, owned by root",
                unit::NAME,
                path.display()
            ),
        ),
        None => (
            CONFIGURATION,
            format!(
                "{0} loads no credential `{name}`: put LoadCredential={name}:/path into a drop-in \
                 (`sudo systemctl edit {0}`), or use password_file, key_file or cookie_file",
                unit::NAME
            ),
        ),
    };
    Err(Failure::new(code, message))
}

/// A file without a name that holds a value until the program ends.
fn held(value: &str) -> io::Result<PathBuf> {
    let mut file = OpenOptions::new()
        .read(true)
        .write(true)
        .mode(0o600)
        .custom_flags(libc::O_TMPFILE)
        .open("/dev/shm")?;
    file.write_all(value.as_bytes())?;
    let path = PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd()));
    // Open as long as the path is of use.
    std::mem::forget(file);
    Ok(path)
}

/// This very command with a credential that systemd opens; it looks for no program in `PATH`.
fn through_systemd(property: &str) -> String {
    let program = env::current_exe().unwrap_or_else(|_| "/usr/bin/newsvigil".into());
    let words: Vec<String> = env::args().skip(1).map(|word| quoted(&word)).collect();
    format!(
        "sudo systemd-run --pty --wait --collect -p {} {} {}",
        quoted(property),
        quoted(&program.display().to_string()),
        words.join(" ")
    )
}

#[cfg(test)]
mod tests;
