//! Victims.
/// To come: see the next commits of this part.
pub fn victims(_title: &str, _lead: &str) -> Option<u32> {
    None
}
