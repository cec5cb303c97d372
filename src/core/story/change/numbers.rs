//! Numbers that count something, and those that tell a time.

use std::sync::LazyLock;

use crate::core::story::lexicon::Lexicon;
use crate::core::story::tokenizer::{Kind, Token};
use crate::core::story::victims::{is_day, is_month, is_year};

/// Words between a month and its year, and the year: `May 12, 2024`, `mayo de 2024`.
const YEAR_WORDS: usize = 2;

pub(super) fn is_number(word: &Token) -> bool {
    word.kind != Kind::Word && word.folded.bytes().any(|byte| byte.is_ascii_digit())
}

/// Times at which an item was brought up to date, and how long it takes to read.
pub(super) fn is_clock(words: &[Token], at: usize) -> bool {
    static UNITS: LazyLock<Lexicon> = LazyLock::new(|| {
        Lexicon::new(
            "min mins minute minutes hour hours hrs h ago gmt utc am pm est comments comment views shares minuto minutos hora horas comentarios \
             heures heure comentários мин минут час часов назад دقيقة دقائق ساعة ساعات",
        )
    });
    words[at].folded.contains(':')
        || is_date(words, at)
        || words
            .get(at + 1)
            .is_some_and(|next| UNITS.has(&next.folded))
}

/// When an item was brought up to date, or a hearing was put off to: no count.
fn is_date(words: &[Token], at: usize) -> bool {
    let before = &words[at.saturating_sub(YEAR_WORDS)..at];
    is_day(words, at) || is_year(&words[at]) && before.iter().any(is_month)
}

/// Whether a number counts the days or weeks that are left, or have gone by.
pub(super) fn counts_days(words: &[Token], at: usize) -> bool {
    static DAYS: LazyLock<Lexicon> = LazyLock::new(|| {
        Lexicon::new(
            "day days week weeks dia dias semana semanas jour jours semaine semaines день дня дней сутки суток недел* يوم يوما ايام أيام              أسبوع اسبوع أسابيع اسابيع tag tage tagen woche wochen день дні днів тиж* 天 日 週 周",
        )
    });
    (words.get(at + 1)).is_some_and(|next| DAYS.has(&next.folded))
}
