-- One kind of lease for jobs and for deliveries: who holds a row, and until when.

-- AlterTable
ALTER TABLE "jobs" ADD COLUMN "lease_holder" TEXT NOT NULL DEFAULT '';

-- AlterTable
ALTER TABLE "webhook_runs" RENAME COLUMN "holder" TO "lease_holder";

-- The tables of the job queue that earlier versions used beside the leases. What was to be delivered stands in "webhook_events".
DROP SCHEMA IF EXISTS graphile_worker CASCADE;
