//! Why a watch matches or does not, in lines for people.

use super::highlighting::show_text;
use crate::cli::output;
use crate::config::{Config, Watch};
use crate::core::alert::Urgency;
use crate::core::document::Document;
use crate::core::place::{self, Weight};
use crate::core::watch::{
    BodyOnly, Depth, ExplainedLine, ExplainedPart, Explanation, Span, found_forms, found_in,
};

pub(super) fn show(watch: &Watch, explanation: &Explanation, document: &Document, depth: Depth) {
    let heading = output::HEADING;
    let verdict = if explanation.matched {
        "matches"
    } else {
        "does not match"
    };
    say!("\n{heading}{} {verdict}{heading:#}", watch.title);
    for objection in &explanation.objections {
        say!("  {objection}");
    }
    show_summary(explanation, document);
    for note in &explanation.notes {
        say!("  note: {note}");
    }
    say!("");
    show_text(document, explanation);
    say!("");
    show_parts(&explanation.query, depth);
    if !explanation.score.is_empty() {
        show_score(watch, explanation);
    }
    if let Some(found) = explanation.body_only.filter(|_| explanation.matched) {
        say!("\n  {}", weight(watch, found));
    }
    if depth == Depth::Brief {
        say!("\n--all shows every part");
    }
}

/// The places that the item is about, each with the words that name it.
pub(super) fn show_places(config: &Config, document: &Document) {
    let about = config
        .places
        .about(document, &mut place::Scratch::default());
    if about.is_empty() {
        say!("\nit names no place, so `places` of watches and recipients let it pass");
        return;
    }
    say!("\nabout");
    for found in about {
        let words = found.why.iter().map(|reason| {
            let note = match reason.weight {
                Weight::Full => "",
                Weight::People => ", its people",
                Weight::Weak => ", may be another",
                Weight::Aside => ", by the way",
            };
            format!(
                "{} ({}{note})",
                output::printable(&reason.word, 60),
                reason.field.name()
            )
        });
        say!(
            "  {} {}  by {}",
            config.places.id(found.place),
            config.places.title(found.place),
            words.collect::<Vec<_>>().join(", ")
        );
    }
}

/// Terms and near misses that the summary names.
const MOST_SHOWN: usize = 8;

/// Forms that the summary shows of a term.
const MOST_FORMS: usize = 4;

/// By which terms it matched, or what came nearest.
fn show_summary(explanation: &Explanation, document: &Document) {
    if explanation.query.holds {
        let spans = if explanation.matched {
            &explanation.spans
        } else {
            &explanation.query.spans
        };
        let mut terms: Vec<&str> = Vec::new();
        for span in spans {
            if !terms.contains(&&*span.term) {
                terms.push(&span.term);
            }
        }
        let rest = terms.len().saturating_sub(MOST_SHOWN);
        for term in terms.iter().take(MOST_SHOWN) {
            let own: Vec<&Span> = spans.iter().filter(|span| &*span.term == *term).collect();
            say!(
                "  by {}  {}",
                output::printable(term, 60),
                found_in(own.iter().copied())
            );
            let own: Vec<Span> = own.into_iter().cloned().collect();
            for form in found_forms(&own, document).iter().take(MOST_FORMS) {
                say!("    {}", output::printable(form, 120));
            }
        }
        if rest > 0 {
            say!("  and by {}", output::count(rest, "other term"));
        }
        return;
    }
    let partial = explanation.query.partial_match();
    if !partial.is_bare() {
        for line in partial.lines() {
            say!("  {}", output::printable(&line, 600));
        }
    }
    let near = explanation.query.near_misses();
    let mut told: Vec<&str> = Vec::new();
    for part in near {
        // The same words often stand in several groups.
        if told.len() < MOST_SHOWN && !told.contains(&part.text.as_str()) {
            told.push(&part.text);
            let miss = part.miss.as_deref().unwrap_or_default();
            say!("  nearest: {}  {miss}", output::printable(&part.text, 60));
        }
    }
    if told.is_empty() && partial.is_bare() {
        say!("  nothing of it is there");
    }
}

/// Lines of one level of the tree begin below each other.
fn show_parts(query: &ExplainedPart, depth: Depth) {
    for line in query.lines(depth) {
        match line {
            ExplainedLine::Part { level, part } => show_part(part, level + 1),
            ExplainedLine::Others { level, text } => {
                say!("{}and {text}", "  ".repeat(level + 1));
            }
        }
    }
}

fn show_part(part: &ExplainedPart, level: usize) {
    let mark = if part.holds { "yes" } else { "no " };
    let alarm = if part.holds {
        output::MARK
    } else {
        output::ALARM
    };
    let note = match part.note() {
        note if note.is_empty() => note,
        note => format!("  {}", output::printable(&note, 600)),
    };
    // A group is told by its beginning, since its parts follow.
    let width = if part.parts.is_empty() { 120 } else { 60 };
    say!(
        "{}{alarm}{mark}{alarm:#} {}{note}",
        "  ".repeat(level),
        output::printable(&part.text, width)
    );
}

fn show_score(watch: &Watch, explanation: &Explanation) {
    say!("");
    for line in explanation.score.iter().filter(|line| line.points != 0) {
        say!(
            "  {:>+5}  {}  (weight {}, {} in the title, {} elsewhere)",
            line.points,
            output::printable(&line.term, 60),
            line.weight,
            line.title,
            line.body
        );
    }
    let asked = match explanation.threshold {
        Some(threshold) => format!(", {threshold} asked for"),
        None => String::new(),
    };
    say!("  {:>5}  score{asked}", explanation.total);
    if let Some(above) = watch.alert_above.filter(|_| explanation.matched) {
        let is_alert = watch.alerts(Some(explanation.total));
        let told = if is_alert && !watch.holds_back(explanation.body_only) {
            "an alert"
        } else {
            "in the digest"
        };
        say!("         {told}; alerts above {above}");
    }
}

/// What it means that a match needs words from below the top of the item.
fn weight(watch: &Watch, found: BodyOnly) -> String {
    let place = format!("weight: it stands only below the top of the item, {found}");
    let least = BodyOnly::STRONG;
    if found.is_strong() {
        format!("{place}; {least} or more count in full")
    } else if watch.urgency != Urgency::Alert {
        format!("{place}; it counts less than in the top or in {least} paragraphs")
    } else if watch.holds_back(Some(found)) {
        format!(
            "{place}, and so is told in the digest; in the top or in {least} paragraphs it would be an alert, \
             and with body_only = \"alert\""
        )
    } else {
        format!("{place}, and is an alert by `body_only` all the same")
    }
}
