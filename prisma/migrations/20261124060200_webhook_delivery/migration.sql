-- What the delivery of webhook events needs: a place in the order, the next try, the end of trying, an id for receivers.

-- AlterTable
ALTER TABLE "webhook_attempts" ADD COLUMN "answer" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "webhook_events"
    ADD COLUMN "event_id" UUID NOT NULL DEFAULT gen_random_uuid(),
    ADD COLUMN "position" BIGSERIAL NOT NULL,
    ADD COLUMN "failures" INTEGER NOT NULL DEFAULT 0,
    ADD COLUMN "due_at" TIMESTAMPTZ(3),
    ADD COLUMN "give_up_at" TIMESTAMPTZ(3);

-- Events recorded by an earlier version wait from their beginning, in their order.
UPDATE "webhook_events" SET
    "position" = "id",
    "due_at" = CASE WHEN "delivered_at" IS NULL AND "dead_at" IS NULL THEN "created_at" END,
    "give_up_at" = "created_at" + interval '24 hours';
SELECT setval('webhook_events_position_seq', (SELECT max("id") FROM "webhook_events")) WHERE EXISTS (SELECT 1 FROM "webhook_events");

ALTER TABLE "webhook_events" ALTER COLUMN "give_up_at" SET NOT NULL;

-- CreateTable
CREATE UNLOGGED TABLE "webhook_runs" (
    "environment_id" INTEGER NOT NULL,
    "holder" TEXT NOT NULL DEFAULT '',
    "lease_until" TIMESTAMPTZ(3),
    "timeouts" INTEGER NOT NULL DEFAULT 0,
    "paused_until" TIMESTAMPTZ(3),

    CONSTRAINT "webhook_runs_pkey" PRIMARY KEY ("environment_id")
) WITH (fillfactor = 50);

-- CreateIndex
CREATE INDEX "webhook_events_environment_id_order_key_id_idx" ON "webhook_events"("environment_id", "order_key", "id");

-- CreateIndex
CREATE INDEX "webhook_events_environment_id_type_id_idx" ON "webhook_events"("environment_id", "type", "id");

-- CreateIndex
CREATE INDEX "webhook_attempts_environment_id_at_idx" ON "webhook_attempts"("environment_id", "at");

-- Below: what Prisma's schema language cannot say. Each index names the query it serves.

-- The first event of a key that is still to be delivered, and those behind it.
DROP INDEX "webhook_events_pending_idx";
CREATE INDEX "webhook_events_pending_idx" ON "webhook_events" ("environment_id", "order_key", "position")
  WHERE "delivered_at" IS NULL AND "dead_at" IS NULL;

-- What is due now, and when the next event will be.
CREATE INDEX "webhook_events_due_idx" ON "webhook_events" ("environment_id", "due_at")
  WHERE "delivered_at" IS NULL AND "dead_at" IS NULL AND "due_at" IS NOT NULL;

-- What is given up now.
CREATE INDEX "webhook_events_give_up_idx" ON "webhook_events" ("environment_id", "give_up_at")
  WHERE "delivered_at" IS NULL AND "dead_at" IS NULL;

-- The delivery log: what waits or fails, latest first.
CREATE INDEX "webhook_events_pending_list_idx" ON "webhook_events" ("environment_id", "id")
  WHERE "delivered_at" IS NULL AND "dead_at" IS NULL;

-- The delivery log: what was given up, latest first; replaying all of it; forgetting it after 30 days.
CREATE INDEX "webhook_events_dead_idx" ON "webhook_events" ("environment_id", "id") WHERE "dead_at" IS NOT NULL;

-- Forgetting what was delivered seven days ago.
CREATE INDEX "webhook_events_delivered_idx" ON "webhook_events" ("environment_id", "delivered_at")
  WHERE "delivered_at" IS NOT NULL;
