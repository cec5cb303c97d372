//! Language tags (BCP 47).
//!
//! Mostly the language alone is asked for, of tags as feeds and pages write them. unic-langid, which knows the plurals
//! of mails, takes no tag with a part that it does not understand, such as `es-la-x` or `en-us-1`.

/// The language of a tag as it is written: `pt` of `pt-BR`, and of `pt_BR`, which is no tag and usual.
pub fn primary_subtag(tag: &str) -> &str {
    tag.split(['-', '_']).next().unwrap_or(tag)
}
