//! The Markdown of the chapters as the macros of man(7).
//!
//! Only what the chapters use: headings, paragraphs, lists, fenced code, `code` and **bold**. An item
//! that begins with code and a colon becomes a term with its explanation.

use clap_mangen::roff::{Inline, Roff, bold, roman};

/// A part of a chapter.
enum Block<'a> {
    /// Depth 1 is the page's own title.
    Heading(usize, &'a str),
    Paragraph(String),
    Item(String),
    Code(Vec<&'a str>),
}

/// Appends the text of a chapter. Its first heading is the page's title and left out.
pub(super) fn append(page: &mut Roff, markdown: &str) {
    // Callers have just put a heading, or the text begins with one.
    let mut after_heading = true;
    for block in blocks(markdown) {
        match &block {
            Block::Heading(1, _) => continue,
            // The names of files are not shouted, as other headings of manual pages are.
            Block::Heading(2, title) if title.contains('.') => page.control("SH", [*title]),
            Block::Heading(2, title) => page.control("SH", [title.to_uppercase().as_str()]),
            Block::Heading(_, title) => page.control("SS", [*title]),
            Block::Item(item) => append_item(page, item),
            Block::Paragraph(text) => {
                if !after_heading {
                    page.control("PP", []);
                }
                page.text(inlines(text))
            }
            Block::Code(lines) => {
                page.control("PP", []);
                page.control("RS", ["4"]);
                page.control("EX", []);
                for line in lines {
                    page.text([roman(*line)]);
                }
                page.control("EE", []);
                page.control("RE", [])
            }
        };
        after_heading = matches!(block, Block::Heading(..));
    }
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

fn blocks(markdown: &str) -> Vec<Block<'_>> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines().peekable();
    while let Some(line) = lines.next() {
        if line.starts_with('#') {
            let title = line.trim_start_matches('#');
            blocks.push(Block::Heading(line.len() - title.len(), title.trim()));
        } else if line.starts_with("```") {
            let code = lines.by_ref().take_while(|line| !line.starts_with("```"));
            blocks.push(Block::Code(code.collect()));
        } else if let Some(item) = line.strip_prefix("- ") {
            let mut item = item.to_owned();
            while let Some(more) = lines.next_if(|line| line.starts_with("  ")) {
                item.push(' ');
                item.push_str(more.trim());
            }
            blocks.push(Block::Item(item));
        } else if !line.trim().is_empty() {
            let mut paragraph = line.trim().to_owned();
            while let Some(more) = lines.next_if(|line| !begins_another(line)) {
                paragraph.push(' ');
                paragraph.push_str(more.trim());
            }
            blocks.push(Block::Paragraph(paragraph));
        }
    }
    blocks
}

/// Whether a line cannot be part of the paragraph before it.
fn begins_another(line: &str) -> bool {
    line.trim().is_empty()
        || line.starts_with('#')
        || line.starts_with("```")
        || line.starts_with("- ")
}

fn append_item<'p>(page: &'p mut Roff, item: &str) -> &'p mut Roff {
    let term = item
        .split_once("`: ")
        .filter(|(term, _)| term.starts_with('`'));
    if let Some((term, explanation)) = term {
        page.control("TP", []);
        page.text(inlines(&format!("{term}`")));
        page.text(inlines(explanation))
    } else {
        page.control("IP", ["\\(bu", "2"]);
        page.text(inlines(item))
    }
}

/// Text with its `code` and **bold** parts in bold. A mark without its partner stands for itself.
fn inlines(text: &str) -> Vec<Inline> {
    let mut parts = Vec::new();
    let mut rest = text;
    while let Some(at) = rest.find(['`', '*']) {
        let mark = if rest[at..].starts_with('`') {
            "`"
        } else {
            "**"
        };
        let marked = rest[at..]
            .strip_prefix(mark)
            .and_then(|inner| inner.split_once(mark))
            .filter(|(inner, _)| !inner.is_empty());
        let Some((inner, after)) = marked else {
            parts.push(roman(&rest[..=at]));
            rest = &rest[at + 1..];
            continue;
        };
        parts.push(roman(&rest[..at]));
        parts.push(bold(inner));
        rest = after;
    }
    parts.push(roman(rest));
    parts
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
    }

    #[test]
    fn code_and_bold_are_bold_and_single_marks_stay() {
        check(
            "say `a*b` **loud** * ` end",
            "say \\fBa*b\\fR \\fBloud\\fR * ` end\n",
        );
        check("`` and **", "`` and **\n");
    }
}
