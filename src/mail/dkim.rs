//! DKIM signatures (RFC 6376, RFC 8463): relaxed, over headers and body, with RSA or Ed25519.
//!
//! Both algorithms sign the same bytes in the same way each time, so a signed message is as
//! reproducible as an unsigned one.
//!
//! Not by mail-auth: it signs with the time of its own clock, and where aws-lc-rs does the work it cannot be had
//! without a resolver for the DNS, 32 crates in all.

use std::fmt;

use aws_lc_rs::{
    digest::{SHA256, digest},
    encoding::{AsDer, PublicKeyX509Der},
    rand::SystemRandom,
    signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use jiff::Timestamp;

/// Headers that are signed when they are there.
const SIGNED: [&str; 13] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "references",
    "in-reply-to",
    "reply-to",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "mime-version",
    "content-type",
];
/// Headers named once more than they are there, so that nobody can add another (section 5.4.2).
const SEALED: [&str; 5] = ["from", "to", "subject", "date", "reply-to"];
/// Columns of the folded signature.
const FOLD: usize = 72;
/// Bytes of one string of a TXT record.
const STRING_BYTES: usize = 255;

/// A key with the name under which its public half stands in the DNS.
pub struct DkimSigner {
    domain: String,
    selector: String,
    key: Key,
}

enum Key {
    Rsa(Box<RsaKeyPair>),
    Ed25519(Ed25519KeyPair),
}

/// Why a key cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DkimError {
    /// The text is no PEM block with a private key.
    #[error("the key is no PEM block with PRIVATE KEY or RSA PRIVATE KEY")]
    Pem,
    /// The text is another PEM block.
    #[error("this is {0}, and the private key is needed, in a PEM block with PRIVATE KEY")]
    OtherPem(&'static str),
    /// The key is damaged, too short, or of another kind.
    #[error(
        "the key is neither RSA of 2048 to 8192 bits nor Ed25519 ({0}): make one with \
         openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"
    )]
    Key(String),
    /// Domain or selector would not make a DNS name.
    #[error("\"{0}\" is no name for the DNS")]
    Name(String),
    /// The message has no end of its headers.
    #[error("the message has no body")]
    Message,
    /// The cryptographic library failed.
    #[error("the signature could not be made")]
    Sign,
}

impl fmt::Debug for DkimSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DkimSigner")
            .field("domain", &self.domain)
            .field("selector", &self.selector)
            .finish_non_exhaustive()
    }
}

/// Letters, digits, hyphens and underscores, with dots between them.
pub fn is_dkim_name(text: &str) -> bool {
    let is_label = |label: &str| {
        let is_plain = |b: u8| b.is_ascii_alphanumeric() || b"-_".contains(&b);
        (1..=63).contains(&label.len()) && label.bytes().all(is_plain)
    };
    text.len() <= 200 && text.split('.').all(is_label)
}

impl DkimSigner {
    /// Takes a private key in PEM: PKCS #8 for either kind, or PKCS #1 for RSA.
    pub fn new(domain: &str, selector: &str, pem: &str) -> Result<Self, DkimError> {
        for name in [domain, selector] {
            if !is_dkim_name(name) {
                return Err(DkimError::Name(crate::core::digest::clean_line(name, 80)));
            }
        }
        let (pkcs1, der) = decode_pem(pem)?;
        let rejected = |error: aws_lc_rs::error::KeyRejected| DkimError::Key(error.to_string());
        let key = if pkcs1 {
            Key::Rsa(Box::new(RsaKeyPair::from_der(&der).map_err(rejected)?))
        } else if let Ok(key) = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der) {
            Key::Ed25519(key)
        } else {
            Key::Rsa(Box::new(RsaKeyPair::from_pkcs8(&der).map_err(rejected)?))
        };
        Ok(Self {
            domain: domain.to_ascii_lowercase(),
            selector: selector.to_owned(),
            key,
        })
    }

    /// The record that receivers look for in the DNS, as a zone file has it (RFC 6376 section 3.6, RFC 8463
    /// section 4; strings of at most 255 bytes, RFC 1035 section 3.3).
    pub fn dns_record(&self) -> String {
        let (kind, public) = match &self.key {
            Key::Rsa(key) => ("rsa", rsa_public_key(key)),
            Key::Ed25519(key) => ("ed25519", STANDARD.encode(key.public_key())),
        };
        let value = format!("v=DKIM1; k={kind}; p={public}");
        // The value is ASCII, so each piece is text.
        let strings: Vec<String> = value
            .as_bytes()
            .chunks(STRING_BYTES)
            .map(|piece| format!("\"{}\"", String::from_utf8_lossy(piece)))
            .collect();
        let name = format!("{}._domainkey.{}.", self.selector, self.domain);
        format!("{name} IN TXT ( {} )", strings.join(" "))
    }

    /// The message with a signature in front. `date` becomes the signature's own time.
    pub fn sign(&self, message: &[u8], date: Timestamp) -> Result<Vec<u8>, DkimError> {
        let message = std::str::from_utf8(message).map_err(|_| DkimError::Message)?;
        let (headers, body) = message.split_once("\r\n\r\n").ok_or(DkimError::Message)?;
        let headers = split_headers(headers);
        let mut names = Vec::new();
        let mut signed = String::new();
        for name in SIGNED {
            // From the last to the first, as a verifier reads them (section 5.4.2).
            for header in headers.iter().rev().filter(|(found, _)| found == name) {
                names.push(name);
                signed.push_str(&relaxed_header(header));
                signed.push_str("\r\n");
            }
        }
        names.extend(SEALED);
        let body_hash = STANDARD.encode(digest(&SHA256, relaxed_body(body).as_bytes()));
        let algorithm = match self.key {
            Key::Rsa(_) => "rsa-sha256",
            Key::Ed25519(_) => "ed25519-sha256",
        };
        let mut value = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={};\r\n s={}; t={};\r\n h=",
            self.domain,
            self.selector,
            date.as_second().max(0)
        );
        fold(&mut value, &names.join(":"), ':');
        value.push_str(";\r\n bh=");
        value.push_str(&body_hash);
        value.push_str(";\r\n b=");
        signed.push_str(&relaxed_header(&(
            "dkim-signature".to_owned(),
            value.clone(),
        )));
        let signature = STANDARD.encode(self.sign_bytes(signed.as_bytes())?);
        for (index, line) in signature.as_bytes().chunks(FOLD).enumerate() {
            if index > 0 {
                value.push_str("\r\n ");
            }
            // Base64 is ASCII, so each chunk is text.
            value.push_str(&String::from_utf8_lossy(line));
        }
        Ok(format!("DKIM-Signature: {value}\r\n{message}").into_bytes())
    }

    fn sign_bytes(&self, bytes: &[u8]) -> Result<Vec<u8>, DkimError> {
        match &self.key {
            Key::Rsa(key) => {
                let mut signature = vec![0; key.public_modulus_len()];
                key.sign(
                    &RSA_PKCS1_SHA256,
                    &SystemRandom::new(),
                    bytes,
                    &mut signature,
                )
                .map_err(|_| DkimError::Sign)?;
                Ok(signature)
            }
            // RFC 8463 section 3: the hash is signed, not the text.
            Key::Ed25519(key) => Ok(key.sign(digest(&SHA256, bytes).as_ref()).as_ref().to_vec()),
        }
    }
}

/// The public half as openssl writes it, which is what verifiers read under the name of `p=`.
fn rsa_public_key(key: &RsaKeyPair) -> String {
    let der: Result<PublicKeyX509Der<'_>, _> = key.public_key().as_der();
    der.map(|der| STANDARD.encode(der.as_ref()))
        .unwrap_or_default()
}

/// Whether the block is PKCS #1, and its bytes.
fn decode_pem(pem: &str) -> Result<(bool, Vec<u8>), DkimError> {
    for (label, pkcs1) in [("RSA PRIVATE KEY", true), ("PRIVATE KEY", false)] {
        let begin = format!("-----BEGIN {label}-----");
        let end = format!("-----END {label}-----");
        if let Some((_, rest)) = pem.split_once(&begin)
            && let Some((inner, _)) = rest.split_once(&end)
        {
            if inner.contains("ENCRYPTED") {
                // `Proc-Type: 4,ENCRYPTED`, which base64 cannot say.
                return Err(DkimError::OtherPem(
                    "a key that is locked with a passphrase (openssl pkey -in FILE unlocks it)",
                ));
            }
            let text: String = inner.chars().filter(|c| !c.is_ascii_whitespace()).collect();
            return STANDARD
                .decode(text)
                .map(|der| (pkcs1, der))
                .map_err(|_| DkimError::Pem);
        }
    }
    Err(other_pem(pem).map_or(DkimError::Pem, DkimError::OtherPem))
}

/// What a PEM block is that is no usable private key (RFC 7468, RFC 1421 for `ENCRYPTED`).
fn other_pem(pem: &str) -> Option<&'static str> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (label, _) = rest.split_once("-----")?;
    Some(match label {
        "ENCRYPTED PRIVATE KEY" => {
            "a key that is locked with a passphrase (openssl pkey -in FILE unlocks it)"
        }
        "PUBLIC KEY" | "RSA PUBLIC KEY" => "the public key",
        "CERTIFICATE" | "X509 CERTIFICATE" | "TRUSTED CERTIFICATE" => "a certificate",
        "CERTIFICATE REQUEST" | "NEW CERTIFICATE REQUEST" => "a request for a certificate",
        "EC PRIVATE KEY" | "EC PARAMETERS" => "a key for elliptic curves other than Ed25519",
        "OPENSSH PRIVATE KEY" => "a key for SSH",
        _ => return None,
    })
}

/// Lower-case names with their values, folds and all.
fn split_headers(headers: &str) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    for line in headers.split("\r\n") {
        match (line.starts_with([' ', '\t']), out.last_mut()) {
            (true, Some((_, value))) => {
                value.push_str("\r\n");
                value.push_str(line);
            }
            _ => {
                if let Some((name, value)) = line.split_once(':') {
                    out.push((name.trim_end().to_ascii_lowercase(), value.to_owned()));
                }
            }
        }
    }
    out
}

/// Section 3.4.2.
fn relaxed_header((name, value): &(String, String)) -> String {
    format!(
        "{name}:{}",
        relaxed_line(&value.replace("\r\n", "")).trim_matches(' ')
    )
}

/// Section 3.4.4.
fn relaxed_body(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    for line in body.split("\r\n") {
        out.push_str(relaxed_line(line).trim_end_matches(' '));
        out.push_str("\r\n");
    }
    while out.ends_with("\r\n\r\n") {
        out.truncate(out.len() - 2);
    }
    if out == "\r\n" { String::new() } else { out }
}

/// Each run of spaces and tabs becomes one space.
fn relaxed_line(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            ' ' | '\t' if out.ends_with(' ') => {}
            ' ' | '\t' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Appends `list` with a fold behind a separator wherever the line grows long.
fn fold(value: &mut String, list: &str, separator: char) {
    let mut column = 3;
    for part in list.split_inclusive(separator) {
        if column + part.len() > FOLD {
            value.push_str("\r\n ");
            column = 1;
        }
        value.push_str(part);
        column += part.len();
    }
}

#[cfg(test)]
mod tests;
