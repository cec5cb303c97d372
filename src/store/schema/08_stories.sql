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
