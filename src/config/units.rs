//! Durations and sizes as people write them: `30s`, `7d`, `8 MiB`.

use jiff::SignedDuration;

const DURATION_UNITS: [(&str, i64); 5] = [
    ("w", 7 * 86_400),
    ("d", 86_400),
    ("h", 3_600),
    ("m", 60),
    ("s", 1),
];
const BYTE_UNITS: [(&str, u64); 4] = [
    ("GiB", 1 << 30),
    ("MiB", 1 << 20),
    ("KiB", 1 << 10),
    ("B", 1),
];

fn split_number(text: &str) -> Option<(u64, &str)> {
    let text = text.trim();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = text[..digits].parse().ok()?;
    Some((number, text[digits..].trim_start()))
}

/// A whole number and one of `s`, `m`, `h`, `d` (24 hours), `w`.
pub fn parse_duration(text: &str) -> Option<SignedDuration> {
    let (number, unit) = split_number(text)?;
    let (_, seconds) = DURATION_UNITS.iter().find(|(name, _)| *name == unit)?;
    let number = i64::try_from(number).ok()?;
    Some(SignedDuration::from_secs(number.checked_mul(*seconds)?))
}

/// The largest unit that divides it: `90m`, `1h`, `7d`.
pub fn format_duration(duration: SignedDuration) -> String {
    let seconds = duration.as_secs();
    DURATION_UNITS
        .iter()
        .skip(1)
        .find(|(_, size)| seconds != 0 && seconds % size == 0)
        .map_or_else(
            || format!("{seconds}s"),
            |(name, size)| format!("{}{name}", seconds / size),
        )
}

/// A whole number and one of `B`, `KiB`, `MiB`, `GiB`.
pub fn parse_bytes(text: &str) -> Option<u64> {
    let (number, unit) = split_number(text)?;
    let (_, size) = BYTE_UNITS.iter().find(|(name, _)| *name == unit)?;
    number.checked_mul(*size)
}

/// The largest unit that divides it: `8 MiB`.
pub fn format_bytes(bytes: u64) -> String {
    BYTE_UNITS
        .iter()
        .find(|(_, size)| bytes != 0 && bytes.is_multiple_of(*size))
        .map_or_else(
            || format!("{bytes} B"),
            |(name, size)| format!("{} {name}", bytes / size),
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_back_as_they_are_written() {
        for text in ["30s", "15m", "90m", "1h", "7d"] {
            let duration = parse_duration(text).unwrap();
            assert_eq!(format_duration(duration), text);
        }
        assert_eq!(parse_duration("2w"), parse_duration("14d"));
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in [
            "",
            "7",
            "d",
            "7 days",
            "-1h",
            "1.5h",
            "99999999999999999999w",
            "9223372036854775807d",
        ] {
            assert_eq!(parse_duration(text), None, "{text}");
        }
    }

    #[test]
    fn sizes_read_back_as_they_are_written() {
        for text in ["1 B", "512 KiB", "8 MiB"] {
            assert_eq!(format_bytes(parse_bytes(text).unwrap()), text);
        }
        assert_eq!(parse_bytes("8MiB"), Some(8 << 20));
        assert_eq!(parse_bytes("99999999999999999999 GiB"), None);
    }
}
