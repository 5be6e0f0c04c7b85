-- Users whose id starts with a text, inside a range of creation (searchUsers in lib/core/users/user-list-store.ts): the
-- weeks of the range are walked side by side, each in the order of the ids. Ids are often numbered in the order of
-- registration; the index by id alone would pass all that are older than the range before it meets the first inside it.
CREATE INDEX "users_week_id_idx" ON "users" ("environment_id", (date_bin('7 days'::interval, "created_at", '2000-01-01 00:00:00+00'::timestamptz)), "user_id");
