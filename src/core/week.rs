//! The week of a recipient: what it brought against the weeks before, and what is unusual.

/// What is counted from week to week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// What a watch matches.
    Watch {
        /// Its id.
        id: String,
        /// Its title.
        title: String,
    },
    /// What is about a place.
    Place {
        /// As mails call it.
        name: String,
    },
}

/// A watch or a place with far more stories than it has as a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Unusual {
    /// Which.
    pub what: What,
    /// How many stories there are.
    pub stories: u64,
    /// How many there are in the same time as a rule.
    pub habit: f64,
    /// How many times the habit that is.
    pub times: f64,
}
