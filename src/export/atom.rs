//! Hits as an Atom feed (RFC 4287).

use std::io::{self, Write};

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{Form, headline, outlet};
use crate::core::article::PageRead;
use crate::core::feed::links::target;
use crate::core::text::visible::visible_text;
use crate::store::hits::HitRow;

/// An Atom feed.
pub struct Atom<W: Write>(Writer<W>);

impl<W: Write> Atom<W> {
    /// Begins one.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, now: Timestamp) -> io::Result<Self> {
        let mut atom = Self(Writer::new_with_indent(out, b' ', 2));
        atom.0
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let start =
            BytesStart::new("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom")]);
        atom.0.write_event(Event::Start(start))?;
        atom.text("id", "urn:newsvigil:hits")?;
        atom.text("title", "newsvigil hits")?;
        atom.text("updated", &now.to_string())?;
        Ok(atom)
    }

    fn text(&mut self, element: &str, text: &str) -> io::Result<()> {
        self.0
            .create_element(element)
            .write_text_content(BytesText::new(&xml_characters(text)))?;
        Ok(())
    }
}

impl<W: Write> Form for Atom<W> {
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
        self.0.write_event(Event::Start(BytesStart::new("entry")))?;
        self.text("id", &format!("urn:newsvigil:hit:{}", hit.id))?;
        self.text("title", &headline(hit))?;
        self.text("updated", &hit.found.to_string())?;
        if let Some(published) = hit.published {
            self.text("published", &published.to_string())?;
        }
        self.0
            .create_element("author")
            .write_inner_content(|writer| {
                writer
                    .create_element("name")
                    .write_text_content(BytesText::new(&xml_characters(outlet(hit))))?;
                Ok(())
            })?;
        self.0
            .create_element("category")
            .with_attribute(("term", xml_characters(&hit.watch_id).as_str()))
            .write_empty()?;
        let number = hit.entry_id.to_string();
        self.0
            .create_element("category")
            .with_attributes([
                ("scheme", "urn:newsvigil:entry"),
                ("term", number.as_str()),
                ("label", format!("item {number}").as_str()),
            ])
            .write_empty()?;
        for place in places {
            self.0
                .create_element("category")
                .with_attributes([("scheme", "urn:newsvigil:place"), ("term", *place)])
                .write_empty()?;
        }
        if hit.later {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:found"),
                    ("term", "later"),
                    ("label", "found later"),
                ])
                .write_empty()?;
        }
        if hit.in_article {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:found"),
                    ("term", "article"),
                    ("label", "found in the article"),
                ])
                .write_empty()?;
        }
        if let Some(page) = page {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:article"),
                    ("term", page.verdict_name()),
                ])
                .write_empty()?;
        }
        if let Some(judgment) = &hit.judgment {
            self.0
                .create_element("category")
                .with_attributes([
                    ("scheme", "urn:newsvigil:judgment"),
                    ("term", judgment.verdict.name()),
                ])
                .write_empty()?;
        }
        if let Some(told) = &hit.told {
            self.0
                .create_element("category")
                .with_attributes([("scheme", "urn:newsvigil:told"), ("term", told.as_str())])
                .write_empty()?;
        }
        if let Some(given) = &hit.link {
            let link = target(given);
            self.0
                .create_element("link")
                .with_attribute(("href", xml_characters(&link).as_str()))
                .write_empty()?;
            if link != *given {
                self.0
                    .create_element("link")
                    .with_attributes([("rel", "via"), ("href", xml_characters(given).as_str())])
                    .write_empty()?;
            }
        }
        let summary = if hit.summary.is_empty() {
            &hit.text
        } else {
            &hit.summary
        };
        self.text("summary", summary)?;
        self.0.write_event(Event::End(BytesEnd::new("entry")))
    }

    fn end(&mut self) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new("feed")))?;
        self.0.get_mut().write_all(b"\n")?;
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.get_mut().flush()
    }
}

/// In visible characters, and without those that XML 1.0 has no way to write (section 2.2).
fn xml_characters(text: &str) -> String {
    let text = visible_text(text);
    text.chars()
        .filter(|c| {
            matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
        })
        .collect()
}
