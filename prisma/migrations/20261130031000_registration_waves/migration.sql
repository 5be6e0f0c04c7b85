-- Registrations in ten minutes, all of them and of the largest groups, kept by the sweeper for the comparison with the same
-- hour of the last 14 days. The key serves the hours of one environment.
CREATE TABLE "registration_counts" (
    "environment_id" INTEGER NOT NULL,
    "bucket" TIMESTAMPTZ(0) NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "count" INTEGER NOT NULL,
    "counted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "registration_counts_pkey" PRIMARY KEY ("environment_id", "bucket", "kind", "key")
);

-- Registrations that rose far above the usual, from their beginning to their end.
CREATE TABLE "registration_waves" (
    "environment_id" INTEGER NOT NULL,
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "key" TEXT COLLATE "C" NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "users" INTEGER NOT NULL,
    "usual" INTEGER NOT NULL,
    "threshold" INTEGER NOT NULL,

    CONSTRAINT "registration_waves_pkey" PRIMARY KEY ("environment_id", "id")
);

-- The latest waves of an environment, and those to be forgotten.
CREATE INDEX "registration_waves_environment_id_last_at_id_idx" ON "registration_waves"("environment_id", "last_at", "id");

-- From here on registrations are counted: what was before is not known of environments that were there already.
INSERT INTO "installation_facts" ("key", "value", "updated_at")
VALUES ('registrations_counted_since', to_jsonb(extract(epoch FROM now())::bigint * 1000), now());

-- One wave of a kind at a time: whoever begins it tells of it.
CREATE UNIQUE INDEX "registration_waves_open_idx" ON "registration_waves"("environment_id", "kind", "key") WHERE "ended_at" IS NULL;
