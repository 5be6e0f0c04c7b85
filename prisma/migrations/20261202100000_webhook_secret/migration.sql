-- Which of its own secrets signs a webhook's deliveries, and until when the one before signs them too. A secret follows from the master
-- key and its number, so none is stored.
ALTER TABLE "webhooks"
  ADD COLUMN "secret_number" INTEGER NOT NULL DEFAULT 1,
  ADD COLUMN "secret_rotated_at" TIMESTAMPTZ(3),
  ADD COLUMN "previous_secret_until" TIMESTAMPTZ(3);
