//! What has one cause is told in one line, whatever it has struck.

/// Names that stand in a line; the others are counted.
pub const NAMES_MAX: usize = 3;

/// All that one cause has struck.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CommonCause<'a, T> {
    /// The reason as given where there is one only, else what all of them have in common.
    pub why: String,
    /// In the order of the list.
    pub of: Vec<&'a T>,
}

/// Puts together what has one cause, in the order of the first of each.
pub fn group_by_cause<'a, T>(all: &'a [T], reason: impl Fn(&T) -> &str) -> Vec<CommonCause<'a, T>> {
    let mut places = std::collections::HashMap::new();
    let mut causes: Vec<(String, CommonCause<'a, T>)> = Vec::new();
    for one in all {
        let why = reason(one);
        let common = in_common(why);
        let place = *places.entry(common.clone()).or_insert(causes.len());
        if let Some((_, cause)) = causes.get_mut(place) {
            cause.of.push(one);
        } else {
            let cause = CommonCause {
                why: why.to_owned(),
                of: vec![one],
            };
            causes.push((common, cause));
        }
    }
    let causes = causes.into_iter().map(|(common, cause)| {
        let differs = cause.of.iter().any(|one| reason(one) != cause.why);
        if differs {
            CommonCause {
                why: common,
                ..cause
            }
        } else {
            cause
        }
    });
    causes.collect()
}

/// A reason without what is its feed's own: names of hosts, addresses, the dates of a certificate.
fn in_common(reason: &str) -> String {
    let end = [": verification time", " for name "]
        .iter()
        .filter(|_| reason.starts_with("TLS: "))
        .filter_map(|own| reason.find(own))
        .min();
    let mut out: Vec<&str> = Vec::new();
    for word in reason[..end.unwrap_or(reason.len())].split_whitespace() {
        match (is_own(word), out.last()) {
            (false, _) => out.push(word),
            (true, Some(&("name" | "…"))) => {}
            (true, _) => out.push("…"),
        }
    }
    out.join(" ")
}

/// Whether a word is a link, the name of a host, or its number.
fn is_own(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let word = word.split_once("://").map_or(word, |(_, rest)| {
        rest.split(['/', ':', '?', '#']).next().unwrap_or_default()
    });
    let labels: Vec<&str> = word.split('.').collect();
    let is_name = labels.len() > 1
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && labels
            .last()
            .is_some_and(|last| last.chars().count() > 1 && last.chars().any(char::is_alphabetic));
    let address = word.trim_matches(['[', ']']);
    is_name
        || address.parse::<std::net::IpAddr>().is_ok()
        || word.parse::<std::net::SocketAddr>().is_ok()
}

/// The names that stand in a line, each with what parts it from the one before; the last may count the others.
fn listed<S: AsRef<str>>(names: &[S]) -> Vec<(&'static str, String)> {
    let shown = names.len().min(NAMES_MAX);
    let mut listed: Vec<String> = names[..shown]
        .iter()
        .map(|name| name.as_ref().to_owned())
        .collect();
    if names.len() > shown {
        listed.push(format!("{} more", names.len() - shown));
    }
    let last = listed.len().saturating_sub(1);
    let parted = listed.into_iter().enumerate();
    parted
        .map(|(place, name)| match place {
            0 => ("", name),
            _ if place == last => (" and ", name),
            _ => (", ", name),
        })
        .collect()
}

/// "A, B and C", or "A, B, C and 37 more".
pub fn named<S: AsRef<str>>(names: &[S]) -> String {
    let listed = listed(names);
    let parts = listed
        .iter()
        .flat_map(|(between, name)| [between, name.as_str()]);
    parts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(reasons: &[&str], expected: &[(&str, usize)]) {
        let causes = group_by_cause(reasons, |reason| reason);
        let found: Vec<(&str, usize)> = causes
            .iter()
            .map(|cause| (cause.why.as_str(), cause.of.len()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn what_is_a_feed_s_own_makes_no_cause_of_its_own() {
        check(
            &[
                "the name a.example does not resolve",
                "404 Not Found",
                "the name news.b.example does not resolve",
                "404 Not Found",
                "410 Gone",
            ],
            &[
                ("the name does not resolve", 2),
                ("404 Not Found", 2),
                ("410 Gone", 1),
            ],
        );
        check(
            &["the name a.example does not resolve"],
            &[("the name a.example does not resolve", 1)],
        );
        check(
            &[
                "a.example leads to 10.0.0.1, which is private",
                "b.example leads to fd00::1, which is private",
            ],
            &[("… leads to … which is private", 2)],
        );
        check(
            &[
                "TLS: invalid peer certificate: certificate expired: verification time 5 (UNIX), but",
                "TLS: invalid peer certificate: certificate expired: verification time 6 (UNIX), but",
            ],
            &[("TLS: invalid peer certificate: certificate expired", 2)],
        );
        check(
            &["moved to https://a.example/x", "moved to http://b.example"],
            &[("moved to …", 2)],
        );
        check(
            &["HTTP/1.1 is spoken", "HTTP/1.0 is spoken", "3.5 s", "4.5 s"],
            &[
                ("HTTP/1.1 is spoken", 1),
                ("HTTP/1.0 is spoken", 1),
                ("3.5 s", 1),
                ("4.5 s", 1),
            ],
        );
        check(&["", ""], &[("", 2)]);
        check(&[], &[]);
    }

    #[test]
    fn names_are_listed_up_to_three() {
        let names = ["A", "B", "C", "D", "E"];
        let of = |count: usize| named(&names[..count]);
        assert_eq!([of(0), of(1), of(2)], ["", "A", "A and B"]);
        assert_eq!(of(3), "A, B and C");
        assert_eq!(of(5), "A, B, C and 2 more");
    }
}
