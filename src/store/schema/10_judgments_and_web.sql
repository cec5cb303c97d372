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
