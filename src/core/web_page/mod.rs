//! A web page: bytes to a tree of HTML, within bounds, and what stands in the place of what it is asked for.
//!
//! ```text
//! body, Content-Type -> content_type -> text::decode -> limits -> tree -> dom_query::Document
//!                                        Document -> visible_text, access_walls: a challenge, a question for consent
//! ```
//!
//! `parse` goes this way. Feeds read the links of a page by it, and articles its text; [`selector_mistake`] tells a CSS
//! selector from another text.
//!
//! It must not know what is looked for on a page, nor what becomes of one that cannot be read. A page is a stranger's:
//! reading one is bounded in bytes, nesting, elements and time.

pub(in crate::core) mod access_walls;
mod content_type;
pub(in crate::core) mod limits;
mod parse;
mod selector;
pub(in crate::core) mod tree;
pub(in crate::core) mod visible_text;

pub use limits::{BODY_BYTES as BODY_AT_MOST, STACK};
pub(in crate::core) use parse::{PageError, parse};
pub use selector::{SELECTOR_AT_MOST, selector_mistake};
