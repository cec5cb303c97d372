//! The `Link` header (RFC 8288, section 3).

/// A link of the header, its parameters as given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct HeaderLink {
    pub target: String,
    pub rel: String,
    pub media_type: String,
    pub title: String,
}

/// Links of one answer that are looked at.
const LINKS_AT_MOST: usize = 200;

/// Reads the header, several lines of it joined with commas. What is no link is passed over; a link with
/// an `anchor` speaks of another page.
pub(super) fn read(header: &str) -> Vec<HeaderLink> {
    let mut links = Vec::new();
    let mut rest = header;
    while links.len() < LINKS_AT_MOST
        && let Some((target, behind)) = rest
            .split_once('<')
            .and_then(|(_, behind)| behind.split_once('>'))
    {
        let mut link = HeaderLink {
            target: target.trim().to_owned(),
            ..HeaderLink::default()
        };
        let mut is_of_this_page = true;
        rest = behind.trim_start();
        while let Some(behind) = rest.strip_prefix(';') {
            let (name, value, behind) = parameter(behind);
            rest = behind;
            let slot = match name.to_ascii_lowercase().as_str() {
                "rel" => &mut link.rel,
                "type" => &mut link.media_type,
                // What RFC 8187 escapes stays escaped.
                "title" | "title*" => &mut link.title,
                "anchor" => {
                    is_of_this_page = false;
                    continue;
                }
                _ => continue,
            };
            // Of two the first counts (section 3.3).
            if slot.is_empty() {
                *slot = value;
            }
        }
        if is_of_this_page && !link.target.is_empty() {
            links.push(link);
        }
    }
    links
}

/// A parameter with its value, and what stands behind it.
fn parameter(text: &str) -> (&str, String, &str) {
    let end = text.find(['=', ';', ',']).unwrap_or(text.len());
    let (name, rest) = (text[..end].trim(), &text[end..]);
    let Some(value) = rest.strip_prefix('=').map(str::trim_start) else {
        return (name, String::new(), rest);
    };
    let Some(quoted) = value.strip_prefix('"') else {
        let end = value.find([';', ',']).unwrap_or(value.len());
        // Some write quotes that mean nothing here.
        let content = value[..end].trim().trim_matches('\'');
        return (name, content.to_owned(), &value[end..]);
    };
    let mut content = String::new();
    let mut characters = quoted.char_indices();
    while let Some((at, c)) = characters.next() {
        match c {
            '"' => return (name, content, quoted[at + 1..].trim_start()),
            '\\' => content.extend(characters.next().map(|(_, escaped)| escaped)),
            c => content.push(c),
        }
    }
    (name, content, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(header: &str, expected: &[(&str, &str, &str, &str)]) {
        let found = read(header);
        let found: Vec<_> = found
            .iter()
            .map(|link| {
                let HeaderLink {
                    target,
                    rel,
                    media_type,
                    title,
                } = link;
                (
                    target.as_str(),
                    rel.as_str(),
                    media_type.as_str(),
                    title.as_str(),
                )
            })
            .collect();
        assert_eq!(found, expected, "of {header}");
    }

    #[test]
    fn links_are_read_with_their_parameters() {
        check(
            "</wp-json/>; rel=\"https://api.w.org/\", </feed?a=1,2;3>; REL=alternate;type=\"application/rss+xml\"; title=\"News, all; \\\"new\\\"\"",
            &[
                ("/wp-json/", "https://api.w.org/", "", ""),
                (
                    "/feed?a=1,2;3",
                    "alternate",
                    "application/rss+xml",
                    "News, all; \"new\"",
                ),
            ],
        );
        check(
            "< a > ; rel = feed ; crossorigin ; rel=next",
            &[("a", "feed", "", "")],
        );
        check(
            "<a>; rel='alternate'; type='text/xml'; title*=UTF-8''Kommentare",
            &[("a", "alternate", "text/xml", "UTF-8''Kommentare")],
        );
    }

    #[test]
    fn what_is_no_link_is_passed_over() {
        check("", &[]);
        check("no link", &[]);
        check("<never ends", &[]);
        check(
            "<a>; anchor=\"/b\"; rel=alternate, <c>; rel=\"never ends",
            &[("c", "never ends", "", "")],
        );
    }

    proptest! {
        #[test]
        fn any_header_is_read(header in "[<>;,=\" a\\\\é]{0,60}") {
            prop_assert!(read(&header).len() <= header.matches('<').count());
        }
    }
}
