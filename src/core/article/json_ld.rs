//! What a page says of its article in JSON-LD (schema.org), which is often written with mistakes.

use serde_json::Value;

use crate::core::text::html::to_text;

/// Nesting of values that is followed.
const LEVELS: usize = 6;
/// Values that are looked at in a page.
const VALUES: usize = 2_000;

/// An article, as its page describes it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct JsonLdArticle {
    pub headline: Option<String>,
    pub authors: Vec<String>,
    pub published: Option<String>,
    pub language: Option<String>,
    /// Its text, in paragraphs if those are known.
    pub body: Option<String>,
    /// `isAccessibleForFree`, of the article or else of a part of it.
    pub free: Option<bool>,
    address: Option<String>,
}

/// The description of a page's own article: the one that names an address of the page, else the first with a
/// text, else the first.
pub(super) fn described(scripts: &[String], addresses: &[&str]) -> Option<JsonLdArticle> {
    let mut found = Vec::new();
    let mut left = VALUES;
    for script in scripts {
        for value in values(script) {
            collect(&value, LEVELS, &mut left, &mut found);
        }
    }
    let is_here = |article: &JsonLdArticle| {
        let address = article.address.as_deref().map(bare);
        address.is_some_and(|address| addresses.iter().any(|known| bare(known) == address))
    };
    let best = found
        .iter()
        .position(|article| is_here(article) && article.body.is_some())
        .or_else(|| found.iter().position(is_here))
        .or_else(|| found.iter().position(|article| article.body.is_some()))
        .unwrap_or(0);
    (!found.is_empty()).then(|| found.swap_remove(best))
}

/// An address without what differs between two names of one page.
fn bare(address: &str) -> &str {
    let end = address.find(['#', '?']).unwrap_or(address.len());
    let address = &address[..end];
    let address = address.split_once("://").map_or(address, |(_, rest)| rest);
    address.trim_end_matches('/')
}

fn collect(value: &Value, levels: usize, left: &mut usize, found: &mut Vec<JsonLdArticle>) {
    if levels == 0 || *left == 0 {
        return;
    }
    *left -= 1;
    match value {
        Value::Array(values) => {
            for value in values {
                collect(value, levels - 1, left, found);
            }
        }
        Value::Object(object) => {
            if is_article(value) {
                found.push(read(value));
            }
            // What a page is about; lists of other stories are not followed.
            for key in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(inner) = object.get(key) {
                    collect(inner, levels - 1, left, found);
                }
            }
        }
        _ => {}
    }
}

fn is_article(value: &Value) -> bool {
    let is = |name: &str| {
        let name = name.rsplit(['/', ':']).next().unwrap_or_default();
        name.ends_with("Article")
            || matches!(
                name,
                "BlogPosting"
                    | "LiveBlogPosting"
                    | "Report"
                    | "SocialMediaPosting"
                    | "PressRelease"
            )
    };
    texts(value.get("@type")).iter().any(|name| is(name))
}

fn read(value: &Value) -> JsonLdArticle {
    let text = |key: &str| texts(value.get(key)).into_iter().next();
    let body = text("articleBody")
        .or_else(|| text("text"))
        .map(|body| to_text(&body))
        .filter(|body| !body.is_empty());
    let address = text("url")
        .or_else(|| texts(value.get("mainEntityOfPage")).into_iter().next())
        .or_else(|| {
            let page = value.get("mainEntityOfPage")?;
            let id = page.get("@id").or_else(|| page.get("url"))?;
            id.as_str().map(str::to_owned)
        });
    let parts = || {
        let part = value.get("hasPart")?;
        let parts = part
            .as_array()
            .map_or(std::slice::from_ref(part), Vec::as_slice);
        parts
            .iter()
            .find_map(|part| boolean(part.get("isAccessibleForFree")))
    };
    JsonLdArticle {
        headline: text("headline")
            .or_else(|| text("name"))
            .map(|it| to_text(&it)),
        authors: names(value.get("author")),
        published: text("datePublished").or_else(|| text("dateCreated")),
        language: text("inLanguage"),
        body,
        free: boolean(value.get("isAccessibleForFree")).or_else(parts),
        address,
    }
}

fn boolean(value: Option<&Value>) -> Option<bool> {
    match value? {
        Value::Bool(is) => Some(*is),
        Value::String(text) => {
            let word = text.trim().rsplit('/').next().unwrap_or_default();
            match word.to_ascii_lowercase().as_str() {
                "true" | "yes" | "1" => Some(true),
                "false" | "no" | "0" => Some(false),
                _ => None,
            }
        }
        Value::Number(number) => number.as_i64().map(|number| number != 0),
        _ => None,
    }
}

/// A text or a list of them.
fn texts(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| {
        let text = match value {
            Value::String(text) => text.as_str(),
            Value::Object(object) => object
                .get("@value")
                .or_else(|| object.get("name"))?
                .as_str()?,
            _ => return None,
        };
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    };
    match value {
        Some(Value::Array(values)) => values.iter().take(100).filter_map(one).collect(),
        Some(value) => one(value).into_iter().collect(),
        None => Vec::new(),
    }
}

fn names(value: Option<&Value>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in texts(value) {
        let name = to_text(&name);
        let is_name = !name.is_empty() && !name.contains("://") && name.chars().count() <= 100;
        if is_name && !names.contains(&name) && names.len() < 20 {
            names.push(name);
        }
    }
    names
}

/// The values of a script: usually one. Comments around it, control characters in its texts, commas behind the
/// last of a list and reversed solidi before what needs none are forgiven.
fn values(script: &str) -> Vec<Value> {
    let script = bare_script(script);
    if let Ok(value) = serde_json::from_str(script) {
        return vec![value];
    }
    let mended = mended(script);
    let read = |text: &str| -> Vec<Value> {
        serde_json::Deserializer::from_str(text)
            .into_iter()
            .map_while(Result::ok)
            .take(100)
            .collect()
    };
    let values = read(&mended);
    if values.is_empty() && script.contains("&quot;") {
        return read(&crate::core::text::entities::decode_entities(script));
    }
    values
}

fn bare_script(script: &str) -> &str {
    let mut script = script.trim();
    loop {
        let before = script;
        for opening in [
            "<!--",
            "//<![CDATA[",
            "// <![CDATA[",
            "/*<![CDATA[*/",
            "<![CDATA[",
            "\u{feff}",
        ] {
            script = script.strip_prefix(opening).unwrap_or(script).trim_start();
        }
        for ending in ["-->", "//]]>", "// ]]>", "/*]]>*/", "]]>", ";", "//"] {
            script = script.strip_suffix(ending).unwrap_or(script).trim_end();
        }
        if before == script {
            return script;
        }
    }
}

fn mended(json: &str) -> String {
    let mut out = String::with_capacity(json.len());
    let mut in_text = false;
    let mut escaped = false;
    // Where a comma stands behind which no value has come yet.
    let mut comma: Option<usize> = None;
    for character in json.chars() {
        if in_text {
            if escaped {
                escaped = false;
                if !matches!(
                    character,
                    '"' | '\\' | '/' | 'b' | 'f' | 'n' | 'r' | 't' | 'u'
                ) {
                    out.pop();
                }
                if u32::from(character) < 0x20 {
                    out.push(' ');
                    continue;
                }
                out.push(character);
                continue;
            }
            match character {
                '\\' => escaped = true,
                '"' => in_text = false,
                '\n' => {
                    out.push_str("\\n");
                    continue;
                }
                control if u32::from(control) < 0x20 => {
                    out.push(' ');
                    continue;
                }
                _ => {}
            }
            out.push(character);
            continue;
        }
        match character {
            '"' => in_text = true,
            ',' if comma.is_some() => continue,
            ',' => {
                comma = Some(out.len());
                out.push(',');
                continue;
            }
            '}' | ']' => {
                if let Some(at) = comma {
                    out.replace_range(at..=at, " ");
                }
            }
            _ => {}
        }
        if !character.is_whitespace() {
            comma = None;
        }
        out.push(character);
    }
    out
}

#[cfg(test)]
mod tests;
