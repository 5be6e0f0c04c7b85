-- The bans of one reason, in the order of the console's list (banConditionSql in lib/core/bans/ban-list-store.ts). Bans without a
-- reason, such as all of app servers, are not in it: the Server API writes no more than before.
CREATE INDEX "bans_reason_idx" ON "bans" ("environment_id", "reason", "ends_at", "id") WHERE "reason" <> '';
