-- What a service of this version has after a while: every table has rows, and every state occurs.
INSERT INTO feed (id, url, title, state, next_poll_at, first_success_at, last_body_at, told_health, warnings) VALUES
  ('outlet', 'https://outlet.example/feed', 'The Outlet',
   '{"address":"https://outlet.example/feed","validators":{"etag":"\"one\""},"validators_from":"https://outlet.example/feed","first_success_at":"2026-01-02T08:00:00Z","last_attempt_at":"2026-01-05T08:00:00Z","last_success_at":"2026-01-05T08:00:00Z","last_new_entry_at":"2026-01-05T08:00:00Z","next_poll_at":"2026-01-05T09:00:00Z"}',
   1767603600, 1767340800, 1767600000, NULL, '["a repair"]'),
  ('away', 'https://away.example/feed', NULL,
   '{"address":"https://away.example/feed","last_attempt_at":"2026-01-05T08:00:00Z","failing_since":"2026-01-03T08:00:00Z","consecutive_failures":9,"failure_weight":9.0,"last_error":"the name away.example does not resolve","next_poll_at":"2026-01-05T12:00:00Z"}',
   1767614400, NULL, NULL, 'failing', '[]');
INSERT INTO outage (feed_id, began_at, ended_at, reason) VALUES
  ('away', 1767427200, NULL, 'the name away.example does not resolve'),
  ('outlet', 1767427200, 1767430800, 'HTTP status 503');
INSERT INTO entry (id, feed_id, key, revision, content_hash, title, summary, text, author, categories, language, link, published_at, updated_at, first_seen_at, last_seen_at, revised_at, backlog, place, language_certain) VALUES
  (1, 'outlet', 'id:a', 1, 'f33f7833693837dc11dc35f8fa8bc58d', 'Police used lethal force', 'Protesters were shot. Two died.', '', 'A. Author', '["news"]', 'en', 'https://outlet.example/a', 1767340000, 1767350000, 1767340800, 1767600000, 1767427200, 0, x'01112233445566778899aabbccddeeff', 1),
  (2, 'outlet', 'id:b', 0, '9dce4640a25344dbbcc0ae00f3016a1c', 'The concert ended', 'There was applause.', '', '', '[]', NULL, NULL, NULL, NULL, 1767340800, 1767600000, NULL, 1, NULL, 0),
  (7, 'outlet', 'id:c', 0, '60f64dd2993f1eff18e2e5636da12c97', 'Gases lacrimógenos: أطلقت الشرطة النار', 'Lethal force at a protest.', '', '', '[]', 'es', 'https://outlet.example/c', NULL, NULL, 1767600000, 1767600000, NULL, 0, x'01ffeeddccbbaa998877665544332211', 0);
INSERT INTO revision (entry_id, revision, title, summary, text, author, categories, language, link, published_at, updated_at, replaced_at, language_certain) VALUES
  (1, 0, 'Police used lethal force', 'Protesters were shot.', '', 'A. Author', '["news"]', 'en', 'https://outlet.example/a', 1767340000, NULL, 1767427200, 1);
INSERT INTO hit (id, entry_id, revision, watch_id, watch_title, topic, watch_version, program_version, score, spans, found_at, muted, archive, later, in_article, lead, terms) VALUES
  (1, 1, 0, 'force', 'Use of force', 'assembly', '9d34dccc0766', '0.1.0', 0, '[{"field":"title","start":12,"end":24,"term":"lethal force"},{"field":"summary","start":0,"end":10,"term":"protest*"}]', 1767340800, 0, 0, 0, 0, 1, 2),
  (2, 7, 0, 'force', 'Use of force', 'assembly', '9d34dccc0766', '0.1.0', 3, '[{"field":"summary","start":0,"end":12,"term":"lethal force"}]', 1767600000, 0, 1, 0, 0, NULL, NULL),
  (3, 7, 0, 'gas', 'Tear gas', 'assembly', '11dccc076600', '0.1.0', 0, '[{"field":"text","start":0,"end":8,"term":"tear gas"}]', 1767600000, 1, 0, 1, 1, NULL, NULL);
INSERT INTO entry_text (rowid, title, summary, text) VALUES
  (1, 'police used lethal force', 'protesters were shot', ''),
  (7, 'gases lacrimogenos اطلقت الشرطه النار', 'lethal force at a protest', '');
INSERT INTO entry_text (entry_text, rank) VALUES ('usermerge', 2);
INSERT INTO erasure (id, round, begun) VALUES (1, 1, 0);
INSERT INTO tombstone (feed_id, key_hash, content_hash, last_seen_at) VALUES
  ('outlet', x'00112233445566778899aabbccddeeff', '9dce4640a25344dbbcc0ae00f3016a1c', 1767600000),
  ('outlet', x'ff112233445566778899aabbccddeeff', 'later', 1767600000),
  ('outlet', x'fe112233445566778899aabbccddeeff', 'archive', 1767600000);
INSERT INTO poll_begun (feed_id, url, begun_at, alone, reading, process) VALUES
  ('outlet', 'https://outlet.example/feed', 1767603600, 0, 1, '4711-123456');
INSERT INTO outbox (id, recipient_id, address, sender, kind, watch_id, message_id, subject, hits, state, attempts, doubtful_attempts, created_at, next_attempt_at, settled_at, reply) VALUES
  (1, 'desk', 'desk@example.org', 'newsvigil@example.org', 'alert', 'force', '<1@example.org>', 'Use of force: Police used lethal force', 1, 'sent', 2, 1, 1767340801, 1767340801, 1767340900, '250 taken'),
  (2, 'desk', 'desk@example.org', 'newsvigil@example.org', 'digest', NULL, '<2@example.org>', '1 new: Police used lethal force', 1, 'sending', 1, 0, 1767427200, 1767427200, NULL, NULL),
  (3, 'desk', 'desk@example.org', 'newsvigil@example.org', 'alert', 'force', '<3@example.org>', 'Use of force', 1, 'queued', 1, 0, 1767600001, 1767600031, NULL, '450 later'),
  (4, 'court', 'court@example.org', 'newsvigil@example.org', 'digest', NULL, '<4@example.org>', '1 new', 1, 'undeliverable', 1, 0, 1767340801, 1767340801, 1767340900, '550 no such user'),
  (5, 'desk', 'desk@example.org', 'newsvigil@example.org', 'notice', NULL, '<5@example.org>', 'A feed fails', 0, 'discarded', 0, 0, 1767427201, 1767427201, 1767427900, 'discarded by hand');
UPDATE outbox SET wording = 0 WHERE kind <> 'notice';
UPDATE outbox SET family = 1, takes_through = 3 WHERE id = 2;
INSERT INTO told (outbox_id, entry_id, how) VALUES (1, 1, 'full'), (2, 1, 'headline');
INSERT INTO message (outbox_id, bytes) VALUES
  (1, CAST('Message-ID: <1@example.org>' || char(13, 10, 13, 10) || 'one' || char(13, 10) AS BLOB)),
  (2, CAST('Message-ID: <2@example.org>' || char(13, 10, 13, 10) || 'two' || char(13, 10) AS BLOB)),
  (3, CAST('Message-ID: <3@example.org>' || char(13, 10, 13, 10) || 'three' || char(13, 10) AS BLOB)),
  (4, CAST('Message-ID: <4@example.org>' || char(13, 10, 13, 10) || 'four' || char(13, 10) AS BLOB)),
  (5, CAST('Message-ID: <5@example.org>' || char(13, 10, 13, 10) || 'five' || char(13, 10) AS BLOB));
INSERT INTO rest (id, until, why, refused) VALUES (1, 1767600100, '421 busy', 0);
INSERT INTO delivery (hit_id, recipient_id, urgency, alert_id, digest_id, counted) VALUES
  (1, 'desk', 'alert', 1, 2, 0),
  (1, 'court', 'digest', NULL, 4, 1),
  (2, 'desk', 'alert', 3, NULL, 0),
  (2, 'court', 'digest', NULL, NULL, 0);
INSERT INTO recipient (id, last_due_at, covered_until, told_troubles) VALUES
  ('desk', 1767427200, 1767427200, '["failing/away"]'),
  ('court', 1767340800, 1767340800, '[]');
INSERT INTO summary (recipient_id, last_due_at) VALUES ('desk', 1767340800);
INSERT INTO watch_began (watch_id, began_at) VALUES ('gas', 1767340800);
INSERT INTO feed_listed (feed_id, unlisted_at) VALUES ('outlet', NULL), ('away', 1767600000);
INSERT INTO feed_day (feed_id, day, items) VALUES ('outlet', 20455, 3), ('outlet', 20456, 0);
INSERT INTO mute (id, watch_id, reason, begins_at, ends_at) VALUES
  (1, 'gas', 'a known campaign', 1767340800, 1768000000);
INSERT INTO refusal (recipient_id, until, why, alone) VALUES
  ('court', 1767341700, 'a message without any word of a feed was refused: 550 5.7.1 no', 1);
INSERT INTO unmade (recipient_id, since, why) VALUES
  ('literal', 1767600000, 'no mail can be made for desk@[192.0.2.1]');
INSERT INTO article (id, entry_id, revision, feed_id, address, hops, attempts, queued_at, due_at, settled_at, verdict, why, title, byline, published_at, language, canonical, text, hits) VALUES
  (1, 7, 0, 'outlet', 'https://outlet.example/c', 1, 0, 1767600000, 1767600000, 1767600030, 'whole', NULL, 'Gases', 'A. Author', 1767600000, 'es', 'https://outlet.example/c', x'0dcac10d80300805d0bb53fc014ca7e90244a8e560490043dcde1edeed7521c74d81da86ba3028915370b915639823cb30edf538e112cab23210a4dc8ebee3a34b23fd032b635982569478fb01', 1),
  (2, 1, 1, 'outlet', 'https://outlet.example/a', 0, 2, 1767427200, 1767600900, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, 0),
  (3, 1, 0, 'outlet', 'https://outlet.example/a', 0, 0, 1767340800, 1767340800, 1767340830, 'robots', 'robots.txt of outlet.example asks not to read it', NULL, NULL, NULL, NULL, NULL, NULL, 0);
INSERT INTO article_host (host, state, changed_at) VALUES
  ('outlet.example', '{}', 1767600030);
INSERT INTO story (id, merged_into, began_at, last_at, closed) VALUES
  (1, NULL, 1767340000, 1767427200, 0),
  (2, 1, 1767340800, 1767340800, 0),
  (7, NULL, 1767600000, 1767600000, 1);
INSERT INTO story_item (id, entry_id, revision, story_id, relation, copy_of, sure, outlet, agency, victims, why, changed, corrects, reported_at, seen_at, placed_at, changed_at, record) VALUES
  (1, 1, 0, 1, 'update', NULL, 1, 'outlet.example', NULL, 2, 'begins a story', 'it counts 2 dead, and had counted none', 0, 1767340000, 1767340800, 1767340801, 1767427201, x'00'),
  (2, 2, 0, 2, 'copy', 1, 0, 'outlet.example', 'afp', NULL, 'has the text of an item of the story', NULL, 0, 1767340800, 1767340800, 1767340801, NULL, NULL),
  (3, 7, 0, 7, 'first', NULL, 1, 'outlet.example', NULL, NULL, 'begins a story', NULL, 0, 1767600000, 1767600000, 1767600001, NULL, x'00');
INSERT INTO story_link (story_id, other_id) VALUES (1, 7), (7, 1);
INSERT INTO story_waiting (entry_id, seen_at, reported_at) VALUES (1, 1767427200, 1767340000);
INSERT INTO judgment (id, hit_id, verdict, reason, note, judged_by, judged_at, at_random, replaced_at) VALUES
  (1, 1, 'undecided', NULL, '', 'A. Reader', 1767601000, 0, 1767602000),
  (2, 1, 'relevant', NULL, 'seen by the desk', 'B. Reader', 1767602000, 0, NULL),
  (3, 2, 'irrelevant', 'other-place', '', 'A. Reader', 1767603000, 1, NULL);
UPDATE hit SET verdict = (SELECT verdict FROM judgment WHERE hit_id = hit.id AND replaced_at IS NULL);
INSERT INTO web_invite (token_hash, name, made_at, ends_at) VALUES
  (x'00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'C. Reader', 1767600000, 1767600600);
INSERT INTO web_session (token_hash, name, began_at, ends_at) VALUES
  (x'ff112233445566778899aabbccddeeff00112233445566778899aabbccddeeff', 'A. Reader', 1767600000, 1767643200);
INSERT INTO saved_search (name, query, saved_by, saved_at) VALUES
  ('Force, not judged', 'watch=force&judgment=none', 'A. Reader', 1767600000);
