//! A mail that was made: shown on the terminal, or written where a browser or a mail program opens it.

use std::env;
use std::fs::{self, DirBuilder, File, OpenOptions};
use std::io::{self, Write as _};
use std::os::fd::AsRawFd as _;
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, fchown};
use std::path::{Path, PathBuf};

use clap::Args;
use mail_parser::{Address, MessageParser};

use super::failure::{CANNOT_CREATE, Failure, SOFTWARE};
use super::output;
use crate::core::text::html::to_text;

/// Where a mail goes instead of the terminal.
#[derive(Debug, Args)]
pub(super) struct IntoFile {
    /// Write the HTML to this file, for a browser
    #[arg(long, value_name = "FILE", group = "form")]
    html: Option<PathBuf>,
    /// Write the whole message to this file, for a mail program
    #[arg(long, value_name = "FILE", group = "form")]
    pub(super) eml: Option<PathBuf>,
}

impl IntoFile {
    /// Writes the mail where it was asked for, and says where; `false` when it was not.
    pub(super) fn write(&self, html: &str, message: &[u8]) -> Result<bool, Failure> {
        let (path, bytes) = match (&self.html, &self.eml) {
            (Some(path), _) => (path, html.as_bytes()),
            (None, Some(path)) => (path, message),
            (None, None) => return Ok(false),
        };
        let written = create_or_empty(path).and_then(|mut file| file.write_all(bytes));
        written.map_err(|reason| {
            Failure::new(
                CANNOT_CREATE,
                format!("cannot write {}: {reason}", path.display()),
            )
        })?;
        say!("{}", path.display());
        Ok(true)
    }

    /// Whether it goes into a file.
    pub(super) fn is_asked_for(&self) -> bool {
        self.html.is_some() || self.eml.is_some()
    }
}

/// A new file that nobody else may read, or an old one emptied. Behind `sudo` a new one belongs to whoever
/// asked, whose browser is to open it.
fn create_or_empty(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    match options.clone().create_new(true).open(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            options.truncate(true).open(path)
        }
        made => {
            let file = made?;
            if let Some((user, group)) = sudo_caller() {
                fchown(&file, Some(user), Some(group))?;
            }
            Ok(file)
        }
    }
}

/// The user and the group of whoever called `sudo`.
pub(super) fn sudo_caller() -> Option<(u32, u32)> {
    let number = |name| env::var(name).ok()?.parse().ok();
    Some((number("SUDO_UID")?, number("SUDO_GID")?))
}

/// A message as a mail program shows it.
#[derive(Debug)]
pub(super) struct DisplayedMail {
    from: String,
    to: String,
    date: String,
    subject: String,
    pub(super) text: String,
    pub(super) html: String,
}

impl DisplayedMail {
    /// Reads a stored message (RFC 5322).
    pub(super) fn read(number: i64, message: &[u8]) -> Result<Self, Failure> {
        let parsed = MessageParser::default().parse(message).ok_or_else(|| {
            Failure::new(
                SOFTWARE,
                format!("what is stored of mail {number} is no message"),
            )
        })?;
        let html = parsed.body_html(0).unwrap_or_default().into_owned();
        let text = match parsed.body_text(0) {
            Some(text) => text.into_owned(),
            None => to_text(&html),
        };
        Ok(Self {
            from: parsed.from().map(addresses).unwrap_or_default(),
            to: parsed.to().map(addresses).unwrap_or_default(),
            date: parsed
                .date()
                .map(mail_parser::DateTime::to_rfc822)
                .unwrap_or_default(),
            subject: parsed.subject().unwrap_or_default().to_owned(),
            text,
            html,
        })
    }

    /// Prints it without what steers a terminal.
    pub(super) fn show(&self) {
        for (name, value) in [
            ("From", &self.from),
            ("To", &self.to),
            ("Date", &self.date),
            ("Subject", &self.subject),
        ] {
            say!("{name}: {}", output::printable(value, 1_000));
        }
        say!("\n{}", output::plain(&self.text).trim_end());
    }
}

fn addresses(list: &Address<'_>) -> String {
    let one = |address: &mail_parser::Addr<'_>| match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// HTML copies that are kept.
const COPIES: usize = 20;

/// Puts the HTML of a mail into `html/` of the state folder and gives its path; old copies go.
pub(super) fn keep_copy(state: &Path, number: i64, html: &str) -> io::Result<PathBuf> {
    let name = "html";
    let made = DirBuilder::new().mode(0o700).create(state.join(name));
    match made {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // The folder itself and not what somebody may put in its place: this may run as root.
    let folder = OpenOptions::new()
        .read(true)
        .custom_flags(libc::O_DIRECTORY | libc::O_NOFOLLOW)
        .open(state.join(name))?;
    let inside = PathBuf::from(format!("/proc/self/fd/{}", folder.as_raw_fd()));
    let owner = fs::metadata(state)?;
    give(&folder, &owner)?;
    let file_name = format!("mail-{number}.html");
    let unfinished = inside.join(format!(".{file_name}.new"));
    // What a run that was killed has left behind.
    let _ = fs::remove_file(&unfinished);
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unfinished)?;
    give(&file, &owner)?;
    file.write_all(html.as_bytes())?;
    fs::rename(&unfinished, inside.join(&file_name))?;
    let mut numbers: Vec<i64> = fs::read_dir(&inside)?
        .flatten()
        .filter_map(|entry| {
            let name = entry.file_name().into_string().ok()?;
            name.strip_prefix("mail-")?
                .strip_suffix(".html")?
                .parse()
                .ok()
        })
        .collect();
    numbers.sort_unstable();
    for old in numbers.iter().rev().skip(COPIES) {
        fs::remove_file(inside.join(format!("mail-{old}.html")))?;
    }
    std::path::absolute(state.join(name).join(file_name))
}

/// What root makes in a folder of somebody else is theirs.
fn give(file: &File, owner: &fs::Metadata) -> io::Result<()> {
    let own = file.metadata()?;
    if (own.uid(), own.gid()) == (owner.uid(), owner.gid()) {
        return Ok(());
    }
    match fchown(file, Some(owner.uid()), Some(owner.gid())) {
        // Nobody but root may, and nobody else needs to.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(()),
        given => given,
    }
}

/// One page of several mails, each under a line of ours.
pub(super) fn one_page(mails: &[(String, String)]) -> String {
    let mut page = String::from(
        "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>newsvigil</title></head>\n<body>\n",
    );
    for (line, html) in mails {
        let line = line
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        page.push_str("<p style=\"font-family:Helvetica,Arial,sans-serif;font-weight:bold;border-top:4px solid\">");
        page.push_str(&line);
        page.push_str("</p>\n");
        // Our own mails have one body, and its tags are in lower case.
        let body = html
            .split_once("<body")
            .and_then(|(_, rest)| rest.split_once('>'))
            .map_or(html.as_str(), |(_, body)| body);
        page.push_str(body.rsplit_once("</body>").map_or(body, |(body, _)| body));
    }
    page.push_str("\n</body></html>\n");
    page
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn copies_are_for_their_owner_and_the_last_twenty_stay() {
        let state = tempfile::tempdir().unwrap();
        for number in 1..=23 {
            let path = keep_copy(state.path(), number, &format!("<p>{number}")).unwrap();
            assert!(path.is_absolute());
            assert_eq!(fs::read_to_string(&path).unwrap(), format!("<p>{number}"));
            assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o600);
        }
        let folder = state.path().join("html");
        assert_eq!(
            folder.metadata().unwrap().permissions().mode() & 0o777,
            0o700
        );
        let names: Vec<_> = fs::read_dir(&folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(names.len(), COPIES, "{names:?}");
        assert!(!folder.join("mail-3.html").exists() && folder.join("mail-4.html").exists());
        keep_copy(state.path(), 23, "anew").unwrap();
        assert_eq!(
            fs::read_to_string(folder.join("mail-23.html")).unwrap(),
            "anew"
        );
    }

    #[test]
    fn a_link_in_the_place_of_the_folder_is_not_followed() {
        let state = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink(elsewhere.path(), state.path().join("html")).unwrap();
        assert!(keep_copy(state.path(), 1, "x").is_err());
        assert_eq!(fs::read_dir(elsewhere.path()).unwrap().count(), 0);
    }

    #[test]
    fn encoded_headers_are_read_and_a_mail_of_html_alone_is_shown_as_text() {
        let message =
            b"From: =?utf-8?q?N=C3=A4chrichten?= <a@example.org>\r\nTo: b@example.org\r\n\
            Date: Sat, 28 Nov 2026 05:49:00 +0000\r\nSubject: =?utf-8?b?0J/RgNC40LLQtdGC?=\r\n\
            MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>One</p><p>two";
        let letter = DisplayedMail::read(1, message).unwrap();
        assert_eq!(letter.from, "N\u{e4}chrichten <a@example.org>");
        assert_eq!(letter.subject, "Привет");
        assert!(letter.text.contains("One") && !letter.text.contains('<'));
    }

    #[test]
    fn several_mails_make_one_page() {
        let mail =
            |text: &str| format!("<!DOCTYPE html><html><body style=\"\">{text}</body></html>");
        let page = one_page(&[
            ("sent <1>".to_owned(), mail("one")),
            ("sent 2".to_owned(), mail("two")),
        ]);
        assert_eq!(page.matches("<body").count(), 1);
        assert!(page.contains("sent &lt;1&gt;</p>\none"), "{page}");
        assert!(page.contains("two"));
    }
}
