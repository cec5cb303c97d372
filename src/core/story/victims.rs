//! How many dead or hurt people an item counts.
//!
//! A number counts when words of death or injury stand beside it and nothing says that it counts something else:
//! years, ages, money, hours, the arrested.

pub(super) mod unspaced;
mod words;

use super::lexicon::Lexicon;
use super::tokenizer::{Gap, Kind, Token, tokens};
use words::{MOST, NUMBERED, PEOPLE, WORDS};

/// Bytes of a lead that are looked at.
const LEAD_BYTES: usize = 1_500;

/// Words between a number and the word of death behind it, at most.
const REACH: usize = 6;

/// Words of a phrase of number between the word of death and the number behind it, at most.
const REACH_BEHIND: usize = 4;

/// The largest number of dead or hurt people that the title or the lead counts.
pub fn victims(title: &str, lead: &str) -> Option<u32> {
    let lead = &lead[..lead.floor_char_boundary(LEAD_BYTES)];
    of_text(title).max(of_text(lead))
}

fn of_text(text: &str) -> Option<u32> {
    let words = tokens(text);
    let is_dual = words.iter().any(|word| WORDS.dual.has(&word.folded));
    let spaced = counted(&words)
        .into_iter()
        .filter_map(|at| words[at].count());
    let unspaced = unspaced::counted(text).into_iter();
    spaced
        .chain(unspaced.map(|(_, count)| count))
        .max()
        .max(is_dual.then_some(2))
}

/// Which of the words are numbers of dead or hurt people.
pub(super) fn counted(words: &[Token]) -> Vec<usize> {
    if words.iter().all(|word| word.count().is_none()) {
        return Vec::new();
    }
    let roles = roles(words);
    let is_victims = |at: &usize| {
        words[*at]
            .count()
            .is_some_and(|count| (1..=MOST).contains(&count))
            && is_people(words, &roles, *at)
            && (is_before(words, &roles, *at) || is_behind(words, &roles, *at))
    };
    (0..words.len()).filter(is_victims).collect()
}

/// What a word does for the numbers around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// People who died or were hurt: `dead`, `killed`, `heridos`.
    State,
    /// The same, or what somebody does to them: `killed`.
    Either,
    /// What somebody does to those who are named behind it: `kills`, `mató`.
    Act,
    /// A count of victims: `toll`, `saldo`.
    Toll,
    /// Something else is counted.
    Other,
    /// Another clause begins.
    Turn,
    /// Goes with a number: `at least`.
    About,
    Plain,
}

/// What each word does, in the light of its neighbours.
fn roles(words: &[Token]) -> Vec<Role> {
    let mut roles: Vec<Role> = words.iter().map(role).collect();
    for (at, word) in words.iter().enumerate() {
        let before = at.checked_sub(1).map(|at| &words[at]);
        let next = words.get(at + 1).map_or("", |next| next.folded.as_str());
        match word.folded.as_str() {
            // `remains of 12`, but `12 remains`.
            "remains" | "restes" if !matches!(next, "of" | "de" | "d") => roles[at] = Role::Plain,
            // `27 corps`, but `27 corps members`.
            "corps"
                if !word.is_capital
                    && !matches!(next, "member" | "members" | "commanders")
                    && before.is_some_and(|number| number.count().is_some()) =>
            {
                roles[at] = Role::State;
            }
            // `as 12 land`, but `as many as 12`.
            "as" if next != "many" && before.is_none_or(|many| many.folded != "many") => {
                roles[at] = Role::Turn;
            }
            _ => {}
        }
    }
    roles
}

fn role(word: &Token) -> Role {
    if word.kind != Kind::Word {
        return Role::Plain;
    }
    let folded = word.folded.as_str();
    let bare = without_article(folded);
    let lists = &*WORDS;
    let is = |list: &Lexicon| list.has(folded) || bare.is_some_and(|bare| list.has(bare));
    if is(&lists.either) {
        Role::Either
    } else if is(&lists.act) {
        Role::Act
    } else if is(&lists.toll) {
        Role::Toll
    } else if is(&lists.state) {
        Role::State
    } else if is(&lists.other) {
        Role::Other
    } else if lists.about.has(folded) {
        Role::About
    } else if lists.turn.has(folded) {
        Role::Turn
    } else {
        Role::Plain
    }
}

/// An Arabic word without article, conjunction or preposition.
fn without_article(word: &str) -> Option<&str> {
    ["وال", "بال", "لل", "ال", "و", "ب", "ل"]
        .into_iter()
        .find_map(|clitic| word.strip_prefix(clitic))
        .filter(|rest| rest.chars().count() >= 3)
}

/// Whether the number may count people.
fn is_people(words: &[Token], roles: &[Role], at: usize) -> bool {
    let word = &words[at];
    if word.gap == Gap::Money || word.is_percent {
        return false;
    }
    let before = at.checked_sub(1).map(|at| words[at].folded.as_str());
    let next = words.get(at + 1).filter(|next| next.gap <= Gap::Blank);
    let count = word.count().unwrap_or(0);
    if let Some(next) = next {
        // `12 في المائة`: of a hundred.
        let is_share = next.folded == "في" && words.get(at + 2).is_some_and(is_unit);
        if is_unit(next) || is_share {
            return false;
        }
        // `12-year-old`, and half a number: `12 and a half`.
        if next.gap == Gap::Joined && next.kind == Kind::Word && !is_victim(roles[at + 1]) {
            return false;
        }
    }
    if is_day(words, at) {
        return false;
    }
    if is_year(word) {
        let counts_people =
            next.is_some_and(|next| PEOPLE.has(&next.folded) || is_victim(roles[at + 1]));
        let is_date = before.is_some_and(|before| {
            WORDS.ago.has(before) || WORDS.month.has(before) || before == "the"
        });
        if !counts_people || is_date {
            return false;
        }
    }
    // `Article 12`, `aged 12`, `Day 12`.
    if before.is_some_and(|before| !before.is_empty() && NUMBERED.has(before)) {
        return false;
    }
    // `dies at 91`.
    let is_age = before == Some("at") && count < 120 && at > 1 && roles[at - 2] == Role::State;
    // `15 deaths per 100,000 inhabitants`.
    let is_rate = words[at..].windows(2).take(REACH).any(|pair| {
        matches!(
            pair[0].folded.as_str(),
            "per" | "cada" | "pour" | "por" | "на" | "لكل" | "je"
        ) && pair[1].count().is_some_and(|count| count >= 1_000)
    });
    if is_age || is_rate {
        return false;
    }
    // `Juan Pérez, 34, was killed`; `a boy, 12, was killed`.
    let is_between_commas = word.gap == Gap::Comma
        && words.get(at + 1).is_none_or(|next| next.gap >= Gap::Comma)
        && at > 0
        && words[at - 1].kind == Kind::Word;
    if is_between_commas && count < 120 {
        return false;
    }
    true
}

pub(super) fn is_month(word: &Token) -> bool {
    WORDS.month.has(&word.folded)
        && word.folded != "de"
        && (word.folded != "may" || word.is_capital)
}

/// `12 November`, `3 de noviembre`, `November 12`.
pub(super) fn is_day(words: &[Token], at: usize) -> bool {
    let is_month = |at: usize| words.get(at).is_some_and(is_month);
    let is_behind_de =
        words.get(at + 1).is_some_and(|word| word.folded == "de") && is_month(at + 2);
    let is_behind_month = at > 0 && is_month(at - 1) && words[at].gap <= Gap::Blank;
    words[at].count().is_some_and(|count| count <= 31)
        && (is_month(at + 1) || is_behind_de || is_behind_month)
}

/// A number of four digits that may be one of these years.
pub(super) fn is_year(word: &Token) -> bool {
    word.count()
        .is_some_and(|count| (1900..=2100).contains(&count))
        && word.end - word.start == 4
}

fn is_unit(word: &Token) -> bool {
    WORDS.unit.has(&word.folded)
        || without_article(&word.folded).is_some_and(|bare| WORDS.unit.has(bare))
}

fn is_victim(role: Role) -> bool {
    matches!(role, Role::State | Role::Either | Role::Toll)
}

/// `12 people were killed`.
fn is_before(words: &[Token], roles: &[Role], at: usize) -> bool {
    let mut commas = 0;
    let is_taken = is_taken(words, roles, at);
    for (step, next) in (at + 1..words.len()).enumerate() {
        let word = &words[next];
        if word.gap == Gap::Stop || step >= REACH + commas * 2 || words[next].gap == Gap::Money {
            return false;
        }
        if word.gap == Gap::Comma {
            // What stands between commas may part the number from its verb, once.
            commas += 1;
            if commas > 2 {
                return false;
            }
        }
        // `arrest 45, wound 3`, `اعتقال 45 وإصابة 3`.
        if is_taken && (commas > 0 || word.folded.starts_with('و')) {
            return false;
        }
        match roles[next] {
            Role::State => {
                return !(commas == 1 && step > 1 && starts_clause(words, roles, at, next));
            }
            // `12 gunmen killed 3`, `12 gunmen killed a man`: but `12 killed`.
            Role::Either => return !(step > 0 && has_object(words, roles, next)),
            Role::Act | Role::Other | Role::Turn => return false,
            // `por` goes with numbers that stand behind it.
            Role::About if WORDS.turn.has(&word.folded) => return false,
            Role::About | Role::Plain | Role::Toll => {}
        }
        // Another number has the word of death, unless the two are listed: `12 soldiers and 3 civilians killed`.
        if word.count().is_some_and(|count| count > 1) {
            let is_listed = matches!(
                words[next - 1].folded.as_str(),
                "and" | "y" | "et" | "e" | "и" | "und" | "including" | "incluidos" | "dont"
            ) || words[next].folded.starts_with('و')
                || word.gap == Gap::Comma;
            if !is_listed {
                return false;
            }
        }
    }
    false
}

/// Whether what stands right before a number says that it counts others: `arrest 45`, `detienen a 45`.
fn is_taken(words: &[Token], roles: &[Role], at: usize) -> bool {
    let before = (0..at).rev().take(REACH_BEHIND);
    let joined = before.take_while(|before| words[before + 1].gap <= Gap::Blank);
    let mut roles = joined.map(|before| roles[before]);
    roles.find(|role| *role != Role::About) == Some(Role::Other)
}

/// `500 march in Lima, 3 killed`: the word of death behind a comma has a number of its own.
fn starts_clause(words: &[Token], _roles: &[Role], at: usize, victim: usize) -> bool {
    (at + 1..victim).any(|between| {
        words[between].count().is_some_and(|count| count > 1) && words[between].gap == Gap::Comma
    })
}

fn has_object(words: &[Token], roles: &[Role], verb: usize) -> bool {
    let Some(next) = words.get(verb + 1).filter(|next| next.gap <= Gap::Blank) else {
        return false;
    };
    WORDS.object.has(&next.folded) || is_number_ahead(words, roles, verb + 1)
}

/// A number after words that go with numbers.
fn is_number_ahead(words: &[Token], roles: &[Role], from: usize) -> bool {
    words
        .iter()
        .zip(roles)
        .skip(from)
        .take(REACH_BEHIND)
        .take_while(|(word, role)| {
            word.gap <= Gap::Blank && (**role == Role::About || word.count().is_some())
        })
        .any(|(word, _)| word.count().is_some())
        && words.get(from).is_none_or(|word| word.folded != "by")
}

/// `kills 12`, `toll rises to 12`, `число погибших выросло до 12`.
fn is_behind(words: &[Token], roles: &[Role], at: usize) -> bool {
    // `un`, `uma`: an article.
    if words[at].count() == Some(1) && !matches!(words[at].folded.as_str(), "1" | "one" | "одного")
    {
        return false;
    }
    // `two killed, 12 arrested`.
    if words[at].gap == Gap::Comma && roles.get(at + 1) == Some(&Role::Other) {
        return false;
    }
    let mut plain = 0;
    let mut gap = words[at].gap;
    for (step, before) in (0..at).rev().enumerate() {
        if gap == Gap::Stop || gap == Gap::Money {
            return false;
        }
        match roles[before] {
            Role::Toll => return plain <= 6,
            // `число погибших в Лиме выросло до 21`: a toll may stand before.
            Role::State => {
                let is_near = plain == 0 && step <= REACH_BEHIND && gap_is_near(words, before, at);
                return is_near || has_toll(words, roles, before);
            }
            Role::Either | Role::Act => {
                return plain == 0 && step <= REACH_BEHIND && gap_is_near(words, before, at);
            }
            Role::Other | Role::Turn => return false,
            Role::About => {}
            Role::Plain => {
                if words[before].kind != Kind::Word {
                    return false;
                }
                plain += 1;
                if plain > 6 {
                    return false;
                }
            }
        }
        gap = gap.max(words[before].gap);
    }
    false
}

/// `death toll`, `число погибших`: up to two words before.
fn has_toll(words: &[Token], roles: &[Role], victim: usize) -> bool {
    let near = victim.saturating_sub(2)..(victim + 2).min(words.len());
    near.clone().any(|at| roles[at] == Role::Toll)
}

fn gap_is_near(words: &[Token], before: usize, at: usize) -> bool {
    words[before + 1..=at]
        .iter()
        .all(|word| word.gap <= Gap::Comma)
}

#[cfg(test)]
mod tests;
