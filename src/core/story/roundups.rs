//! Headlines that tell several events: `Leader jailed; 12 die in floods; minister quits`.

use super::recurring_headlines::is_generic;
use super::text::Title;
use super::victims::unspaced::is_unspaced;

/// What stands between events, beside the bars that part the name of an outlet as well.
const PARTED: [char; 6] = [';', '；', '؛', '·', '•', '・'];
const BARS: [char; 2] = ['|', '｜'];
const COMMAS: [char; 5] = [',', '，', '、', '،', '/'];

/// Words with which an event can be told, and characters of a script without spaces.
const WORDS: usize = 2;
const CHARACTERS: usize = 4;
/// Of a headline with bars two parts have so many, for names of outlets and rubrics are parted by them too.
const WORDS_BETWEEN_BARS: usize = 4;

/// How many events a headline tells.
pub(super) fn events(title: &Title<'_>, language: Option<&str>) -> usize {
    let parts = |text: &str, marks: &[char], words: usize| {
        let parts = split(text, marks);
        let long = parts.iter().filter(|part| says(part, words)).count();
        let all = parts.iter().all(|part| says(part, WORDS));
        if all && long >= 2 { parts.len() } else { 1 }
    };
    // `In brief: `, and a list.
    let listed = title
        .leading()
        .filter(|(label, _)| is_generic(label, language))
        .map_or(1, |(_, rest)| {
            parts(rest, &[PARTED.as_slice(), &COMMAS].concat(), WORDS)
        });
    // A list of two has no bar: that is a headline and whose it is.
    let barred = Some(parts(title.whole, &BARS, WORDS_BETWEEN_BARS)).filter(|parts| *parts > 2);
    parts(title.whole, &PARTED, WORDS)
        .max(listed)
        .max(barred.unwrap_or(1))
}

/// The parts between marks. A semicolon that ends a character reference of a sloppy feed, `&amp;`, parts nothing.
fn split<'a>(text: &'a str, marks: &[char]) -> Vec<&'a str> {
    let mut parts = Vec::new();
    let mut begin = 0;
    for (at, mark) in text.match_indices(marks) {
        let reference = text[begin..at].rsplit_once('&').map(|(_, name)| name);
        let is_reference = reference.is_some_and(|name| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'#')
        });
        if mark != ";" || !is_reference {
            parts.push(&text[begin..at]);
            begin = at + mark.len();
        }
    }
    parts.push(&text[begin..]);
    parts
}

fn says(part: &str, words: usize) -> bool {
    let characters = part.chars().filter(|c| is_unspaced(*c)).count();
    part.split_whitespace().count() >= words || characters >= CHARACTERS * words / WORDS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_of_a_headline_are_counted() {
        for (title, count) in [
            (
                "Opposition leader jailed; 12 die in floods; minister quits",
                3,
            ),
            ("Editor jailed in Lima; press groups protest", 2),
            (
                "In brief: Leader jailed in Harare, floods kill 12, minister quits",
                3,
            ),
            (
                "Breves: Detienen a un editor, mueren 12 en Beni, renuncia ministra",
                3,
            ),
            (
                "Opositor condenado · Doce muertos en Beni · Renuncia la ministra",
                3,
            ),
            ("律师王明被判刑四年；福建洪水12人死亡；部长宣布辞职", 3),
            (
                "سجن المعارض سامح رزق في القاهرة | مقتل 12 في سيول درنة | استقالة وزير",
                3,
            ),
            (
                "Police fire on farmers near Huamanga | The Example Times",
                1,
            ),
            (
                "World | Police fire on farmers near Huamanga | The Example Times",
                1,
            ),
            ("Live: police fire on protesters in Lima, Cusco, Puno", 1),
            ("Police fire on protesters in Lima, Cusco and Puno", 1),
            ("Minister &amp; aide held", 1),
            ("", 1),
        ] {
            assert_eq!(events(&Title::of(title), Some("en")), count, "{title}");
        }
    }
}
