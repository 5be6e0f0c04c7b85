-- What the audit log's entries were when they were sealed (docs/decisions/0120-audit-entries-are-sealed.md). A seal covers the entries of its
-- environment with ids after `after_id` up to `through_id`, and names the hash of the seal before it.
CREATE TABLE "audit_seals" (
    "environment_id" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "number" BIGINT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "after_id" BIGINT NOT NULL,
    "through_id" BIGINT NOT NULL,
    "entry_ids" BIGINT[] NOT NULL,
    "entry_hashes" BYTEA[] NOT NULL,
    "removed_through" INTEGER,
    "previous_hash" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "signature" TEXT NOT NULL,

    CONSTRAINT "audit_seals_pkey" PRIMARY KEY ("environment_id", "sequence")
);
CREATE UNIQUE INDEX "audit_seals_number_key" ON "audit_seals"("number");
-- Up to where each environment's entries were removed: few seals say so.
CREATE INDEX "audit_seals_removed_idx" ON "audit_seals"("environment_id", "removed_through") WHERE "removed_through" IS NOT NULL;

-- How many seals there are in the whole installation, so that a missing one is noticed, and who makes them now. One row.
CREATE TABLE "audit_chain" (
    "id" INTEGER NOT NULL,
    "seals" BIGINT NOT NULL,
    "lease_holder" TEXT,
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "audit_chain_pkey" PRIMARY KEY ("id")
);
INSERT INTO "audit_chain" ("id", "seals") VALUES (1, 0);
