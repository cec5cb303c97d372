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
