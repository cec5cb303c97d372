//! Dead and hurt people in texts without spaces between words: Chinese, Japanese, Thai.

use crate::core::text::normalization::fold;

/// Characters between a number and the word of death, at most.
const REACH: usize = 12;

/// What people are counted by, behind the number.
const PERSONS: [&str; 9] = ["人", "名", "个", "個", "位", "คน", "ราย", "ศพ", "死"];

const DEATH: [&str; 42] = [
    "死",
    "亡",
    "伤",
    "傷",
    "遇难",
    "遇難",
    "遇害",
    "丧生",
    "喪生",
    "丧命",
    "殉职",
    "罹难",
    "遇袭身亡",
    "被杀",
    "被殺",
    "遭杀害",
    "殺害",
    "犠牲",
    "負傷",
    "けが",
    "怪我",
    "重体",
    "遺体",
    "射殺",
    "击毙",
    "เสียชีวิต",
    "ตาย",
    "บาดเจ็บ",
    "เจ็บ",
    "ดับ",
    "ถูกฆ่า",
    "ถูกสังหาร",
    "สังเวย",
    "ศพ",
    "ผู้เสียชีวิต",
    "致死",
    "致伤",
    "毙命",
    "轻伤",
    "重伤",
    "犧牲",
    "牺牲",
];

/// Where another statement begins.
const ENDS: [char; 12] = [
    '，', '。', '、', '；', '！', '？', '\n', '.', ';', '!', '?', '|',
];

/// Not the dead: arrested, missing, evacuated.
const OTHERS: [&str; 18] = [
    "被捕",
    "逮捕",
    "拘留",
    "失踪",
    "失蹤",
    "行方不明",
    "不明",
    "疏散",
    "撤离",
    "避難",
    "获救",
    "救出",
    "抗议",
    "游行",
    "判",
    "จับกุม",
    "สูญหาย",
    "อพยพ",
];

/// Where numbers of dead or hurt people begin, and the numbers.
pub(in crate::core::story) fn counted(text: &str) -> Vec<(usize, u32)> {
    let mut found = Vec::new();
    if !text.chars().any(is_unspaced) {
        return found;
    }
    let mut at = 0;
    while at < text.len() {
        let Some((count, end)) = number(text, at) else {
            at += text[at..].chars().next().map_or(1, char::len_utf8);
            continue;
        };
        if count <= super::words::MOST && counts_victims(text, at, end) {
            found.push((at, count));
        }
        at = end;
    }
    found
}

/// Han, kana, Thai.
pub(in crate::core::story) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{E7F}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}')
}

fn counts_victims(text: &str, start: usize, end: usize) -> bool {
    let behind = text[end..].trim_start();
    let behind = behind
        .strip_prefix(['多', '余', '餘', '几', '数'])
        .unwrap_or(behind);
    let person = PERSONS.iter().find(|person| behind.starts_with(**person));
    let is_bare = DEATH.iter().any(|word| behind.starts_with(word));
    let ahead = clause(behind);
    let before = clause_before(&text[..start]);
    let is_of_others = |clause: &str| OTHERS.iter().any(|word| clause.contains(word));
    if is_bare {
        return true;
    }
    // Thai writes the number behind: `เสียชีวิต 12`.
    let said_before = DEATH
        .iter()
        .filter_map(|word| before.rfind(word).map(|at| at + word.len()))
        .max();
    let is_thai = before.chars().any(|c| matches!(c, '\u{E00}'..='\u{E7F}'));
    if let Some(said) = said_before
        && !is_of_others(&before[said..])
        && (person.is_some() || is_thai && behind.is_empty())
        && before[said..].chars().count() <= REACH
        && !before[said..].chars().any(|c| c.is_ascii_digit())
    {
        return true;
    }
    let Some(person) = person else {
        return false;
    };
    let ahead = ahead.strip_prefix(person).unwrap_or(ahead);
    let first = DEATH.iter().filter_map(|word| ahead.find(word)).min();
    first.is_some_and(|at| {
        let between = &ahead[..at];
        !is_of_others(between)
            && between.chars().count() <= REACH
            && !between.chars().any(|c| c.is_ascii_digit())
    })
}

fn clause(text: &str) -> &str {
    let end = text.find(ENDS).unwrap_or(text.len());
    &text[..end]
}

fn clause_before(text: &str) -> &str {
    let text = text.trim_end();
    let from = text.rfind(ENDS).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    let clause = &text[from..];
    let start = clause.char_indices().rev().nth(40).map_or(0, |(at, _)| at);
    &clause[start..]
}

/// A number that begins there, and where it ends: digits, or the numerals of Han.
pub(in crate::core::story) fn number(text: &str, at: usize) -> Option<(u32, usize)> {
    let mut value: u32 = 0;
    let mut end = at;
    let mut digits = 0;
    for (offset, c) in text[at..].char_indices() {
        let folded = fold(c).character();
        if let Some(digit) = folded.to_digit(10).filter(|_| c.is_numeric()) {
            value = value.checked_mul(10)?.checked_add(digit)?;
            digits += 1;
        } else if !(digits > 0
            && matches!(c, ',' | '，')
            && groups(&text[at + offset + c.len_utf8()..]))
        {
            break;
        }
        end = at + offset + c.len_utf8();
    }
    if digits > 0 {
        if let Some(rest) = text[end..].strip_prefix(['万', '萬']) {
            return Some((value.checked_mul(10_000)?, text.len() - rest.len()));
        }
        return Some((value, end));
    }
    numeral(text, at)
}

fn groups(rest: &str) -> bool {
    rest.chars().take_while(char::is_ascii_digit).count() == 3
}

fn numeral(text: &str, at: usize) -> Option<(u32, usize)> {
    let (mut total, mut section, mut digit, mut end) = (0_u32, 0_u32, None, at);
    for (offset, c) in text[at..].char_indices().take(12) {
        let unit = match c {
            '十' => 10,
            '百' => 100,
            '千' => 1_000,
            '万' | '萬' => 10_000,
            _ => {
                let Some(value) = "〇一二三四五六七八九"
                    .chars()
                    .position(|d| d == c)
                    .or(match c {
                        '两' | '兩' => Some(2),
                        '零' => Some(0),
                        _ => None,
                    })
                else {
                    break;
                };
                if digit.is_some_and(|digit| digit != 0) {
                    return None;
                }
                digit = u32::try_from(value).ok();
                end = at + offset + c.len_utf8();
                continue;
            }
        };
        if unit == 10_000 {
            total = section.checked_add(digit.unwrap_or(0))?.checked_mul(unit)?;
            section = 0;
        } else {
            section = section.checked_add(digit.unwrap_or(1).checked_mul(unit)?)?;
        }
        digit = None;
        end = at + offset + c.len_utf8();
    }
    (end > at).then_some((total + section + digit.unwrap_or(0), end))
}
