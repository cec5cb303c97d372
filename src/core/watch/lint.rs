//! Warnings: what is allowed, but hardly meant.

mod foreign_signs;
mod subsumption;

use std::ops::Range;

use super::field::TextField;
use super::foreign_syntax::TermContext;
use super::parser::{is_operand, is_sound};
use super::problem::{PLACEHOLDER_TERM, Problem};
use super::syntax::{Expression, Kind};
use super::word::{Term, Word};
use crate::core::text::normalization::{CharacterClass, fold, is_han};
use foreign_signs::{repeats_message, unintended_signs};
use subsumption::{TermCoverage, TermOrList, fields_of, terms};

/// Adds the warnings about a query without errors.
pub(super) fn lint(query: &str, root: &Expression, problems: &mut Vec<Problem>) {
    let mut linter = Linter {
        query,
        near: 0,
        context: if matches!(root.kind, Kind::Term(_)) {
            TermContext::Alone
        } else {
            TermContext::Needed
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
    context: TermContext,
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
            self.tried <= MOST_TRIED && is_sound(&mended) && !repeats_message(help, &message)
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
                let mut covers = TermCoverage::default();
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
                    let before = std::mem::replace(&mut self.context, TermContext::Branch);
                    self.visit(part);
                    self.context = before;
                }
                _ => self.visit(part),
            }
        }
    }

    fn term(&mut self, term: &Term, place: &Range<usize>) {
        if format!("\"{}\"", term.text) == PLACEHOLDER_TERM {
            let message = "this is a placeholder of a suggestion: write here what to look for";
            self.warn(place, message.to_owned());
        }
        if let Some((message, help)) =
            unintended_signs(term, &self.query[place.clone()], self.context)
        {
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
        let mut covers = TermCoverage::new(self.near > 0);
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
        let mut covers = TermCoverage::default();
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
        let mut covers = TermCoverage::default();
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
                |(_, field, _): &(TermOrList<'_>, Option<TextField>, &Range<usize>)| {
                    field.is_none()
                };
            if side.names_lead() && terms(side).iter().any(is_without) {
                let message = "`lead:` before one word of a group holds for all of it here: write it before \
                               the group";
                self.warn(&side.place, message.to_owned());
            }
        }
    }
}

/// A zero-width space, or the like, that stands between two letters: perhaps for the blank that it is in some
/// programs.
fn seam_in_word(written: &str) -> Option<char> {
    let (mut is_word, mut seam) = (false, None);
    for character in written.chars() {
        match fold(character).class() {
            CharacterClass::Seam => seam = Some(character).filter(|_| is_word).or(seam),
            CharacterClass::Ignored | CharacterClass::Mark => {}
            CharacterClass::Letter if seam.is_some() => return seam,
            class => is_word = class == CharacterClass::Letter,
        }
        if !is_word {
            seam = None;
        }
    }
    None
}
