//! How much a mail shows at most.

/// Words of a mail's text part at most, as far as that leaves room for head and foot: one that is read to its
/// end.
pub const WORDS_MAX: usize = 1_200;
/// Stories shown in full at most; a mail has room for fewer as a rule.
pub const FULL_MAX: usize = 32;
/// Stories shown as headlines at most, likewise.
pub const HEADLINES_MAX: usize = 200;
/// Stories sent before, as alerts, that may be shown at most.
pub const ALERTED_MAX: usize = 60;
/// Items found later that are shown at most.
pub const LATER_MAX: usize = 60;
/// Stories of which more is told in a line each at most.
pub const DEVELOPING_MAX: usize = 40;
/// The best stories of which the outlets are counted: more than can be shown, for they change the order.
pub(super) const RANKED_MAX: usize = 2_000;
/// Other outlets' items that are named under a story at most.
pub const ALSO_MAX: usize = 6;
/// Further reports of a story, beside one of each outlet, that are named at most.
pub const REPORTS_MAX: usize = 4;
/// Longest headline shown, in characters.
pub(super) const TITLE_CHARS: usize = 300;
/// Longest name of a topic, a watch or a feed.
pub(super) const NAME_CHARS: usize = 120;
