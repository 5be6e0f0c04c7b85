-- A client's message is judged in the exchange that stores it (docs/decisions/0054-one-exchange-and-one-frame-for-several-messages.md).

-- What the rules of direct messages ask of two users; always one row. PostgreSQL puts its text into the statement that asks.
-- LATERAL with LIMIT: index searches under every plan, also one kept since the tables were empty.
CREATE FUNCTION "message_facts"(p_environment INTEGER, p_sender TEXT, p_recipient TEXT)
  RETURNS TABLE (
    sender TEXT, sender_banned_until TIMESTAMPTZ, sender_muted_at TIMESTAMPTZ, recipient TEXT, blocked BOOLEAN, friends BOOLEAN
  ) LANGUAGE sql STABLE AS $$
  SELECT coalesce(s.state, 'unknown'), s.banned_until, s.direct_muted_at, coalesce(r.state, 'unknown'),
    b.blocked IS NOT NULL, f.friends IS NOT NULL
  FROM (SELECT) one
    LEFT JOIN LATERAL (
      SELECT CASE WHEN soft_deleted_at IS NULL THEN 'registered' ELSE 'soft_deleted' END AS state, banned_until, direct_muted_at
      FROM users WHERE environment_id = p_environment AND user_id = p_sender LIMIT 1
    ) s ON true
    LEFT JOIN LATERAL (
      SELECT CASE WHEN soft_deleted_at IS NULL THEN 'registered' ELSE 'soft_deleted' END AS state
      FROM users WHERE environment_id = p_environment AND user_id = p_recipient LIMIT 1
    ) r ON true
    LEFT JOIN LATERAL (
      SELECT true AS blocked FROM blocks
      WHERE environment_id = p_environment AND user_id = p_recipient AND blocked_id = p_sender LIMIT 1
    ) b ON true
    LEFT JOIN LATERAL (
      SELECT true AS friends FROM friendships
      WHERE environment_id = p_environment AND user_id = p_sender AND friend_id = p_recipient LIMIT 1
    ) f ON true
$$;

DROP FUNCTION "store_messages";

-- Judges and stores a batch of one environment's messages in one exchange and gives the number before its first.
--
-- A function, because its statements must each see what was committed before them. The first one judges, where a message
-- makes a demand: of its facts, as bits (lib/core/messages/message-demand.ts), those in `p_masks` must be `p_wanted`. When
-- none may be stored that is all, and `base` is null. The next one takes the environment's row and with it the turn, and only
-- then may the others look for messages that were sent already. The turn ends with the transaction; so numbers become
-- visible in their order, and nobody ever sees one before a smaller one.
--
-- A message without content only takes its number.
CREATE FUNCTION "store_messages"(
    p_environment INTEGER, p_period INTEGER, p_slot SMALLINT, p_span INTEGER, p_now TIMESTAMPTZ, p_known_since BIGINT,
    p_offsets INTEGER[], p_masks INTEGER[], p_wanted INTEGER[], p_kinds SMALLINT[], p_sent_at BIGINT[], p_senders TEXT[],
    p_targets TEXT[], p_types TEXT[], p_contents TEXT[], p_options TEXT[], p_client_keys UUID[],
    p_entry_offsets INTEGER[], p_entry_messages INTEGER[], p_users TEXT[], p_recipients TEXT[],
    OUT base BIGINT, OUT refused_offsets INTEGER[], OUT refused_facts INTEGER[],
    OUT known_offsets INTEGER[], OUT known_sequences BIGINT[], OUT known_sent_at BIGINT[]
) LANGUAGE plpgsql VOLATILE SET enable_seqscan = off AS $$
DECLARE
  left_out INTEGER[];
BEGIN
  IF p_masks IS NOT NULL THEN
    SELECT array_agg(j.n), array_agg(j.facts) INTO refused_offsets, refused_facts FROM (
      SELECT i.n, i.mask, i.wanted,
        CASE f.sender WHEN 'registered' THEN 1 WHEN 'soft_deleted' THEN 2 ELSE 0 END
        | CASE WHEN f.sender_banned_until > p_now THEN 4 ELSE 0 END
        | CASE WHEN f.sender_muted_at IS NULL THEN 0 ELSE 8 END
        | CASE f.recipient WHEN 'registered' THEN 16 WHEN 'soft_deleted' THEN 32 ELSE 0 END
        | CASE WHEN f.blocked THEN 64 ELSE 0 END
        | CASE WHEN f.friends THEN 128 ELSE 0 END AS facts
      FROM unnest((SELECT p_offsets), (SELECT p_masks), (SELECT p_wanted), (SELECT p_senders), (SELECT p_targets))
        AS i(n, mask, wanted, sender_id, target_id)
      CROSS JOIN LATERAL message_facts(p_environment, i.sender_id, i.target_id) f
      WHERE i.mask <> 0
    ) j WHERE j.facts & j.mask <> j.wanted;
    IF cardinality(refused_offsets) = cardinality(p_offsets) THEN
      RETURN;
    END IF;
  END IF;

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
  left_out := refused_offsets || known_offsets;

  INSERT INTO messages (environment_id, sequence, slot, kind, sent_at, sender_id, target_id, type, content, options, client_key)
    SELECT p_environment, base + i.n, p_slot, i.kind, i.sent_at, i.sender_id, i.target_id, i.type, i.content, i.options, i.client_key
    FROM unnest((SELECT p_offsets), (SELECT p_kinds), (SELECT p_sent_at), (SELECT p_senders), (SELECT p_targets),
      (SELECT p_types), (SELECT p_contents), (SELECT p_options), (SELECT p_client_keys))
      AS i(n, kind, sent_at, sender_id, target_id, type, content, options, client_key)
    WHERE i.content IS NOT NULL AND (left_out IS NULL OR i.n <> ALL(left_out));

  INSERT INTO inbox_entries (environment_id, user_id, sequence, slot, message_sequence, recipient_id)
    SELECT p_environment, i.user_id, base + i.n, p_slot, base + i.message, i.recipient_id
    FROM unnest((SELECT p_entry_offsets), (SELECT p_entry_messages), (SELECT p_users), (SELECT p_recipients))
      AS i(n, message, user_id, recipient_id)
    WHERE left_out IS NULL OR i.message <> ALL(left_out);
END $$;
