-- Users are found by the words of their names (docs/decisions/0065-search-by-folded-words.md). The product folds the words itself, so
-- neither column depends on the database's locale.

-- Null: not in the index yet (user_search_builds). No default, so no row is rewritten.
ALTER TABLE "users" ADD COLUMN "search_name" TEXT COLLATE "C";

-- A row for each word that a name can be found by. The key is the only index: it gives the place, the order and all the words.
CREATE TABLE "user_search_terms" (
    "environment_id" INTEGER NOT NULL,
    "whole" BOOLEAN NOT NULL,
    "term" TEXT COLLATE "C" NOT NULL,
    "user_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "user_search_terms_pkey" PRIMARY KEY ("environment_id","whole","term","user_id")
);

CREATE TABLE "user_search_builds" (
    "environment_id" INTEGER NOT NULL,
    "up_to" TEXT COLLATE "C" NOT NULL DEFAULT '',
    "done" INTEGER NOT NULL DEFAULT 0,
    "total" INTEGER,
    "lease_holder" TEXT NOT NULL DEFAULT '',
    "lease_until" TIMESTAMPTZ(3),

    CONSTRAINT "user_search_builds_pkey" PRIMARY KEY ("environment_id")
);

-- The users of these environments are put into the index by the services, in batches.
INSERT INTO "user_search_builds" ("environment_id")
SELECT "id" FROM "environments" AS e WHERE EXISTS (SELECT FROM "users" WHERE "environment_id" = e."id");

-- Names were searched by these, under the rules of the database's locale.
DROP INDEX "users_name_idx";
DROP INDEX "users_last_name_idx";
DROP INDEX "users_banned_name_idx";
DROP INDEX "users_banned_last_name_idx";
DROP INDEX "users_deleted_name_idx";
DROP INDEX "users_deleted_last_name_idx";

-- The user with exactly this hosted e-mail address. Under "C", lower() knows A to Z and asks no locale.
CREATE INDEX "user_profiles_email_idx" ON "user_profiles" ("environment_id", (lower(("basic"->>'email') COLLATE "C")), "user_id")
  WHERE ("basic"->>'email') IS NOT NULL;
