-- The Server API's list of bans, latest end first and then by id, a page of any number (docs/decisions/0086).
CREATE INDEX CONCURRENTLY "users_banned_until_user_idx" ON "users" ("environment_id", "banned_until" DESC, "user_id") WHERE "banned_until" IS NOT NULL;
