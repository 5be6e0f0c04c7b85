-- Of the tries to sign in under one address, one at a time is checked, by whichever process has put its id here.
ALTER TABLE "sign_in_throttles" ADD COLUMN "try_id" TEXT;

-- For the sweeper: what is long forgotten, and what has long ended (server/sweepers.ts).
CREATE INDEX "sign_in_throttles_last_failure_idx" ON "sign_in_throttles"("last_failure");
CREATE INDEX "sessions_expires_at_idx" ON "sessions"("expires_at");
