//! Words and numbers of a short text, with what stands between them.

use std::sync::LazyLock;

use super::hash_maps::Map;
use crate::core::text::tokenizer::{fold_text, fold_words};

/// A word or a number.
#[derive(Clone, Debug)]
pub(super) struct Token {
    /// Folded; a number in ASCII digits without separators, whether it was written in digits or as a word.
    pub folded: String,
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
    /// What stands before it.
    pub gap: Gap,
    /// Begins with a capital.
    pub is_capital: bool,
    /// A sign of per cent stands behind it.
    pub is_percent: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Word,
    /// A whole number.
    Count(u32),
    /// Something else with digits: a time, a date, a decimal, `MH17`.
    Figure,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Gap {
    /// Nothing, a hyphen or an apostrophe.
    Joined,
    Blank,
    /// A comma, a dash, a parenthesis.
    Comma,
    /// The end of a sentence or of a line.
    Stop,
    /// A sign of money.
    Money,
}

impl Token {
    pub(super) fn count(&self) -> Option<u32> {
        match self.kind {
            Kind::Count(count) => Some(count),
            _ => None,
        }
    }
}

/// The words of a text.
pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    for mut word in fold_words(text) {
        // `و30`: and, in Arabic, is written with the number.
        if let Some(digits) = word.folded.strip_prefix(['و', 'ب', 'ل'])
            && !digits.is_empty()
            && digits.bytes().all(|byte| byte.is_ascii_digit())
        {
            word.start += 'و'.len_utf8();
            word.folded.drain(..'و'.len_utf8());
        }
        // A letter that folds to several, as Lao ໜ does, may give words that stand at one place.
        let between = text
            .get(tokens.last().map_or(0, |token| token.end)..word.start)
            .unwrap_or_default();
        let written = &text[word.start..word.end];
        let is_number = word.folded.bytes().all(|byte| byte.is_ascii_digit());
        if is_number
            && let Some(last) = tokens.last_mut().filter(|last| last.kind != Kind::Word)
            && goes_on(last, between, &word.folded)
        {
            last.end = word.end;
            last.is_percent = text[word.end..]
                .trim_start_matches(is_blank)
                .starts_with(PERCENT);
            continue;
        }
        let kind = if is_number {
            word.folded.parse().map_or(Kind::Figure, Kind::Count)
        } else if word.folded.bytes().any(|byte| byte.is_ascii_digit()) {
            Kind::Figure
        } else {
            Kind::Word
        };
        tokens.push(Token {
            kind,
            gap: if tokens.is_empty() && !is_money(between) {
                Gap::Stop
            } else {
                gap(between)
            },
            is_percent: text[word.end..]
                .trim_start_matches(is_blank)
                .starts_with(PERCENT),
            is_capital: written.starts_with(char::is_uppercase),
            start: word.start,
            end: word.end,
            folded: word.folded,
        });
    }
    spelled(&mut tokens);
    multiplied(&mut tokens);
    tokens
}

/// Joins digits to a number: thousands, decimals, times, dates.
fn goes_on(last: &mut Token, between: &str, digits: &str) -> bool {
    let mut characters = between.chars();
    let (Some(sign), None) = (characters.next(), characters.next()) else {
        return false;
    };
    match (sign, last.kind) {
        (
            ',' | '.' | '\'' | '’' | ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '٬' | '，',
            Kind::Count(count),
        ) if digits.len() == 3
            && count > 0
            // The first group has one to three digits; those behind it have three.
            && (last.folded.len() <= 3 || last.end - last.start > last.folded.len()) =>
        {
            last.folded.push_str(digits);
            last.kind = last.folded.parse().map_or(Kind::Figure, Kind::Count);
            true
        }
        ('.' | ',' | '٫' | ':' | '/' | '-' | 'h', Kind::Count(_) | Kind::Figure)
            if sign != ',' || digits.len() < 3 =>
        {
            // A range, `12-15`, is two numbers; a date has three.
            if sign == '-' && last.kind != Kind::Figure && digits.len() != 2 {
                return false;
            }
            if sign == '-' && matches!(last.kind, Kind::Count(count) if count < 1900) {
                return false;
            }
            last.folded.push(sign);
            last.folded.push_str(digits);
            last.kind = Kind::Figure;
            true
        }
        _ => false,
    }
}

const PERCENT: [char; 4] = ['%', '٪', '％', '‰'];

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}')
}

fn is_money(between: &str) -> bool {
    between
        .chars()
        .any(|c| matches!(c, '$' | '€' | '£' | '¥' | '₽' | '₹' | '₺' | '₴' | '₦' | '฿'))
}

fn gap(between: &str) -> Gap {
    if is_money(between) {
        return Gap::Money;
    }
    let mut found = Gap::Joined;
    for c in between.chars() {
        let this = match c {
            '.' | '!' | '?' | ';' | '\n' | '\r' | '\u{2028}' | '\u{2029}' | '。' | '！' | '？'
            | '؟' | '؛' | '…' | '|' | '•' => Gap::Stop,
            '-' | '\'' | '’' | '‐' | '\u{2011}' => Gap::Joined,
            c if c.is_whitespace() => Gap::Blank,
            _ => Gap::Comma,
        };
        found = found.max(this);
    }
    found
}

/// Number words: what each stands for.
static SPELLED: LazyLock<Map<String, u32>> = LazyLock::new(|| {
    NUMBERS
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter_map(|(value, words)| Some((value.trim().parse().ok()?, words)))
        .flat_map(|(value, words)| {
            words
                .split_whitespace()
                .map(move |word| (fold_text(word), value))
        })
        .collect()
});

/// Up to twelve, and the tens, in English, Spanish, French, Portuguese, Arabic and Russian; up to twelve in German,
/// Italian and Turkish.
const NUMBERS: &str = "1 one un uno una une um uma один одна одного одну одной одному واحد واحدة
2 two dos deux dois duas два две двух двое двоих двумя اثنان اثنين اثنتان اثنتين شخصين شخصان طفلين طفلان طفلتين طفلتان \
جنديين جنديان امرأتين امرأتان رجلين رجلان شابين شابان شقيقين شقيقان ضابطين ضابطان عنصرين عنصران zwei iki
3 three tres trois três три трех трёх трое троих тремя ثلاثة ثلاث drei tre üç
4 four cuatro quatre quatro четыре четырех четырёх четверо четверых أربعة أربع vier quattro dört
5 five cinco cinq пять пяти пятеро пятерых خمسة خمس fünf cinque beş
6 six seis шесть шести шестеро шестерых ستة ست sechs altı
7 seven siete sept sete семь семи семеро семерых سبعة سبع sieben sette yedi
8 eight ocho huit oito восемь восьми восьмеро ثمانية ثماني acht otto sekiz
9 nine nueve neuf nove девять девяти تسعة تسع neun dokuz
10 ten diez dix dez десять десяти عشرة عشر zehn dieci
11 eleven once onze одиннадцать одиннадцати elf undici
12 twelve doce douze doze двенадцать двенадцати zwölf dodici
13 thirteen trece treize treze тринадцать
14 fourteen catorce quatorze catorze четырнадцать
15 fifteen quince quinze пятнадцать
16 sixteen dieciseis seize dezesseis шестнадцать
17 seventeen diecisiete dezessete семнадцать
18 eighteen dieciocho dezoito восемнадцать
19 nineteen diecinueve dezenove девятнадцать
20 twenty veinte vingt vinte двадцать двадцати عشرون عشرين
21 veintiuno veintiun
22 veintidos
23 veintitres
24 veinticuatro
25 veinticinco
30 thirty treinta trente trinta тридцать тридцати ثلاثون ثلاثين
40 forty cuarenta quarante quarenta сорок сорока أربعون أربعين
50 fifty cincuenta cinquante cinquenta пятьдесят пятидесяти خمسون خمسين
60 sixty sesenta soixante sessenta шестьдесят ستون ستين
70 seventy setenta семьдесят سبعون سبعين
80 eighty ochenta oitenta восемьдесят ثمانون ثمانين
90 ninety noventa девяносто تسعون تسعين
100 cien ciento cent cem сто ста مئة مائة
200 двести مئتي مئتين مئتان مائتي مائتين
300 триста
2000 ألفي ألفين ألفان";

/// Words that multiply the number before them.
static MULTIPLIERS: LazyLock<Map<String, u32>> = LazyLock::new(|| {
    [
        (10, "dizaine dizaines decena decenas dezena dezenas"),
        (12, "dozen dozens docena docenas douzaine douzaines dúzia dúzias"),
        (15, "quinzaine quincena"),
        (20, "vingtaine veintena"),
        (30, "trentaine treintena"),
        (50, "cinquantaine cincuentena"),
        (100, "hundred cents centaine centaines centena centenas centenar centenares"),
        (1_000, "thousand mil mille тысяча тысячи тысяч тыс ألف آلاف الف الاف"),
        (1_000_000, "million millions millón millones milhão milhões миллион миллиона миллионов млн مليون ملايين"),
    ]
    .into_iter()
    .flat_map(|(value, words)| words.split_whitespace().map(move |word| (fold_text(word), value)))
    .collect()
});

/// Words that tell `once`, eleven, from `once`, at a time.
const SPANISH: [&str; 9] = [
    "de", "en", "el", "los", "la", "las", "del", "muertos", "heridos",
];

fn spelled(tokens: &mut Vec<Token>) {
    let is_spanish = tokens
        .iter()
        .any(|token| SPANISH.contains(&token.folded.as_str()));
    for token in &mut *tokens {
        if token.kind == Kind::Word
            && let Some(&value) = SPELLED.get(&token.folded)
            && (token.folded != "once" || is_spanish)
        {
            token.kind = Kind::Count(value);
        }
    }
    arabic(tokens);
    // `twenty-one`, `treinta y uno`, `двадцать один`.
    let mut at = 0;
    while at + 1 < tokens.len() {
        let is_word = |token: &Token| !token.folded.starts_with(|c: char| c.is_ascii_digit());
        let is_and = matches!(tokens[at + 1].folded.as_str(), "y" | "et" | "e" | "and");
        let behind = at + 1 + usize::from(is_and);
        if let Some(tens @ (20 | 30 | 40 | 50 | 60 | 70 | 80 | 90 | 100 | 200 | 300)) =
            tokens[at].count()
            && is_word(&tokens[at])
            && let Some(unit) = tokens.get(behind).filter(|token| is_word(token))
            && let Some(units) = unit.count().filter(|&units| units < tens.min(100))
            && tokens[at + 1..=behind]
                .iter()
                .all(|token| token.gap <= Gap::Blank)
            && (tens >= 100 || units < 10)
        {
            tokens[at].end = unit.end;
            tokens[at].kind = Kind::Count(tens + units);
            tokens.drain(at + 1..=behind);
            continue;
        }
        at += 1;
    }
    for token in tokens {
        // `un` and `uma` are articles as well.
        if let Kind::Count(count) = token.kind
            && count > 1
        {
            token.folded = count.to_string();
        }
    }
}

/// `ثلاثة عشر`, thirteen, and `خمسة وعشرين`, five and twenty.
fn arabic(tokens: &mut Vec<Token>) {
    let mut at = 0;
    while at + 1 < tokens.len() {
        let [first, second] = [&tokens[at], &tokens[at + 1]];
        let alone = match first.folded.as_str() {
            "احد" | "احدي" => Some(1),
            "اثنا" | "اثني" | "اثنتا" | "اثنتي" => Some(2),
            _ => first.count(),
        };
        let behind_and = second.folded.strip_prefix('و');
        let added = match second.folded.as_str() {
            "عشر" | "عشره" if alone.is_some_and(|count| count < 10) => Some(10),
            _ => behind_and
                .and_then(|number| SPELLED.get(number).copied())
                .filter(|added| match alone {
                    Some(1..10) => (20..100).contains(added),
                    Some(100 | 200) => *added < 100,
                    _ => false,
                }),
        };
        let is_word = !first.folded.starts_with(|c: char| c.is_ascii_digit());
        if let (Some(count), Some(added)) = (alone, added)
            && is_word
            && second.gap == Gap::Blank
        {
            tokens[at].kind = Kind::Count(count + added);
            tokens[at].end = tokens[at + 1].end;
            tokens.remove(at + 1);
            // `مئة وخمسة وعشرين`: what was added may have more to come.
            continue;
        }
        at += 1;
    }
}

fn multiplied(tokens: &mut Vec<Token>) {
    let mut at = 1;
    while at < tokens.len() {
        if let Some(&factor) = MULTIPLIERS.get(&tokens[at].folded)
            && tokens[at].gap <= Gap::Blank
        {
            if let Some(count) = tokens[at - 1]
                .count()
                .filter(|&count| count < 1_000)
                .and_then(|count| count.checked_mul(factor))
            {
                let end = tokens[at].end;
                let number = &mut tokens[at - 1];
                (number.kind, number.folded, number.end) =
                    (Kind::Count(count), count.to_string(), end);
                tokens.remove(at);
                continue;
            }
            let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].folded.as_str());
            if tokens[at].folded == "mil"
                || tokens[at].folded == "dozen"
                    && before(1) == Some("a")
                    && before(2) != Some("half")
            {
                tokens[at].kind = Kind::Count(factor);
                tokens[at].folded = factor.to_string();
            }
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_is_read_alone_doubled_and_amid_others() {
        // Behind the scripts that are written with letters nearly all are alike: of these one in 61.
        let letters = '\u{1}'..'\u{3400}';
        for c in letters.chain(('\u{3400}'..=char::MAX).step_by(61)) {
            let text = format!("{c} {c}{c} ກ{c}ກ ก{c}ก 字{c}字 a{c}a 1{c}100{c}");
            let tokens = tokens(&text);
            for token in &tokens {
                assert!(
                    text.get(token.start..token.end).is_some(),
                    "{c:?}: {token:?}"
                );
            }
            assert!(tokens.is_sorted_by_key(|token| token.start), "{c:?}");
        }
        assert!(!tokens("ໜັງສືພິມ ໝູ່ບ້ານ").is_empty());
    }
}
