ALTER TABLE hit ADD COLUMN later INTEGER NOT NULL DEFAULT 0;  -- 1: found in what was stored, by a watch
                                                              -- that was written afterwards
CREATE TABLE unmade (                -- recipients for whom no mail can be composed, while it lasts
  recipient_id  TEXT PRIMARY KEY,
  since         INTEGER NOT NULL,
  why           TEXT NOT NULL
) STRICT;
