-- Test runs of development environments. Only there are these tables read or written.
CREATE TABLE "test_runs" (
    "environment_id" INTEGER NOT NULL,
    "id" TEXT COLLATE "C" NOT NULL,
    "label" TEXT NOT NULL,
    "user_id_prefix" TEXT COLLATE "C",
    "reserved" INTEGER NOT NULL,
    "started_by_kind" "actor_kind" NOT NULL,
    "started_by_id" TEXT NOT NULL,
    "started_by_name" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),
    "ended_by_name" TEXT,
    "job_id" TEXT
);

-- The list of test runs, latest first, and those to be forgotten.
CREATE INDEX "test_runs_environment_id_started_at_id_idx" ON "test_runs"("environment_id", "started_at", "id");

-- Who belongs to which run. A table of its own, so that a user outside of runs costs nothing, and nothing in production.
CREATE TABLE "test_run_users" (
    "environment_id" INTEGER NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,
    "run_id" TEXT COLLATE "C" NOT NULL
);

-- The users of one run, in the order of their ids.
CREATE INDEX "test_run_users_environment_id_run_id_user_id_idx" ON "test_run_users"("environment_id", "run_id", "user_id");

-- The runs whose seats registrations look at, and those that have expired.
CREATE INDEX "test_runs_live_idx" ON "test_runs"("environment_id", "expires_at") WHERE "ended_at" IS NULL;

-- One run, and the run of one user. Made last, so that plans made on the empty tables take them (docs/decisions/0045).
ALTER TABLE "test_runs" ADD CONSTRAINT "test_runs_pkey" PRIMARY KEY ("environment_id", "id");
ALTER TABLE "test_run_users" ADD CONSTRAINT "test_run_users_pkey" PRIMARY KEY ("environment_id", "user_id");
