//! Hits as an Atom feed (RFC 4287).

use std::io::{self, Write};

use jiff::Timestamp;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

use super::{HitWriter, headline, outlet};
use crate::core::article::PageRead;
use crate::core::digest::safe_link;
use crate::core::feed::links::target;
use crate::core::text::sanitize::visible_text;
use crate::store::hits::HitRow;

/// What a feed says of itself.
#[derive(Clone, Debug)]
pub struct AtomFeedMetadata {
    /// Its id, an IRI that no other feed has and that stays.
    pub id: String,
    /// Its title.
    pub title: String,
    /// When something came last.
    pub updated: Timestamp,
    /// Where the reading room is, as `https://news.example.org`; `None` outside of it.
    pub base: Option<String>,
    /// What it asks for there.
    pub query: String,
}

impl AtomFeedMetadata {
    /// That of what a command writes.
    pub fn of_command(now: Timestamp) -> Self {
        Self {
            id: "urn:newsvigil:hits".to_owned(),
            title: "newsvigil hits".to_owned(),
            updated: now,
            base: None,
            query: String::new(),
        }
    }

    /// The address of a page with what it asks for.
    fn address(&self, base: &str, path: &str) -> String {
        if self.query.is_empty() {
            format!("{base}{path}")
        } else {
            format!("{base}{path}?{}", self.query)
        }
    }
}

/// An Atom feed.
pub struct AtomWriter<W: Write> {
    writer: Writer<W>,
    base: Option<String>,
}

impl<W: Write> AtomWriter<W> {
    /// Begins one.
    ///
    /// # Errors
    /// What `out` says.
    pub fn new(out: W, channel: &AtomFeedMetadata) -> io::Result<Self> {
        let mut atom = Self {
            writer: Writer::new_with_indent(out, b' ', 2),
            base: channel.base.clone(),
        };
        atom.writer
            .write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        let start =
            BytesStart::new("feed").with_attributes([("xmlns", "http://www.w3.org/2005/Atom")]);
        atom.writer.write_event(Event::Start(start))?;
        atom.text("id", &channel.id)?;
        atom.text("title", &channel.title)?;
        atom.text("updated", &channel.updated.to_string())?;
        if let Some(base) = &channel.base {
            let own = channel.address(base, "/hits.atom");
            atom.link("self", "application/atom+xml", &own)?;
            let page = channel.address(base, "/hits");
            atom.link("alternate", "text/html", &page)?;
        }
        Ok(atom)
    }

    fn link(&mut self, rel: &str, media: &str, address: &str) -> io::Result<()> {
        let attributes = [("rel", rel), ("type", media), ("href", address)];
        self.writer
            .create_element("link")
            .with_attributes(attributes)
            .write_empty()?;
        Ok(())
    }

    fn category(&mut self, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.writer
            .create_element("category")
            .with_attributes(attributes.iter().copied())
            .write_empty()?;
        Ok(())
    }

    fn text(&mut self, element: &str, text: &str) -> io::Result<()> {
        self.writer
            .create_element(element)
            .write_text_content(BytesText::new(&xml_characters(text)))?;
        Ok(())
    }
}

impl<W: Write> HitWriter for AtomWriter<W> {
    fn hit(&mut self, hit: &HitRow, places: &[&str], page: Option<&PageRead>) -> io::Result<()> {
        self.writer
            .write_event(Event::Start(BytesStart::new("entry")))?;
        self.text("id", &format!("urn:newsvigil:hit:{}", hit.id))?;
        self.text("title", &headline(hit))?;
        self.text("updated", &hit.found.to_string())?;
        if let Some(published) = hit.published {
            self.text("published", &published.to_string())?;
        }
        self.writer
            .create_element("author")
            .write_inner_content(|writer| {
                writer
                    .create_element("name")
                    .write_text_content(BytesText::new(&xml_characters(outlet(hit))))?;
                Ok(())
            })?;
        self.category(&[("term", &xml_characters(&hit.watch_id))])?;
        let number = hit.entry_id.to_string();
        self.category(&[
            ("scheme", "urn:newsvigil:entry"),
            ("term", &number),
            ("label", &format!("item {number}")),
        ])?;
        for place in places {
            self.category(&[("scheme", "urn:newsvigil:place"), ("term", place)])?;
        }
        if hit.later {
            self.category(&[
                ("scheme", "urn:newsvigil:found"),
                ("term", "later"),
                ("label", "found later"),
            ])?;
        }
        if hit.in_article {
            self.category(&[
                ("scheme", "urn:newsvigil:found"),
                ("term", "article"),
                ("label", "found in the article"),
            ])?;
        }
        if let Some(page) = page {
            let verdict = page.verdict_name();
            self.category(&[("scheme", "urn:newsvigil:article"), ("term", verdict)])?;
        }
        if let Some(judgment) = &hit.judgment {
            let verdict = judgment.verdict.name();
            self.category(&[("scheme", "urn:newsvigil:judgment"), ("term", verdict)])?;
        }
        if let Some(told) = &hit.told {
            self.category(&[("scheme", "urn:newsvigil:told"), ("term", told.as_str())])?;
        }
        let has_link = self.links(hit)?;
        let summary = if hit.summary.is_empty() {
            &hit.text
        } else {
            &hit.summary
        };
        // Without a link to what it stands for, an entry has contents (RFC 4287, 4.1.2).
        self.text(if has_link { "summary" } else { "content" }, summary)?;
        self.writer.write_event(Event::End(BytesEnd::new("entry")))
    }

    fn end(&mut self) -> io::Result<()> {
        self.writer.write_event(Event::End(BytesEnd::new("feed")))?;
        self.writer.get_mut().write_all(b"\n")?;
        self.flush()
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.get_mut().flush()
    }
}

impl<W: Write> AtomWriter<W> {
    /// Where it was published, and where it is judged. Gives whether there is any that stands for it.
    fn links(&mut self, hit: &HitRow) -> io::Result<bool> {
        let page = self
            .base
            .as_ref()
            .map(|base| format!("{base}/hits/{}", hit.id));
        let given = hit.link.as_deref().filter(|link| safe_link(link).is_some());
        let Some(given) = given else {
            if let Some(page) = &page {
                self.link("alternate", "text/html", page)?;
            }
            return Ok(page.is_some());
        };
        let link = target(given);
        self.writer
            .create_element("link")
            .with_attribute(("href", xml_characters(&link).as_str()))
            .write_empty()?;
        if link != *given {
            self.writer
                .create_element("link")
                .with_attributes([("rel", "via"), ("href", xml_characters(given).as_str())])
                .write_empty()?;
        }
        if let Some(page) = &page {
            self.link("related", "text/html", page)?;
        }
        Ok(true)
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
