//! Addresses that a message can be made for and that can stand in an envelope.
//!
//! RFC 5321 section 4.1.2 knows more than is written here: quoted local parts and bare numbers of
//! machines in brackets. Hardly a mailbox has such an address, and the library that composes messages
//! takes it in one place and refuses it in another. So they are refused at once, with a reason.

use lettre::Address;
use lettre::message::Mailbox;
use unicode_normalization::char::is_combining_mark;

use crate::core::digest::clean_line;

/// Longest address told, in characters.
const SHOWN_CHARS: usize = 300;
/// Octets of a local part (RFC 5321 section 4.5.3.1.1).
const LOCAL_PART_MAX: usize = 64;
/// Octets of an address: those of a path without its angle brackets (RFC 5321 section 4.5.3.1.3).
const ADDRESS_MAX: usize = 254;

/// Why no mail can be made for an address.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{shown}` is not an e-mail address that mail can be sent to: {reason}")]
pub struct AddressError {
    shown: String,
    reason: String,
    /// The address that was probably meant. It can be used as it is.
    pub suggestion: Option<String>,
}

/// Takes an address as a message and its envelope need it, with its domain in ASCII (RFC 5890, A-labels).
pub fn parse_address(text: &str) -> Result<Address, AddressError> {
    parse(text).map_err(|reason| AddressError {
        shown: clean_line(text, SHOWN_CHARS),
        reason,
        suggestion: tidied(text).filter(|meant| meant != text && parse(meant).is_ok()),
    })
}

/// Whether the server must know internationalised addresses (SMTPUTF8, RFC 6531).
pub fn needs_smtputf8(address: &Address) -> bool {
    !address.user().is_ascii()
}

fn parse(text: &str) -> Result<Address, String> {
    if text.trim().is_empty() {
        return Err("there is nothing in it".to_owned());
    }
    if text != text.trim() {
        return Err("there are blanks around it".to_owned());
    }
    if let Some(c) = text.chars().find(|c| c.is_control()) {
        let code = u32::from(c);
        return Err(format!("there is a control character in it, U+{code:04X}"));
    }
    if text.contains(['<', '>']) {
        return Err("a name and angle brackets do not belong to it".to_owned());
    }
    let Some((local, domain)) = text.rsplit_once('@') else {
        return Err("it has no @".to_owned());
    };
    check_local_part(local)?;
    let domain = ascii_domain(domain)?;
    if local.len() + 1 + domain.len() > ADDRESS_MAX {
        return Err(format!("it is longer than {ADDRESS_MAX} octets"));
    }
    let address = Address::new(local, &domain).map_err(|error| error.to_string())?;
    // A header field is read by the library's other parser when the message is made.
    let mailbox = address.to_string().parse::<Mailbox>();
    match mailbox {
        Ok(mailbox) if mailbox.email == address => Ok(address),
        Ok(_) => Err("it reads as another address".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn check_local_part(local: &str) -> Result<(), String> {
    if local.is_empty() {
        return Err("there is nothing before the @".to_owned());
    }
    if local.starts_with('"') {
        return Err("a part in quotes before the @ is not supported".to_owned());
    }
    if local.contains(['(', ')']) {
        return Err("a comment in parentheses does not belong to it".to_owned());
    }
    if local.contains('@') {
        return Err("it has more than one @".to_owned());
    }
    if local.len() > LOCAL_PART_MAX {
        let reason = format!("the part before the @ is longer than {LOCAL_PART_MAX} octets");
        return Err(reason);
    }
    if local.split('.').any(str::is_empty) {
        let reason = "before the @ a dot stands first, last or beside another dot";
        return Err(reason.to_owned());
    }
    if local.contains("=?") {
        return Err("before the @ it reads like an encoded word (RFC 2047)".to_owned());
    }
    // Of RFC 5322 section 3.2.3, and letters of any script (RFC 6531 section 3.3).
    let allowed =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || ".!#$%&'*+-/=?^_`{|}~".contains(c);
    match local.chars().find(|c| !allowed(*c)) {
        // It came with what was copied.
        Some(c) if is_invisible(c) => {
            let code = u32::from(c);
            Err(format!(
                "there is an invisible character before the @, U+{code:04X}"
            ))
        }
        Some(c) => Err(format!("`{c}` cannot stand before the @")),
        None => Ok(()),
    }
}

/// The domain of an address or a signature as the DNS has it: ASCII as it is, all else as A-labels.
pub fn ascii_domain(domain: &str) -> Result<String, String> {
    if domain.is_empty() {
        return Err("there is no domain".to_owned());
    }
    if domain.starts_with('[') || domain.parse::<std::net::IpAddr>().is_ok() {
        return Err("a machine's number cannot stand for its domain".to_owned());
    }
    if domain.ends_with('.') {
        return Err("there is a dot at the end of the domain".to_owned());
    }
    if domain.contains(char::is_whitespace) {
        return Err("there is a blank in the domain".to_owned());
    }
    // What the parser of addresses on the web would decode or cut off.
    let strange = |c: &char| c.is_ascii() && !c.is_ascii_alphanumeric() && !"-.".contains(*c);
    if let Some(c) = domain.chars().find(strange) {
        return Err(format!("`{c}` cannot stand in a domain"));
    }
    let ascii = match url::Host::parse(domain) {
        Ok(url::Host::Domain(ascii)) => ascii,
        Ok(_) => return Err("a machine's number cannot stand for its domain".to_owned()),
        Err(_) => return Err("its domain is no name of the DNS".to_owned()),
    };
    let label = |label: &str| {
        !label.is_empty() && label.len() <= 63 && !label.starts_with('-') && !label.ends_with('-')
    };
    if ascii.len() > 253 || !ascii.split('.').all(label) {
        let reason = "a part of its domain is empty, begins or ends in a hyphen, or is too long";
        return Err(reason.to_owned());
    }
    if domain.is_ascii() {
        Ok(domain.to_owned())
    } else {
        Ok(ascii)
    }
}

/// Whether nothing is to be seen of it: marks of direction and of order, and spaces without a width.
fn is_invisible(c: char) -> bool {
    !c.is_whitespace() && clean_line(c.encode_utf8(&mut [0; 4]), 1).is_empty()
}

/// What somebody meant who pasted an address from elsewhere.
fn tidied(text: &str) -> Option<String> {
    let visible: String = text.chars().filter(|c| !is_invisible(*c)).collect();
    let mut text = visible.trim();
    if let (Some(start), Some(end)) = (text.rfind('<'), text.rfind('>'))
        && start < end
    {
        text = &text[start + 1..end];
    }
    if let Some(rest) = text.get(..7)
        && rest.eq_ignore_ascii_case("mailto:")
    {
        text = text[7..].split('?').next().unwrap_or_default();
    }
    // `desk@example.org (the desk)`
    let text = match (text.find('('), text.ends_with(')')) {
        (Some(start), true) if start > 0 => &text[..start],
        _ => text,
    };
    let text = text.replace('\u{ff20}', "@");
    let kept = |c: &char| !c.is_whitespace() && !c.is_control();
    let text: String = text.chars().filter(kept).collect();
    let text = text.trim_matches(['.', ',', ';', ':', '"', '\'', '(', ')']);
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_refused(text: &str, reason: &str, suggestion: Option<&str>) {
        let error = parse_address(text).expect_err(text);
        assert!(error.to_string().contains(reason), "{text}: {error}");
        assert_eq!(error.suggestion.as_deref(), suggestion, "{text}");
    }

    #[test]
    fn what_no_mail_can_be_made_for_is_refused_with_a_reason() {
        check_refused("", "nothing in it", None);
        check_refused("desk", "no @", None);
        check_refused("@", "before the @", None);
        check_refused("desk@", "no domain", None);
        check_refused("@example.org", "before the @", None);
        check_refused("desk@[192.0.2.1]", "machine's number", None);
        check_refused("desk@[IPv6:2001:db8::1]", "machine's number", None);
        check_refused("desk@192.0.2.1", "machine's number", None);
        check_refused("desk@2001:db8::1", "machine's number", None);
        check_refused("desk@1234", "machine's number", None);
        check_refused("\"a b\"@example.org", "in quotes", None);
        check_refused("\"desk\"@example.org", "in quotes", None);
        check_refused("a@b@example.org", "more than one @", None);
        check_refused("a b@example.org", "` ` cannot", Some("ab@example.org"));
        check_refused(
            " desk@example.org",
            "blanks around",
            Some("desk@example.org"),
        );
        check_refused(
            "desk@example.org.",
            "dot at the end",
            Some("desk@example.org"),
        );
        check_refused(
            "desk@example.org\n",
            "blanks around",
            Some("desk@example.org"),
        );
        check_refused("desk\u{0}@example.org", "U+0000", Some("desk@example.org"));
        check_refused(
            "Desk <desk@example.org>",
            "angle brackets",
            Some("desk@example.org"),
        );
        check_refused(
            "<desk@example.org>",
            "angle brackets",
            Some("desk@example.org"),
        );
        check_refused(
            "mailto:desk@example.org?subject=x",
            "cannot stand",
            Some("desk@example.org"),
        );
        check_refused("desk(x)@example.org", "comment", None);
        check_refused(
            "desk@example.org (desk)",
            "blank in the domain",
            Some("desk@example.org"),
        );
        check_refused("desk\u{ff20}example.org", "no @", Some("desk@example.org"));
        check_refused("de..sk@example.org", "beside another dot", None);
        check_refused("desk.@example.org", "beside another dot", None);
        check_refused("desk@exa%6dple.org", "cannot stand in a domain", None);
        check_refused("desk@exa_mple.org", "cannot stand in a domain", None);
        check_refused("desk@example..org", "", None);
        check_refused("desk@-example.org", "hyphen", None);
        check_refused("a@example.org,b@example.org", "more than one @", None);
        for invisible in ['\u{200b}', '\u{202e}', '\u{ad}', '\u{2060}'] {
            check_refused(
                &format!("de{invisible}sk@example.org"),
                "an invisible character before the @",
                Some("desk@example.org"),
            );
        }
        check_refused(
            "\u{feff}desk@example.org",
            "U+FEFF",
            Some("desk@example.org"),
        );
        // As some file managers and address books copy it.
        check_refused(
            "\u{202a}desk@example.org\u{202c}",
            "U+202A",
            Some("desk@example.org"),
        );
        check_refused(
            "desk@example.org\u{202c}",
            "no name of the DNS",
            Some("desk@example.org"),
        );
        check_refused(
            &format!("{}@example.org", "a".repeat(65)),
            "64 octets",
            None,
        );
        check_refused(&format!("a@{}.org", "a".repeat(64)), "too long", None);
        let long = format!("a@{}org", "abcdefghi.".repeat(26));
        check_refused(&long, "", None);
    }

    #[test]
    fn domains_are_taken_as_their_a_labels() {
        let address = parse_address("redacci\u{f3}n@peri\u{f3}dico.example").unwrap();
        assert_eq!(address.domain(), "xn--peridico-y3a.example");
        assert!(needs_smtputf8(&address));
        let address = parse_address("desk+news@B\u{fc}ro.example").unwrap();
        assert_eq!(address.to_string(), "desk+news@xn--bro-hoa.example");
        assert!(!needs_smtputf8(&address));
        for local in [
            "newsvigil@localhost",
            "o'neil/x=y@Example.ORG",
            "a@xn--bro-hoa.example",
        ] {
            assert_eq!(parse_address(local).unwrap().to_string(), local);
        }
    }
}
