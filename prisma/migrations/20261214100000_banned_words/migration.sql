-- Searches among the banned, and their count (lib/core/users/search-group-store.ts, listed-users-store.ts): the index tells who is banned
-- now, is not soft-deleted and bears the words, so that a hundred thousand need no look at their rows. Only bans write it.
DROP INDEX "users_banned_id_idx";
CREATE INDEX "users_banned_id_idx" ON "users" ("environment_id", "user_id")
  INCLUDE ("banned_until", "soft_deleted_at", "search_name") WHERE "banned_until" IS NOT NULL;
