//! What people say of hits, and how right a watch is by that.

/// Whether a hit is what its watch is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// It is.
    Relevant,
    /// It is a false alarm.
    Irrelevant,
    /// Who looked cannot tell.
    Undecided,
}

impl Verdict {
    /// All there are.
    pub const ALL: [Self; 3] = [Self::Relevant, Self::Irrelevant, Self::Undecided];

    /// As it is stored, and stands in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevant => "relevant",
            Self::Irrelevant => "irrelevant",
            Self::Undecided => "undecided",
        }
    }

    /// The verdict of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// Why a hit is a false alarm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The words of the watch mean other things as well.
    TooBroad,
    /// It is about the subject, and violates no right.
    NotAViolation,
    /// It happened where the watch does not look.
    OtherPlace,
    /// It was found before.
    Duplicate,
}

impl Reason {
    /// All there are.
    pub const ALL: [Self; 4] = [
        Self::TooBroad,
        Self::NotAViolation,
        Self::OtherPlace,
        Self::Duplicate,
    ];

    /// As it is stored, and stands in addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::TooBroad => "too-broad",
            Self::NotAViolation => "not-a-violation",
            Self::OtherPlace => "other-place",
            Self::Duplicate => "duplicate",
        }
    }

    /// For people.
    pub fn words(self) -> &'static str {
        match self {
            Self::TooBroad => "too broad",
            Self::NotAViolation => "not a violation",
            Self::OtherPlace => "other place",
            Self::Duplicate => "duplicate",
        }
    }

    /// The reason of this name.
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|known| known.name() == name)
    }
}

/// The share of relevant hits among those that were judged, and between which shares it lies in 95 of 100 cases
/// if those were drawn at random (Wilson, "Probable Inference", 1927), each from 0 to 1; `None` where nothing was
/// judged.
pub fn precision(relevant: u64, irrelevant: u64) -> Option<(f64, (f64, f64))> {
    /// Standard deviations on either side that leave out 5 %.
    const Z: f64 = 1.959_964;
    let as_float = |number: u64| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    let judged = as_float(relevant.saturating_add(irrelevant));
    if judged == 0.0 {
        return None;
    }
    let share = as_float(relevant) / judged;
    let squared = Z * Z / judged;
    let middle = (share + squared / 2.0) / (1.0 + squared);
    let half = Z * (share * (1.0 - share) / judged + squared / (4.0 * judged)).sqrt();
    let half = half / (1.0 + squared);
    Some((share, ((middle - half).max(0.0), (middle + half).min(1.0))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart() {
        for verdict in Verdict::ALL {
            assert_eq!(Verdict::of_name(verdict.name()), Some(verdict));
        }
        for reason in Reason::ALL {
            assert_eq!(Reason::of_name(reason.name()), Some(reason));
        }
        assert_eq!(Verdict::of_name("Relevant"), None);
        assert_eq!(Reason::of_name(""), None);
    }

    #[test]
    fn the_interval_is_that_of_wilson() {
        // Newcombe, "Two-sided confidence intervals for the single proportion", 1998, table I, method 3.
        for (relevant, of, low, high) in [
            (81, 263, 0.2553, 0.3662),
            (15, 148, 0.0624, 0.1605),
            (0, 20, 0.0, 0.1611),
            (1, 29, 0.0061, 0.1718),
            (18, 23, 0.5810, 0.9034),
        ] {
            let (share, (from, to)) = precision(relevant, of - relevant).unwrap();
            assert!(from <= share && share <= to);
            assert!((from - low).abs() < 0.0001, "{relevant} of {of}: {from}");
            assert!((to - high).abs() < 0.0001, "{relevant} of {of}: {to}");
        }
        assert_eq!(precision(0, 0), None);
        let (_, (_, to)) = precision(u64::MAX, 0).unwrap();
        assert!(to <= 1.0);
    }
}
