//! The conditions of a search for hits (watch, feed, time, words, judgments) as SQL.

use jiff::Timestamp;
use rusqlite::types::Value;

use crate::core::judgment::Verdict;
use crate::core::text::search::{Search, Term};
use crate::core::watch::by_endings;
use crate::store::digests::PendingScope;
use crate::store::sql_values::seconds;

/// Which hits to list.
#[derive(Clone, Debug, Default)]
pub struct HitFilter {
    /// Of this watch.
    pub watch: Option<String>,
    /// Of a watch that had this topic then.
    pub topic: Option<String>,
    /// In items of this feed.
    pub feed: Option<String>,
    /// In items of this language: `pt` finds `pt-BR`, too.
    pub language: Option<String>,
    /// In this item.
    pub item: Option<i64>,
    /// Found then or later.
    pub since: Option<Timestamp>,
    /// Found before then.
    pub until: Option<Timestamp>,
    /// Judged as one of these last; `None`: not judged. Any without one.
    pub verdicts: Vec<Option<Verdict>>,
    /// With these words, accents and case aside.
    pub search: Option<String>,
    /// Also with a word of each of these groups, which are folded.
    pub words: Vec<Vec<Term>>,
    /// Likewise, but not in items and articles whose language is none of [`by_endings`].
    pub forms: Vec<Vec<Term>>,
    /// Told by the mail of this number.
    pub mail: Option<i64>,
    /// Instead: owed to this recipient, or told.
    pub pending: Option<(String, PendingScope)>,
    /// So many at most; all without it. A page has its own.
    pub limit: Option<u32>,
}

/// How the mail `?1` told a hit. Before that was kept, mails told everything in full.
const TOLD: &str = "coalesce(
    (SELECT how FROM told WHERE told.outbox_id = ?1 AND told.entry_id = hit.entry_id),
    (SELECT iif(wording IS NULL, 'full', 'count') FROM outbox WHERE outbox.id = ?1))";

/// The hits that the mail `?1` told.
const CARRIED: &str = "
    SELECT hit_id FROM delivery WHERE alert_id = ?1
    UNION SELECT hit_id FROM delivery WHERE digest_id = ?1
    UNION SELECT hit_id FROM delivery WHERE told_before = ?1
    UNION SELECT hit_id FROM outbox JOIN delivery ON delivery.recipient_id = outbox.recipient_id
          WHERE outbox.id = ?1 AND digest_id IS NULL AND hit_id <= outbox.takes_through";

impl HitFilter {
    /// What SQL asks of `hit`, and the values for it, of which `?1` is the mail.
    pub(super) fn condition(&self) -> (String, Vec<Value>) {
        let (mut condition, mut values) = self.mail_or_pending();
        let text = |text: &Option<String>| text.clone().map(Value::from);
        let search = self.search.as_deref().map(Search::read);
        let asked: [(&str, Option<Value>); 9] = [
            ("hit.watch_id = ?", text(&self.watch)),
            ("hit.topic = ?", text(&self.topic)),
            ("hit.feed_id = ?", text(&self.feed)),
            (
                "(hit.language || '-') LIKE ? ESCAPE '\\'",
                self.language.as_deref().map(|tag| beginning(tag).into()),
            ),
            ("hit.entry_id = ?", self.item.map(Value::from)),
            (
                "hit.found_at >= ?",
                self.since.map(|time| seconds(time).into()),
            ),
            (
                "hit.found_at < ?",
                self.until.map(|time| seconds(time).into()),
            ),
            (
                WITH_WORDS,
                search.map(|search| full_text_query(search.groups()).into()),
            ),
            (
                WITH_WORDS,
                (!self.words.is_empty())
                    .then(|| full_text_query(self.words.iter().map(Vec::as_slice)).into()),
            ),
        ];
        for (part, value) in asked {
            if let Some(value) = value {
                condition.push_str(" AND ");
                condition.push_str(part);
                values.push(value);
            }
        }
        if !self.forms.is_empty() {
            let groups = self.forms.iter().map(Vec::as_slice);
            values.push(full_text_query(groups).into());
            condition.push_str(&with_forms());
        }
        if !self.verdicts.is_empty() {
            let names = self.verdicts.iter().flatten();
            let names: Vec<String> = names.map(|name| format!("'{}'", name.name())).collect();
            let none = self.verdicts.contains(&None);
            let or_none = if none { " OR hit.verdict IS NULL" } else { "" };
            let judged = format!(" AND (hit.verdict IN ({}){or_none})", names.join(", "));
            condition.push_str(&judged);
        }
        (condition, values)
    }

    /// The part that asks which mail told a hit, or to whom it is owed.
    fn mail_or_pending(&self) -> (String, Vec<Value>) {
        match (self.mail, &self.pending) {
            (None, None) => ("1".to_owned(), Vec::new()),
            (Some(mail), _) => (format!("hit.id IN ({CARRIED})"), vec![mail.into()]),
            (None, Some((recipient, owing))) => {
                let pending = owing.condition();
                (
                    format!("hit.id IN (SELECT delivery.hit_id FROM delivery WHERE {pending})"),
                    vec![recipient.clone().into(), owing.owned_value()],
                )
            }
        }
    }

    /// What SQL gives as [`HitRow::told`](super::HitRow::told).
    pub(super) fn told(&self) -> &'static str {
        if self.mail.is_some() { TOLD } else { "NULL" }
    }
}

/// Asks for words, but not in items and articles whose language is none of [`by_endings`].
fn with_forms() -> String {
    let languages: Vec<String> = by_endings().map(|tag| format!("'{tag}'")).collect();
    let languages = languages.join(", ");
    let is_other = |table: &str| {
        let tag = format!("{table}.language");
        format!("lower(substr({tag}, 1, instr({tag} || '-', '-') - 1)) NOT IN ({languages})")
    };
    // Of an item without a language, it is NULL whether it has another, and its words decide.
    let (of_item, of_article) = (is_other("hit"), is_other("article"));
    format!(
        " AND ({WITH_WORDS} OR {of_item} OR hit.in_article AND EXISTS (
           SELECT 1 FROM article WHERE article.entry_id = hit.entry_id
           AND article.revision = hit.revision AND {of_article}))"
    )
}

const WITH_WORDS: &str = "hit.entry_id IN (SELECT rowid FROM entry_text WHERE entry_text MATCH ?)";

/// What a tag with `-` behind it is like that is this one, or begins with it (RFC 4647, section 3.3.1).
fn beginning(tag: &str) -> String {
    let mut like = String::with_capacity(tag.len() + 2);
    for c in tag.chars() {
        if matches!(c, '%' | '_' | '\\') {
            like.push('\\');
        }
        like.push(c);
    }
    like.push_str("-%");
    like
}

/// The search in FTS5's own syntax, of which nothing is reachable by its words, so no search is an error.
fn full_text_query<'a>(groups: impl Iterator<Item = &'a [Term]>) -> String {
    let groups: Vec<String> = groups
        .map(|group| {
            let terms: Vec<String> = group
                .iter()
                .map(|term| {
                    let star = if term.is_beginning { "*" } else { "" };
                    format!("\"{}\"{star}", term.words)
                })
                .collect();
            format!("({})", terms.join(" OR "))
        })
        .collect();
    if groups.is_empty() {
        // A phrase without a token matches nothing, where an empty query would be an error.
        return "\"\"".to_owned();
    }
    groups.join(" AND ")
}
