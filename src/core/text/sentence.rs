//! Where sentences begin and end, in scripts with spaces and without.

/// Characters of the longest sentence that is shown whole.
pub(in crate::core) const LONGEST: usize = 420;
/// How much of a longer one is shown on either side of a match, in characters.
const REACH: usize = 180;

/// Words that end in a full stop within a sentence, in small letters: titles, kinds of companies and places, months.
const ABBREVIATIONS: &str = "
    mr mrs ms dr prof rev hon gen gov sen rep lt col maj capt sgt cpl brig st mt ft no nos art vs inc corp ltd jr
    jan feb aug sept oct nov dec
    sr sra srta dra lic ing gral cnel cap tte arq mons ee uu av núm pág ud uds
    mm mgr me cf dir
    exmo exma dep cel
    им ул тыс млн млрд руб ст стр св см др проф ген";

/// From where to where a sentence goes, in bytes of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::core) struct Sentence {
    pub start: usize,
    pub end: usize,
}

impl Sentence {
    /// The sentence in which the bytes from `start` to `end` stand; cut between words around them when it is too
    /// long to be shown.
    pub fn around(text: &str, start: usize, end: usize) -> Self {
        let (start, end) = (
            text.floor_char_boundary(start),
            text.ceil_char_boundary(end),
        );
        let whole = Self {
            start: begin(text, start, LONGEST),
            end: finish(text, end, LONGEST),
        };
        if whole.of(text).chars().count() <= LONGEST {
            return whole;
        }
        Self {
            start: begin(text, start, REACH),
            end: finish(text, end, REACH),
        }
    }

    /// The sentence that follows, if there is one.
    pub fn next(self, text: &str) -> Option<Self> {
        let rest = text.get(self.end..)?;
        let start = self.end + (rest.len() - rest.trim_start().len());
        (start < text.len()).then(|| Self {
            start,
            end: finish(text, start, LONGEST),
        })
    }

    /// The sentence that stands before, if there is one.
    pub fn previous(self, text: &str) -> Option<Self> {
        let before = text.get(..self.start)?.trim_end();
        let last = before.chars().next_back()?;
        Some(Self {
            start: begin(text, before.len() - last.len_utf8(), LONGEST),
            end: before.len(),
        })
    }

    pub fn of(self, text: &str) -> &str {
        text.get(self.start..self.end).unwrap_or_default()
    }

    /// Whether it is no part of one, and no mere line without a mark at its end.
    pub fn is_whole(self, text: &str) -> bool {
        begins_sentence(text, self.start) && ends_sentence(self.of(text))
    }
}

/// Where the sentence begins that holds `at`; at a word when that is further away.
fn begin(text: &str, at: usize, reach: usize) -> usize {
    let mut from = at;
    for (index, c) in text[..at].char_indices().rev().take(reach) {
        let after = index + c.len_utf8();
        if let Some(closing) = ends_here(c, &text[..index], &text[after..])
            && after + closing <= at
        {
            return skip_space(text, after + closing, at);
        }
        from = index;
    }
    if from == 0 {
        return skip_space(text, 0, at);
    }
    let word = text[from..at].find(char::is_whitespace).unwrap_or(0);
    skip_space(text, from + word, at)
}

/// Where the sentence ends that holds `at`; at a word when that is further away.
fn finish(text: &str, at: usize, reach: usize) -> usize {
    let mut to = at;
    for (index, c) in text[at..].char_indices().take(reach) {
        let (start, after) = (at + index, at + index + c.len_utf8());
        if let Some(closing) = ends_here(c, &text[..start], &text[after..]) {
            return if c == '\n' { start } else { after + closing };
        }
        to = after;
    }
    if to == text.len() {
        return to;
    }
    let cut = text[at..to].rfind(char::is_whitespace);
    cut.filter(|cut| *cut > 0).map_or(to, |cut| at + cut)
}

fn skip_space(text: &str, from: usize, at: usize) -> usize {
    at - text[from..at].trim_start().len()
}

/// Whether a sentence ends with `c`, which stands between `before` and `rest`; with how many bytes of quotation marks
/// and brackets behind it.
pub(in crate::core) fn ends_here(c: char, before: &str, rest: &str) -> Option<usize> {
    if c == '\n' {
        return Some(0);
    }
    if !is_end_mark(c) {
        return None;
    }
    let behind = rest.trim_start_matches(is_closing);
    let closing = rest.len() - behind.len();
    let ends = match c {
        '.' => goes_on_anew(behind) && (closing > 0 || !is_abbreviation(before)),
        '!' | '?' | '…' | '؟' => goes_on_anew(behind),
        // Scripts without small letters, and mostly without spaces.
        _ => true,
    };
    ends.then_some(closing)
}

/// Of all the scripts of which feeds are read here.
fn is_end_mark(c: char) -> bool {
    matches!(
        c,
        '.' | '!'
            | '?'
            | '…'
            | '؟'
            | '۔'
            | '。'
            | '！'
            | '？'
            | '｡'
            | '．'
            | '।'
            | '॥'
            | '។'
            | '။'
            | '።'
            | '։'
    )
}

fn is_closing(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '”' | '’' | '“' | '»' | '›' | ')' | ']' | '」' | '』' | '）' | '】' | '》'
    )
}

/// Whether `rest` is nothing, or a space and then no small letter: "5 p.m. on Monday" goes on.
fn goes_on_anew(rest: &str) -> bool {
    rest.chars().next().is_none_or(char::is_whitespace)
        && !rest
            .chars()
            .take(8)
            .find(|c| !c.is_whitespace())
            .is_some_and(char::is_lowercase)
}

/// "U.S.", "J. Smith", "Dr. Smith", "г. Москва", "د. سلمى": a full stop that ends no sentence.
fn is_abbreviation(before: &str) -> bool {
    let word = before.rsplit(|c: char| !c.is_alphanumeric()).next();
    let word = word.unwrap_or_default();
    let mut letters = word.chars();
    let is_single = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    // None is as long.
    let is_known = || {
        let word = word.to_lowercase();
        ABBREVIATIONS.split_whitespace().any(|known| known == word)
    };
    is_single || word.len() <= 10 && is_known()
}

/// Whether a sentence or a line begins at `start`.
pub(in crate::core) fn begins_sentence(text: &str, start: usize) -> bool {
    let before = text[..start].trim_end();
    before.is_empty() || text[before.len()..start].contains('\n') || ends_sentence(before)
}

/// Whether a sentence, a line or the text ends at `end`.
pub(in crate::core) fn stops_at(text: &str, end: usize) -> bool {
    let rest = text[end..].trim_start();
    let gap = &text[end..text.len() - rest.len()];
    rest.is_empty() || gap.contains('\n') || ends_sentence(&text[..end])
}

fn ends_sentence(text: &str) -> bool {
    let text = text.trim_end();
    let inner = text.trim_end_matches(is_closing);
    inner.ends_with(is_end_mark)
}

#[cfg(test)]
mod tests;
