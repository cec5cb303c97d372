//! The Markdown of the chapters as the macros of man(7).
//!
//! Of Markdown, what the chapters use: headings, paragraphs, lists, fenced code, `code` and **bold**. An item
//! that begins with code and a colon becomes a term with its explanation.

use std::mem::take;

use clap_mangen::roff::{Inline, Roff, bold, roman};
use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};

/// Appends the text of a chapter. Its first heading is the page's title and left out.
pub(super) fn append(page: &mut Roff, markdown: &str) {
    let mut line = Vec::new();
    let mut is_bold = false;
    // Of each open list the number of its next item, where it has numbers.
    let mut lists: Vec<Option<u64>> = Vec::new();
    // Callers have just put a heading, or the text begins with one.
    let mut after_heading = true;
    for event in Parser::new(markdown) {
        if let (Event::Start(Tag::List(_)) | Event::End(TagEnd::Item), Some(number)) =
            (&event, lists.last_mut())
            && !line.is_empty()
        {
            append_item(page, number, take(&mut line));
        }
        match event {
            // `<NAME>` is no HTML here.
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) if !is_bold => {
                line.push(roman(text));
            }
            Event::Text(text) | Event::InlineHtml(text) | Event::Code(text) => {
                line.push(bold(text));
            }
            Event::SoftBreak | Event::HardBreak => line.push(roman(" ")),
            Event::Start(Tag::Strong) => is_bold = true,
            Event::End(TagEnd::Strong) => is_bold = false,
            Event::Start(Tag::List(first)) => {
                if !lists.is_empty() {
                    page.control("RS", []);
                }
                lists.push(first);
            }
            Event::End(ended) => {
                match ended {
                    TagEnd::Heading(level) => append_heading(page, level, &plain(&take(&mut line))),
                    TagEnd::CodeBlock => append_code(page, &plain(&take(&mut line))),
                    TagEnd::Paragraph => {
                        if !after_heading {
                            page.control("PP", []);
                        }
                        page.text(take(&mut line));
                    }
                    TagEnd::List(_) => {
                        lists.pop();
                        if !lists.is_empty() {
                            page.control("RE", []);
                        }
                    }
                    _ => {}
                }
                after_heading = matches!(ended, TagEnd::Heading(_));
            }
            _ => {}
        }
    }
}

fn append_heading(page: &mut Roff, level: HeadingLevel, title: &str) {
    match level {
        HeadingLevel::H1 => page,
        // The names of files are not shouted, as other headings of manual pages are.
        HeadingLevel::H2 if title.contains('.') => page.control("SH", [title]),
        HeadingLevel::H2 => page.control("SH", [title.to_uppercase().as_str()]),
        _ => page.control("SS", [title]),
    };
}

fn append_code(page: &mut Roff, code: &str) {
    page.control("PP", [])
        .control("RS", ["4"])
        .control("EX", []);
    for line in code.lines() {
        page.text([roman(line)]);
    }
    page.control("EE", []).control("RE", []);
}

fn append_item(page: &mut Roff, number: &mut Option<u64>, mut line: Vec<Inline>) {
    let begins_with_code = matches!(line.first(), Some(Inline::Bold(_)));
    let explanation = line.iter().position(
        |part| matches!(part, Inline::Roman(text) if begins_with_code && text.starts_with(": ")),
    );
    if let Some(at) = explanation {
        let mut explanation = line.split_off(at);
        if let Some(Inline::Roman(text)) = explanation.first_mut() {
            *text = text.split_off(2);
        }
        page.control("TP", []).text(line).text(explanation);
        return;
    }
    match number {
        Some(number) => {
            page.control("IP", [format!("{number}.").as_str(), "4"]);
            *number += 1;
        }
        None => {
            page.control("IP", ["\\(bu", "2"]);
        }
    }
    page.text(line);
}

fn plain(line: &[Inline]) -> String {
    let text = |part: &Inline| match part {
        Inline::Roman(text) | Inline::Bold(text) | Inline::Italic(text) => text.clone(),
        Inline::LineBreak => "\n".to_owned(),
    };
    line.iter().map(text).collect()
}

/// Appends what `--help` says at its end: paragraphs, and lines set in, which stay as they are.
pub(super) fn append_help(page: &mut Roff, help: &str) {
    let mut markdown = String::new();
    let mut inside = false;
    for line in help.lines() {
        let set_in = line.starts_with("  ");
        if set_in != inside {
            markdown.push_str("```\n");
            inside = set_in;
        }
        markdown.push_str(line.trim_start());
        markdown.push('\n');
    }
    if inside {
        markdown.push_str("```\n");
    }
    append(page, &markdown);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(markdown: &str, expected: &str) {
        let mut page = Roff::new();
        append(&mut page, markdown);
        assert_eq!(page.to_roff(), expected);
    }

    #[test]
    fn headings_paragraphs_and_code_have_their_macros() {
        check(
            "# Title\n\n## Part one\n\nA line\nand more.\n\n### Smaller\n",
            ".SH \"PART ONE\"\nA line and more.\n.SS Smaller\n",
        );
        check(
            "```toml\n[mail]\n'''\n.dot \\ \n```\nafter\n",
            ".PP\n.RS 4\n.EX\n[mail]\n\\&'''\n\\&.dot \\\\ \n.EE\n.RE\n.PP\nafter\n",
        );
    }

    #[test]
    fn lists_are_bullets_or_terms() {
        check(
            "- one\n  more\n- two\n",
            ".IP \\(bu 2\none more\n.IP \\(bu 2\ntwo\n",
        );
        check("- `every`: how often\n", ".TP\n\\fBevery\\fR\nhow often\n");
        check(
            "- `a`, `b`: two\n  - `c`, more\n",
            ".TP\n\\fBa\\fR, \\fBb\\fR\ntwo\n.RS\n.IP \\(bu 2\n\\fBc\\fR, more\n.RE\n",
        );
        check("1. one\n2. two\n", ".IP 1. 4\none\n.IP 2. 4\ntwo\n");
    }

    #[test]
    fn code_and_bold_are_bold_and_single_marks_stay() {
        check(
            "say `a*b` **loud** * ` end",
            "say \\fBa*b\\fR \\fBloud\\fR * ` end\n",
        );
        check("`` and **", "`` and **\n");
        check("a <FILE> and **<B>**", "a <FILE> and \\fB<B>\\fR\n");
    }
}
