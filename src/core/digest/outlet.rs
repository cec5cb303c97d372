//! Whose a feed is, by what it calls itself: "CNN.com - RSS Channel - World" is CNN.com.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::limits::NAME_CHARS;
use crate::core::text::line::clean_line;
use crate::core::text::tokenizer::fold_text;

/// What parts the name of an outlet from that of its feed.
const BARS: [&str; 10] = [
    " - ", " – ", " — ", " | ", " :: ", " » ", " > ", " · ", " • ", ": ",
];

/// Words of the names of feeds, which tell of no outlet.
const OF_FEEDS: &str = "
    rss atom xml feed feeds channel news newsfeed headline headlines story stories article articles post posts update
    updates latest recent top breaking all home homepage front page world international global edition app online web
    the of and in for from just now today
    noticias noticia últimas última titulares portada artículos mundo internacional inicio de la las los el y
    actualités actualité infos une derniers dernières articles à monde accueil le les du des et flux
    notícias manchetes início capa mundo artigos do da dos das e o a as os
    новости лента главные главное последние все статьи мир в и
    أخبار الأخبار آخر أهم العالم الرئيسية موجز خلاصات";

static OF_FEEDS_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| OF_FEEDS.split_whitespace().map(fold_text).collect());

/// Letters of a domain that tell whose name it is.
const DOMAIN_LETTERS: usize = 3;

/// The outlet of a feed that has this title, and maybe this domain: the longest part of the title that the domain is
/// made of, or whose first letters it is; else the only part that is more than the name of a feed; where several are,
/// the title as it is; `None` where none is.
pub fn outlet_of_title(title: &str, domain: Option<&str>) -> Option<String> {
    let mut parts = vec![title];
    for bar in BARS {
        parts = parts.iter().flat_map(|part| part.split(bar)).collect();
    }
    let parts: Vec<&str> = parts.into_iter().map(without_feed).collect();
    let label = domain.map_or_else(String::new, |domain| {
        letters(domain.split('.').next().unwrap_or_default())
    });
    let is_domains = |part: &&&str| {
        let words = fold_text(part);
        let first_letters: String = words
            .split(' ')
            .filter_map(|word| word.chars().next())
            .collect();
        let all = letters(part);
        let is_part = all.contains(&label) || label.contains(&all) || first_letters == label;
        // "Le Monde" is all of its domain, "News" a part of many.
        all.len().min(label.len()) >= DOMAIN_LETTERS
            && is_part
            && (all == label || !is_of_feed(part))
    };
    if let Some(part) = parts
        .iter()
        .filter(is_domains)
        .max_by_key(|part| part.len())
    {
        return Some(named_so(part));
    }
    let mut named = parts.iter().filter(|part| !is_of_feed(part));
    let first = named.next()?;
    let is_only = named.next().is_none();
    Some(named_so(if is_only { first } else { without_feed(title) }))
}

/// It stands in lines with what others wrote, which nothing in it may turn round.
fn named_so(name: &str) -> String {
    clean_line(name, NAME_CHARS)
}

/// Without "RSS Feed" or "Headlines" behind it.
fn without_feed(part: &str) -> &str {
    let mut name = part.trim();
    while let Some((before, last)) = name.rsplit_once(' ')
        && ["rss", "atom", "feed", "feeds", "xml", "headlines"]
            .contains(&last.to_lowercase().as_str())
    {
        name = before.trim_end();
    }
    name
}

fn is_of_feed(part: &str) -> bool {
    let words = fold_text(part);
    let mut words = words.split(' ').filter(|word| !word.is_empty());
    words.all(|word| OF_FEEDS_FOLDED.contains(word))
}

fn letters(text: &str) -> String {
    fold_text(text).split(' ').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_feed_is_left_out_of_that_of_its_outlet() {
        for (title, domain, outlet) in [
            ("CNN.com - RSS Channel - World", "cnn.com", "CNN.com"),
            ("BBC News - Home", "bbci.co.uk", "BBC News"),
            ("NYT > World News", "nytimes.com", "NYT"),
            (
                "World news | The Guardian",
                "theguardian.com",
                "The Guardian",
            ),
            (
                "Africa - The Example Times",
                "exampletimes.example",
                "The Example Times",
            ),
            (
                "Middle East - Middle East Eye",
                "middleeasteye.net",
                "Middle East Eye",
            ),
            ("News - News24", "news24.com", "News24"),
            (
                "Torture - Human Rights Watch",
                "hrw.org",
                "Human Rights Watch",
            ),
            (
                "Opinion - The New York Times",
                "nytimes.com",
                "Opinion - The New York Times",
            ),
            (
                "philstar.com - RSS Headlines",
                "philstar.com",
                "philstar.com",
            ),
            ("The Example Times RSS Feed", "", "The Example Times"),
            ("Example Radio Headlines", "", "Example Radio"),
            (
                "Amnesty International",
                "amnesty.org",
                "Amnesty International",
            ),
            (
                "El Ejemplo: Últimas noticias",
                "ejemplo.example",
                "El Ejemplo",
            ),
            ("Пример — Новости", "primer.example", "Пример"),
            ("Le Monde", "lemonde.fr", "Le Monde"),
            ("The \u{202e}Example Times", "", "The Example Times"),
        ] {
            let named = outlet_of_title(title, Some(domain).filter(|domain| !domain.is_empty()));
            assert_eq!(named.as_deref(), Some(outlet), "{title}");
        }
        for title in [
            "Latest News",
            "RSS Feed",
            "Just In",
            "Top Stories - Home",
            "",
        ] {
            assert_eq!(
                outlet_of_title(title, Some("outlet.example")),
                None,
                "{title}"
            );
        }
    }
}
