-- Banned users by the end of their bans, latest first: the Server API's list of them (findRunningBans), and for the sweeper those whose
-- time has passed.
DROP INDEX "users_banned_until_idx";
CREATE INDEX "users_banned_until_idx" ON "users" ("environment_id", "banned_until" DESC, "user_id") WHERE "banned_until" IS NOT NULL;
