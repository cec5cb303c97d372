//! Headers of tables, `[mail]` and `[[watch]]`.

use super::known_keys::LISTS;
use super::punctuation::{COMMENTS, in_quotes, is_odd_quote};
use super::scanner::{Header, Scanner};

impl Scanner<'_> {
    /// `[mail]`, `[[watch]]`.
    pub(super) fn header(&mut self) {
        let start = self.at;
        let end = self.line_end(start);
        let line = &self.text[start..end];
        let content = line.split(" #").next().unwrap_or(line).trim_end();
        let opening = content.len() - content.trim_start_matches('[').len();
        let inner = content.trim_start_matches('[');
        let name_length = inner.find([']', '#']).unwrap_or(inner.len());
        let name = inner[..name_length].trim();
        let behind = &inner[name_length..];
        let closing = behind.len() - behind.trim_start_matches(']').len();
        let more = behind.trim_start_matches(']').trim();
        let span = start..start + content.len();
        self.at = end;
        if let Some((list, id)) = name.split_once([' ', ':', '='])
            && LISTS.contains(&list)
            && !id.trim().is_empty()
        {
            let id = id
                .trim()
                .trim_matches(|c| is_odd_quote(c) || matches!(c, '"' | '\''));
            let message = format!(
                "`[[{list}]]` has no name in its brackets: below it stands `id = {}`",
                in_quotes(id)
            );
            self.report_structural_mistakes(span.clone(), message, format!("[[{list}]]"));
            self.found.tables.push(Header {
                name: list.to_owned(),
                is_list: true,
                span,
            });
            return;
        }
        let is_list = opening > 1 || closing > 1 || LISTS.contains(&name);
        let header = if is_list {
            format!("[[{name}]]")
        } else {
            format!("[{name}]")
        };
        let whole = matches!((opening, closing), (1, 1) | (2, 2));
        if !whole {
            let message = "the name of a table stands between as many brackets on both sides";
            self.report_structural_mistakes(span.clone(), message, header);
        } else if opening == 1 && LISTS.contains(&name) {
            let message = format!("there may be several of these, so each begins with `{header}`");
            self.report_structural_mistakes(span.clone(), message, header);
        } else if !more.is_empty() && !more.starts_with('#') {
            let message = "nothing stands behind the name of a table on its line";
            let help = match COMMENTS.iter().find_map(|sign| more.strip_prefix(sign)) {
                Some(comment) => format!("{header} # {}", comment.trim()),
                None => header,
            };
            self.report_structural_mistakes(span.clone(), message, help);
        }
        self.found.tables.push(Header {
            name: name.to_owned(),
            is_list,
            span,
        });
    }
}
