-- The test clock of a development environment: how far it is ahead of real time, and since when it has one. Null: none. The row is
-- read with everything that is about an environment, so nobody asks for its clock.
ALTER TABLE "environments" ADD COLUMN "clock_ahead_ms" BIGINT, ADD COLUMN "clock_started_at" TIMESTAMPTZ(3);

-- Production has no clock, whatever is written here.
ALTER TABLE "environments" ADD CONSTRAINT "environments_clock_check" CHECK (
    ("clock_ahead_ms" IS NULL) = ("clock_started_at" IS NULL)
    AND ("clock_ahead_ms" IS NULL OR ("name" = 'development' AND "clock_ahead_ms" > 0))
);

-- How each clock was moved, for the way back: what the clock said before, the real moment, and how far it was ahead from then on.
CREATE TABLE "clock_steps" (
    "environment_id" INTEGER NOT NULL,
    "passed_from" TIMESTAMPTZ(3) NOT NULL,
    "real_at" TIMESTAMPTZ(3) NOT NULL,
    "ahead_ms" BIGINT NOT NULL,

    CONSTRAINT "clock_steps_pkey" PRIMARY KEY ("environment_id", "passed_from")
);

-- What the environment's clock said at an entry's real moment; null: the same.
ALTER TABLE "audit_entries" ADD COLUMN "environment_at" TIMESTAMPTZ(3);
