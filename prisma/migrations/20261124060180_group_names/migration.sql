-- Groups whose name starts with a text, in the order of names: the search of the console's list of groups.
CREATE INDEX "groups_name_idx" ON "groups" ("environment_id", (lower("name") COLLATE "C"), "group_id");
