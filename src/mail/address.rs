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
mod tests;
