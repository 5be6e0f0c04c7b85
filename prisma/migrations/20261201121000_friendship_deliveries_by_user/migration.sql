-- The events about a friendship by each of its two users, who stand in the order key one after the other
-- (findDeliveryIds in lib/core/webhooks/delivery-list-store.ts). Only these events are in them.
CREATE INDEX "webhook_events_first_friend_idx" ON "webhook_events" ("environment_id", (split_part("order_key", ' ', 1)), "id")
  WHERE "type" = 'user:friendship';
CREATE INDEX "webhook_events_second_friend_idx" ON "webhook_events" ("environment_id", (split_part("order_key", ' ', 2)), "id")
  WHERE "type" = 'user:friendship';
