//! How a language writes numbers, and which form of a word goes with one.

use crate::core::digest::Language;
use fluent_bundle::FluentValue as Value;

/// Spaces at which no line is broken.
const NO_BREAK: char = '\u{A0}';
const NARROW_NO_BREAK: char = '\u{202F}';

/// A number in a message.
pub(super) fn formatted<const LANGUAGE: usize, M>(value: &Value<'_>, _: &M) -> Option<String> {
    let Value::Number(number) = value else {
        return None;
    };
    let (_, language) = *Language::NAMED.get(LANGUAGE)?;
    let value = number.value;
    Some(if value.fract().abs() > 0.0 {
        grouped(language, &format!("{value:.1}"))
    } else {
        grouped(language, &format!("{value:.0}"))
    })
}

/// Digits with a point or none, as a language groups them (CLDR; in Spanish the space of its academies, and none in
/// numbers of four digits).
pub(super) fn grouped(language: Language, digits: &str) -> String {
    let (separator, least, mark) = match language {
        Language::English | Language::Arabic => (',', 4, '.'),
        Language::Spanish => (NARROW_NO_BREAK, 5, ','),
        Language::French => (NARROW_NO_BREAK, 4, ','),
        Language::Portuguese => ('.', 4, ','),
        Language::Russian => (NO_BREAK, 4, ','),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut out = String::with_capacity(digits.len() * 2);
    for (place, digit) in whole.chars().enumerate() {
        let left = whole.len() - place;
        if place > 0 && left.is_multiple_of(3) && whole.len() >= least {
            out.push(separator);
        }
        out.push(digit);
    }
    if !fraction.is_empty() {
        out.push(mark);
        out.push_str(fraction);
    }
    out
}

/// The category of a number in the language, by the plural rules of the CLDR.
pub(super) fn plural(language: Language, number: f64) -> &'static str {
    let whole: u64 = format!("{:.0}", number.trunc()).parse().unwrap_or(u64::MAX);
    if number.fract().abs() > 0.0 {
        let singular = matches!(language, Language::French | Language::Portuguese) && whole < 2;
        return if singular { "one" } else { "other" };
    }
    let (ten, hundred) = (whole % 10, whole % 100);
    match (language, whole) {
        (Language::English | Language::Spanish | Language::Arabic, 1)
        | (Language::French | Language::Portuguese, 0 | 1) => "one",
        (Language::Arabic, 0) => "zero",
        (Language::Arabic, 2) => "two",
        (Language::Arabic, _) => match hundred {
            3..=10 => "few",
            11..=99 => "many",
            _ => "other",
        },
        (Language::Russian, _) => match (ten, hundred) {
            (_, 11..=14) => "many",
            (1, _) => "one",
            (2..=4, _) => "few",
            _ => "many",
        },
        _ => "other",
    }
}
