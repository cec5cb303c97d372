//! Warnings: what is allowed, but hardly meant.

use std::collections::HashMap;
use std::ops::Range;

use super::field::TextField;
use super::foreign_syntax::{Standing, habit};
use super::parser::{is_operand, is_sound, read};
use super::problem::{Problem, SOMETHING};
use super::quotes::{is_quote, needs_quotes};
use super::syntax::{Expression, Kind};
use super::word::{Term, Word};
use crate::core::text::normalization::{Class, fold, is_han};

/// Adds the warnings about a query without errors.
pub(super) fn lint(query: &str, root: &Expression, problems: &mut Vec<Problem>) {
    let mut linter = Linter {
        query,
        near: 0,
        standing: if matches!(root.kind, Kind::Term(_)) {
            Standing::Alone
        } else {
            Standing::Needed
        },
        tried: 0,
        problems,
    };
    linter.visit(root);
}

struct Linter<'a> {
    query: &'a str,
    /// How many NEARs this stands in, where the ends of a phrase count.
    near: usize,
    /// How the next term stands in the query.
    standing: Standing,
    /// Suggestions that were tried out.
    tried: usize,
    problems: &'a mut Vec<Problem>,
}

impl Linter<'_> {
    fn warn(&mut self, place: &Range<usize>, message: String) {
        self.problems.push(Problem::warning(place.clone(), message));
    }

    /// A warning with what to write in place of a term, where that makes a sound query: NEAR takes no AND.
    fn suggest(&mut self, place: &Range<usize>, message: String, help: Option<String>) {
        const MOST_TRIED: usize = 100;
        let help = help.filter(|help| {
            self.tried += 1;
            let mut mended = self.query.to_owned();
            mended.replace_range(place.clone(), help);
            self.tried <= MOST_TRIED && is_sound(&mended) && !tells_again(help, &message)
        });
        let problem = Problem::warning(place.clone(), message);
        self.problems.push(match help {
            Some(help) => problem.help(help),
            None => problem,
        });
    }

    fn each(&mut self, of: &[Expression]) {
        for part in of {
            self.visit(part);
        }
    }

    fn visit(&mut self, expression: &Expression) {
        match &expression.kind {
            Kind::Term(term) => self.term(term, &expression.place),
            Kind::List(_) | Kind::Site(_) => {}
            Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => self.visit(of),
            Kind::Or(of) => {
                self.swallowed(of.iter());
                self.branches(of);
            }
            Kind::Min { of, .. } => {
                self.repeated(of);
                self.each(of);
            }
            Kind::And(of) => {
                self.excluded(of);
                self.each(of);
            }
            Kind::Near { left, right, .. } => {
                self.apart(left, right, &expression.place);
                self.near += 1;
                self.visit(left);
                self.visit(right);
                self.near -= 1;
            }
            Kind::NotNear { left, right, .. } => {
                let mut covers = Covers::default();
                for (term, field, place) in terms(right) {
                    covers.add(term, field, place);
                }
                for (term, field, place) in terms(left) {
                    if covers.covering(term, field, place).is_some() {
                        let message = "every one of these is also what must not be near, so it \
                                       never matches";
                        self.warn(place, message.to_owned());
                    }
                }
                self.near += 1;
                self.visit(left);
                self.visit(right);
                self.near -= 1;
            }
        }
    }

    /// The branches of an OR; those of an OR within it were compared with it.
    fn branches(&mut self, of: &[Expression]) {
        for part in of {
            match &part.kind {
                Kind::Or(inner) => self.branches(inner),
                Kind::Term(_) => {
                    let before = std::mem::replace(&mut self.standing, Standing::Branch);
                    self.visit(part);
                    self.standing = before;
                }
                _ => self.visit(part),
            }
        }
    }

    fn term(&mut self, term: &Term, place: &Range<usize>) {
        if format!("\"{}\"", term.text) == SOMETHING {
            let message = "this is a placeholder of a suggestion: write here what to look for";
            self.warn(place, message.to_owned());
        }
        if let Some((message, help)) = unmeant(term, &self.query[place.clone()], self.standing) {
            self.suggest(place, message, help);
        }
        if let Some(seam) = seam_in_word(&self.query[place.clone()]) {
            let message = format!(
                "U+{:04X}, which nobody sees, joins two words into one here: if they are two, write a blank",
                u32::from(seam)
            );
            let help = format!("\"{}\"", term.text.replace(seam, " "));
            self.suggest(place, message, Some(help));
        }
        match term.words.as_slice() {
            [] => self.warn(
                place,
                format!(
                    "`{}` has no letter or digit, so it never matches",
                    term.text
                ),
            ),
            [Word::Plain(word) | Word::Exact { folded: word, .. }] => {
                let mut letters = word.chars();
                if letters.next().is_some_and(is_han) && letters.next().is_none() {
                    self.warn(
                        place,
                        format!(
                            "`{word}` is a single character and is found inside many other words"
                        ),
                    );
                }
            }
            _ => {}
        }
    }

    fn swallowed<'e>(&mut self, of: impl Iterator<Item = &'e Expression> + Clone) {
        let mut covers = Covers {
            ends_count: self.near > 0,
            ..Covers::default()
        };
        for (term, field, place) in of.clone().flat_map(terms) {
            covers.add(term, field, place);
        }
        let adds_nothing = |by: Range<usize>, query: &str| {
            let by = &query[by];
            format!("`{by}` finds everything that this finds, so this adds nothing")
        };
        for (term, field, place) in of.clone().flat_map(terms) {
            if let Some(by) = covers.covering(term, field, place) {
                self.warn(place, adds_nothing(by, self.query));
            }
        }
        for part in of {
            if !is_operand(part)
                && let Some(by) = covers.implied(part, None)
            {
                self.warn(&part.place, adds_nothing(by, self.query));
            }
        }
    }

    /// `MIN/2(police, police)`: one word would count as two.
    fn repeated(&mut self, of: &[Expression]) {
        let mut covers = Covers::default();
        for (term, field, place) in of.iter().flat_map(terms) {
            covers.add(term, field, place);
        }
        for (term, field, place) in of.iter().flat_map(terms) {
            if let Some(by) = covers.covering(term, field, place) {
                let by = &self.query[by];
                self.warn(
                    place,
                    format!("`{by}` finds everything that this finds, so one word counts twice"),
                );
            }
        }
    }

    /// `x AND NOT x`.
    fn excluded(&mut self, of: &[Expression]) {
        let mut covers = Covers::default();
        for part in of {
            if let Kind::Not(inner) = &part.kind {
                for (term, field, place) in terms(inner) {
                    covers.add(term, field, place);
                }
            }
        }
        for part in of {
            if let Some(by) = covers.implied(part, None) {
                let by = &self.query[by];
                self.warn(
                    &part.place,
                    format!("this is required, but NOT `{by}` excludes it, so it never matches"),
                );
            }
        }
    }

    /// Two operands of NEAR that look in different fields.
    fn apart(&mut self, left: &Expression, right: &Expression, place: &Range<usize>) {
        let fields = fields_of(right, None);
        if !fields_of(left, None)
            .iter()
            .any(|field| fields.contains(field))
        {
            let message = "the two sides look in different fields, so this never matches";
            self.warn(place, message.to_owned());
        }
        for side in [left, right] {
            let is_without =
                |(_, field, _): &(Sought<'_>, Option<TextField>, &Range<usize>)| field.is_none();
            if side.names_lead() && terms(side).iter().any(is_without) {
                let message = "`lead:` before one word of a group holds for all of it here: write it before \
                               the group";
                self.warn(&side.place, message.to_owned());
            }
        }
    }
}

/// What a term hardly means, and what to write.
fn unmeant(term: &Term, written: &str, standing: Standing) -> Option<(String, Option<String>)> {
    sign_without_meaning(term, written)
        .or_else(|| habit(term, written, standing).map(|habit| (habit.message, habit.help)))
}

/// Whether the same would be told of what is suggested.
fn tells_again(help: &str, message: &str) -> bool {
    fn any(query: &str, expression: &Expression, message: &str) -> bool {
        match &expression.kind {
            Kind::Term(term) => {
                let told = unmeant(term, &query[expression.place.clone()], Standing::Needed);
                told.is_some_and(|(told, _)| told == message)
            }
            Kind::List(_) | Kind::Site(_) => false,
            Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => {
                any(query, of, message)
            }
            Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => {
                of.iter().any(|part| any(query, part, message))
            }
            Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => {
                any(query, left, message) || any(query, right, message)
            }
        }
    }
    read(help).is_none_or(|root| any(help, &root, message))
}

/// `detain$`, `police^2`, `ICE=`: signs of other search programs, which only part words here; and what to
/// write.
fn sign_without_meaning(term: &Term, written: &str) -> Option<(String, Option<String>)> {
    let single =
        |folded: &str| folded.chars().next().map(|c| fold(c).class()) == Some(Class::Single);
    let text = term.text.as_str();
    let bare = |text: &str| {
        if needs_quotes(text) {
            format!("\"{text}\"")
        } else {
            text.to_owned()
        }
    };
    if let Some(Word::Stem { .. }) = term.words.last()
        && term.words.iter().any(|word| match word {
            Word::Stem { folded, .. } => single(folded),
            _ => false,
        })
    {
        let message = "`~` finds other endings, and this script has none: leave it out";
        return Some((message.to_owned(), Some(bare(&text.replace('~', "")))));
    }
    if written.contains(is_quote) {
        return None;
    }
    if let Some((word, weight)) = text.split_once('^')
        && weight.starts_with(|c: char| c.is_ascii_digit())
    {
        let message =
            format!("`^{weight}` gives no weight here: write `{word}`, and its points in `score`");
        return Some((message, Some(bare(word))));
    }
    if let Some((word, number)) = text.split_once('~')
        && number.starts_with(|c: char| c.is_ascii_digit())
    {
        let message = format!(
            "`~{number}` finds no misspellings here: `{word}~` finds the other endings of the word"
        );
        return Some((message, Some(format!("{word}~"))));
    }
    let sign = text.chars().next_back()?;
    let word = text.strip_suffix(sign)?;
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    match sign {
        '=' if letters > 0 => Some((
            format!("`=` stands in front of the word: write `={word}`"),
            Some(format!("={word}")),
        )),
        // `LGBTQI+`, `Canal+`, `CO2#`: a name has its sign, and is found with and without it.
        '+' | '#' if word.chars().any(char::is_uppercase) => None,
        '$' | '+' | '#' | '%' if letters >= 3 => Some((
            format!("`{sign}` means nothing behind a word: for any ending write `{word}*`"),
            Some(format!("{word}*")),
        )),
        _ => None,
    }
}

/// A zero-width space, or the like, that stands between two letters: perhaps for the blank that it is in some
/// programs.
fn seam_in_word(written: &str) -> Option<char> {
    let (mut is_word, mut seam) = (false, None);
    for character in written.chars() {
        match fold(character).class() {
            Class::Seam => seam = Some(character).filter(|_| is_word).or(seam),
            Class::Ignored | Class::Mark => {}
            Class::Letter if seam.is_some() => return seam,
            class => is_word = class == Class::Letter,
        }
        if !is_word {
            seam = None;
        }
    }
    None
}

/// Where a term without a field looks.
const PLAIN: [TextField; 3] = [TextField::Title, TextField::Summary, TextField::Text];

/// A term or a list.
#[derive(Clone, Copy)]
enum Sought<'e> {
    Term(&'e Term),
    List(&'e str),
}

/// The terms and lists that alone decide a branch: under OR and fields, not under other operators.
fn terms(expression: &Expression) -> Vec<(Sought<'_>, Option<TextField>, &Range<usize>)> {
    let mut found = Vec::new();
    collect(expression, None, &mut found);
    found
}

/// The fields that an operand of NEAR looks in.
fn fields_of(operand: &Expression, field: Option<TextField>) -> Vec<TextField> {
    match &operand.kind {
        Kind::Term(_) | Kind::List(_) => match field {
            None | Some(TextField::Lead) => PLAIN.to_vec(),
            Some(field) => vec![field],
        },
        Kind::Field(inner, of) => fields_of(of, Some(*inner)),
        Kind::Or(of) => {
            let parts = of.iter().flat_map(|part| fields_of(part, field));
            parts.collect()
        }
        _ => Vec::new(),
    }
}

fn collect<'e>(
    expression: &'e Expression,
    field: Option<TextField>,
    found: &mut Vec<(Sought<'e>, Option<TextField>, &'e Range<usize>)>,
) {
    match &expression.kind {
        Kind::Term(term) => found.push((Sought::Term(term), field, &expression.place)),
        Kind::List(list) => found.push((Sought::List(list.id()), field, &expression.place)),
        Kind::Field(inner, of) => collect(of, Some(*inner), found),
        Kind::Or(of) => of.iter().for_each(|part| collect(part, field, found)),
        _ => {}
    }
}

/// Words of a phrase that is looked for in longer ones.
const LONGEST_RUN: usize = 8;

/// What a list of terms finds, for asking whether one of them finds all that another does.
#[derive(Default)]
struct Covers<'e> {
    words: HashMap<(Way, &'e str, Option<TextField>), &'e Range<usize>>,
    phrases: HashMap<(&'e [Word], Option<TextField>), &'e Range<usize>>,
    lists: HashMap<(&'e str, Option<TextField>), &'e Range<usize>>,
    /// A phrase within another one is not as good, for it ends elsewhere.
    ends_count: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Way {
    Plain,
    Stem,
    Prefix,
}

impl<'e> Covers<'e> {
    fn add(&mut self, sought: Sought<'e>, field: Option<TextField>, place: &'e Range<usize>) {
        let term = match sought {
            Sought::Term(term) => term,
            Sought::List(list) => {
                self.lists.entry((list, field)).or_insert(place);
                return;
            }
        };
        self.phrases.entry((&term.words, field)).or_insert(place);
        let [word] = term.words.as_slice() else {
            return;
        };
        let key = match word {
            Word::Plain(folded) => (Way::Plain, folded.as_str()),
            Word::Stem { folded, .. } => (Way::Stem, folded.as_str()),
            Word::Wildcard(pattern) => match pattern.strip_suffix('*') {
                Some(front) if !front.contains('?') => (Way::Prefix, front),
                _ => return,
            },
            Word::Exact { .. } | Word::Abbreviation { .. } => return,
        };
        self.words.entry((key.0, key.1, field)).or_insert(place);
    }

    /// A term of the list that is found wherever `part` is.
    fn implied(&self, part: &Expression, field: Option<TextField>) -> Option<Range<usize>> {
        match &part.kind {
            Kind::Term(term) => self.covering(Sought::Term(term), field, &part.place),
            Kind::List(list) => self.covering(Sought::List(list.id()), field, &part.place),
            Kind::Field(inner, of) => self.implied(of, Some(*inner)),
            Kind::And(of) => of.iter().find_map(|part| self.implied(part, field)),
            Kind::Or(of) => {
                let mut found = None;
                for part in of {
                    found = Some(self.implied(part, field)?);
                }
                found
            }
            Kind::Near { left, right, .. } => self
                .implied(left, field)
                .or_else(|| self.implied(right, field)),
            Kind::NotNear { left: of, .. } | Kind::AtLeast { of, .. } => self.implied(of, field),
            Kind::Not(_) | Kind::Site(_) | Kind::Min { .. } => None,
        }
    }

    /// Another term or list among these that finds everything that this one finds.
    fn covering(
        &self,
        sought: Sought<'_>,
        field: Option<TextField>,
        place: &Range<usize>,
    ) -> Option<Range<usize>> {
        let mut scopes = vec![field];
        if matches!(field, Some(TextField::Title | TextField::Summary)) {
            scopes.push(Some(TextField::Lead));
        }
        if field.is_some_and(|field| field == TextField::Lead || PLAIN.contains(&field)) {
            scopes.push(None);
        }
        for scope in scopes {
            let other = |found: Option<&&Range<usize>>| {
                found
                    .filter(|found| **found != place)
                    .map(|&found| found.clone())
            };
            let term = match sought {
                Sought::Term(term) => term,
                Sought::List(list) => {
                    if let Some(found) = other(self.lists.get(&(list, scope))) {
                        return Some(found);
                    }
                    continue;
                }
            };
            if let Some(found) = other(self.phrases.get(&(term.words.as_slice(), scope))) {
                return Some(found);
            }
            let longest = if self.ends_count {
                0
            } else {
                LONGEST_RUN.min(term.words.len().saturating_sub(1))
            };
            let run = (2..=longest)
                .flat_map(|length| term.words.windows(length))
                .find_map(|run| other(self.phrases.get(&(run, scope))));
            if run.is_some() {
                return run;
            }
            for word in &term.words {
                let (folded, plain) = match word {
                    Word::Plain(folded) | Word::Exact { folded, .. } => (folded.as_str(), true),
                    Word::Stem { .. } | Word::Abbreviation { .. } => continue,
                    Word::Wildcard(pattern) => {
                        (pattern.split(['?', '*']).next().unwrap_or_default(), false)
                    }
                };
                if plain {
                    for way in [Way::Plain, Way::Stem] {
                        if let Some(found) = other(self.words.get(&(way, folded, scope))) {
                            return Some(found);
                        }
                    }
                }
                let ends = folded.char_indices().map(|(at, c)| at + c.len_utf8());
                for end in ends {
                    let key = (Way::Prefix, &folded[..end], scope);
                    if let Some(found) = other(self.words.get(&key)) {
                        return Some(found);
                    }
                }
            }
        }
        None
    }
}
