-- The bans that one operator has made, in the order of the console's list (searchBans in lib/core/bans/ban-search-store.ts). Those of
-- app servers, which are most, are not in it.
CREATE INDEX "bans_operator_idx" ON "bans" ("environment_id", "banned_by_id", "ends_at", "id") WHERE "banned_by_kind" = 'operator';
