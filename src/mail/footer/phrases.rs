//! What several parts of a foot say.

use crate::core::article::{PageVerdict, PageVerdictCounts};
use crate::mail::language::MessageCatalog;

/// The command that shows how everything stands, in quotation marks.
pub(in crate::mail) fn status(catalog: &MessageCatalog) -> String {
    catalog.say_with("quoted", &[("text", "newsvigil status".into())])
}

/// Why pages were not read whole, as [`PageVerdictCounts::causes`] says it in English.
pub(super) fn causes(reading: &PageVerdictCounts, catalog: &MessageCatalog) -> String {
    let others = reading.by_feed_text_only();
    let causes = reading.settled.iter();
    let causes = causes.filter(|(verdict, pages)| **verdict != PageVerdict::Whole && **pages > 0);
    let causes = causes.map(|(verdict, pages)| {
        let cause = catalog.say(&format!("page-{}", verdict.name())).into();
        match *pages {
            pages if pages < others => {
                let count = usize::try_from(pages).unwrap_or(usize::MAX).into();
                catalog.say_with("pages-of-cause", &[("count", count), ("cause", cause)])
            }
            1 => catalog.say_with("page-of-cause", &[("cause", cause)]),
            _ => catalog.say_with("all-of-cause", &[("cause", cause)]),
        }
    });
    causes.collect::<Vec<_>>().join(&catalog.say("comma"))
}
