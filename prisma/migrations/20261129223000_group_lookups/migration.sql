-- While a table is empty all of its indexes cost the same, and of two that can answer PostgreSQL takes the one made last. A
-- look-up of one member by an index of all of a user's groups, or of one alias by an index of all of a group's, would be kept
-- as a plan, so the keys are made last (docs/decisions/0045-plans-that-do-not-depend-on-statistics.md). Only the exchange of
-- the old key for the new one keeps readers waiting.
CREATE UNIQUE INDEX "group_members_key" ON "group_members"("environment_id", "group_id", "user_id");
CREATE UNIQUE INDEX "group_aliases_key" ON "group_aliases"("environment_id", "user_id", "group_id");
ALTER TABLE "group_members" DROP CONSTRAINT "group_members_pkey", ADD CONSTRAINT "group_members_pkey" PRIMARY KEY USING INDEX "group_members_key";
ALTER TABLE "group_aliases" DROP CONSTRAINT "group_aliases_pkey", ADD CONSTRAINT "group_aliases_pkey" PRIMARY KEY USING INDEX "group_aliases_key";
