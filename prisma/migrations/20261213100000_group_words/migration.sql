-- Groups are found by any word of their names, as users are (docs/decisions/0066-how-the-search-index-is-kept.md).
CREATE TABLE "group_search_terms" (
    "environment_id" INTEGER NOT NULL,
    "group_id" TEXT COLLATE "C" NOT NULL,
    "whole" BOOLEAN NOT NULL,
    "term" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "group_search_terms_pkey" PRIMARY KEY ("environment_id","group_id","whole","term")
);

-- The groups with a word that begins with a text, in the order in which they are shown.
CREATE INDEX "group_search_terms_environment_id_whole_term_group_id_idx"
  ON "group_search_terms" ("environment_id", "whole", "term", "group_id");

-- What was kept lacks the words by which a name is found as well (MacDonald by "donald"). The services fill it in anew, in batches:
-- a column without a default is gone and made without a look at a row, and its index of the beginnings of names goes with it.
ALTER TABLE "groups" DROP COLUMN "search_name";
ALTER TABLE "groups" ADD COLUMN "search_name" TEXT COLLATE "C";
CREATE INDEX "groups_to_fold_idx" ON "groups" ("environment_id", "group_id") WHERE "search_name" IS NULL;
