//! What a revision of an item changed of weight: numbers, names, and whether something is so or not.
//!
//! Most corrections come without a word. Spelling, punctuation, order and sentences that were added or left out
//! are no change.

mod denied;

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::Lexicon;
use super::tokens::{Gap, Kind, Token, tokens};
use super::victims::{is_day, is_month, is_year};
use crate::core::text::fold::{Class, fold};
use crate::core::text::visible::visible_text;
use denied::{denied, tells};

/// Bytes of a text that are compared.
const TEXT_BYTES: usize = 2_000;

/// Words of a sentence that are compared; the rest of a longer one counts as none.
const SENTENCE_WORDS: usize = 80;

/// Sentences of a text that are compared.
const SENTENCES: usize = 24;

/// A negation comes or goes with few words beside it; a clause that was added is no change.
const NEGATED_WORDS: usize = 5;

/// Words between a month and its year, and the year: `May 12, 2024`, `mayo de 2024`.
const YEAR_WORDS: usize = 2;

/// Days by which a countdown falls while an item is followed.
const FOLLOWED_DAYS: u32 = 7;

/// Characters of a word that is denied, so that it is none that every sentence has.
const DENIED_CHARS: usize = 4;

/// Characters shown of each side.
const SHOWN_CHARS: usize = 70;

/// What a revision changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// One sentence without a full stop: `“12 killed” became “21 killed”`.
    pub what: String,
    /// What was told was wrong: a name or a negation changed, a number fell, or the item says that it was corrected. A
    /// number that grew is news and no correction.
    pub correction: bool,
}

/// The parts of [`Change::what`], for those who say it in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Parts<'a> {
    /// Words that stand in the place of others.
    Became {
        /// The words that are gone.
        before: &'a str,
        /// The words that came.
        after: &'a str,
    },
    /// The words by which it says that it was corrected.
    Says(&'a str),
}

impl<'a> Parts<'a> {
    /// Parts such a sentence; `None` for any other.
    pub fn of(what: &'a str) -> Option<Self> {
        // What is quoted holds none of these quotation marks: see `quoted`.
        let what = what.strip_suffix('”')?;
        if let Some(words) = what.strip_prefix(SAYS) {
            return Some(Self::Says(words.strip_prefix('“')?));
        }
        let (before, after) = what.strip_prefix('“')?.split_once(BECAME)?;
        Some(Self::Became { before, after })
    }
}

/// What stands between the words that are gone and those that came.
const BECAME: &str = "” became “";

/// What stands before the words by which an item says that it was corrected.
const SAYS: &str = "it says that it was corrected: ";

/// What changed between two versions of an item, each title and lead.
pub fn change(before: (&str, &str), after: (&str, &str)) -> Option<Change> {
    if before == after {
        return None;
    }
    let cut = |text: &'_ str| text.floor_char_boundary(TEXT_BYTES);
    let before = (&before.0[..cut(before.0)], &before.1[..cut(before.1)]);
    let after = (&after.0[..cut(after.0)], &after.1[..cut(after.1)]);
    let (old, new) = (Version::new(before), Version::new(after));
    let said = correction(after).filter(|_| correction(before).is_none());
    let pairs = old.pairs(&new).into_iter();
    let hunks: Vec<Hunk<'_>> = pairs
        .flat_map(|(earlier, later)| hunks(earlier, later))
        .collect();
    let denied: HashSet<&str> = hunks.iter().flat_map(Hunk::denied).collect();
    let found = (hunks.iter())
        .filter_map(|hunk| hunk.change(&old, &new, &denied))
        // The first of those that weigh the same.
        .reduce(|best, other| if other.0 > best.0 { other } else { best })
        .map(|(_, change)| change);
    match (found, said) {
        (Some(change), said) => Some(Change {
            correction: change.correction || said.is_some(),
            ..change
        }),
        (None, Some(words)) => Some(Change {
            what: said_so(words),
            correction: true,
        }),
        (None, None) => None,
    }
}

/// Words with which an item says that it was corrected.
const CORRECTIONS: [&str; 56] = [
    "Correction:",
    "Corrections:",
    "CORRECTION",
    "Corrected:",
    "CORRECTED",
    "Corrects ",
    "(Corrects",
    "Clarification:",
    "CLARIFICATION",
    "has been corrected",
    "was corrected to",
    "an earlier version of this",
    "a previous version of this",
    "has been amended",
    "Fe de errores",
    "Fe de erratas",
    "FE DE ERRORES",
    "FE DE ERRATAS",
    "Corrección:",
    "CORRECCIÓN",
    "Rectificación:",
    "(Corrige",
    "CORRIGE",
    "Rectificatif",
    "RECTIFICATIF",
    "Rectification :",
    "Erratum",
    "Correction :",
    "(Corrigé",
    "Correção:",
    "CORREÇÃO",
    "Errata:",
    "Erramos:",
    "(Corrige",
    "Corrigido:",
    "تصحيح:",
    "تصويب:",
    "تصحيح |",
    "Исправление",
    "Исправлено",
    "Поправка:",
    "更正",
    "訂正",
    "แก้ไขข่าว",
    "Retraction:",
    "RETRACTION",
    "Corrigendum",
    "Aclaración:",
    "ACLARACIÓN",
    "Уточнение:",
    "Виправлення:",
    "Berichtigung",
    "Korrektur:",
    "Rettifica:",
    "Düzeltme:",
    "Ralat:",
];

/// What an item says that is there to correct another, as its headline or its lead begins: a sentence without a full
/// stop.
pub fn corrects(title: &str, lead: &str) -> Option<String> {
    let [title, lead] = [title, lead].map(|text| {
        text[..text.floor_char_boundary(TEXT_BYTES)]
            .trim_start_matches(|c: char| !c.is_alphanumeric())
    });
    let begins = |text: &str| CORRECTIONS.iter().any(|words| is_begun_by(text, words));
    if begins(title) {
        // What was wrong stands below: another correction may bear the same headline.
        let says = [title, lead].map(|text| quoted(text).trim_matches(['“', '”']).to_owned());
        let says = says.into_iter().filter(|text| !text.is_empty());
        let says = says.collect::<Vec<_>>().join(" – ");
        return Some(format!("{SAYS}“{says}”"));
    }
    begins(lead).then(|| said_so(lead))
}

/// Whether a text begins with such words. One word alone needs a mark behind it: `CORRECTIONS OFFICERS STRIKE`
/// corrects nothing.
fn is_begun_by(text: &str, words: &str) -> bool {
    if words.starts_with(|c: char| c.is_ascii_lowercase()) {
        return false;
    }
    let words = words.trim_matches(|c: char| !c.is_alphanumeric());
    let mut rest = text.chars();
    let is_there = words
        .chars()
        .all(|c| (rest.next()).is_some_and(|other| other.to_lowercase().eq(c.to_lowercase())));
    let behind = rest.as_str();
    let is_phrase = words.contains(' ') || words == "แก้ไขข่าว";
    is_there
        && if is_phrase || words == "Corrects" {
            !behind.starts_with(char::is_alphanumeric)
        } else {
            (behind.trim_start()).starts_with([
                ':', '：', '|', '-', '–', '—', ')', ']', '】', '）', '»', '」',
            ])
        }
}

fn said_so(words: &str) -> String {
    format!("{SAYS}{}", quoted(words))
}

/// The words from where an item says so.
fn correction<'a>((title, lead): (&'a str, &'a str)) -> Option<&'a str> {
    [title, lead].into_iter().find_map(|text| {
        let lower = text.to_ascii_lowercase();
        CORRECTIONS.iter().find_map(|words| {
            let is_phrase = words.starts_with(|c: char| c.is_ascii_lowercase());
            let at = if is_phrase {
                lower.find(words)?
            } else {
                text.find(words)?
            };
            // A word of it stands at the beginning of a line, a title or a sentence.
            let begins = is_phrase
                || text[..at].trim_end().is_empty()
                || text[..at]
                    .trim_end()
                    .ends_with(['.', '\n', '(', '[', '【', '（', '|', '-', '—', '–', '。']);
            begins.then_some(&text[at..])
        })
    })
}

/// Words of negation.
static NEGATIONS: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "not no never none nobody neither nor without didn doesn isn wasn aren weren hasn haven hadn couldn wouldn cannot nadie nunca jamas tampoco \
         ningun ninguna ninguno ni pas aucun aucune jamais nullement sans não nunca nem jamais nenhum nenhuma sem не нет ни никогда никто без لم لن ليس \
         ليست ليسوا لا عدم دون 不 没 沒 未 無 无 非 ず ไม่ มิ nicht kein keine keinen non ні",
    )
});

/// Words with a capital that are no names, or that the next may be called as well.
static TITLES: LazyLock<Lexicon> = LazyLock::new(|| {
    Lexicon::new(
        "mr mrs ms dr sir president prime minister pm presidente presidenta ministro ministra premier president ministre madame monsieur \
         президент министр monday tuesday wednesday thursday friday saturday sunday january february march april may june july august \
         september october november december today yesterday updated update exclusive live breaking watch video photos read more the a an \
         in on at el la los las le les un une o os as en em au aux i he she it they we his her this that these those but and \
         police officials authorities says said report reports new",
    )
});

/// One version of an item.
struct Version<'a> {
    title: Vec<Sentence<'a>>,
    lead: Vec<Sentence<'a>>,
    /// All its words and numbers.
    words: HashSet<String>,
}

struct Sentence<'a> {
    text: &'a str,
    words: Vec<Token>,
    /// Each word begins with a capital, so that capitals tell no names.
    is_shouted: bool,
}

impl<'a> Version<'a> {
    fn new((title, lead): (&'a str, &'a str)) -> Self {
        let (title, lead) = (sentences(title, true), sentences(lead, false));
        let words = title
            .iter()
            .chain(&lead)
            .flat_map(|sentence| &sentence.words)
            .map(|word| word.folded.clone())
            .collect();
        Self { title, lead, words }
    }

    /// Sentences that say the same in both, as far as one does: of the titles, and of the leads.
    fn pairs<'b>(&'b self, new: &'b Self) -> Vec<(&'b Sentence<'a>, &'b Sentence<'a>)> {
        let mut pairs = Vec::new();
        for (old, new) in [(&self.title, &new.title), (&self.lead, &new.lead)] {
            let mut free: Vec<bool> = vec![true; new.len()];
            for earlier in old {
                let best = new
                    .iter()
                    .enumerate()
                    .filter(|(at, _)| free[*at])
                    .map(|(at, later)| (likeness(earlier, later), at))
                    .max();
                if let Some((likeness, at)) = best
                    && likeness >= 50
                {
                    free[at] = false;
                    pairs.push((earlier, &new[at]));
                }
            }
        }
        pairs
    }

    fn has(&self, word: &str) -> bool {
        self.words.contains(word)
    }
}

/// Shared words in 100 of the shorter sentence's; 0 for too short ones.
fn likeness(a: &Sentence<'_>, b: &Sentence<'_>) -> usize {
    let words = |sentence: &Sentence<'_>| -> HashSet<String> {
        sentence
            .words
            .iter()
            .map(|word| word.folded.clone())
            .collect()
    };
    let (a, b) = (words(a), words(b));
    let least = a.len().min(b.len());
    if least < 2 {
        return 0;
    }
    a.intersection(&b).count() * 100 / least
}

fn sentences(text: &str, is_title: bool) -> Vec<Sentence<'_>> {
    let mut found: Vec<Vec<Token>> = Vec::new();
    for word in tokens(text) {
        // A title is one sentence.
        let begins = found.is_empty() || word.gap == Gap::Stop && !is_title;
        if begins && found.len() < SENTENCES {
            found.push(Vec::new());
        }
        if let Some(sentence) = found.last_mut()
            && sentence.len() < SENTENCE_WORDS
        {
            sentence.push(word);
        }
    }
    found
        .into_iter()
        .map(|words| {
            let long = || {
                words.iter().filter(|word| {
                    word.folded.chars().count() > 3
                        && word.kind == Kind::Word
                        && !SMALL.contains(&word.folded.as_str())
                })
            };
            let capitals = long().filter(|word| word.is_capital).count();
            Sentence {
                text,
                is_shouted: capitals >= 3 && capitals * 100 > long().count() * 85,
                words,
            }
        })
        .collect()
}

/// Words that English headlines leave small where the others have capitals.
const SMALL: [&str; 12] = [
    "with", "from", "after", "over", "into", "amid", "than", "that", "near", "during", "against",
    "before",
];

/// What stands in one sentence and not in the other, at one place.
struct Hunk<'a> {
    old: &'a Sentence<'a>,
    new: &'a Sentence<'a>,
    gone: Range<usize>,
    come: Range<usize>,
}

/// By the longest common subsequence of words.
fn hunks<'a>(old: &'a Sentence<'a>, new: &'a Sentence<'a>) -> Vec<Hunk<'a>> {
    let (a, b) = (&old.words, &new.words);
    let wide = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * wide];
    for i in (0..a.len()).rev() {
        for j in (0..b.len()).rev() {
            lengths[i * wide + j] = if a[i].folded == b[j].folded {
                lengths[(i + 1) * wide + j + 1] + 1
            } else {
                lengths[(i + 1) * wide + j].max(lengths[i * wide + j + 1])
            };
        }
    }
    let mut found = Vec::new();
    let (mut i, mut j) = (0, 0);
    let (mut from_i, mut from_j) = (0, 0);
    loop {
        let is_end = i == a.len() && j == b.len();
        let is_same = i < a.len() && j < b.len() && a[i].folded == b[j].folded;
        if is_end || is_same {
            if i > from_i || j > from_j {
                found.push(Hunk {
                    old,
                    new,
                    gone: from_i..i,
                    come: from_j..j,
                });
            }
            if is_end {
                return found;
            }
            (i, j) = (i + 1, j + 1);
            (from_i, from_j) = (i, j);
        } else if j == b.len()
            || i < a.len() && lengths[(i + 1) * wide + j] >= lengths[i * wide + j + 1]
        {
            i += 1;
        } else {
            j += 1;
        }
    }
}

impl Hunk<'_> {
    /// The words that are gone, and those that came.
    fn words(&self) -> [&[Token]; 2] {
        [
            &self.old.words[self.gone.clone()],
            &self.new.words[self.come.clone()],
        ]
    }

    /// Words that came to say what is not so: `, not a dozen`, `rather than Anna Roe`.
    fn denied(&self) -> impl Iterator<Item = &str> {
        let is_added = self.gone.is_empty();
        let added = Some(self.come.clone()).filter(|_| is_added);
        let words = added.map_or(&[][..], |added| denied(&self.new.words, added));
        (words.iter())
            .filter(|word| tells(word))
            .map(|word| word.folded.as_str())
    }

    /// What changed there, behind its weight: of corrections, a number or a name says more than a negation.
    fn change(
        &self,
        old: &Version<'_>,
        new: &Version<'_>,
        denied: &HashSet<&str>,
    ) -> Option<((bool, bool), Change)> {
        let [gone, come] = self.words();
        let is_denied =
            !come.is_empty() && (gone.iter()).any(|word| denied.contains(word.folded.as_str()));
        let named = is_denied.then_some(true);
        let negated = self.negated(gone, come).filter(|_| !is_denied);
        let correction = named
            .or(negated)
            .or_else(|| self.renamed(gone, come, old, new))
            .or_else(|| self.counted(old, new))?;
        let (earlier, later) = (shown(self.old, &self.gone), shown(self.new, &self.come));
        let change = Change {
            what: format!("{} became {}", quoted(&earlier), quoted(&later)),
            correction,
        };
        Some(((correction, negated.is_none()), change))
    }

    fn negated(&self, gone: &[Token], come: &[Token]) -> Option<bool> {
        let count = |words: &[Token]| {
            let words_alone = words
                .iter()
                .filter(|word| NEGATIONS.has(&word.folded))
                .count();
            // Of two characters: ไม่.
            let pairs = words
                .windows(2)
                .filter(|pair| pair[0].folded == "ไ" && pair[1].folded.starts_with('ม'));
            words_alone + pairs.count()
        };
        let whole = |sentence: &Sentence<'_>| count(&sentence.words);
        let few = gone.len() <= NEGATED_WORDS && come.len() <= NEGATED_WORDS;
        let differs = (whole(self.old) == 0) != (whole(self.new) == 0);
        (few && differs && count(gone) != count(come)).then_some(true)
    }

    fn counted(&self, old: &Version<'_>, new: &Version<'_>) -> Option<bool> {
        let (gone, come) = (&self.gone, &self.come);
        let numbers = |sentence: &Sentence<'_>, range: &Range<usize>, other: &Version<'_>| {
            let words = &sentence.words;
            range
                .clone()
                .filter(|&at| {
                    is_number(&words[at]) && !other.has(&words[at].folded) && !is_clock(words, at)
                })
                .map(|at| (words[at].count(), counts_days(words, at)))
                .collect::<Vec<(Option<u32>, bool)>>()
        };
        let (left, entered) = (numbers(self.old, gone, new), numbers(self.new, come, old));
        let most =
            |numbers: &[(Option<u32>, bool)]| numbers.iter().filter_map(|(count, _)| *count).max();
        let are_days = left.iter().chain(&entered).all(|(_, is_days)| *is_days);
        let (before, now) = (most(&left), most(&entered));
        if are_days && (before.unwrap_or(0)).abs_diff(now.unwrap_or(0)) <= FOLLOWED_DAYS {
            return None;
        }
        match (left.is_empty(), entered.is_empty()) {
            (true, true) => None,
            (false, false) => Some(before > now),
            // A number in place of other words: `several killed`, `12 killed`.
            (true, false) => (!gone.is_empty() && come.len() <= NEGATED_WORDS).then_some(false),
            (false, true) => (!come.is_empty() && gone.len() <= NEGATED_WORDS).then_some(true),
        }
    }

    fn renamed(
        &self,
        gone: &[Token],
        come: &[Token],
        old: &Version<'_>,
        new: &Version<'_>,
    ) -> Option<bool> {
        let left = names(self.old, &self.gone, gone, new);
        let entered = names(self.new, &self.come, come, old);
        if left.is_empty() || entered.is_empty() || gone.len() > 6 || come.len() > 6 {
            return None;
        }
        let is_other = |name: &&String| !entered.iter().any(|other| are_one(name, other));
        let is_new = |name: &&String| !left.iter().any(|other| are_one(name, other));
        let differs =
            left.iter().any(|name| is_other(&name)) && entered.iter().any(|name| is_new(&name));
        (differs && !is_initials(gone, come) && !is_initials(come, gone)).then_some(true)
    }
}

fn is_number(word: &Token) -> bool {
    word.kind != Kind::Word && word.folded.bytes().any(|byte| byte.is_ascii_digit())
}

/// Times at which an item was brought up to date, and how long it takes to read.
fn is_clock(words: &[Token], at: usize) -> bool {
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
fn counts_days(words: &[Token], at: usize) -> bool {
    static DAYS: LazyLock<Lexicon> = LazyLock::new(|| {
        Lexicon::new(
            "day days week weeks dia dias semana semanas jour jours semaine semaines день дня дней сутки суток недел* يوم يوما ايام أيام              أسبوع اسبوع أسابيع اسابيع tag tage tagen woche wochen день дні днів тиж* 天 日 週 周",
        )
    });
    (words.get(at + 1)).is_some_and(|next| DAYS.has(&next.folded))
}

/// Names among the words that changed, which the other version has nowhere.
fn names(
    sentence: &Sentence<'_>,
    range: &Range<usize>,
    words: &[Token],
    other: &Version<'_>,
) -> Vec<String> {
    words
        .iter()
        .enumerate()
        .filter(|(at, word)| {
            let place = range.start + at;
            let is_name = if is_caseless(&word.folded) {
                is_named_before(sentence, place)
            } else {
                // The first word of a sentence has a capital whatever it is, unless it is followed by another.
                let next_is = sentence
                    .words
                    .get(place + 1)
                    .is_some_and(|next| next.is_capital);
                word.is_capital && !sentence.is_shouted && (place > 0 || next_is)
            };
            word.kind == Kind::Word
                && is_name
                && word.folded.chars().count() > 1
                && !TITLES.has(&word.folded)
                && !NEGATIONS.has(&word.folded)
                && !is_month(word)
                && !other.has(&word.folded)
        })
        .map(|(_, word)| word.folded.clone())
        .collect()
}

fn is_caseless(word: &str) -> bool {
    !word.chars().any(char::is_lowercase) && word.chars().all(|c| fold(c).class() != Class::Single)
}

/// In scripts without capitals a name shows by the word before it: in, of, the city, the president.
fn is_named_before(sentence: &Sentence<'_>, place: usize) -> bool {
    static BEFORE: LazyLock<Lexicon> = LazyLock::new(|| {
        Lexicon::new(
            "في من الى إلى مدينة بلدة قرية محافظة ولاية منطقة الرئيس رئيس الوزير وزير الناشط الناشطة الصحفي الصحفية الصحافي الصحافية المحامي المحامية \
             العاصمة قرب شمال جنوب شرق غرب در شهر رییس",
        )
    });
    place > 0 && BEFORE.has(&sentence.words[place - 1].folded)
}

/// Whether two names are one, spelled or inflected otherwise.
fn are_one(a: &str, b: &str) -> bool {
    /// Names of which one is no form of the other.
    const OTHERS: [[&str; 2]; 2] = [["niger", "nigeria"], ["nigerien", "nigerian"]];
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if OTHERS
        .iter()
        .any(|pair| pair[0] == short && pair[1] == long || pair[1] == short && pair[0] == long)
    {
        return false;
    }
    let letters = short.chars().count();
    let common = short
        .chars()
        .zip(long.chars())
        .take_while(|(a, b)| a == b)
        .count();
    // Forms: `Peru` and `Peruvian`, `Москва` and `Москве`.
    if letters >= 4 && common >= letters.saturating_sub(2).max(4) {
        return true;
    }
    let far = if letters >= 7 { 2 } else { 1 };
    skeleton(a) == skeleton(b) && distance(a, b) <= far
}

/// The consonants as they sound: spellings of one name share them.
fn skeleton(name: &str) -> String {
    let mut found = String::new();
    let name = name.replace("ph", "f");
    for c in name.chars() {
        let c = match c {
            'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h' | 'а' | 'е' | 'и' | 'о' | 'у' | 'ы' | 'э'
            | 'ю' | 'я' | 'й' | 'ь' => continue,
            'c' | 'q' => 'k',
            'z' => 's',
            'w' => 'v',
            c => c,
        };
        if !found.ends_with(c) {
            found.push(c);
        }
    }
    found
}

/// Letters that are to be put in, taken out, replaced, or swapped with the next.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.chars().take(40).collect(), b.chars().take(40).collect());
    let mut rows = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            rows[i][j] = if i == 0 || j == 0 {
                i + j
            } else {
                let mut least = (rows[i - 1][j] + 1)
                    .min(rows[i][j - 1] + 1)
                    .min(rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]));
                if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                    least = least.min(rows[i - 2][j - 2] + 1);
                }
                least
            };
        }
    }
    rows[a.len()][b.len()]
}

/// `UN` for `United Nations`.
fn is_initials(short: &[Token], long: &[Token]) -> bool {
    let initials: String = long
        .iter()
        .filter(|word| word.is_capital)
        .filter_map(|word| word.folded.chars().next())
        .collect();
    initials.chars().count() > 1 && short.iter().any(|word| word.folded == initials)
}

/// The words that changed, with one to each side where there is, or two where nothing stands.
fn shown(sentence: &Sentence<'_>, range: &Range<usize>) -> String {
    let last = sentence.words.len() - 1;
    let is_single = |at: usize| {
        sentence.words[at]
            .folded
            .chars()
            .all(|c| fold(c).class() == Class::Single)
    };
    let around = if !sentence.words.is_empty() && is_single(range.start.min(last)) {
        4
    } else {
        2
    };
    let from = range.start.saturating_sub(around.min(range.start));
    let to = (range.end + around).min(sentence.words.len()).max(from + 1) - 1;
    sentence.text[sentence.words[from].start..sentence.words[to.min(last)].end].to_owned()
}

/// In quotes, on one line, not too long.
fn quoted(text: &str) -> String {
    let mut shown = String::new();
    for c in visible_text(text).chars() {
        let c = match c {
            '“' | '”' => '"',
            c if c.is_whitespace() => ' ',
            c => c,
        };
        if !(c == ' ' && shown.ends_with(' ')) {
            shown.push(c);
        }
    }
    if let Some((end, _)) = shown.char_indices().nth(SHOWN_CHARS) {
        shown.truncate(end);
        shown.truncate(shown.trim_end().len());
        shown.push('…');
    }
    format!("“{}”", shown.trim())
}

#[cfg(test)]
mod tests;
