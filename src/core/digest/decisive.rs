//! Which of the matches decide: not "people" and "police" when a rarer word of the watch matched too.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::SpanRecord;
use crate::core::document::Field;
use crate::core::text::words::fold_text;
use crate::core::watch::commonness;

/// As common as news itself: who and where without a name. They stand in many watches, and decide alone.
const ORDINARY: &str = "
    people person persons man men woman women child children boy girl police officer officers official officials
    authority authorities government minister president state country city town year years day week month group
    human rights right law news world national public
    gente persona personas hombre hombres mujer mujeres niño niños niña niñas policía policías agente agentes
    autoridad autoridades gobierno ministro presidente estado país ciudad año años día derecho derechos
    gens personne personnes homme hommes femme femmes enfant enfants policier policiers autorités gouvernement
    ministre président état pays ville an ans jour droit droits
    pessoa pessoas homem homens mulher mulheres criança crianças polícia policiais governo presidente cidade ano
    anos dia direitos
    люди людей человек человека мужчина мужчины женщина женщины дети детей ребёнок полиция полиции полицейские
    власти властей правительство правительства министр президент президента государство страна страны город города
    год года день права
    الناس ناس شخص أشخاص رجل رجال امرأة نساء طفل أطفال الأطفال الشرطة شرطة السلطات سلطات الحكومة حكومة وزير الرئيس
    رئيس الدولة دولة البلاد مدينة حقوق
    人 人们 男子 女子 警察 警方 政府 国家";

static ORDINARY_FOLDED: LazyLock<HashSet<String>> =
    LazyLock::new(|| ORDINARY.split_whitespace().map(fold_text).collect());

/// No word is rarer than this by its letters alone.
const RAREST: f64 = 0.006;
/// A phrase was put together on purpose, whatever its words.
const PHRASE: f64 = 0.03;
/// How many times as common as the rarest a match may be that decides with it.
const AS_RARE: f64 = 10.0;

/// How common a folded word or phrase is in news: a guess, from nothing but itself.
pub(super) fn how_common(folded: &str) -> f64 {
    if ORDINARY_FOLDED.contains(folded) {
        return 0.5;
    }
    let guess = commonness(folded);
    if folded.contains(' ') {
        guess.min(PHRASE)
    } else {
        guess
    }
}

/// Of the spans of one hit, those of the words that decide, all of them when they are alike.
pub(super) fn decisive<'s, 't>(
    text_of: impl Fn(Field) -> &'t str,
    spans: &'s [SpanRecord],
) -> Vec<&'s SpanRecord> {
    let mut known: HashMap<&str, f64> = HashMap::new();
    let weighed: Vec<(&SpanRecord, f64)> = spans
        .iter()
        .map(|span| {
            let words = text_of(span.field).get(span.start..span.end);
            let words = words.unwrap_or(&span.term);
            let common = known
                .entry(words)
                .or_insert_with(|| how_common(&fold_text(words)).max(RAREST));
            (span, *common)
        })
        .collect();
    let rarest = weighed.iter().map(|(_, common)| *common);
    let rarest = rarest.fold(1.0, f64::min);
    let decide = |common: f64| common <= rarest || common < 0.5 && common <= rarest * AS_RARE;
    weighed
        .into_iter()
        .filter(|(_, common)| decide(*common))
        .map(|(span, _)| span)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, matched: &[&str], expected: &[&str]) {
        let spans: Vec<SpanRecord> = matched
            .iter()
            .flat_map(|word| text.match_indices(word))
            .map(|(start, word)| SpanRecord {
                field: Field::Text,
                start,
                end: start + word.len(),
                term: "pattern*".to_owned(),
            })
            .collect();
        let decisive: Vec<&str> = decisive(|_| text, &spans)
            .into_iter()
            .map(|span| &text[span.start..span.end])
            .collect();
        assert_eq!(decisive, expected, "{matched:?}");
    }

    #[test]
    fn ordinary_words_decide_only_alone() {
        let text = "The police shot a man and two women at a protest in Huamanga, people said.";
        check(
            text,
            &["police", "man", "protest", "Huamanga"],
            &["protest", "Huamanga"],
        );
        check(text, &["people", "shot"], &["shot"]);
        check(text, &["police", "people"], &["police", "people"]);
        check(text, &["man "], &["man "]);
    }

    #[test]
    fn that_is_so_in_other_languages_too() {
        for (text, matched, expected) in [
            (
                "La policía detuvo a un periodista",
                ["policía", "periodista"],
                "periodista",
            ),
            (
                "Les gens ont fui la répression",
                ["gens", "répression"],
                "répression",
            ),
            ("Homens presos em Manaus", ["Homens", "presos"], "presos"),
            (
                "Полиция задержала людей",
                ["Полиция", "задержала"],
                "задержала",
            ),
            ("اعتقلت الشرطة صحفيا", ["الشرطة", "صحفيا"], "صحفيا"),
            ("警方拘留律师", ["警方", "拘留"], "拘留"),
        ] {
            check(text, &matched, &[expected]);
        }
    }

    #[test]
    fn a_phrase_decides_with_the_rare_words_and_short_words_do_not() {
        check(
            "Tear gas was used against protesters by men of the army",
            &["Tear gas", "protesters", "men", "army"],
            &["Tear gas", "protesters", "army"],
        );
        check(
            "They spoke of human rights and of people",
            &["human rights", "people"],
            &["human rights"],
        );
    }

    #[test]
    fn a_span_that_fits_no_text_is_weighed_by_its_term() {
        let span = |start, term: &str| SpanRecord {
            field: Field::Text,
            start,
            end: start + 6,
            term: term.to_owned(),
        };
        let spans = [span(0, "police"), span(900, "massacre")];
        let found = decisive(|_| "police", &spans);
        assert_eq!(found, [&spans[1]]);
    }
}
