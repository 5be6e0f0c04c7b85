-- The folded words of a group's name, as users have them. Of groups from before they are filled in by the services, in batches.
ALTER TABLE "groups" ADD COLUMN "search_name" TEXT COLLATE "C";

-- Groups whose name starts with a text, in the order of names; those that are not filled in yet in lower case.
DROP INDEX "groups_name_idx";
CREATE INDEX "groups_search_idx" ON "groups" ("environment_id", (coalesce("search_name", lower("name") COLLATE "C")), "group_id");

-- Those that are not filled in yet: soon none.
CREATE INDEX "groups_to_fold_idx" ON "groups" ("environment_id", "group_id") WHERE "search_name" IS NULL;
