//! Headlines of live blogs and tickers, whose pages are written on and on.

use std::collections::HashSet;
use std::sync::LazyLock;

use crate::core::text::tokenizer::fold_text;

/// What a page that is written on and on says of itself, before or behind its headline.
const LIVE: [&str; 26] = [
    "live",
    "live updates",
    "live blog",
    "liveblog",
    "live coverage",
    "live news",
    "latest updates",
    "as it happened",
    "en vivo",
    "en directo",
    "minuto a minuto",
    "última hora en directo",
    "en direct",
    "le direct",
    "ao vivo",
    "em direto",
    "acompanhe ao vivo",
    "онлайн",
    "прямой эфир",
    "прямая трансляция",
    "текстовая трансляция",
    "مباشر",
    "بث مباشر",
    "تغطية مباشرة",
    "لحظة بلحظة",
    "liveticker",
];

static LIVE_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| LIVE.into_iter().map(fold_text).collect());

/// Words of a subject that a live page has before it: "Border crisis live: …".
const SUBJECT_WORDS: usize = 4;
/// What one calls itself that names no subject: "Live Global News Tracker".
const PAGES: [&str; 6] = [
    "updates", "tracker", "liveblog", "blog", "ticker", "coverage",
];
/// With these in front it is people who live.
const ASKING: [&str; 5] = ["how", "where", "who", "what", "why"];

/// What parts a headline from what stands before or behind it.
const BARS: [&str; 7] = [":", " | ", " - ", " – ", " — ", " · ", "："];

/// Whether an item with this headline is a live page, which tells of many things ("Police fire on protesters – live").
pub(super) fn is_live(title: &str) -> bool {
    let ends = BARS.iter().filter_map(|bar| {
        let (first, last) = (title.split_once(bar)?.0, title.rsplit_once(bar)?.1);
        Some([fold_text(first), fold_text(last)])
    });
    let subject = title.split_once(':').map(|(subject, _)| subject);
    ends.flatten().any(|end| LIVE_FOLDED.contains(&end))
        || subject.is_some_and(|subject| is_of_live_page(&fold_text(subject)))
        || is_name_of_live_page(&fold_text(title))
}

fn is_name_of_live_page(title: &str) -> bool {
    let last = title.rsplit(' ').next().unwrap_or_default();
    title.starts_with("live ") && PAGES.contains(&last)
}

fn is_of_live_page(subject: &str) -> bool {
    let words: Vec<&str> = subject.split(' ').collect();
    let [first, between @ .., last] = words.as_slice() else {
        return false;
    };
    *last == "live" && between.len() < SUBJECT_WORDS && !ASKING.contains(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_that_are_written_on_and_on_are_known() {
        for title in [
            "Live updates",
            "Live: police fire on protesters",
            "Live Global News Tracker",
            "Border crisis live: thousands wait at the river",
            "Police fire on protesters – live",
            "Protests in the capital: as it happened",
            "En vivo: la policía dispara contra manifestantes",
            "La police tire sur la foule - en direct",
            "Polícia dispara contra manifestantes | Ao vivo",
            "Полиция стреляла по протестующим — онлайн",
            "مباشر: الشرطة تطلق النار على المتظاهرين",
        ] {
            assert!(is_live(title), "{title}");
        }
        for title in [
            "Police fire on protesters",
            "Breaking: police fire on protesters",
            "How prisoners live: a report",
            "Live ammunition used on protesters",
            "Where refugees live - and die",
            "Press freedom tracker: journalist shot dead",
            "Refugee updates: fourteen killed by landslide",
            "Suspect confesses in court - direct",
            "Statement: on the killing of a lawyer",
            "",
        ] {
            assert!(!is_live(title), "{title}");
        }
    }
}
