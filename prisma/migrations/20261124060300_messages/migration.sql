-- Messages and inboxes (docs/decisions/0052-one-order-of-messages-per-environment.md and 0053-messages-live-in-three-weekly-slots.md).

-- CreateTable
CREATE TABLE "message_orders" (
    "environment_id" INTEGER NOT NULL,
    "last_sequence" BIGINT NOT NULL,

    CONSTRAINT "message_orders_pkey" PRIMARY KEY ("environment_id")
);

-- One hot row per environment, written with every batch: with room in its page the new version touches no index.
ALTER TABLE "message_orders" SET (fillfactor = 20);

-- CreateTable
CREATE TABLE "message_slots" (
    "slot" SMALLINT NOT NULL,
    "period" INTEGER NOT NULL,

    CONSTRAINT "message_slots_pkey" PRIMARY KEY ("slot")
);

INSERT INTO "message_slots" ("slot", "period") VALUES (0, 0), (1, 0), (2, 0);

-- Prisma's schema language does not know partitions; it sees the two tables below as ordinary ones.

-- CreateTable
CREATE TABLE "messages" (
    "sequence" BIGINT NOT NULL,
    "sent_at" BIGINT NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "kind" SMALLINT NOT NULL,
    "sender_id" TEXT COLLATE "C" NOT NULL,
    "target_id" TEXT COLLATE "C",
    "type" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "options" TEXT,
    "client_key" UUID,

    CONSTRAINT "messages_pkey" PRIMARY KEY ("environment_id","sequence","slot")
) PARTITION BY LIST ("slot");

CREATE TABLE "messages_slot_0" PARTITION OF "messages" FOR VALUES IN (0);
CREATE TABLE "messages_slot_1" PARTITION OF "messages" FOR VALUES IN (1);
CREATE TABLE "messages_slot_2" PARTITION OF "messages" FOR VALUES IN (2);

-- CreateTable
CREATE TABLE "inbox_entries" (
    "sequence" BIGINT NOT NULL,
    "message_sequence" BIGINT NOT NULL,
    "environment_id" INTEGER NOT NULL,
    "slot" SMALLINT NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "recipient_id" TEXT COLLATE "C",

    CONSTRAINT "inbox_entries_pkey" PRIMARY KEY ("environment_id","user_id","sequence","slot")
) PARTITION BY LIST ("slot");

CREATE TABLE "inbox_entries_slot_0" PARTITION OF "inbox_entries" FOR VALUES IN (0);
CREATE TABLE "inbox_entries_slot_1" PARTITION OF "inbox_entries" FOR VALUES IN (1);
CREATE TABLE "inbox_entries_slot_2" PARTITION OF "inbox_entries" FOR VALUES IN (2);

-- A message that its client sends a second time.
CREATE INDEX "messages_client_key_idx" ON "messages" ("environment_id", "client_key") WHERE "client_key" IS NOT NULL;

-- Stores a batch of one environment's messages in one exchange and gives the number before its first.
--
-- A function, because its statements must each see what was committed before them: the first one takes the
-- environment's row and with it the turn, and only then may the others look for messages that were sent already. The turn
-- ends with the transaction; so numbers become visible in their order, and nobody ever sees one before a smaller one.
CREATE FUNCTION "store_messages"(
    p_environment INTEGER, p_period INTEGER, p_slot SMALLINT, p_span INTEGER, p_known_since BIGINT,
    p_offsets INTEGER[], p_kinds SMALLINT[], p_sent_at BIGINT[], p_senders TEXT[], p_targets TEXT[], p_types TEXT[],
    p_contents TEXT[], p_options TEXT[], p_client_keys UUID[],
    p_entry_offsets INTEGER[], p_entry_messages INTEGER[], p_users TEXT[], p_recipients TEXT[],
    OUT base BIGINT, OUT known_offsets INTEGER[], OUT known_sequences BIGINT[], OUT known_sent_at BIGINT[]
) LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  INSERT INTO message_orders AS o (environment_id, last_sequence) VALUES (p_environment, p_span)
    ON CONFLICT (environment_id) DO UPDATE SET last_sequence = o.last_sequence + excluded.last_sequence
    RETURNING o.last_sequence - p_span INTO base;

  IF NOT EXISTS (SELECT FROM message_slots WHERE slot = p_slot AND period >= p_period) THEN
    UPDATE message_slots SET period = p_period WHERE slot = p_slot AND period < p_period;
  END IF;

  IF p_client_keys IS NOT NULL THEN
    SELECT array_agg(i.n), array_agg(m.sequence), array_agg(m.sent_at) INTO known_offsets, known_sequences, known_sent_at
      FROM unnest((SELECT p_offsets), (SELECT p_client_keys)) AS i(n, client_key)
      CROSS JOIN LATERAL (
        SELECT sequence, sent_at FROM messages
        WHERE environment_id = p_environment AND client_key = i.client_key AND sent_at >= p_known_since LIMIT 1
      ) m;
  END IF;

  INSERT INTO messages (environment_id, sequence, slot, kind, sent_at, sender_id, target_id, type, content, options, client_key)
    SELECT p_environment, base + i.n, p_slot, i.kind, i.sent_at, i.sender_id, i.target_id, i.type, i.content, i.options, i.client_key
    FROM unnest((SELECT p_offsets), (SELECT p_kinds), (SELECT p_sent_at), (SELECT p_senders), (SELECT p_targets),
      (SELECT p_types), (SELECT p_contents), (SELECT p_options), (SELECT p_client_keys))
      AS i(n, kind, sent_at, sender_id, target_id, type, content, options, client_key)
    WHERE known_offsets IS NULL OR i.n <> ALL(known_offsets);

  INSERT INTO inbox_entries (environment_id, user_id, sequence, slot, message_sequence, recipient_id)
    SELECT p_environment, i.user_id, base + i.n, p_slot, base + i.message, i.recipient_id
    FROM unnest((SELECT p_entry_offsets), (SELECT p_entry_messages), (SELECT p_users), (SELECT p_recipients))
      AS i(n, message, user_id, recipient_id)
    WHERE known_offsets IS NULL OR i.message <> ALL(known_offsets);
END $$;
