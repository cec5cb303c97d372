//! Where a secret lies, as tables name it: a credential of systemd, or a file.

use std::path::{Path, PathBuf};

use super::problem::{Problem, Problems, SourceSpan};
use super::table::{Located, TableReader};

/// Where a secret lies. The secret itself is never part of the configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretSource {
    /// A file of this name in the service manager's credentials folder.
    Credential(String),
    /// A file that only its owner reads.
    File(PathBuf),
}

/// A secret: the name of a credential under `key`, or a file under `key_file`. Whether both are there is for
/// [`exclude_each_other`].
pub(super) fn secret_source(
    problems: &mut Problems,
    folder: &Path,
    table: &mut TableReader<'_>,
    key: &'static str,
    key_file: &'static str,
) -> Option<Located<SecretSource>> {
    let name = table.string(problems, key);
    let file = table.string(problems, key_file);
    match (name, file) {
        (Some(name), _) => {
            // A secret written there by mistake must not be echoed: the line is shown with stars.
            let place = table.place_of_key(key).unwrap_or_else(|| table.header());
            credential_name(problems, place, key, key_file, name.value)
        }
        (None, Some(file)) if file.value.trim().is_empty() => {
            let problem = format!("`{key_file}` is empty, and must name a file");
            problems.push(Problem::error(file.place, problem));
            None
        }
        (None, Some(file)) => Some(Located {
            value: SecretSource::File(folder.join(file.value)),
            place: file.place,
        }),
        (None, None) => None,
    }
}

/// Reports each of `keys` but the first that is there. Gives the first.
pub(super) fn exclude_each_other(
    problems: &mut Problems,
    table: &TableReader<'_>,
    keys: &[&'static str],
) -> Option<(&'static str, SourceSpan)> {
    let mut there = keys
        .iter()
        .filter_map(|key| Some((*key, table.place_of_key(key)?)));
    let first = there.next()?;
    for (other, place) in there {
        problems.push(
            Problem::error(
                place,
                format!("`{}` and `{other}` exclude each other", first.0),
            )
            .with_related(first.1.clone(), "the first one"),
        );
    }
    Some(first)
}

/// A credential's name is a file name.
fn credential_name(
    problems: &mut Problems,
    place: SourceSpan,
    key: &str,
    key_file: &str,
    name: String,
) -> Option<Located<SecretSource>> {
    let plain = !name.is_empty()
        && name.len() <= 255
        && !name.starts_with('.')
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'));
    if !plain {
        problems.error(
            place,
            format!("`{key}` is the name of a credential, not the secret itself"),
            format!(
                "LoadCredential=NAME:/path in the unit and {key} = \"NAME\" here; or {key_file} = \"…\""
            ),
        );
        return None;
    }
    if looks_like_a_secret(&name) {
        problems.warning(
            place.clone(),
            format!("`{key}` is the name of a credential, and this looks like the secret itself"),
            format!("put the secret into a file and name that file: {key_file} = \"…\""),
        );
    }
    Some(Located {
        value: SecretSource::Credential(name),
        place,
    })
}

/// Whether the name of a credential is of the kind that passwords are: people give credentials names such as
/// `smtp-password` and `SMTP_PASSWORD`.
pub(super) fn looks_like_a_secret(name: &str) -> bool {
    let has = |is: fn(&char) -> bool| name.chars().any(|c| is(&c));
    let digits = name.chars().filter(char::is_ascii_digit).count();
    let mixed = has(char::is_ascii_uppercase) && has(char::is_ascii_lowercase);
    mixed || (digits > 0 && !name.contains(['-', '_', '.'])) || digits * 2 > name.len()
}
