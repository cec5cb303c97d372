CREATE TABLE feed (
  id            TEXT PRIMARY KEY,    -- of feeds.toml
  url           TEXT NOT NULL,       -- as configured when last polled
  title         TEXT,                -- as the feed calls itself
  state         TEXT NOT NULL,       -- JSON: validators, health, failures, next poll
  next_poll_at  INTEGER NOT NULL,    -- Unix seconds, as everywhere
  first_success_at INTEGER,
  last_body_at  INTEGER,             -- the newest body whose entries are stored
  told_health   TEXT,                -- what operators were last told of it
  warnings      TEXT NOT NULL DEFAULT '[]'  -- JSON: what had to be rescued in the last body
) STRICT;

CREATE TABLE outage (                -- times in which a feed failed
  feed_id       TEXT NOT NULL REFERENCES feed (id),
  began_at      INTEGER NOT NULL,
  ended_at      INTEGER,             -- NULL while it lasts
  reason        TEXT NOT NULL,       -- of the first failure
  PRIMARY KEY (feed_id, began_at)
) STRICT, WITHOUT ROWID;
CREATE INDEX outage_lasting ON outage (feed_id) WHERE ended_at IS NULL;
CREATE INDEX outage_ended ON outage (ended_at) WHERE ended_at IS NOT NULL;

CREATE TABLE entry (
  id            INTEGER PRIMARY KEY,
  feed_id       TEXT NOT NULL REFERENCES feed (id),
  key           TEXT NOT NULL,       -- identity within the feed: guid, link or hash
  revision      INTEGER NOT NULL,    -- 0 as first seen, then counted up
  content_hash  TEXT NOT NULL,       -- of what a reader sees
  title         TEXT NOT NULL,
  summary       TEXT NOT NULL,
  text          TEXT NOT NULL,
  author        TEXT NOT NULL,
  categories    TEXT NOT NULL,       -- JSON
  language      TEXT,
  link          TEXT,
  published_at  INTEGER,
  updated_at    INTEGER,
  first_seen_at INTEGER NOT NULL,
  last_seen_at  INTEGER NOT NULL,    -- in a body of its feed; some hours behind at most
  revised_at    INTEGER,
  backlog       INTEGER NOT NULL,    -- 1: older than the feed's first poll by more than the backlog
  UNIQUE (feed_id, key)
) STRICT;
CREATE INDEX entry_last_seen ON entry (last_seen_at);

CREATE TABLE revision (              -- what an entry said before it was revised
  entry_id      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  revision      INTEGER NOT NULL,
  title         TEXT NOT NULL,
  summary       TEXT NOT NULL,
  text          TEXT NOT NULL,
  author        TEXT NOT NULL,
  categories    TEXT NOT NULL,
  language      TEXT,
  link          TEXT,
  published_at  INTEGER,
  updated_at    INTEGER,
  replaced_at   INTEGER NOT NULL,
  PRIMARY KEY (entry_id, revision)
) STRICT, WITHOUT ROWID;

CREATE TABLE hit (
  id            INTEGER PRIMARY KEY,
  entry_id      INTEGER NOT NULL REFERENCES entry (id),
  revision      INTEGER NOT NULL,    -- of the entry that matched; spans point into it
  watch_id      TEXT NOT NULL,
  watch_title   TEXT NOT NULL,
  topic         TEXT NOT NULL,
  watch_version TEXT NOT NULL,       -- hash of the watch's text
  program_version TEXT NOT NULL,
  score         INTEGER NOT NULL,
  spans         TEXT NOT NULL,       -- JSON: field, start, end, term
  found_at      INTEGER NOT NULL,
  muted         INTEGER NOT NULL DEFAULT 0,  -- 1: stored, and nobody was told
  UNIQUE (entry_id, watch_id)
) STRICT;
CREATE INDEX hit_found ON hit (found_at);
CREATE INDEX hit_watch ON hit (watch_id, found_at);

CREATE TABLE outbox (
  id            INTEGER PRIMARY KEY,
  recipient_id  TEXT NOT NULL,
  address       TEXT NOT NULL,
  sender        TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('alert', 'digest', 'notice')),
  watch_id      TEXT,                -- of an alert
  message_id    TEXT NOT NULL UNIQUE,
  subject       TEXT NOT NULL,
  hits          INTEGER NOT NULL,
  state         TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'undeliverable', 'discarded')),
  attempts      INTEGER NOT NULL DEFAULT 0,
  doubtful_attempts INTEGER NOT NULL DEFAULT 0,  -- outcome unknown: may have arrived already
  created_at    INTEGER NOT NULL,
  next_attempt_at INTEGER NOT NULL,
  settled_at    INTEGER,
  reply         TEXT                 -- what the server, or the failure, said last
) STRICT;
CREATE INDEX outbox_made ON outbox (recipient_id, kind, created_at);
CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE state IN ('queued', 'sending');

CREATE TABLE rest (                  -- while it lasts, no message is tried
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  until         INTEGER NOT NULL,
  why           TEXT NOT NULL,
  refused       INTEGER NOT NULL     -- 1: a person has to act, and time alone mends nothing
) STRICT;

CREATE TABLE message (               -- apart from its row, which changes with every attempt
  outbox_id     INTEGER PRIMARY KEY REFERENCES outbox (id) ON DELETE CASCADE,
  bytes         BLOB NOT NULL        -- complete, RFC 5322
) STRICT;

CREATE TABLE delivery (              -- what each recipient is owed
  hit_id        INTEGER NOT NULL REFERENCES hit (id),
  recipient_id  TEXT NOT NULL,
  urgency       TEXT NOT NULL CHECK (urgency IN ('alert', 'digest')),
  alert_id      INTEGER REFERENCES outbox (id),
  digest_id     INTEGER REFERENCES outbox (id),
  PRIMARY KEY (hit_id, recipient_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX delivery_alert_due ON delivery (recipient_id) WHERE urgency = 'alert' AND alert_id IS NULL;
CREATE INDEX delivery_alert ON delivery (alert_id) WHERE alert_id IS NOT NULL;
CREATE INDEX delivery_digest ON delivery (digest_id) WHERE digest_id IS NOT NULL;
CREATE INDEX delivery_digest_due ON delivery (recipient_id) WHERE digest_id IS NULL;

CREATE TABLE recipient (
  id            TEXT PRIMARY KEY,
  last_due_at   INTEGER NOT NULL,    -- the digest time last seen to
  covered_until INTEGER NOT NULL,    -- end of the window of the last digest
  told_troubles TEXT NOT NULL        -- JSON: what the last digest said of feeds in trouble
) STRICT;

CREATE TABLE mute (                  -- watches whose hits are stored and told to nobody for a while
  id            INTEGER PRIMARY KEY,
  watch_id      TEXT NOT NULL,
  reason        TEXT NOT NULL,
  begins_at     INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL
) STRICT;
CREATE INDEX mute_watch ON mute (watch_id, ends_at);

CREATE VIRTUAL TABLE hit_text USING fts5 (  -- by hit: the words that matched
  title, summary, text,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER hit_let_go BEFORE DELETE ON hit BEGIN
  DELETE FROM hit_text WHERE rowid = old.id;
  DELETE FROM delivery WHERE hit_id = old.id;
END;
