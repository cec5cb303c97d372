//! What is known of the machine's clock, in a file beside the database: a clock that is ahead for a while must not
//! let go of what is kept for a time.

use std::fs;
use std::io::{self, Write as _};
use std::path::Path;

use jiff::Timestamp;

use crate::core::retention_clock::RetentionClock;
use crate::file::recreate;

const FILE_NAME: &str = "clock";

/// The time by which the age of what is stored is told, after another look at the clock. Without the file the
/// clock is believed.
pub fn trusted_now(folder: &Path, now: Timestamp) -> Timestamp {
    let path = folder.join(FILE_NAME);
    let known = fs::read_to_string(&path).ok().and_then(|text| read(&text));
    let reckoning = known.map_or(RetentionClock::first(now), |known| known.after(now));
    let doubted_since = reckoning.doubted_since.map(|since| since.to_string());
    let text = format!(
        "{} {}\n",
        reckoning.believed,
        doubted_since.unwrap_or_default()
    );
    // Where it cannot be written, the one that is there still holds.
    let _ = replace(&path, &text);
    reckoning.believed
}

/// Writes a file that is either the old one or the whole of the new one, whatever comes between.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let new = path.with_extension("new");
    let mut file = recreate(&new)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(new, path)
}

fn read(text: &str) -> Option<RetentionClock> {
    let mut instants = text.split_whitespace().map(str::parse);
    Some(RetentionClock {
        believed: instants.next()?.ok()?,
        doubted_since: instants.next().transpose().ok()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_seen_of_the_clock_is_remembered() {
        let folder = tempfile::tempdir().unwrap();
        let day = |number: i64| Timestamp::from_second(1_790_000_000 + number * 86_400).unwrap();
        for (shown, believed) in [
            (0, 0),
            (1, 1),
            (41, 1),
            (42, 1),
            (2, 2),
            (2000, 2),
            (2008, 2008),
        ] {
            assert_eq!(
                super::trusted_now(folder.path(), day(shown)),
                day(believed),
                "on day {shown}"
            );
        }
        fs::write(folder.path().join(FILE_NAME), "nonsense").unwrap();
        assert_eq!(super::trusted_now(folder.path(), day(3000)), day(3000));
    }
}
