CREATE TABLE feed_listed (           -- feeds of the configuration, and those that were until lately
  feed_id       TEXT PRIMARY KEY,
  unlisted_at   INTEGER              -- when it was not there any more; NULL while it is
) STRICT, WITHOUT ROWID;
ALTER TABLE delivery ADD COLUMN counted INTEGER NOT NULL DEFAULT 0;  -- 1: it stands in the count of its mail alone,
                                               -- and no word of that mail tells its item or its story
