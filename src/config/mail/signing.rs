//! `[mail.dkim]`: a signature that tells receivers whom the message comes from (RFC 6376).

use std::path::Path;

use super::super::problem::{Problem, Problems};
use super::super::secret_source::{SecretSource, exclude_each_other, secret_source};
use super::super::table::{Located, TableReader};
use crate::mail::{ascii_domain, is_dkim_name, parse_address};

/// `[mail.dkim]`.
#[derive(Clone, Debug)]
pub struct DkimSettings {
    /// The domain that signs, as A-labels (RFC 5890).
    pub domain: String,
    /// Under which name its public key stands in the DNS.
    pub selector: String,
    /// Where the private key lies, in PEM.
    pub key: Located<SecretSource>,
}

pub(super) fn read(
    problems: &mut Problems,
    folder: &Path,
    mut table: TableReader<'_>,
    from: Option<&Located<String>>,
) -> Option<DkimSettings> {
    let domain = table.required_string(problems, "domain");
    let domain = domain.and_then(|domain| read_domain(problems, domain, from));
    let selector = table.required_string(problems, "selector");
    let selector = selector.and_then(|selector| read_selector(problems, &selector));
    let key = secret_source(problems, folder, &mut table, "key", "key_file");
    if exclude_each_other(problems, &table, &["key", "key_file"]).is_none() {
        problems.push(Problem::error(
            table.header(),
            "[mail.dkim] needs `key`, the name of a credential, or `key_file`",
        ));
    }
    table.finish(problems);
    // Where a mistake was told of the others, the key is looked at all the same.
    Some(DkimSettings {
        domain: domain.unwrap_or_else(|| "invalid".to_owned()),
        selector: selector.unwrap_or_else(|| "invalid".to_owned()),
        key: key?,
    })
}

fn read_domain(
    problems: &mut Problems,
    domain: Located<String>,
    from: Option<&Located<String>>,
) -> Option<String> {
    let ascii = match ascii_domain(&domain.value) {
        Ok(ascii) => ascii.to_ascii_lowercase(),
        Err(reason) => {
            let problem = Problem::error(
                domain.place,
                format!("`domain` in [mail.dkim] is not a domain: {reason}"),
            );
            let bare = domain.value.trim().trim_end_matches(['.', '/']);
            let bare = bare.rsplit(['@', '/']).next().unwrap_or_default();
            problems.push(match ascii_domain(bare) {
                Ok(_) => problem.with_help(format!("did you mean \"{bare}\"?")),
                Err(_) => problem.with_help("write it as in domain = \"example.org\""),
            });
            return None;
        }
    };
    if let Some(from) = from
        && let Ok(sender) = parse_address(&from.value)
        && !aligned(&ascii, &sender.domain().to_ascii_lowercase())
    {
        problems.push(
            Problem::warning(
                domain.place,
                format!(
                    "the signature is {ascii}'s and the sender is at {}: receivers that ask for DMARC \
                     (RFC 7489 section 3.1.1) take such a signature for a stranger's",
                    sender.domain()
                ),
            )
            .with_related(from.place.clone(), "the sender"),
        );
    }
    Some(ascii)
}

/// Relaxed alignment, as far as it is known without the list of public suffixes: one is the other, or
/// stands below it. A top-level domain signs for nobody.
fn aligned(signing: &str, sender: &str) -> bool {
    let below = |domain: &str, parent: &str| {
        parent.contains('.')
            && domain
                .strip_suffix(parent)
                .is_some_and(|rest| rest.ends_with('.'))
    };
    signing == sender || below(signing, sender) || below(sender, signing)
}

/// RFC 6376 section 3.1: labels of a DNS name, without what stands behind them.
fn read_selector(problems: &mut Problems, selector: &Located<String>) -> Option<String> {
    let value = selector.value.as_str();
    if is_selector(value) {
        return Some(value.to_owned());
    }
    let problem = Problem::error(
        selector.place.clone(),
        "`selector` in [mail.dkim] must be letters, digits, hyphens and underscores, with dots between them",
    );
    let bare = value.split("._domainkey").next().unwrap_or_default();
    let bare = bare.trim().trim_matches('.');
    problems.push(if is_selector(bare) {
        problem.with_help(format!("did you mean \"{bare}\"?"))
    } else {
        problem.with_help("write it as in selector = \"newsvigil\"")
    });
    None
}

fn is_selector(text: &str) -> bool {
    is_dkim_name(text) && !text.contains("_domainkey")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_aligned_with_itself_and_with_what_is_above_and_below() {
        for (signing, sender, expected) in [
            ("example.org", "example.org", true),
            ("example.org", "news.example.org", true),
            ("mail.example.org", "example.org", true),
            ("ample.org", "example.org", false),
            ("org", "example.org", false),
            ("example.net", "example.org", false),
            ("localhost", "localhost", true),
        ] {
            assert_eq!(aligned(signing, sender), expected, "{signing} {sender}");
        }
    }
}
