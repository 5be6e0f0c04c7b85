import { describe, expect, test } from "vitest";
import { migrationNames, migrationSql } from "@/lib/db/migrate";
import { faultsOfMigration } from "@/test/support/migration-rules";

/** Those up to this one were made before the rule; no two releases with one of them between ever ran side by side. */
const BEFORE_THE_RULE = "20261213100000_group_words";

test("no migration since the rule stops the version before it from working, or writers for long", () => {
  for (const name of migrationNames().filter((each) => each > BEFORE_THE_RULE)) {
    expect(faultsOfMigration(migrationSql(name)), name).toEqual([]);
  }
});

describe("a migration is refused that", () => {
  test.each([
    ["renames", 'ALTER TABLE "users" RENAME COLUMN "name" TO "title";'],
    ["drops a column", 'ALTER TABLE "users" DROP COLUMN "name";'],
    ["drops a table", 'DROP TABLE "users";'],
    ["changes a type", 'ALTER TABLE "users" ALTER COLUMN "name" TYPE VARCHAR(64);'],
    ["demands a value", 'ALTER TABLE "users" ALTER COLUMN "name" SET NOT NULL;'],
    ["adds a column that old rows cannot have", 'ALTER TABLE "users" ADD COLUMN "age" INTEGER NOT NULL;'],
    ["adds a default that is computed", 'ALTER TABLE "users" ADD COLUMN "id" UUID NOT NULL DEFAULT gen_random_uuid();'],
    ["checks all rows", 'ALTER TABLE "users" ADD CONSTRAINT "c" CHECK (name <> \'\');'],
    ["builds an index while writers wait", 'CREATE INDEX "i" ON "users" ("name");'],
    ["drops an index behind readers", 'DROP INDEX "i";'],
    ["changes every row", 'UPDATE "users" SET "name" = \'\';'],
    [
      "mixes an index with other statements",
      'CREATE TABLE "t" ("id" INT); CREATE INDEX CONCURRENTLY "i" ON "users" ("name");',
    ],
  ])("%s", (_, sql) => {
    expect(faultsOfMigration(sql)).toHaveLength(1);
  });
});

describe("a migration passes that", () => {
  test.each([
    ["adds a column", 'ALTER TABLE "users" ADD COLUMN "age" INTEGER;'],
    ["adds a column with a constant", 'ALTER TABLE "users" ADD COLUMN "age" INTEGER NOT NULL DEFAULT 0;'],
    [
      "makes a table with its indexes",
      'CREATE TABLE "t" ("id" INT NOT NULL); CREATE INDEX "i" ON "t" ("id"); INSERT INTO "t" VALUES (1);',
    ],
    [
      "builds an index beside writers",
      '-- Serves the list; it was slow.\nCREATE INDEX CONCURRENTLY "i" ON "users" ("name");',
    ],
    ["adds a check for what comes", 'ALTER TABLE "users" ADD CONSTRAINT "c" CHECK (name <> \'\') NOT VALID;'],
    [
      "makes a function, whatever it does",
      "CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ UPDATE users SET name = ''; $$;",
    ],
    ["says why", '-- side by side: nobody has read it since 0.2\nALTER TABLE "users" DROP COLUMN "name";'],
  ])("%s", (_, sql) => {
    expect(faultsOfMigration(sql)).toEqual([]);
  });

  test("has such a reason for the statement below it alone", () => {
    const sql = '-- side by side: nobody reads it\nALTER TABLE "a" DROP COLUMN "b";\nALTER TABLE "a" DROP COLUMN "c";';
    expect(faultsOfMigration(sql)).toEqual([expect.stringContaining('"c"')]);
  });
});
