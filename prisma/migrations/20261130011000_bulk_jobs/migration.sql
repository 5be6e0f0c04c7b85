-- Jobs of several kinds, which choose their items themselves and can be cancelled and undone. No table is rewritten.
ALTER TABLE "jobs" ADD COLUMN "skipped" INTEGER NOT NULL DEFAULT 0,
  ADD COLUMN "selecting" BOOLEAN NOT NULL DEFAULT false,
  ADD COLUMN "selected_to" JSONB,
  ADD COLUMN "undo_of" TEXT,
  ADD COLUMN "cancelled_by_name" TEXT;
ALTER TABLE "job_items" ADD COLUMN "detail" JSONB, ADD COLUMN "line" INTEGER;

CREATE INDEX "jobs_environment_id_undo_of_idx" ON "jobs"("environment_id", "undo_of");
CREATE INDEX "jobs_finished_at_idx" ON "jobs"("finished_at");

-- Jobs that a worker may claim: neither finished nor cancelled.
DROP INDEX "jobs_unfinished_idx";
CREATE INDEX "jobs_unfinished_idx" ON "jobs" ("environment_id", "created_at") WHERE "state" IN ('queued', 'running');
