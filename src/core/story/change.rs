//! Changes.
/// To come: see the next commits of this part.
pub struct Change {
    /** x */
    pub what: String,
    /** x */
    pub correction: bool,
}
/// To come: see the next commits of this part.
pub fn change(_before: (&str, &str), _after: (&str, &str)) -> Option<Change> {
    None
}
