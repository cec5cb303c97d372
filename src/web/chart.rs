//! Bars drawn by the server, each with its number as a title, and a table beside them.

/// Counts over time, the oldest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chart {
    /// What is shown, as a screen reader says it: "Hits a day, the last 56 days".
    pub label: String,
    /// What the bars stand for: "Day".
    pub of: &'static str,
    /// What is counted: "Hits".
    pub counts: &'static str,
    /// The name of each bar and its count; `None` where nothing was counted, which is not zero.
    pub values: Vec<(String, Option<u64>)>,
}

/// A bar, in units of the drawing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: u64,
    /// Across.
    pub width: usize,
    /// Down.
    pub height: u64,
    /// What it says.
    pub title: String,
    /// Whether it stands for no count.
    pub is_empty: bool,
}

/// Units between the beginnings of two bars, and across one.
const STEP: usize = 10;
const BAR: usize = 8;
/// Units of the tallest.
const HEIGHT: u64 = 40;

impl Chart {
    /// Units across.
    pub fn width(&self) -> usize {
        self.values.len().max(1) * STEP
    }

    /// All bars as one path, for a page with many drawings.
    pub fn outline(&self) -> String {
        let bars = self.bars().into_iter().filter(|bar| !bar.is_empty);
        bars.map(|bar| format!("M{} 40v-{}h{BAR}v{}z", bar.x, bar.height, bar.height))
            .collect()
    }

    /// "84 in all, 9 at most; not read on 2".
    pub fn in_words(&self) -> String {
        let counts: Vec<u64> = self.values.iter().filter_map(|(_, count)| *count).collect();
        let all = counts
            .iter()
            .fold(0_u64, |sum, count| sum.saturating_add(*count));
        let most = counts.iter().max().copied().unwrap_or(0);
        match self.values.len() - counts.len() {
            0 => format!("{all} in all, {most} at most"),
            unread => format!("{all} in all, {most} at most; not read on {unread}"),
        }
    }

    /// The bars, the tallest as high as the drawing. What is zero has a line; what was not counted a pale bar.
    pub fn bars(&self) -> Vec<Bar> {
        let counts = self.values.iter().filter_map(|(_, count)| *count);
        let most = counts.max().unwrap_or(0).max(1);
        let bar = |(at, (name, count)): (usize, &(String, Option<u64>))| {
            let height = match count {
                Some(count) => (u128::from(*count) * u128::from(HEIGHT) / u128::from(most))
                    .try_into()
                    .unwrap_or(HEIGHT)
                    .max(1),
                None => HEIGHT,
            };
            let said = count.map_or_else(|| "not read".to_owned(), |count| count.to_string());
            Bar {
                x: at * STEP,
                y: HEIGHT - height,
                width: BAR,
                height,
                title: format!("{name}: {said}"),
                is_empty: count.is_none(),
            }
        };
        self.values.iter().enumerate().map(bar).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(counts: &[Option<u64>]) -> Chart {
        let name = |at: usize| format!("day {at}");
        Chart {
            label: "Hits a day".to_owned(),
            of: "Day",
            counts: "Hits",
            values: (0..).map(name).zip(counts.iter().copied()).collect(),
        }
    }

    #[test]
    fn bars_are_as_high_as_their_counts() {
        let heights = |counts: &[Option<u64>]| -> Vec<u64> {
            chart(counts).bars().iter().map(|bar| bar.height).collect()
        };
        assert_eq!(heights(&[Some(4), Some(2), Some(0)]), [40, 20, 1]);
        assert_eq!(heights(&[Some(u64::MAX), Some(0)]), [40, 1]);
        assert_eq!(heights(&[Some(0)]), [1], "nothing is divided by zero");
        assert!(heights(&[]).is_empty());
    }

    #[test]
    fn what_was_not_counted_is_no_zero() {
        let bars = chart(&[None, Some(0)]).bars();
        assert!(bars[0].is_empty && !bars[1].is_empty);
        assert_eq!(bars[0].title, "day 0: not read");
        assert_eq!(bars[1].title, "day 1: 0");
    }
}
