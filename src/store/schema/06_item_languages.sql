ALTER TABLE entry ADD COLUMN language_certain INTEGER NOT NULL DEFAULT 0;  -- 1: configured, or declared
                                                                           -- and confirmed by the words
ALTER TABLE revision ADD COLUMN language_certain INTEGER NOT NULL DEFAULT 0;
