//! The body of a page to a tree, or why it is none.

use dom_query::Document;

use super::limits::{BODY_BYTES, LimitExceeded, look_over};
use super::{content_type, tree};
use crate::core::text::decode::decode_page;

/// Why a body is no page that can be read. Each message reads alone.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(in crate::core) enum PageError {
    #[error("the page is empty")]
    Empty,
    /// With what it is.
    #[error("the address leads to no web page but to {0}")]
    NotHtml(String),
    #[error(transparent)]
    TooBig(#[from] LimitExceeded),
}

/// A body, without its transfer encodings, as a tree. Of its attributes those stay that the text of an article is
/// found by, or all. `give_up` is asked often; when it says yes, the page is too big.
pub(in crate::core) fn parse(
    body: &[u8],
    content_type: Option<&str>,
    all_attributes: bool,
    give_up: &dyn Fn() -> bool,
) -> Result<Document, PageError> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Err(PageError::Empty);
    }
    if let Some(what) = content_type::sniff_binary(body) {
        return Err(PageError::NotHtml(what.to_owned()));
    }
    if body.len() > BODY_BYTES {
        return Err(LimitExceeded::Bytes.into());
    }
    if give_up() {
        return Err(LimitExceeded::Time.into());
    }
    let text = decode_page(body, content_type).text;
    if let Some(what) = content_type::sniff_text(&text, content_type) {
        return Err(PageError::NotHtml(what));
    }
    look_over(&text, give_up)?;
    Ok(tree::parse(&text, all_attributes, give_up)?)
}
