//! As much of a certificate as must be known to trust it as it is (RFC 5280 section 4.1).

use jiff::civil::{Date, DateTime, Time};

const INTEGER: u8 = 0x02;
const SEQUENCE: u8 = 0x30;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
/// The version, `[0] EXPLICIT`.
const VERSION: u8 = 0xa0;

/// Parts of a certificate.
pub(super) struct Fields<'a> {
    issuer: &'a [u8],
    subject: &'a [u8],
    /// First and last moment at which it is valid, in UTC.
    pub valid: (DateTime, DateTime),
}

impl Fields<'_> {
    /// Whether nobody but itself vouches for it.
    pub(super) fn is_self_signed(&self) -> bool {
        self.issuer == self.subject
    }
}

/// One element: its tag, its contents, and itself; and what follows it.
struct Element<'a> {
    tag: u8,
    contents: &'a [u8],
    whole: &'a [u8],
    rest: &'a [u8],
}

/// Reads one element of definite length (ITU-T X.690 section 8.1).
fn element(bytes: &[u8]) -> Option<Element<'_>> {
    let (&tag, after) = bytes.split_first()?;
    let (&first, mut after) = after.split_first()?;
    let mut length = usize::from(first);
    if first >= 0x80 {
        let digits = usize::from(first & 0x7f);
        if !(1..=4).contains(&digits) {
            return None;
        }
        let (read, rest) = after.split_at_checked(digits)?;
        length = read
            .iter()
            .fold(0, |length, byte| length << 8 | usize::from(*byte));
        after = rest;
    }
    let (contents, rest) = after.split_at_checked(length)?;
    Some(Element {
        tag,
        contents,
        whole: &bytes[..bytes.len() - rest.len()],
        rest,
    })
}

fn tagged(bytes: &[u8], tag: u8) -> Option<Element<'_>> {
    element(bytes).filter(|element| element.tag == tag)
}

/// The first element of a file, without what follows it.
pub(super) fn first_sequence(bytes: &[u8]) -> Option<&[u8]> {
    tagged(bytes, SEQUENCE).map(|element| element.whole)
}

/// Whether this is a sequence that begins with a number, as private keys (RFC 5208, RFC 5915, RFC 8017)
/// and PKCS #12 files (RFC 7292) do, and certificates do not.
pub(super) fn begins_with_number(bytes: &[u8]) -> bool {
    tagged(bytes, SEQUENCE).is_some_and(|outer| tagged(outer.contents, INTEGER).is_some())
}

/// Reads a certificate. None, if it is none.
pub(super) fn fields(certificate: &[u8]) -> Option<Fields<'_>> {
    let outer = tagged(certificate, SEQUENCE)?;
    let signed = tagged(outer.contents, SEQUENCE)?;
    let mut rest = signed.contents;
    if let Some(version) = tagged(rest, VERSION) {
        rest = version.rest;
    }
    let serial = tagged(rest, INTEGER)?;
    let algorithm = tagged(serial.rest, SEQUENCE)?;
    let issuer = tagged(algorithm.rest, SEQUENCE)?;
    let validity = tagged(issuer.rest, SEQUENCE)?;
    let subject = tagged(validity.rest, SEQUENCE)?;
    let from = element(validity.contents)?;
    let to = element(from.rest)?;
    Some(Fields {
        issuer: issuer.contents,
        subject: subject.contents,
        valid: (moment(&from)?, moment(&to)?),
    })
}

/// RFC 5280 section 4.1.2.5.
fn moment(element: &Element<'_>) -> Option<DateTime> {
    let digits = element.contents.strip_suffix(b"Z")?;
    if !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let number = |range: std::ops::Range<usize>| -> Option<i16> {
        std::str::from_utf8(digits.get(range)?).ok()?.parse().ok()
    };
    let (year, at) = match (element.tag, digits.len()) {
        (UTC_TIME, 12) => {
            let year = number(0..2)?;
            (if year < 50 { 2000 + year } else { 1900 + year }, 2)
        }
        (GENERALIZED_TIME, 14) => (number(0..4)?, 4),
        _ => return None,
    };
    let pair = |index: usize| -> Option<i8> {
        let from = at + 2 * index;
        number(from..from + 2)?.try_into().ok()
    };
    let date = Date::new(year, pair(0)?, pair(1)?).ok()?;
    let time = Time::new(pair(2)?, pair(3)?, pair(4)?, 0).ok()?;
    Some(date.to_datetime(time))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_certificate_are_those_that_its_maker_named() {
        let mut made = rcgen::CertificateParams::new(vec!["mail.example.org".to_owned()]).unwrap();
        made.not_before = rcgen::date_time_ymd(1999, 12, 31);
        for (year, date) in [(2031, "2031-02-03"), (2077, "2077-02-03")] {
            made.not_after = rcgen::date_time_ymd(year, 2, 3);
            let key = rcgen::KeyPair::generate().unwrap();
            let certificate = made.self_signed(&key).unwrap();
            let read = fields(certificate.der()).unwrap();
            assert!(read.is_self_signed());
            assert_eq!(read.valid.0.date().to_string(), "1999-12-31");
            assert_eq!(read.valid.1.date().to_string(), date);
            assert!(!begins_with_number(certificate.der()));
            assert!(begins_with_number(&key.serialize_der()));
            for cut in 0..certificate.der().len() {
                assert!(fields(&certificate.der()[..cut]).is_none());
            }
        }
    }

    #[test]
    fn what_is_no_certificate_has_no_parts() {
        for bytes in [
            &b""[..],
            b"\x30",
            b"\x30\x80\0\0",
            b"\x30\x84\xff\xff\xff\xff",
            b"\x30\x85\0\0\0\0\x01x",
            b"\x30\x02\x30\x00",
            b"-----BEGIN",
        ] {
            assert!(fields(bytes).is_none(), "{bytes:?}");
        }
    }
}
