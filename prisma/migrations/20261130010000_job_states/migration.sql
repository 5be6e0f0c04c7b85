-- A job may be cancelled, and an item left out. In a migration of their own: a new value cannot be used in the transaction
-- that adds it.
ALTER TYPE "job_state" ADD VALUE 'cancelled';
ALTER TYPE "job_item_state" ADD VALUE 'skipped';
