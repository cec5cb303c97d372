//! Names of the configuration, by which a line of it is told from a line of a text.

/// Tables that are lists of tables here.
pub(super) const LISTS: [&str; 3] = ["watch", "feed", "recipient"];

/// Keys whose value is a list of texts.
pub(super) const LIST_KEYS: [&str; 10] = [
    "languages",
    "feeds",
    "recipients",
    "tags",
    "digest",
    "topics",
    "watches",
    "allow",
    "yes",
    "no",
];

/// Keys of the configuration, as far as they tell a line of it from a line of a text.
pub(super) fn is_known_key(key: &str) -> bool {
    matches!(
        key,
        "id" | "title"
            | "topic"
            | "match"
            | "languages"
            | "feeds"
            | "score"
            | "threshold"
            | "alert_above"
            | "urgency"
            | "recipients"
            | "yes"
            | "no"
            | "url"
            | "tags"
            | "language"
            | "every"
            | "address"
            | "name"
            | "timezone"
            | "digest"
            | "alerts"
            | "quiet"
            | "topics"
            | "watches"
            | "min_score"
            | "send_empty"
            | "privacy"
            | "operator"
            | "contact"
            | "allow"
            | "timeout"
            | "max_bytes"
            | "concurrency"
            | "backlog"
            | "retention"
            | "transport"
            | "host"
            | "port"
            | "tls"
            | "username"
            | "password"
            | "password_file"
            | "from"
            | "listen"
    )
}
