import { beforeAll, describe, expect, inject, test } from "vitest";
import type { EnvironmentId } from "@/lib/core/actor";
import { verifyChain } from "@/lib/core/audit/verify-chain";
import { banUsers } from "@/lib/core/bans/ban-users";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { ownDatabases } from "@/test/support/own-databases";
import { sealAll } from "@/test/support/sealing";
import { insertTestUsers } from "@/test/support/users";
import { migrate } from "./migrate";
import { findRoleRights, grantRuntimeRights, isGuarded } from "./runtime-role";
import { withConnection } from "./session";

const context = testContext();
const { create, roleFor, run } = ownDatabases();
const DAY_MS = 86_400_000;

/** As whoever has taken the address of the running product. */
const attack = (sql: string, values: unknown[] = []) => context().db.pool.query(sql, values);
const refused = { code: "42501" };

let environmentId: EnvironmentId;
beforeAll(async () => {
  const { ref } = (await createTestApp(context())).development;
  environmentId = ref.id;
  await insertTestUsers(context(), ref, [{ userId: "old" }, { userId: "new" }]);
  context().advance(-40 * DAY_MS);
  await banUsers(context(), appServerOf(ref), { userIds: ["old"], durationMinutes: 10 });
  await sealAll(context(), ref.id);
  context().advance(40 * DAY_MS);
  await banUsers(context(), appServerOf(ref), { userIds: ["new"], durationMinutes: 10 });
  await sealAll(context(), ref.id);
});

const seals = async () =>
  (
    await attack("SELECT sequence FROM audit_seals WHERE environment_id = $1 ORDER BY sequence", [environmentId])
  ).rows.map(({ sequence }) => sequence);

/** A seal behind the last one, as somebody forges it who cannot sign. */
const forged = (said: { through?: string; ids?: string; removedThrough?: number | null } = {}) =>
  attack(
    `SELECT audit_add_seal(environment_id, sequence + 1, (SELECT max(number) + 1 FROM audit_seals), now(), through_id,
       coalesce($2::bigint, through_id), $3::bigint[], ARRAY[]::bytea[], $4::int, hash, 'forged', 'forged') AS done
     FROM audit_seals WHERE environment_id = $1 ORDER BY sequence DESC LIMIT 1`,
    [environmentId, said.through ?? null, said.ids ?? "{}", said.removedThrough ?? null],
  );

describe("the role of the running product", () => {
  test("is another one than the tables' owner, and every test of the suite runs as it", async () => {
    const { rows } = await attack("SELECT current_user::text AS me, current_setting('is_superuser') AS super");
    expect(rows).toEqual([{ me: inject("runtimeRole"), super: "off" }]);
  });

  test.each([
    "UPDATE audit_entries SET actor_name = 'Nobody'",
    "UPDATE audit_entries SET at = at WHERE false",
    "DELETE FROM audit_entries",
    "TRUNCATE audit_entries",
    "SELECT FROM audit_entries FOR UPDATE",
    "INSERT INTO audit_entries (id, environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, request_id, source) VALUES (1, 1, now(), 'system', '', '', '', '', '', '', '')",
    "INSERT INTO audit_seals SELECT * FROM audit_seals WHERE false",
    "UPDATE audit_seals SET hash = ''",
    "DELETE FROM audit_seals",
    "TRUNCATE audit_seals",
    "UPDATE audit_chain SET seals = 0",
    "DELETE FROM audit_chain",
    "TRUNCATE audit_chain",
    "TRUNCATE users, bans CASCADE",
    "SELECT setval(pg_get_serial_sequence('audit_entries', 'id'), 1)",
    "ALTER TABLE audit_entries DISABLE TRIGGER ALL",
    "ALTER TABLE audit_entries ADD COLUMN more text",
    "ALTER TABLE audit_entries OWNER TO CURRENT_USER",
    "CREATE TRIGGER mine BEFORE INSERT ON audit_entries FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()",
    "CREATE RULE mine AS ON INSERT TO audit_entries DO INSTEAD NOTHING",
    "DROP TABLE audit_entries",
    "DROP FUNCTION audit_remove_sealed",
    "ALTER FUNCTION audit_remove_sealed SECURITY INVOKER",
    "CREATE OR REPLACE FUNCTION audit_remove_sealed(of_environment_id integer) RETURNS boolean LANGUAGE sql AS 'SELECT true'",
    "SET session_replication_role = replica",
    "CREATE TABLE mine (id int)",
    "CREATE FUNCTION mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE ROLE mine",
    "DELETE FROM _prisma_migrations",
    "COPY audit_entries FROM PROGRAM 'true'",
  ])("is refused: %s", async (sql) => {
    await expect(attack(sql)).rejects.toMatchObject(refused);
  });

  test("neither becomes the owner nor disguises a table: functions of the owner see their own tables", async () => {
    await expect(attack(`SET ROLE ${new URL(inject("serverUrl")).username}`)).rejects.toMatchObject(refused);
    await withConnection({ url: context().url }, async (client) => {
      await client.query("CREATE TEMPORARY TABLE audit_seals (LIKE public.audit_seals)");
      await client.query("INSERT INTO audit_seals SELECT * FROM public.audit_seals");
      await client.query("UPDATE audit_seals SET removed_through = 1, removed_before = 'infinity'");
      const { rows } = await client.query("SELECT audit_remove_sealed($1) AS done", [environmentId]);
      expect(rows).toEqual([{ done: false }]);
    });
    expect(await seals()).toEqual([1, 2]);
  });

  test("adds a seal only behind the last one, over entries that there are", async () => {
    const add = (sequence: number, number: string) =>
      attack(
        `SELECT audit_add_seal($1, $2, (SELECT ${number} FROM audit_seals), now(), through_id, through_id, '{}', '{}', NULL, hash, '', '') AS done
         FROM audit_seals WHERE environment_id = $1 AND sequence = 1`,
        [environmentId, sequence],
      );
    for (const [sequence, number] of [
      [2, "max(number) + 1"],
      [3, "max(number) + 1"],
      [3, "max(number)"],
      [3, "max(number) + 2"],
    ] as const) {
      expect((await add(sequence, number)).rows, `${sequence} ${number}`).toEqual([{ done: false }]);
    }
    await expect(forged({ through: String(2n ** 62n) })).rejects.toMatchObject(refused);
    await expect(forged({ through: String(-(2n ** 62n)) })).rejects.toMatchObject(refused);
    await expect(forged({ ids: "{1}" })).rejects.toMatchObject(refused);
    expect(await seals()).toEqual([1, 2]);
  });

  test("removes what the owners' rule lets go and no more, also with the rule and the seal forged; and that shows", async () => {
    const remove = () => attack("SELECT audit_remove_sealed($1) AS done", [environmentId]);
    expect((await remove()).rows).toEqual([{ done: false }]);
    await expect(forged({ removedThrough: 2 })).rejects.toMatchObject(refused);
    await attack(
      `INSERT INTO installation_facts (key, value, updated_at) VALUES ('retention', '{"auditDays": 1, "banDays": null}', now())`,
    );
    await expect(forged({ removedThrough: 3 })).rejects.toMatchObject(refused);
    expect((await forged({ removedThrough: 2 })).rows).toEqual([{ done: true }]);
    expect((await remove()).rows).toEqual([{ done: true }]);
    await expect(remove()).rejects.toMatchObject(refused);
    expect(await seals()).toEqual([2, 3]);
    const { rows } = await attack("SELECT target_id FROM audit_entries WHERE environment_id = $1", [environmentId]);
    expect(rows).toEqual([{ target_id: "new" }]);
    expect((await verifyChain(context(), environmentId)).misfits).toMatchObject([{ kind: "seal_changed", seal: 3 }]);
  });
});

describe("granting", () => {
  const rightsOf = (url: string, role: string) =>
    withConnection({ url }, (client) => findRoleRights(client, "public", role));

  test("gives a role what it needs, also in tables that came since, and takes what it must not have", async () => {
    const url = await create();
    await migrate(url);
    const { role, url: theirs } = await roleFor(url);
    expect((await rightsOf(url, role)).missing).toContain("SELECT on users");
    await run(
      url,
      `GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}; GRANT UPDATE (ip) ON audit_entries TO ${role}`,
    );
    const before = await rightsOf(url, role);
    expect(before.excess).toEqual(expect.arrayContaining(["DELETE on audit_entries", "TRUNCATE on audit_seals"]));
    expect(isGuarded(before)).toBe(false);
    const after = await grantRuntimeRights(url, role);
    expect(after).toMatchObject({ missing: [], excess: [] });
    expect(isGuarded(after)).toBe(true);
    await run(url, `CREATE TABLE later (id bigserial PRIMARY KEY); GRANT UPDATE (ip) ON audit_entries TO ${role}`);
    expect(await rightsOf(url, role)).toMatchObject({ excess: ["UPDATE on audit_entries"] });
    await grantRuntimeRights(url, role);
    await run(theirs, "INSERT INTO later DEFAULT VALUES");
    await expect(run(theirs, "TRUNCATE later")).rejects.toMatchObject(refused);
    await expect(run(theirs, "UPDATE audit_entries SET ip = ''")).rejects.toMatchObject(refused);
  });

  test("cannot take what everybody has, what a role is or what it owns, and says so", async () => {
    const url = await create();
    await migrate(url);
    const { role } = await roleFor(url);
    await run(url, "GRANT DELETE ON audit_entries TO PUBLIC");
    expect((await grantRuntimeRights(url, role)).excess).toEqual(["DELETE on audit_entries"]);
    await run(url, "REVOKE DELETE ON audit_entries FROM PUBLIC");
    expect(isGuarded(await rightsOf(url, role))).toBe(true);
    for (const [make, undo] of [
      [`ALTER ROLE ${role} CREATEROLE`, `ALTER ROLE ${role} NOCREATEROLE`],
      [`GRANT pg_write_all_data TO ${role}`, `REVOKE pg_write_all_data FROM ${role}`],
      [`GRANT pg_execute_server_program TO ${role}`, `REVOKE pg_execute_server_program FROM ${role}`],
      [`GRANT CREATE ON SCHEMA public TO ${role}`, `REVOKE CREATE ON SCHEMA public FROM ${role}`],
      [`ALTER TABLE audit_chain OWNER TO ${role}`, "ALTER TABLE audit_chain OWNER TO CURRENT_USER"],
    ] as const) {
      await run(url, make);
      expect(isGuarded(await rightsOf(url, role)), make).toBe(false);
      await run(url, undo);
    }
    await grantRuntimeRights(url, role);
    expect(isGuarded(await rightsOf(url, role))).toBe(true);
  });

  test("of several starts at once is done by each without harm", async () => {
    const url = await create();
    await migrate(url);
    const { role } = await roleFor(url);
    const done = await Promise.all(Array.from({ length: 4 }, () => grantRuntimeRights(url, role)));
    for (const rights of done) expect(rights).toMatchObject({ missing: [], excess: [] });
  });
});
