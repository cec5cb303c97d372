//! Where comments, processing instructions and CDATA sections end, also where XML has no end for them.
//!
//! Every search for an end remembers where it looked last, so that the whole is linear in the text whatever
//! stands there.

/// Begins a CDATA section.
pub(super) const SECTION: &str = "<![CDATA[";

/// A search that is asked from places further and further on, and looks at every byte once.
pub(in crate::core::feed) struct Search {
    needle: &'static str,
    /// Nothing is found before this place, and it is found here unless this is the end of all places.
    next: Option<usize>,
}

impl Search {
    pub(in crate::core::feed) fn new(needle: &'static str) -> Self {
        Self { needle, next: None }
    }

    /// Where the needle is at or behind a place, which is never before that of the last question.
    pub(in crate::core::feed) fn find(&mut self, text: &str, from: usize) -> Option<usize> {
        if self.next.is_none_or(|next| next < from) {
            let found = text.get(from..).and_then(|rest| rest.find(self.needle));
            self.next = Some(found.map_or(usize::MAX, |offset| from + offset));
        }
        self.next.filter(|next| *next != usize::MAX)
    }
}

/// Finds the ends of comments, or of processing instructions.
pub(in crate::core::feed) struct CommentEndFinder {
    start: Search,
    end: Search,
    items: [Search; 4],
}

/// Tags of the items of feeds.
pub(super) const ITEMS: [&str; 4] = ["<item", "</item", "<entry", "</entry"];

impl CommentEndFinder {
    pub(in crate::core::feed) fn of_comments() -> Self {
        Self::new("<!--", "-->", ITEMS)
    }

    pub(super) fn new(start: &'static str, end: &'static str, items: [&'static str; 4]) -> Self {
        Self {
            start: Search::new(start),
            end: Search::new(end),
            items: items.map(Search::new),
        }
    }

    /// Where the end of one stands, given where its text begins.
    ///
    /// When another begins before that, the end is that one's; and when there are items too, they would be
    /// hidden with all that they say, so that this one has no end.
    pub(in crate::core::feed) fn end(&mut self, text: &str, from: usize) -> Option<usize> {
        let end = self.end.find(text, from)?;
        let is_inside = |search: &mut Search| search.find(text, from).is_some_and(|at| at < end);
        let hides = is_inside(&mut self.start) && self.items.iter_mut().any(is_inside);
        (!hides).then_some(end)
    }
}

/// Finds the ends of CDATA sections.
pub(in crate::core::feed) struct CdataEndFinder {
    start: Search,
    end: Search,
    /// What ends an item, or begins another.
    bounds: [&'static str; 4],
}

/// The end of a CDATA section.
pub(in crate::core::feed) struct SectionEnd {
    /// Where its text ends.
    pub text: usize,
    /// Where reading goes on.
    pub next: usize,
    /// Why that is not its `]]>`.
    pub damage: Option<&'static str>,
}

impl CdataEndFinder {
    pub(in crate::core::feed) fn new() -> Self {
        Self::bounded_by(["</item", "</entry", "<item>", "<entry>"])
    }

    pub(super) fn bounded_by(bounds: [&'static str; 4]) -> Self {
        Self {
            start: Search::new(SECTION),
            end: Search::new("]]>"),
            bounds,
        }
    }

    /// Where a section ends that stands in an element, given where its text begins.
    ///
    /// When the item ends or another begins first, and then another section begins or none ends any more, its
    /// `]]>` is missing: what it swallows are other items, so it ends with its element. A section that was
    /// written inside of this one has its own `]]>` written as `]]]]><![CDATA[>`.
    pub(in crate::core::feed) fn end(
        &mut self,
        text: &str,
        from: usize,
        element: &str,
    ) -> SectionEnd {
        let end = self.end.find(text, from);
        // Some generators wrap a text twice.
        let is_double = text[from..].starts_with(SECTION);
        let own = from + if is_double { SECTION.len() } else { 0 };
        let other = self.start.find(text, own);
        let bound = end.unwrap_or(text.len());
        let is_told = end.is_some_and(|end| text[end..].starts_with("]]><![CDATA[>"));
        let swallows = end.is_none() || !is_told && other.is_some_and(|other| other < bound);
        let stretch = &text[from..bound.min(other.unwrap_or(bound))];
        let item_end = swallows.then(|| {
            let bounds = self.bounds.iter();
            bounds.filter_map(|bound| stretch.find(bound)).min()
        });
        if let Some(item_end) = item_end.flatten() {
            let element_end = stretch[..item_end].find(&format!("</{element}"));
            let length = element_end.unwrap_or(item_end);
            return SectionEnd {
                text: from + length,
                next: from + length,
                damage: Some("CDATA section without an end"),
            };
        }
        SectionEnd {
            text: bound,
            next: end.map_or(bound, |end| end + 3),
            damage: end.is_none().then_some("CDATA section that never ends"),
        }
    }
}
