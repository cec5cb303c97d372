//! The certificates that `ca_file` names, in PEM (RFC 7468) or DER.

use std::io::{self, Read};
use std::path::Path;

use tokio_rustls::rustls::RootCertStore;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::{self, SectionKind};

use super::der;
use crate::core::digest::clean_line;

/// A bundle of all authorities of the world has a quarter of a megabyte.
const BYTES_MAX: u64 = 4 << 20;
/// Longest foreign text in an error, in characters.
const TOLD_CHARS: usize = 100;

/// Why a `ca_file` is of no use.
#[derive(Debug, thiserror::Error)]
pub enum AuthoritiesError {
    /// It is not there, no file, or not readable.
    #[error("it cannot be read: {0}")]
    Unreadable(#[from] io::Error),
    /// It is no list of certificates.
    #[error("it has more than {} MiB; it should hold certificates only", BYTES_MAX >> 20)]
    TooLarge,
    /// It is the wrong half of a pair.
    #[error(
        "it holds a private key instead of a certificate; name the file with the certificate (\"BEGIN CERTIFICATE\")"
    )]
    PrivateKey,
    /// It is in another form.
    #[error(
        "it holds {0} instead of certificates; export them as PEM (\"BEGIN CERTIFICATE\") or DER"
    )]
    OtherForm(&'static str),
    /// There is none in it.
    #[error("there is no certificate in it; it should hold PEM (\"BEGIN CERTIFICATE\") or DER")]
    Empty,
    /// PEM that cannot be read.
    #[error("its PEM cannot be read after {after} certificates: {why}; copy the certificate anew")]
    Damaged {
        /// How many could be.
        after: usize,
        /// What is wrong.
        why: String,
    },
    /// What stands where a certificate should.
    #[error("certificate {number} in it is damaged ({why}); copy it anew")]
    NotACertificate {
        /// Which one, from 1.
        number: usize,
        /// What is wrong.
        why: String,
    },
}

/// Reads a `ca_file` and gives how many certificates are in it.
///
/// # Errors
/// Why it is of no use, in a sentence without the path.
pub fn count_authorities(path: &Path) -> Result<usize, AuthoritiesError> {
    read(path).map(|certificates| certificates.len())
}

pub(super) fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, AuthoritiesError> {
    let mut bytes = Vec::new();
    crate::file::open_regular(path)?
        .take(BYTES_MAX + 1)
        .read_to_end(&mut bytes)?;
    if bytes.len() as u64 > BYTES_MAX {
        return Err(AuthoritiesError::TooLarge);
    }
    let certificates = parse(&bytes)?;
    let mut store = RootCertStore::empty();
    for (index, certificate) in certificates.iter().enumerate() {
        let not = |why: String| AuthoritiesError::NotACertificate {
            number: index + 1,
            why,
        };
        if der::fields(certificate).is_none() {
            return Err(not("it has not the parts of one".to_owned()));
        }
        store
            .add(certificate.clone())
            .map_err(|error| not(error.to_string()))?;
    }
    Ok(certificates)
}

fn parse(bytes: &[u8]) -> Result<Vec<CertificateDer<'static>>, AuthoritiesError> {
    if let Some(der) = der::first_sequence(bytes) {
        if der::begins_with_number(der) {
            return Err(AuthoritiesError::PrivateKey);
        }
        if der::fields(der).is_none() {
            return Err(AuthoritiesError::OtherForm("other DER"));
        }
        return Ok(vec![der.to_vec().into()]);
    }
    let mut certificates = Vec::new();
    let mut has_key = false;
    // Editors put a mark of UTF-8 before the first line, and what was pasted may be indented.
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let lines: Vec<&[u8]> = unmarked
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .collect();
    let lines = lines.join(&b'\n');
    let mut rest = lines.as_slice();
    loop {
        match pem::from_buf(&mut rest) {
            Ok(Some((SectionKind::Certificate, der))) => {
                // RFC 7468 section 5.1 knows nothing behind it, and a comparison must not either.
                let der = der::first_sequence(&der).map_or(der.clone(), <[u8]>::to_vec);
                certificates.push(der.into());
            }
            Ok(Some((
                SectionKind::PrivateKey | SectionKind::EcPrivateKey | SectionKind::RsaPrivateKey,
                _,
            ))) => has_key = true,
            Ok(Some(_)) => {}
            Ok(None) => break,
            Err(error) => {
                return Err(AuthoritiesError::Damaged {
                    after: certificates.len(),
                    why: clean_line(&error.to_string(), TOLD_CHARS),
                });
            }
        }
    }
    if !certificates.is_empty() {
        return Ok(certificates);
    }
    Err(if has_key {
        AuthoritiesError::PrivateKey
    } else {
        other_form(bytes)
    })
}

/// What a file is that holds no certificate.
fn other_form(bytes: &[u8]) -> AuthoritiesError {
    let holds = |words: &str| {
        bytes
            .windows(words.len())
            .any(|part| part == words.as_bytes())
    };
    if holds("PRIVATE KEY-----") {
        AuthoritiesError::PrivateKey
    } else if holds("-----BEGIN TRUSTED CERTIFICATE-----") {
        AuthoritiesError::OtherForm("OpenSSL's \"trusted\" form of certificates")
    } else if holds("-----BEGIN PKCS7-----") {
        AuthoritiesError::OtherForm("PKCS #7")
    } else if holds("-----BEGIN CERTIFICATE REQUEST-----") {
        AuthoritiesError::OtherForm("a request for a certificate")
    } else if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
        AuthoritiesError::OtherForm("text in UTF-16")
    } else {
        AuthoritiesError::Empty
    }
}

#[cfg(test)]
mod tests;
