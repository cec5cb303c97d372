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
