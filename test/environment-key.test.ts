import { beforeAll, describe, expect, test } from "vitest";
import type { Statement } from "@/lib/db/statement";
import { statementsOfFunctions } from "@/test/support/database-functions";
import { keyedTables, tablesWithoutEnvironment } from "@/test/support/environment-key";
import { namedStatements } from "@/test/support/named-statements";

/**
 * What would divide the installation's data over several databases is the environment (docs/decisions/0151), so each statement must say whose
 * rows it means. What Prisma makes of models is not looked at here: stores give it an `EnvironmentId`.
 */

/** Statements that mean the rows of all environments, and why they may. */
const OF_THE_INSTALLATION: Readonly<Record<string, string>> = {
  "audit-unsealed": "the sealer looks which environments have entries to be sealed",
  "audit-chains": "the check of the audit log looks which environments have one",
  "audit-last-seal-number": "seals are numbered through the installation",
  "audit-missing-seals": "seals are numbered through the installation",
  "audit-next-seal": "the installation's audit log is sent on in the order of its seals",
  "groups-to-fold": "after an upgrade every group's name is put into the index, a batch at a time",
  "presence-remove-of-node": "a process that has died held connections of all environments",
};

/** Functions that mean all environments, and so are not read, and why. */
const FUNCTIONS_OF_ALL: Readonly<Record<string, string>> = {
  audit_add_seal: "seals are numbered through the installation",
  audit_remove_sealed: "removes the first seal of an environment that it is given, by the seal's number",
};

const keyed = keyedTables();
const missing = (text: string) => tablesWithoutEnvironment(text, keyed);

describe("a statement that leaves out an environment is found", () => {
  test.each([
    ["SELECT * FROM users", ["users"]],
    ["SELECT * FROM users WHERE user_id = $1", ["users"]],
    ["SELECT * FROM users WHERE environment_id = $1 OR user_id = $2", ["users"]],
    ["SELECT * FROM users WHERE NOT environment_id = $1", ["users"]],
    ["SELECT * FROM users WHERE environment_id > $1", ["users"]],
    ["SELECT * FROM users WHERE environment_id IS NOT NULL", ["users"]],
    ["SELECT * FROM users WHERE (environment_id, user_id) > ($1, $2)", ["users"]],
    ["SELECT * FROM users u JOIN bans b USING (user_id) WHERE u.environment_id = $1", ["bans"]],
    ["SELECT * FROM users u JOIN bans b ON b.environment_id = u.environment_id", ["users", "bans"]],
    ["SELECT * FROM users u, bans b WHERE u.environment_id = $1 AND b.environment_id = b.environment_id", ["bans"]],
    [
      "SELECT * FROM users u WHERE u.environment_id = $1 AND EXISTS (SELECT FROM bans b WHERE b.user_id = u.user_id)",
      ["bans"],
    ],
    ["WITH gone AS (DELETE FROM bans WHERE id = $1 RETURNING *) SELECT * FROM gone", ["bans"]],
    ["SELECT 1 UNION ALL SELECT count(*) FROM bans", ["bans"]],
    ["SELECT (SELECT count(*) FROM jobs)", ["jobs"]],
    ["UPDATE users SET name = $1 WHERE user_id = $2", ["users"]],
    ["UPDATE users u SET name = b.reason FROM bans b WHERE u.environment_id = $1 AND b.user_id = u.user_id", ["bans"]],
    ["INSERT INTO user_tags (user_id, tags) VALUES ($1, $2)", ["user_tags"]],
    ["INSERT INTO user_tags (environment_id, user_id) SELECT environment_id, user_id FROM users", ["users"]],
    [`SELECT "public"."users"."name" FROM "public"."users" WHERE "public"."users"."user_id" = $1`, ["users"]],
  ])("%s", async (text, tables) => {
    expect(await missing(text)).toEqual(tables);
  });
});

describe("one that names it is in order", () => {
  test.each([
    "SELECT * FROM apps",
    "SELECT * FROM users WHERE environment_id = $1 AND user_id > $2",
    "SELECT * FROM users WHERE environment_id IN ($1, $2)",
    "SELECT * FROM users WHERE environment_id = ANY($1::int[])",
    "SELECT * FROM users WHERE (environment_id, user_id) IN (SELECT e, u FROM unnest($1::int[], $2::text[]) AS x(e, u))",
    "SELECT * FROM users u JOIN bans b USING (environment_id, user_id) WHERE u.environment_id = $1",
    "SELECT * FROM users u JOIN bans b ON b.environment_id = u.environment_id WHERE b.environment_id = $1",
    "SELECT * FROM users u, unnest($1::int[]) AS i(e) WHERE u.environment_id = i.e",
    "SELECT * FROM users u WHERE u.environment_id = $1 AND EXISTS (SELECT FROM bans b WHERE b.environment_id = u.environment_id)",
    "WITH gone AS (DELETE FROM bans WHERE environment_id = $1 RETURNING *) SELECT * FROM gone",
    `SELECT "name" FROM "public"."users" WHERE ("public"."users"."environment_id" = $1 AND "public"."users"."user_id" = $2)`,
    "INSERT INTO user_tags (environment_id, user_id, tags) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING",
  ])("%s", async (text) => {
    expect(await missing(text)).toEqual([]);
  });
});

describe("every named statement", () => {
  let statements: Statement[];
  let made: Statement[];
  beforeAll(async () => {
    ({ statements, made } = await namedStatements(process.cwd()));
  });

  test("is found, those that a call makes too", () => {
    expect(statements.length).toBeGreaterThan(200);
    expect(made.map(({ name }) => name).sort()).toEqual([
      "app-erase-environments",
      "app-erase-users",
      "message-slots-patience",
      "reset-empty-users",
    ]);
    for (const { name, text } of made) expect(text, name).not.toBe("");
  });

  test("names the environment of each row that it reads or writes, or stands among the few that mean all", async () => {
    const found: Record<string, string> = {};
    for (const { name, text } of [...statements, ...made]) {
      const tables = await missing(text);
      if (tables.length > 0) found[name] = tables.join(", ");
    }
    const unexplained = Object.entries(found).filter(([name]) => OF_THE_INSTALLATION[name] === undefined);
    expect(unexplained).toEqual([]);
    expect(Object.keys(found).sort(), "an exception that is none").toEqual(Object.keys(OF_THE_INSTALLATION).sort());
  });
});

test("every statement in a function of the database names the environment too", async () => {
  const functions = await statementsOfFunctions();
  expect([...functions.keys()].sort()).toEqual([
    "audit_add_seal",
    "audit_remove_sealed",
    "read_entries",
    "read_inboxes",
    "read_messages",
    "store_messages",
  ]);
  for (const [name, statements] of functions) {
    expect(statements.length, name).toBeGreaterThan(0);
    if (name in FUNCTIONS_OF_ALL) continue;
    for (const text of statements) expect(await missing(text), `${name}: ${text}`).toEqual([]);
  }
});
