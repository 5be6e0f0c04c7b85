import { periodOf, slotOf } from "@/lib/core/messages/retention";
import type { Order } from "../load";
import { HOT_READ, knownUser, MANY_ROWS, type Scenario } from "../scenario";

const CONTENT = '{"content":"Hello"}';
const recipients = (order: Order, n: number) =>
  Array.from({ length: 100 }, (_, index) => knownUser(order, n * 100 + index));

/** A message with a copy for each of the registered users `$3`. */
const STORE = `WITH taken AS (
    INSERT INTO message_orders AS o (environment_id, last_sequence) VALUES ($1, cardinality($3::text[]))
    ON CONFLICT (environment_id) DO UPDATE SET last_sequence = o.last_sequence + excluded.last_sequence
    RETURNING last_sequence - cardinality($3::text[]) AS base
  ), stored AS (
    INSERT INTO messages (environment_id, sequence, slot, kind, sent_at, sender_id, type, content)
    SELECT $1, base + 1, $2, 1, extract(epoch FROM now()) * 1000, 'app', 'RC:TxtMsg', '${CONTENT}' FROM taken
  )
  INSERT INTO inbox_entries (environment_id, user_id, sequence, slot, message_sequence)
  SELECT $1, i.user_id, base + i.ordinal, $2, base + 1 FROM taken, unnest($3::text[]) WITH ORDINALITY AS i(user_id, ordinal)
  CROSS JOIN LATERAL (
    SELECT FROM users WHERE environment_id = $1 AND user_id = i.user_id AND soft_deleted_at IS NULL LIMIT 1
  ) u`;
const slot = () => slotOf(periodOf(Date.now()));

/** Contract section 16. */
export const MESSAGE_SCENARIOS: readonly Scenario[] = [
  {
    name: "message to one",
    path: "/v4/direct-channel/message/send",
    body: (order, n) => ({
      fromUserId: "app",
      toUserIds: [knownUser(order, n)],
      messageType: "RC:TxtMsg",
      content: CONTENT,
    }),
    alone: {
      name: "message-one",
      text: STORE,
      values: (order, n) => [order.environmentId, slot(), [knownUser(order, n)]],
    },
    bar: { ...HOT_READ, perSecond: 4_000 },
  },
  {
    name: "message to 100",
    path: "/v4/direct-channel/message/send",
    body: (order, n) => ({
      fromUserId: "app",
      toUserIds: recipients(order, n),
      messageType: "RC:TxtMsg",
      content: CONTENT,
    }),
    alone: {
      name: "message-many",
      text: STORE,
      values: (order, n) => [order.environmentId, slot(), recipients(order, n)],
    },
    bar: MANY_ROWS,
  },
];
