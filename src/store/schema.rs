//! The schema, as the list of steps that made it.
//!
//! `user_version` counts the steps taken; `application_id` tells our file from others. A step is
//! never edited once released: mend with another. `tests/migrations/` holds a database of each
//! version, which the tests bring up to date.

use rusqlite::functions::FunctionFlags;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::StoreError;
use crate::core::feed::{key_behind_redirects, place_of};
use crate::core::text::tokenizer::fold_for_index;
use crate::fault;

/// "nwsv" in ASCII.
const APPLICATION_ID: i64 = 0x6e77_7376;

/// Each step with its comment stays in the file, where `sqlite3` shows it to whoever looks.
const STEPS: &[&str] = &["
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
", "
CREATE TABLE poll_begun (            -- polls under way: what is found at a start was cut off by a kill
  feed_id       TEXT PRIMARY KEY,
  url           TEXT NOT NULL,       -- as configured
  begun_at      INTEGER NOT NULL,
  alone         INTEGER NOT NULL,    -- 1: no other was under way
  reading       INTEGER NOT NULL,    -- 1: its body has come, and is being read
  process       TEXT NOT NULL        -- its number and when it began, as the system counts
) STRICT, WITHOUT ROWID;

CREATE TABLE tombstone (             -- items that were let go while their feed still lists them
  feed_id       TEXT NOT NULL REFERENCES feed (id),
  key_hash      BLOB NOT NULL,       -- of entry.key, for that may hold words
  content_hash  TEXT NOT NULL,       -- as in entry
  last_seen_at  INTEGER NOT NULL,    -- as in entry
  PRIMARY KEY (feed_id, key_hash)
) STRICT, WITHOUT ROWID;

DROP INDEX entry_last_seen;
CREATE INDEX entry_age ON entry (max(first_seen_at, coalesce(revised_at, 0)));

DROP TRIGGER hit_let_go;
CREATE VIRTUAL TABLE entry_text USING fts5 (  -- by entry: the words of all its revisions that matched
  title, summary, text,
  content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO entry_text (rowid, title, summary, text)
  SELECT matched.entry_id,
         group_concat(fold_text(coalesce(revision.title, entry.title)), ' '),
         group_concat(fold_text(coalesce(revision.summary, entry.summary)), ' '),
         group_concat(fold_text(coalesce(revision.text, entry.text)), ' ')
  FROM (SELECT DISTINCT entry_id, revision FROM hit) AS matched
  JOIN entry ON entry.id = matched.entry_id
  LEFT JOIN revision ON revision.entry_id = matched.entry_id AND revision.revision = matched.revision
  GROUP BY matched.entry_id;
INSERT INTO entry_text (entry_text, rank) VALUES ('usermerge', 2);
DROP TABLE hit_text;

CREATE TABLE erasure (               -- there is a row while the file holds words of what was deleted
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  round         INTEGER NOT NULL,    -- 1 and 2: entry_text is merged into one part; 3: the pages are made anew
  begun         INTEGER NOT NULL     -- 1: the round goes on
) STRICT;

CREATE TRIGGER hit_let_go BEFORE DELETE ON hit BEGIN
  DELETE FROM delivery WHERE hit_id = old.id;
  DELETE FROM entry_text WHERE rowid = old.entry_id
    AND NOT EXISTS (SELECT 1 FROM hit WHERE entry_id = old.entry_id AND id <> old.id);
  INSERT OR REPLACE INTO erasure (id, round, begun) VALUES (1, 1, 0);
END;
", "
ALTER TABLE outbox ADD COLUMN wording INTEGER;  -- how much it says: see core::digest::Wording; NULL: made
                                                -- by a version that told every hit in full
ALTER TABLE outbox ADD COLUMN family INTEGER    -- the first of the mails that were made anew, one of
  REFERENCES outbox (id);                       -- another, after a server refused their content
ALTER TABLE outbox ADD COLUMN takes_through INTEGER;  -- a digest holds what was owed up to this hit, and
                                                      -- not all of it is marked yet
CREATE INDEX outbox_family ON outbox (family) WHERE family IS NOT NULL;
CREATE INDEX outbox_taking ON outbox (recipient_id) WHERE takes_through IS NOT NULL;

CREATE TABLE told (                  -- what a mail shows; its other hits it tells by count
  outbox_id     INTEGER NOT NULL REFERENCES outbox (id),
  entry_id      INTEGER NOT NULL,
  how           TEXT NOT NULL CHECK (how IN ('full', 'headline')),
  PRIMARY KEY (outbox_id, entry_id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER message_let_go BEFORE DELETE ON message BEGIN
  DELETE FROM told WHERE outbox_id = old.outbox_id;
END;

DROP INDEX delivery_alert_due;       -- it held what a digest had told for ever
CREATE INDEX delivery_alert_owed ON delivery (recipient_id)
  WHERE urgency = 'alert' AND alert_id IS NULL AND digest_id IS NULL;
CREATE INDEX delivery_alerted ON delivery (recipient_id)
  WHERE alert_id IS NOT NULL AND digest_id IS NULL;
DROP INDEX delivery_digest_due;      -- what follows answers without the table
CREATE INDEX delivery_owed ON delivery (recipient_id, hit_id, urgency, alert_id, digest_id)
  WHERE digest_id IS NULL;

CREATE TABLE refusal (               -- whose mail is refused, whatever it says, and was not taken since
  recipient_id  TEXT PRIMARY KEY,
  until         INTEGER NOT NULL,    -- nothing is made or tried for them before that time
  why           TEXT NOT NULL,
  alone         INTEGER NOT NULL     -- 1: mail to others was taken since
) STRICT;
", "
-- An item whose address is a known redirect is known by the article behind it. Of two that were taken
-- for different items, one keeps the name that it had.
UPDATE OR IGNORE entry SET key = key_behind_redirects(key, link)
  WHERE link IS NOT NULL AND key LIKE '%link:%' AND key <> key_behind_redirects(key, link);
ALTER TABLE entry ADD COLUMN place BLOB;  -- its address, or its date where it has none but a front page: what
                                          -- stands at one place and says the same is one item:
                                          -- core::feed::place_of
UPDATE entry SET place = place_of(key, link, published_at);
CREATE INDEX entry_place ON entry (feed_id, place, content_hash) WHERE place IS NOT NULL;

CREATE TABLE hit_anew (              -- a revision may be told that matches by other words
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
  archive       INTEGER NOT NULL DEFAULT 0,  -- 1: of an item that appeared at once with many old ones, and
                                             -- is told with them in one line
  UNIQUE (entry_id, watch_id, revision)
) STRICT;
INSERT INTO hit_anew SELECT *, 0 FROM hit;
DROP TABLE hit;
ALTER TABLE hit_anew RENAME TO hit;
CREATE INDEX hit_found ON hit (found_at);
CREATE INDEX hit_watch ON hit (watch_id, found_at);
CREATE TRIGGER hit_let_go BEFORE DELETE ON hit BEGIN
  DELETE FROM delivery WHERE hit_id = old.id;
  DELETE FROM entry_text WHERE rowid = old.entry_id
    AND NOT EXISTS (SELECT 1 FROM hit WHERE entry_id = old.entry_id AND id <> old.id);
  INSERT OR REPLACE INTO erasure (id, round, begun) VALUES (1, 1, 0);
END;
", "
ALTER TABLE hit ADD COLUMN later INTEGER NOT NULL DEFAULT 0;  -- 1: found in what was stored, by a watch
                                                              -- that was written afterwards
CREATE TABLE unmade (                -- recipients for whom no mail can be composed, while it lasts
  recipient_id  TEXT PRIMARY KEY,
  since         INTEGER NOT NULL,
  why           TEXT NOT NULL
) STRICT;
", "
ALTER TABLE entry ADD COLUMN language_certain INTEGER NOT NULL DEFAULT 0;  -- 1: configured, or declared
                                                                           -- and confirmed by the words
ALTER TABLE revision ADD COLUMN language_certain INTEGER NOT NULL DEFAULT 0;
", "
CREATE TABLE article (               -- pages behind items: those that are to be read, and what came of each
  id            INTEGER PRIMARY KEY AUTOINCREMENT,  -- never given twice, for the queue is read on behind one
  entry_id      INTEGER NOT NULL REFERENCES entry (id) ON DELETE CASCADE,
  revision      INTEGER NOT NULL,    -- of the entry
  feed_id       TEXT NOT NULL,       -- of the entry
  address       TEXT NOT NULL,       -- where it is read next, or was read last
  hops          INTEGER NOT NULL DEFAULT 0,  -- redirects that were followed
  attempts      INTEGER NOT NULL DEFAULT 0,  -- that failed
  queued_at     INTEGER NOT NULL,
  due_at        INTEGER NOT NULL,
  settled_at    INTEGER,             -- NULL while it waits
  verdict       TEXT,                -- see core::article::Verdict; NULL while it waits
  why           TEXT,
  title         TEXT,
  byline        TEXT,
  published_at  INTEGER,
  language      TEXT,
  canonical     TEXT,
  text          BLOB,                -- the item's text with the article in it, deflated (RFC 1951); NULL: the
                                     -- item says what its feed gives
  hits          INTEGER NOT NULL DEFAULT 0,  -- found in it and told, which the feed's day counts
  UNIQUE (entry_id, revision)
) STRICT;
CREATE INDEX article_waiting ON article (id, feed_id) WHERE settled_at IS NULL;
CREATE INDEX article_of_feed ON article (feed_id, settled_at, verdict, hits);

CREATE TABLE article_host (          -- how each host is to be asked
  host          TEXT PRIMARY KEY,
  state         TEXT NOT NULL,       -- JSON: robots.txt, gap, refusals
  changed_at    INTEGER NOT NULL
) STRICT;

ALTER TABLE hit ADD COLUMN in_article INTEGER NOT NULL DEFAULT 0;  -- 1: its spans point into article.text
ALTER TABLE feed ADD COLUMN told_unreadable INTEGER NOT NULL DEFAULT 0;  -- 1: operators were told that no page
                                                                         -- behind its items is ever read
", "
CREATE TABLE story (                 -- items that report one event
  id            INTEGER PRIMARY KEY, -- its first entry's, and never another
  merged_into   INTEGER REFERENCES story (id),  -- an older story that turned out to be the same, itself not merged
  began_at      INTEGER NOT NULL,    -- its first report: published, else seen
  last_at       INTEGER NOT NULL,    -- its latest report, likewise
  closed        INTEGER NOT NULL DEFAULT 0  -- 1: nothing joins it any more: it was split by hand
) STRICT;
CREATE INDEX story_merged ON story (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX story_last ON story (last_at);

CREATE TABLE story_item (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,  -- the order in which items were placed
  entry_id      INTEGER NOT NULL UNIQUE REFERENCES entry (id) ON DELETE CASCADE,
  revision      INTEGER NOT NULL,    -- of the entry, as it was placed or looked at last
  story_id      INTEGER NOT NULL REFERENCES story (id),  -- as it was placed; see story.merged_into
  relation      TEXT NOT NULL CHECK (relation IN ('first', 'same event', 'copy', 'update')),
  copy_of       INTEGER,             -- the entry whose text it has
  sure          INTEGER NOT NULL,    -- 1: like enough to its story to count as an outlet of it
  outlet        TEXT NOT NULL,
  agency        TEXT,                -- that it credits
  victims       INTEGER,             -- the most dead or hurt that it counts
  why           TEXT NOT NULL,       -- a sentence that reads alone
  changed       TEXT,                -- of an update: what it says otherwise, a sentence that reads alone
  corrects      INTEGER NOT NULL DEFAULT 0,  -- 1: so that what it, or another item of its story, said was wrong
  reported_at   INTEGER NOT NULL,    -- published, else seen; never later than seen
  seen_at       INTEGER NOT NULL,    -- as it was placed: the window counts from there
  placed_at     INTEGER NOT NULL,
  changed_at    INTEGER,
  record        BLOB                 -- what core::story compares with; NULL once nothing can join
) STRICT;
CREATE INDEX story_items ON story_item (story_id, reported_at);
CREATE INDEX story_compared ON story_item (seen_at) WHERE record IS NOT NULL;

CREATE TABLE story_link (            -- stories of one event in two languages; each pair both ways round
  story_id      INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  other_id      INTEGER NOT NULL REFERENCES story (id) ON DELETE CASCADE,
  PRIMARY KEY (story_id, other_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX story_link_other ON story_link (other_id);

CREATE TRIGGER story_item_let_go AFTER DELETE ON story_item BEGIN
  DELETE FROM story WHERE id = old.story_id
    AND NOT EXISTS (SELECT 1 FROM story_item WHERE story_id = old.story_id)
    AND NOT EXISTS (SELECT 1 FROM story AS newer WHERE newer.merged_into = old.story_id);
END;
CREATE TRIGGER story_let_go AFTER DELETE ON story WHEN old.merged_into IS NOT NULL BEGIN
  DELETE FROM story WHERE id = old.merged_into
    AND NOT EXISTS (SELECT 1 FROM story_item WHERE story_id = old.merged_into)
    AND NOT EXISTS (SELECT 1 FROM story AS newer WHERE newer.merged_into = old.merged_into);
END;

CREATE TABLE story_waiting (         -- entries that were stored or revised, and not placed since
  entry_id      INTEGER PRIMARY KEY REFERENCES entry (id) ON DELETE CASCADE,
  seen_at       INTEGER NOT NULL,    -- what it says now
  reported_at   INTEGER NOT NULL     -- published, else seen; never later than seen
) STRICT;
CREATE INDEX story_waiting_order ON story_waiting (reported_at);
-- So that what goes on is known as such. What is old is asked for by the index, for rows may be large.
INSERT INTO story_waiting (entry_id, seen_at, reported_at)
  SELECT id, first_seen_at, min(coalesce(published_at, first_seen_at), first_seen_at) FROM entry
  WHERE backlog = 0 AND max(first_seen_at, coalesce(revised_at, 0)) >= -604800 + (
    SELECT max(first_seen_at, coalesce(revised_at, 0)) FROM entry
    ORDER BY max(first_seen_at, coalesce(revised_at, 0)) DESC LIMIT 1)
  ORDER BY max(first_seen_at, coalesce(revised_at, 0)) DESC LIMIT 100000;

ALTER TABLE delivery ADD COLUMN news TEXT;     -- JSON, of what was to be told at once: what was new in it for the
                                               -- recipient, see core::alert::News; NULL: not judged
ALTER TABLE delivery ADD COLUMN victims INTEGER;  -- the most dead or hurt that it counted then
ALTER TABLE delivery ADD COLUMN corroboration TEXT CHECK (corroboration IN ('awaited', 'reached'));  -- by as many
                                               -- independent outlets as its watch asks for
ALTER TABLE delivery ADD COLUMN held_until INTEGER;  -- nothing is new in it, and no digest comes: it waits so long
                                               -- for an alert to go along with
ALTER TABLE delivery ADD COLUMN told_before INTEGER;  -- the mail that told it before it was owed again
CREATE INDEX delivery_awaited ON delivery (recipient_id) WHERE corroboration = 'awaited';
CREATE INDEX delivery_held ON delivery (recipient_id, held_until) WHERE held_until IS NOT NULL;
CREATE INDEX delivery_told_before ON delivery (told_before) WHERE told_before IS NOT NULL;
CREATE INDEX story_changed ON story_item (changed_at) WHERE changed IS NOT NULL;

ALTER TABLE hit ADD COLUMN lead INTEGER;   -- 1: a watch found it in the headline or the first lines; NULL: made
                                           -- by a version that did not look
ALTER TABLE hit ADD COLUMN terms INTEGER;  -- how many different terms of its watch matched; likewise

CREATE TABLE outbox_anew (           -- there are summaries, too
  id            INTEGER PRIMARY KEY,
  recipient_id  TEXT NOT NULL,
  address       TEXT NOT NULL,
  sender        TEXT NOT NULL,
  kind          TEXT NOT NULL CHECK (kind IN ('alert', 'digest', 'notice', 'summary')),
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
  reply         TEXT,                -- what the server, or the failure, said last
  wording       INTEGER,             -- how much it says: see core::digest::Wording; NULL: made by a version
                                     -- that told every hit in full
  family        INTEGER              -- the first of the mails that were made anew, one of another, after a
    REFERENCES outbox (id),          -- server refused their content
  takes_through INTEGER              -- a digest holds what was owed up to this hit, and not all of it is
                                     -- marked yet
) STRICT;
INSERT INTO outbox_anew
  SELECT id, recipient_id, address, sender, kind, watch_id, message_id, subject, hits, state, attempts,
         doubtful_attempts, created_at, next_attempt_at, settled_at, reply, wording, family, takes_through
  FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_anew RENAME TO outbox;
CREATE INDEX outbox_made ON outbox (recipient_id, kind, created_at);
CREATE INDEX outbox_waiting ON outbox (next_attempt_at) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_family ON outbox (family) WHERE family IS NOT NULL;
CREATE INDEX outbox_taking ON outbox (recipient_id) WHERE takes_through IS NOT NULL;

CREATE TABLE summary (               -- who gets a summary of each week
  recipient_id  TEXT PRIMARY KEY,
  last_due_at   INTEGER NOT NULL     -- the time of a summary last seen to
) STRICT, WITHOUT ROWID;

CREATE TABLE watch_began (           -- before it was written, that a watch found nothing says nothing
  watch_id      TEXT PRIMARY KEY,
  began_at      INTEGER NOT NULL     -- first seen in the configuration, or its first hit
) STRICT, WITHOUT ROWID;

CREATE TABLE feed_day (              -- days (UTC) on which a feed was read, some ten weeks back
  feed_id       TEXT NOT NULL,
  day           INTEGER NOT NULL,    -- Unix seconds of its midnight, divided by 86400
  items         INTEGER NOT NULL,    -- never seen before; none of the first body, which holds old ones
  PRIMARY KEY (feed_id, day)
) STRICT, WITHOUT ROWID;
CREATE INDEX feed_day_day ON feed_day (day);
", "
CREATE TABLE feed_listed (           -- feeds of the configuration, and those that were until lately
  feed_id       TEXT PRIMARY KEY,
  unlisted_at   INTEGER              -- when it was not there any more; NULL while it is
) STRICT, WITHOUT ROWID;
ALTER TABLE delivery ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;  -- 1: it stands in the count of its mail alone,
                                               -- and no word of that mail tells its item or its story
", "
CREATE TABLE judgment (              -- what people said of hits
  id            INTEGER PRIMARY KEY,
  hit_id        INTEGER NOT NULL REFERENCES hit (id) ON DELETE CASCADE,
  verdict       TEXT NOT NULL CHECK (verdict IN ('relevant', 'irrelevant', 'undecided')),
  reason        TEXT CHECK (reason IS NULL OR verdict = 'irrelevant' AND
                  reason IN ('too-broad', 'not-a-violation', 'other-place', 'duplicate')),
  note          TEXT NOT NULL,       -- empty for none
  judged_by     TEXT NOT NULL,
  judged_at     INTEGER NOT NULL,
  at_random     INTEGER NOT NULL,    -- 1: the hit was drawn, and not chosen by who judged it
  replaced_at   INTEGER              -- NULL: it is in force
) STRICT;
CREATE UNIQUE INDEX judgment_in_force ON judgment (hit_id) WHERE replaced_at IS NULL;
CREATE INDEX judgment_hit ON judgment (hit_id);

-- What hits are filtered by, so that no text is read for it.
ALTER TABLE hit ADD COLUMN feed_id TEXT;   -- of its entry
ALTER TABLE hit ADD COLUMN language TEXT;  -- of its entry at that revision
ALTER TABLE hit ADD COLUMN verdict TEXT;   -- of its judgment in force
UPDATE hit SET (feed_id, language) = (
  SELECT entry.feed_id, iif(revision.revision IS NULL, entry.language, revision.language)
  FROM entry LEFT JOIN revision ON revision.entry_id = entry.id AND revision.revision = hit.revision
  WHERE entry.id = hit.entry_id);
CREATE INDEX hit_listed ON hit (found_at, id, watch_id, topic, feed_id, language, verdict, entry_id, in_article);
DROP INDEX hit_watch;
CREATE INDEX hit_watch ON hit (watch_id, found_at, verdict, watch_version);
CREATE TRIGGER hit_made AFTER INSERT ON hit BEGIN
  UPDATE hit SET (feed_id, language) = (
    SELECT entry.feed_id, iif(revision.revision IS NULL, entry.language, revision.language)
    FROM entry LEFT JOIN revision ON revision.entry_id = entry.id AND revision.revision = new.revision
    WHERE entry.id = new.entry_id)
  WHERE id = new.id;
END;

CREATE TABLE web_invite (            -- links into the reading room that nobody has used
  token_hash    BLOB PRIMARY KEY,    -- SHA-256
  name          TEXT NOT NULL,       -- of who is invited
  made_at       INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE web_session (           -- who is in the reading room
  token_hash    BLOB PRIMARY KEY,    -- SHA-256
  name          TEXT NOT NULL,
  began_at      INTEGER NOT NULL,
  ends_at       INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE saved_search (
  name          TEXT PRIMARY KEY,
  query         TEXT NOT NULL,       -- as the address of a page of hits has it
  saved_by      TEXT NOT NULL,
  saved_at      INTEGER NOT NULL
) STRICT;
"];

/// The version that this program writes.
pub(super) const VERSION: i64 = 10;
const _: () = assert!(STEPS.len() == 10, "the version counts the steps");

/// Gives the version, or refuses what is not ours or from the future. Writes nothing.
pub(super) fn check_version(connection: &Connection) -> Result<i64, StoreError> {
    check_version_up_to(connection, VERSION)
}

fn check_version_up_to(connection: &Connection, known: i64) -> Result<i64, StoreError> {
    let path = connection.path().unwrap_or_default().into();
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let id: i64 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let tables: i64 =
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))?;
    if id != APPLICATION_ID && (id != 0 || version != 0 || tables != 0) {
        return Err(StoreError::Foreign { path });
    }
    if version > known {
        return Err(StoreError::Newer {
            path,
            found: version,
            known,
        });
    }
    Ok(version)
}

/// Takes the steps that are missing, in one transaction: who reads meanwhile sees no version between.
pub(super) fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    take(connection, STEPS)
}

fn take(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    add_functions(connection)?;
    // A table that others refer to is made anew (SQLite, "ALTER TABLE", section 7), which cannot be
    // begun inside a transaction; what refers to what is checked before each commit instead.
    let enforced: bool = connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?;
    connection.pragma_update(None, "foreign_keys", false)?;
    let taken = take_each(connection, steps);
    connection.pragma_update(None, "foreign_keys", enforced)?;
    taken
}

fn take_each(connection: &mut Connection, steps: &[&str]) -> Result<(), StoreError> {
    let known = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Read inside the transaction: another process may have been faster.
    let version = check_version_up_to(&transaction, known)?;
    let taken = usize::try_from(version).unwrap_or(usize::MAX);
    if taken >= steps.len() {
        return Ok(());
    }
    for (place, step) in steps.iter().enumerate().skip(taken) {
        transaction.execute_batch(step)?;
        let dangling: Option<String> = transaction
            .query_row("PRAGMA foreign_key_check", [], |row| row.get(0))
            .optional()?;
        if let Some(table) = dangling {
            let reason = format!("after step {}, {table} refers to nothing", place + 1);
            return Err(StoreError::Value(reason));
        }
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
    transaction.pragma_update(None, "user_version", known)?;
    fault::point("migration-written");
    transaction.commit()?;
    fault::point("migration-committed");
    Ok(())
}

/// What steps compute that SQL cannot.
fn add_functions(connection: &Connection) -> Result<(), rusqlite::Error> {
    super::articles::add_function(connection)?;
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    // Text is indexed as it is searched for, see `hits::list`.
    connection.create_scalar_function("fold_text", 1, flags, |context| {
        let text = context.get_raw(0).as_str_or_null()?;
        Ok(text.map(fold_for_index))
    })?;
    connection.create_scalar_function("key_behind_redirects", 2, flags, |context| {
        let (key, link) = (context.get::<String>(0)?, context.get::<String>(1)?);
        Ok(key_behind_redirects(&key, &link))
    })?;
    connection.create_scalar_function("place_of", 3, flags, |context| {
        let (key, link) = (context.get::<String>(0)?, context.get::<Option<String>>(1)?);
        Ok(place_of(&key, link.as_deref(), context.get(2)?).map(Vec::from))
    })
}

#[cfg(test)]
mod tests;
