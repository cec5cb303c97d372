//! Headlines.
/// To come: see the next commits of this part.
pub fn is_generic(_title: &str, _language: Option<&str>) -> bool {
    false
}
