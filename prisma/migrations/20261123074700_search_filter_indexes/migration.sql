-- A search inside the filters "banned" and "soft-deleted", which are rare among all who bear a name.
CREATE INDEX "users_banned_name_idx" ON "users" ("environment_id", (lower("name") COLLATE "C"), "user_id") WHERE "banned_until" IS NOT NULL;
CREATE INDEX "users_banned_last_name_idx" ON "users" ("environment_id", (lower(split_part("name", ' ', -1)) COLLATE "C"), "user_id")
  WHERE "banned_until" IS NOT NULL AND position(' ' in "name") > 0;
CREATE INDEX "users_deleted_name_idx" ON "users" ("environment_id", (lower("name") COLLATE "C"), "user_id") WHERE "soft_deleted_at" IS NOT NULL;
CREATE INDEX "users_deleted_last_name_idx" ON "users" ("environment_id", (lower(split_part("name", ' ', -1)) COLLATE "C"), "user_id")
  WHERE "soft_deleted_at" IS NOT NULL AND position(' ' in "name") > 0;
