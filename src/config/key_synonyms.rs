//! What people write for a key: other programs' names for it.

/// Names, and the keys that they stand for, the likeliest first.
const SYNONYMS: [(&str, &[&str]); 148] = [
    ("query", &["match"]),
    ("search", &["match"]),
    ("keywords", &["match"]),
    ("keyword", &["match"]),
    ("expression", &["match"]),
    ("terms", &["match"]),
    ("term", &["match"]),
    ("words", &["match"]),
    ("pattern", &["match"]),
    ("rule", &["match"]),
    ("filter", &["match"]),
    ("matches", &["match"]),
    ("q", &["match"]),
    ("consulta", &["match"]),
    ("búsqueda", &["match"]),
    ("e-mail", &["address", "from"]),
    ("email", &["address", "from"]),
    ("mail", &["address"]),
    ("mailto", &["address"]),
    ("to", &["address", "recipients"]),
    ("addr", &["address"]),
    ("adresse", &["address"]),
    ("correo", &["address"]),
    ("recipient", &["recipients", "address"]),
    ("notify", &["recipients"]),
    ("receivers", &["recipients"]),
    ("readers", &["recipients"]),
    ("users", &["recipients"]),
    ("send_to", &["recipients", "address"]),
    ("name", &["title", "id"]),
    ("label", &["title", "topic", "name"]),
    ("heading", &["title"]),
    ("headline", &["title"]),
    ("description", &["title"]),
    ("full_name", &["name"]),
    ("display_name", &["name"]),
    ("title", &["name"]),
    ("key", &["id"]),
    ("ident", &["id"]),
    ("identifier", &["id"]),
    ("slug", &["id"]),
    ("nombre", &["title", "name"]),
    ("tz", &["timezone"]),
    ("zone", &["timezone"]),
    ("time_zone", &["timezone"]),
    ("time-zone", &["timezone"]),
    ("zeitzone", &["timezone"]),
    ("freq", &["every"]),
    ("frequency", &["every"]),
    ("interval", &["every"]),
    ("poll", &["every"]),
    ("poll_interval", &["every"]),
    ("period", &["every"]),
    ("refresh", &["every"]),
    ("schedule", &["digest", "every"]),
    ("time", &["digest"]),
    ("times", &["digest"]),
    ("at", &["digest"]),
    ("when", &["digest"]),
    ("digests", &["digest"]),
    ("send_at", &["digest"]),
    ("quiet_hours", &["quiet"]),
    ("silent", &["quiet"]),
    ("do_not_disturb", &["quiet"]),
    ("urgent", &["urgency", "alerts"]),
    ("priority", &["urgency"]),
    ("level", &["urgency"]),
    ("mode", &["urgency", "transport"]),
    ("alert", &["alerts", "urgency"]),
    ("word", &["words", "match"]),
    ("wordlist", &["words"]),
    ("word_list", &["words"]),
    ("list", &["words"]),
    ("all", &["any"]),
    ("alert_threshold", &["alert_above"]),
    ("alert_from", &["alert_above"]),
    ("alert_score", &["alert_above"]),
    ("min_alert", &["alert_above"]),
    ("corroboration", &["corroborated"]),
    ("corroborate", &["corroborated"]),
    ("confirmed", &["corroborated"]),
    ("confirmed_by", &["corroborated"]),
    ("min_outlets", &["corroborated"]),
    ("min_sources", &["corroborated"]),
    ("admin", &["operator"]),
    ("is_operator", &["operator"]),
    ("empty", &["send_empty"]),
    ("lang", &["languages", "language"]),
    ("langs", &["languages"]),
    ("language", &["languages"]),
    ("languages", &["language"]),
    ("idioma", &["language", "languages"]),
    ("idiomas", &["languages"]),
    ("sources", &["feeds"]),
    ("source", &["feeds", "url"]),
    ("outlets", &["feeds"]),
    ("sites", &["feeds"]),
    ("feed", &["feeds", "url"]),
    ("tag", &["tags", "feeds"]),
    ("labels", &["tags"]),
    ("categories", &["tags", "topics"]),
    ("category", &["topic", "tags"]),
    ("group", &["topic", "tags"]),
    ("subject", &["topic", "title"]),
    ("theme", &["topic"]),
    ("section", &["topic"]),
    ("topics", &["topic"]),
    ("topic", &["topics"]),
    ("watch", &["watches"]),
    ("rules", &["watches", "watch"]),
    ("link", &["url"]),
    ("href", &["url"]),
    ("uri", &["url"]),
    ("xmlurl", &["url"]),
    ("rss", &["url"]),
    ("feed_url", &["url"]),
    ("address", &["url", "from"]),
    ("scores", &["score"]),
    ("weights", &["score"]),
    ("points", &["score"]),
    ("minimum", &["threshold", "min_score"]),
    ("min", &["threshold", "min_score"]),
    ("limit", &["threshold"]),
    ("tests", &["examples"]),
    ("example", &["examples"]),
    ("positive", &["yes"]),
    ("negative", &["no"]),
    ("server", &["host"]),
    ("hostname", &["host"]),
    ("smtp", &["host", "transport"]),
    ("user", &["username"]),
    ("login", &["username"]),
    ("sender", &["from"]),
    ("encryption", &["tls"]),
    ("pass", &["password", "password_file"]),
    ("article", &["articles"]),
    ("articles", &["fetch"]),
    ("fetch", &["articles"]),
    ("fulltext", &["articles", "fetch"]),
    ("full_text", &["articles", "fetch"]),
    ("css", &["selector"]),
    ("css_selector", &["selector"]),
    ("content_selector", &["selector"]),
    ("exclude", &["remove"]),
    ("strip", &["remove"]),
    ("cookies", &["cookie"]),
    ("delay", &["gap"]),
    ("pages", &["daily_pages"]),
];

/// The known key that was meant by another name for it.
pub(super) fn meant_by<'k>(name: &str, known: &[&'k str]) -> Option<&'k str> {
    let lower = name.to_lowercase();
    let same = |key: &str| known.iter().copied().find(|known| *known == key);
    let plain = lower.replace(['-', ' '], "_");
    same(&lower).or_else(|| same(&plain)).or_else(|| {
        let named = SYNONYMS
            .iter()
            .find(|(synonym, _)| *synonym == lower || *synonym == plain)?;
        named.1.iter().find_map(|key| same(key))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_stands_for_a_key_that_the_table_knows() {
        let watch = ["id", "title", "topic", "match", "languages", "recipients"];
        for (name, key) in [
            ("query", Some("match")),
            ("Keywords", Some("match")),
            ("name", Some("title")),
            ("lang", Some("languages")),
            ("Match", Some("match")),
            ("tz", None),
        ] {
            assert_eq!(meant_by(name, &watch), key, "{name}");
        }
        let recipient = ["id", "address", "name", "timezone", "send_empty"];
        assert_eq!(meant_by("e-mail", &recipient), Some("address"));
        assert_eq!(meant_by("mail", &recipient), Some("address"));
        assert_eq!(meant_by("tz", &recipient), Some("timezone"));
        assert_eq!(meant_by("send-empty", &recipient), Some("send_empty"));
        assert_eq!(meant_by("title", &recipient), Some("name"));
    }
}
