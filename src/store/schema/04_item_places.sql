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
