-- What reads and stores messages must never read a slot from end to end (docs/decisions/0053-messages-live-in-three-weekly-slots.md).
-- A plan that is kept since a slot was empty would: PostgreSQL takes an empty table for one that stays small. Functions can
-- carry the setting that forbids it; statements cannot.

ALTER FUNCTION "store_messages" SET enable_seqscan = off;

-- The first messages of inboxes after a number, sent since a moment, each inbox in its order. As many as are asked for, and
-- none after as many bytes of content and options as are allowed; the first one is given whatever its size.
CREATE FUNCTION "read_inboxes"(
    p_environments INTEGER[], p_users TEXT[], p_after BIGINT[], p_since BIGINT[], p_most INTEGER[], p_bytes INTEGER
) RETURNS TABLE (
    ordinal INTEGER, sequence BIGINT, kind SMALLINT, sender_id TEXT, target_id TEXT, type TEXT, content TEXT, options TEXT,
    sent_at BIGINT
) LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT i.ordinal::int, p.sequence, p.kind, p.sender_id, p.target_id, p.type, p.content, p.options, p.sent_at
    FROM unnest((SELECT p_environments), (SELECT p_users), (SELECT p_after), (SELECT p_since), (SELECT p_most))
      WITH ORDINALITY AS i(environment_id, user_id, after, since, most, ordinal)
    CROSS JOIN LATERAL (
      -- The length of a long text is known without reading it.
      SELECT q.*, sum(octet_length(q.content) + coalesce(octet_length(q.options), 0))
          OVER (ORDER BY q.sequence ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
      FROM (
        SELECT e.sequence, m.*
        FROM inbox_entries e CROSS JOIN LATERAL (
          -- The slot of an entry is its message's. In the inbox of a recipient of many, the copy is the inbox's owner's.
          SELECT kind, sender_id, coalesce(target_id, e.recipient_id, e.user_id) AS target_id, type, content, options, sent_at
          FROM messages
          WHERE environment_id = i.environment_id AND sequence = e.message_sequence AND slot = e.slot AND sent_at >= i.since
          LIMIT 1
        ) m
        WHERE e.environment_id = i.environment_id AND e.user_id = i.user_id AND e.sequence > i.after
        ORDER BY e.sequence LIMIT i.most
      ) q
    ) p
    WHERE coalesce(p.bytes_before, 0) < p_bytes
    ORDER BY i.ordinal, p.sequence;
END $$;

-- What users of one environment got under the numbers `p_first` to `p_last`: whose inbox, and which message; not what it says.
CREATE FUNCTION "read_entries"(p_environment INTEGER, p_users TEXT[], p_first BIGINT, p_last BIGINT)
  RETURNS TABLE (user_id TEXT, sequence BIGINT, message_sequence BIGINT, recipient_id TEXT)
  LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT i.user_id, e.sequence, e.message_sequence, e.recipient_id
    FROM unnest((SELECT p_users)) AS i(user_id)
    CROSS JOIN LATERAL (
      SELECT sequence, message_sequence, recipient_id FROM inbox_entries
      WHERE environment_id = p_environment AND user_id = i.user_id AND sequence BETWEEN p_first AND p_last
      ORDER BY sequence LIMIT p_last - p_first + 1
    ) e;
END $$;

-- One environment's messages by the numbers of their first copies.
CREATE FUNCTION "read_messages"(p_environment INTEGER, p_sequences BIGINT[])
  RETURNS TABLE (
    sequence BIGINT, kind SMALLINT, sender_id TEXT, target_id TEXT, type TEXT, content TEXT, options TEXT, sent_at BIGINT
  ) LANGUAGE plpgsql STABLE SET enable_seqscan = off AS $$
#variable_conflict use_column
BEGIN
  RETURN QUERY SELECT i.n, m.* FROM unnest((SELECT p_sequences)) AS i(n)
    CROSS JOIN LATERAL (
      SELECT kind, sender_id, target_id, type, content, options, sent_at
      FROM messages WHERE environment_id = p_environment AND sequence = i.n LIMIT 1
    ) m;
END $$;
