//! What readers wrote below a story, where no name says so: many boxes of one make, each with its author or date.

use std::collections::{HashMap, HashSet};

use dom_query::NodeRef;

use super::dom_scan::{Survey, SurveyedElement};

/// Paragraphs in one box from which that is a story, and how much each says at least.
const PARAGRAPHS_OF_A_STORY: usize = 3;
const PARAGRAPH: usize = 80;
/// Boxes of one make from which they may be comments.
const COMMENTS: usize = 6;
/// Elements at the beginning of a comment of which one names its author or date.
const HEAD_OF_A_COMMENT: usize = 12;
/// How much an author or a date says at most.
const MARK: usize = 60;

/// Words of the classes of who wrote a comment, and when.
const AUTHORS: [&str; 11] = [
    "author",
    "authors",
    "autor",
    "auteur",
    "commenter",
    "member",
    "nick",
    "nickname",
    "user",
    "username",
    "usuario",
];
const DATES: [&str; 6] = ["date", "datetime", "time", "timestamp", "fecha", "datum"];

/// The elements that hold the comments of a page, below the story: as places in the survey.
pub(super) fn comments(survey: &Survey<'_>) -> Vec<usize> {
    let elements = &survey.elements;
    let mut paragraphs: HashMap<dom_query::NodeId, usize> = HashMap::new();
    let mut has_story = false;
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(seen) = elements.get(at) {
        if has_story && is_of_comments(elements, at) {
            found.push(at);
            at = seen.end.max(at + 1);
            continue;
        }
        if seen.node.has_name("p")
            && seen.text >= PARAGRAPH
            && seen.linked * 3 < seen.text
            && let Some(parent) = seen.node.parent()
        {
            let number = paragraphs.entry(parent.id).or_default();
            *number += 1;
            has_story |= *number >= PARAGRAPHS_OF_A_STORY;
        }
        at += 1;
    }
    found
}

fn is_of_comments(elements: &[SurveyedElement<'_>], holder: usize) -> bool {
    let all = &elements[holder];
    if all.main_parts > 0 || all.end < holder + 2 * COMMENTS {
        return false;
    }
    let mut boxes: HashMap<String, Vec<usize>> = HashMap::new();
    let mut child = holder + 1;
    while child < all.end {
        let make = elements[child].node.attr("class").unwrap_or_default();
        let name = elements[child].node.node_name().unwrap_or_default();
        boxes
            .entry(format!("{name}.{make}"))
            .or_default()
            .push(child);
        child = elements[child].end.max(child + 1);
    }
    let Some(boxes) = boxes.into_values().max_by_key(Vec::len) else {
        return false;
    };
    let said: usize = boxes.iter().map(|&one| elements[one].text).sum();
    if boxes.len() < COMMENTS || said * 5 < all.text * 4 {
        return false;
    }
    let marks: Option<Vec<Mark>> = boxes.iter().map(|&one| mark(elements, one)).collect();
    let Some(marks) = marks else {
        return false;
    };
    // Talks have two speakers, and what is told live has a few reporters.
    let different: HashSet<&str> = marks.iter().map(|mark| mark.text.as_str()).collect();
    if different.len() * 2 < boxes.len() {
        return false;
    }
    // Lists of people belong to stories.
    let is_certain = marks.iter().all(|mark| mark.is_author);
    !all.node
        .ancestors_it(None)
        .any(|outer| is_body(&outer) || !is_certain && outer.has_name("article"))
        && !is_body(&all.node)
}

fn is_body(node: &NodeRef<'_>) -> bool {
    let value = node.attr("itemprop");
    value.is_some_and(|value| value.split_ascii_whitespace().any(|it| it == "articleBody"))
}

/// Who wrote a comment, or when.
struct Mark {
    text: String,
    /// By its class.
    is_author: bool,
}

/// `None` where nothing tells, or where a heading says that it is a story of its own.
fn mark(elements: &[SurveyedElement<'_>], comment: usize) -> Option<Mark> {
    let end = elements[comment].end;
    let mut found: Option<Mark> = None;
    let head = end.clamp(comment + 1, comment + 1 + HEAD_OF_A_COMMENT);
    for seen in &elements[comment + 1..head] {
        let class = seen
            .node
            .attr("class")
            .unwrap_or_default()
            .to_ascii_lowercase();
        let has = |list: &[&str]| {
            class
                .split(|c: char| !c.is_ascii_alphanumeric())
                .any(|word| list.contains(&word))
        };
        let is_author = has(&AUTHORS);
        let name = seen.node.node_name().unwrap_or_default();
        if !is_author && matches!(&*name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            return None;
        }
        found = found.filter(|mark| mark.is_author || !is_author);
        let may_be = is_author
            || matches!(&*name, "b" | "strong" | "cite" | "address" | "time")
            || has(&DATES);
        if found.is_none() && may_be && (1..=MARK).contains(&seen.text) {
            let text = seen.node.text().trim().to_owned();
            // A clock stands before what is told live.
            let is_told = text.chars().filter(|c| c.is_alphabetic()).nth(1).is_some();
            found = is_told.then_some(Mark { text, is_author });
        }
    }
    found
}
