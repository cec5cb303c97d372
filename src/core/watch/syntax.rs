//! The syntax tree of a query, and its canonical text.

use std::fmt;
use std::ops::Range;

use super::field::TextField;
use super::lists::ListReference;
use super::word::Term;

/// A query that was understood. `Display` gives canonical text, which parses to the same tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    /// The whole of it.
    pub root: Expression,
}

/// A part of a query and its place in the text. Places do not count when trees are compared.
#[derive(Clone, Debug)]
pub struct Expression {
    /// What it says.
    pub kind: Kind,
    /// Where it stands, in bytes of the query as given.
    pub place: Range<usize>,
}

impl Expression {
    /// What stands directly inside, in its order.
    pub(super) fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Term(_) | Kind::List(_) | Kind::Site(_) => Vec::new(),
            Kind::Field(_, of) | Kind::Not(of) | Kind::AtLeast { of, .. } => vec![of],
            Kind::And(of) | Kind::Or(of) | Kind::Min { of, .. } => of.iter().collect(),
            Kind::Near { left, right, .. } | Kind::NotNear { left, right, .. } => vec![left, right],
        }
    }
}

impl PartialEq for Expression {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
    }
}

impl Eq for Expression {}

/// What a part of a query says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A word or phrase.
    Term(Term),
    /// `@police`: any word of a list.
    List(ListReference),
    /// `site:example.org`: the item's address is on this domain or one under it. Lower case.
    Site(String),
    /// `title:x`: `x` in this field only.
    Field(TextField, Box<Expression>),
    /// Every one.
    And(Vec<Expression>),
    /// At least one.
    Or(Vec<Expression>),
    /// Not this.
    Not(Box<Expression>),
    /// `left NEAR/n right` or `left PRE/n right`.
    Near {
        /// First operand.
        left: Box<Expression>,
        /// Second operand.
        right: Box<Expression>,
        /// Word positions differ by at most this much, 1 to [`MAX_DISTANCE`](super::MAX_DISTANCE).
        distance: u32,
        /// Which operand must come first.
        order: Order,
    },
    /// `left NOT NEAR/n right`: a `left` with no `right` within the distance.
    NotNear {
        /// What must be there.
        left: Box<Expression>,
        /// What must not be close to it.
        right: Box<Expression>,
        /// In words, 1 to [`MAX_DISTANCE`](super::MAX_DISTANCE).
        distance: u32,
    },
    /// `ATLEAST/n(x)`: `n` occurrences in title, summary and text together.
    AtLeast {
        /// How many.
        count: u32,
        /// Of what.
        of: Box<Expression>,
    },
    /// `MIN/k(a, b, c)`: `k` of them match.
    Min {
        /// How many.
        count: u32,
        /// The list.
        of: Vec<Expression>,
    },
}

/// Whether the order of two operands counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Order {
    /// `NEAR`: either may come first.
    Either,
    /// `PRE`: left before right.
    InOrder,
}

impl Order {
    /// The operator's name.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Either => "NEAR",
            Self::InOrder => "PRE",
        }
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.root)
    }
}

impl fmt::Display for Expression {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            Kind::Term(term) => write!(f, "{term}"),
            Kind::List(list) => write!(f, "{list}"),
            Kind::Site(domain) => write!(f, "site:{domain}"),
            Kind::Field(field, of) => {
                write!(f, "{}:", field.name())?;
                of.in_parentheses(f, |kind| !kind.is_primary())
            }
            Kind::And(of) => join(f, of, " AND "),
            Kind::Or(of) => join(f, of, " OR "),
            Kind::Not(of) => {
                f.write_str("NOT ")?;
                of.in_parentheses(f, |kind| {
                    matches!(kind, Kind::And(_) | Kind::Or(_) | Kind::Not(_))
                })
            }
            Kind::Near {
                left,
                right,
                distance,
                order,
            } => {
                left.as_operand(f)?;
                write!(f, " {}/{distance} ", order.name())?;
                right.as_operand(f)
            }
            Kind::NotNear {
                left,
                right,
                distance,
            } => {
                left.as_operand(f)?;
                write!(f, " NOT NEAR/{distance} ")?;
                right.as_operand(f)
            }
            Kind::AtLeast { count, of } => write!(f, "ATLEAST/{count}({of})"),
            Kind::Min { count, of } => {
                write!(f, "MIN/{count}(")?;
                for (index, item) in of.iter().enumerate() {
                    let comma = if index == 0 { "" } else { ", " };
                    write!(f, "{comma}{item}")?;
                }
                f.write_str(")")
            }
        }
    }
}

impl Expression {
    /// Whether an operand of NEAR, or a part of it, is looked for in the lead.
    pub(super) fn names_lead(&self) -> bool {
        match &self.kind {
            Kind::Field(field, _) => *field == TextField::Lead,
            Kind::Or(of) => of.iter().any(Self::names_lead),
            _ => false,
        }
    }

    fn in_parentheses(
        &self,
        f: &mut fmt::Formatter<'_>,
        needed: impl Fn(&Kind) -> bool,
    ) -> fmt::Result {
        if needed(&self.kind) {
            write!(f, "({self})")
        } else {
            write!(f, "{self}")
        }
    }

    fn as_operand(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.in_parentheses(f, |kind| {
            !kind.is_primary() && !matches!(kind, Kind::Field(..))
        })
    }
}

impl Kind {
    /// Stands by itself without parentheses.
    fn is_primary(&self) -> bool {
        matches!(
            self,
            Self::Term(_) | Self::List(_) | Self::AtLeast { .. } | Self::Min { .. }
        )
    }
}

fn join(f: &mut fmt::Formatter<'_>, of: &[Expression], operator: &str) -> fmt::Result {
    for (index, item) in of.iter().enumerate() {
        if index > 0 {
            f.write_str(operator)?;
        }
        item.in_parentheses(f, |kind| matches!(kind, Kind::And(_) | Kind::Or(_)))?;
    }
    Ok(())
}
