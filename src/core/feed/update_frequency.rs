//! What a feed says of its own rhythm.

use jiff::civil::Weekday;

use super::PublishingHints;

/// `sy:updatePeriod` and `sy:updateFrequency` while they are being collected.
#[derive(Debug, Default)]
pub(super) struct SyndicationPeriod {
    period: Option<u32>,
    frequency: Option<u32>,
}

impl SyndicationPeriod {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_days_are_known_by_their_names() {
        let mut hints = PublishingHints::default();
        for hour in ["3", " 24 ", "99", "3"] {
            add_skip_hour(&mut hints, hour);
        }
        for day in ["Saturday", "Someday", "sat"] {
            add_skip_day(&mut hints, day);
        }
        assert_eq!(hints.skip_hours, [3, 0]);
        assert_eq!(hints.skip_days, [Weekday::Saturday]);
    }

    #[test]
    fn nonsense_says_nothing() {
        let mut rhythm = SyndicationPeriod::default();
        rhythm.period("now and then");
        rhythm.frequency("0");
        assert_eq!((ttl("soon"), rhythm.interval_seconds()), (None, None));
    }
}
