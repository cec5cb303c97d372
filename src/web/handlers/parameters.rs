//! Path and query parameters that several handlers read.

use super::super::address::HitsAddress;
use super::super::response::ErrorPage;
use crate::core::digest::clean_line;

/// What stands behind the question mark of a page of hits.
pub(super) fn address(query: Option<&str>) -> Result<HitsAddress, ErrorPage> {
    HitsAddress::read(query.unwrap_or_default()).map_err(|wrong| {
        let lines: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        let sentence = "What it asks for is not written as it should be. Perhaps it was cut when it was copied.";
        ErrorPage::wrong(sentence)
            .with_detail(lines.join("\n"))
            .with_onward("/hits", "All hits")
    })
}

/// The number in an address.
pub(in super::super) fn number(text: &str) -> Result<i64, ErrorPage> {
    let is_plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = is_plain.then(|| text.parse().ok()).flatten();
    number.ok_or_else(|| ErrorPage::wrong(format!("“{}” is no number.", clean_line(text, 80))))
}

/// How many are on the pages before: all that lists ask for that are no hits.
pub(super) fn from(query: Option<&str>) -> Result<usize, ErrorPage> {
    let Some(query) = query.filter(|query| !query.is_empty()) else {
        return Ok(0);
    };
    match query.strip_prefix("from=") {
        Some(from) => Ok(usize::try_from(number(from)?).unwrap_or(usize::MAX)),
        None => Err(ErrorPage::wrong("Only `from` can be asked for here.")),
    }
}
