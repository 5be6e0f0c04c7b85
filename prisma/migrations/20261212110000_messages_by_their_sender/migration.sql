-- For the deletion of a user: what app servers sent in the user's name. What clients sent stands in their senders' inboxes, so it needs no
-- index, and storing it costs nothing more. The messages of at most two weeks are read once.
CREATE INDEX "messages_sent_for_idx" ON "messages" ("environment_id", "sender_id") WHERE "client_key" IS NULL;
