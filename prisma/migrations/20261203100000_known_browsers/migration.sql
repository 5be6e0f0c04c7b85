-- Who counts apart from strangers: a browser that has signed in before, or a session. Empty: strangers. A small table.
ALTER TABLE "sign_in_throttles" ADD COLUMN "who" TEXT NOT NULL DEFAULT '';
ALTER TABLE "sign_in_throttles" DROP CONSTRAINT "sign_in_throttles_pkey", ADD CONSTRAINT "sign_in_throttles_pkey" PRIMARY KEY ("email_hash", "who");

-- Failures by the network they come from, whatever address was tried.
CREATE TABLE "sign_in_sources" (
    "source" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "last_failure" TIMESTAMPTZ(3) NOT NULL,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "sign_in_sources_pkey" PRIMARY KEY ("source")
);
CREATE INDEX "sign_in_sources_last_failure_idx" ON "sign_in_sources"("last_failure");

-- SHA-256 of what the browser's cookie holds. Null: a session from before, or a test operator's.
ALTER TABLE "sessions" ADD COLUMN "browser_hash" TEXT;

-- Has this browser signed in as this operator before?
CREATE INDEX "sessions_operator_id_browser_hash_idx" ON "sessions"("operator_id", "browser_hash");
