//! What a feed says of its own rhythm.

use jiff::civil::Weekday;

use super::PublishingHints;

/// `sy:updatePeriod` and `sy:updateFrequency` while they are being collected.
#[derive(Debug, Default)]
pub(super) struct UpdateRhythm {
    period: Option<u32>,
    frequency: Option<u32>,
}

impl UpdateRhythm {
    pub(super) fn period(&mut self, text: &str) {
        self.period = match text.trim().to_ascii_lowercase().as_str() {
            "hourly" => Some(3600),
            "daily" => Some(86_400),
            "weekly" => Some(7 * 86_400),
            "monthly" => Some(30 * 86_400),
            "yearly" => Some(365 * 86_400),
            _ => None,
        };
    }

    pub(super) fn frequency(&mut self, text: &str) {
        self.frequency = text.trim().parse().ok().filter(|&times| times > 0);
    }

    /// Seconds between updates. A frequency without a period is a frequency a day, a period without
    /// a frequency is once (RSS 1.0 syndication module).
    pub(super) fn interval_seconds(&self) -> Option<u32> {
        if self.period.is_none() && self.frequency.is_none() {
            return None;
        }
        Some((self.period.unwrap_or(86_400) / self.frequency.unwrap_or(1)).max(1))
    }
}

/// Minutes of RSS 2.0 `ttl`; zero says nothing.
pub(super) fn ttl(text: &str) -> Option<u32> {
    text.trim().parse().ok().filter(|&minutes| minutes > 0)
}

/// Adds an hour of `skipHours`. RSS 0.91 counted them from 1 to 24, so 24 is midnight.
pub(super) fn add_skip_hour(hints: &mut PublishingHints, text: &str) {
    if let Ok(hour @ 0..=24) = text.trim().parse::<u8>()
        && !hints.skip_hours.contains(&(hour % 24))
    {
        hints.skip_hours.push(hour % 24);
    }
}

/// Adds a day of `skipDays`.
pub(super) fn add_skip_day(hints: &mut PublishingHints, text: &str) {
    let name = text.trim().to_ascii_lowercase();
    let day = match name.get(..3) {
        Some("mon") => Weekday::Monday,
        Some("tue") => Weekday::Tuesday,
        Some("wed") => Weekday::Wednesday,
        Some("thu") => Weekday::Thursday,
        Some("fri") => Weekday::Friday,
        Some("sat") => Weekday::Saturday,
        Some("sun") => Weekday::Sunday,
        _ => return,
    };
    if !hints.skip_days.contains(&day) {
        hints.skip_days.push(day);
    }
}

/// Reads the hints from the text of a sound feed, outside of its items, for they are not among what
/// feed-rs gives.
pub(super) fn scan(outside_items: &[&str]) -> PublishingHints {
    let mut hints = PublishingHints::default();
    let mut rhythm = UpdateRhythm::default();
    for part in outside_items {
        if let Some(text) = elements(part, "ttl").next() {
            hints.ttl_minutes = ttl(text);
        }
        if let Some(text) = elements(part, "updatePeriod").next() {
            rhythm.period(text);
        }
        if let Some(text) = elements(part, "updateFrequency").next() {
            rhythm.frequency(text);
        }
        for hours in elements(part, "skipHours") {
            elements(hours, "hour").for_each(|hour| add_skip_hour(&mut hints, hour));
        }
        for days in elements(part, "skipDays") {
            elements(days, "day").for_each(|day| add_skip_day(&mut hints, day));
        }
    }
    hints.update_interval_seconds = rhythm.interval_seconds();
    hints
}

/// What stands between `<NAME …>` and `</…NAME>`, with any prefix before the name.
fn elements<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = &'a str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        loop {
            let found = rest.find(name)?;
            let (before, after) = (&rest[..found], &rest[found + name.len()..]);
            rest = after;
            let opens = before.rfind('<').is_some_and(|tag| {
                let prefix = &before[tag + 1..];
                prefix.is_empty() || prefix.ends_with(':') && prefix.len() < 20
            });
            let ends = after.starts_with(['>', ' ', '\t', '\r', '\n']);
            if opens && ends {
                let inner = &after[after.find('>')? + 1..];
                let end = inner.find(name)?;
                return Some(&inner[..inner[..end].rfind('<').unwrap_or(end)]);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hints_are_read_from_the_channel() {
        let hints = scan(&[
            "<channel><title>ttl</title><ttl>15</ttl><sy:updatePeriod> hourly </sy:updatePeriod>",
            "<sy:updateFrequency>2</sy:updateFrequency><skipHours><hour>3</hour>\n<hour>24</hour><hour>99</hour></skipHours>\
             <skipDays><day>Saturday</day><day>Someday</day></skipDays></channel>",
        ]);
        assert_eq!(
            hints,
            PublishingHints {
                ttl_minutes: Some(15),
                update_interval_seconds: Some(1800),
                skip_hours: vec![3, 0],
                skip_days: vec![Weekday::Saturday],
            }
        );
    }

    #[test]
    fn nonsense_says_nothing() {
        let hints = scan(&[
            "<ttl>soon</ttl><sy:updateFrequency>0</sy:updateFrequency><skipHours><hour>",
            "<ttl",
        ]);
        assert_eq!(hints, PublishingHints::default());
    }
}
