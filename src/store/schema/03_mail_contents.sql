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
