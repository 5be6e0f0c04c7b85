import { randomInt } from "node:crypto";
import pg from "pg";
import { placeOf, schemaOf } from "@/lib/db/address";
import { findRoleRights, grantRuntimeRights, isGuarded, type RoleRights, roleAt } from "@/lib/db/runtime-role";
import { withConnection } from "@/lib/db/session";
import { ownCommands } from "@/lib/own-commands";
import type { DatabaseFault } from "./preflight";

/**
 * The two roles of an installation in PostgreSQL: the one that owns the tables, and the one of the running product, which cannot change
 * the audit log (docs/decisions/0128). One address alone may be given; then one role does both.
 */

const quoted = (name: string) => pg.escapeIdentifier(name);
const listed = (rights: readonly string[]) => rights.slice(0, 3).join(", ") + (rights.length > 3 ? ", …" : "");

/** Why the two addresses do not name the same schema; null when they do. */
export function otherSchemaFault(url: string, ownerUrl: string): DatabaseFault | null {
  const [one, other] = [schemaOf(url), schemaOf(ownerUrl)];
  if (one === other) return null;
  const sentence = `DATABASE_URL names the schema ${one} and DATABASE_MIGRATE_URL ${other}: give both the same ?schema=.`;
  return { check: "roles", sentence };
}

/** Why the two addresses do not lead to the same database; null when they do. Both answer. */
export async function otherDatabaseFault(url: string, ownerUrl: string): Promise<DatabaseFault | null> {
  const lock = randomInt(2 ** 47);
  const same = await withConnection({ url: ownerUrl, applicationName: "im-user-service check" }, async (owner) => {
    await owner.query("SELECT pg_advisory_lock($1::bigint)", [lock]);
    return withConnection({ url, applicationName: "im-user-service check" }, async (client) => {
      const { rows } = await client.query<{ free: boolean }>("SELECT pg_try_advisory_lock($1::bigint) AS free", [lock]);
      return rows[0]?.free === false;
    });
  });
  if (same) return null;
  const sentence = `DATABASE_URL (${placeOf(url)}) and DATABASE_MIGRATE_URL (${placeOf(ownerUrl)}) lead to different databases: they are two roles of one.`;
  return { check: "roles", sentence };
}

/**
 * Has the role of `url` do what the product needs in the migrated tables of `ownerUrl`, and nothing to the audit log. Gives what no owner of tables
 * can mend; nothing where both are one role.
 */
export async function separateRoles(url: string, ownerUrl: string): Promise<DatabaseFault[]> {
  const [role, owner] = [await roleAt(url), await roleAt(ownerUrl)];
  if (role === owner) return [];
  return roleFaults(await grantRuntimeRights(ownerUrl, role), schemaOf(url));
}

function roleFaults(rights: RoleRights, schema: string): DatabaseFault[] {
  const role = quoted(rights.role);
  const could = `The role ${rights.role} of DATABASE_URL could change the audit log`;
  const sentences = [
    rights.missing.length > 0 &&
      `The role ${rights.role} of DATABASE_URL lacks ${listed(rights.missing)}, which the role of DATABASE_MIGRATE_URL may not give. As the owner of the tables or of the schema: GRANT it to ${role};`,
    rights.superuser && `${could}: it is a superuser. As another: ALTER ROLE ${role} NOSUPERUSER;`,
    rights.createRole && `${could}: it may make roles. As a superuser: ALTER ROLE ${role} NOCREATEROLE;`,
    rights.owner &&
      !rights.superuser &&
      `${could}: it owns tables of it, or is a member of a role that does or that may write anything. As a superuser: REASSIGN OWNED BY ${role} TO the role of DATABASE_MIGRATE_URL; or REVOKE that membership FROM ${role};`,
    rights.ownsDatabase &&
      !rights.superuser &&
      `${could}: it owns the database. As a superuser: ALTER DATABASE … OWNER TO the role of DATABASE_MIGRATE_URL;`,
    rights.createInSchema &&
      !(rights.superuser || rights.ownsDatabase) &&
      `${could}: it may make functions in the schema ${schema}. As the schema's owner: REVOKE CREATE ON SCHEMA ${quoted(schema)} FROM ${role}, PUBLIC;`,
    rights.excess.length > 0 &&
      !(rights.superuser || rights.owner) &&
      `${could}: everybody has ${listed(rights.excess)}. As the owner of the tables: REVOKE it FROM PUBLIC;`,
  ];
  return sentences.flatMap((sentence) => (sentence === false ? [] : [{ check: "roles", sentence }]));
}

/** For `doctor`: whether the role of a migrated database could change the audit log, with the way to another where it could. */
export async function guardOfRole(url: string, embedded: boolean): Promise<{ guarded: boolean; detail: string }> {
  const schema = schemaOf(url);
  const rights = await withConnection({ url, applicationName: "im-user-service doctor" }, async (client) => {
    const { rows } = await client.query<{ role: string }>("SELECT current_user::text AS role");
    return findRoleRights(client, schema, rows[0]?.role ?? "");
  });
  if (isGuarded(rights)) return { guarded: true, detail: `${rights.role} adds audit entries and cannot change them` };
  const detail = embedded
    ? `${rights.role} could change audit entries; the next \`${ownCommands().start}\` mends that.`
    : `The role ${rights.role} of DATABASE_URL could change audit entries. Make another for the product, as a superuser: ${STATEMENT} Then give its address as DATABASE_URL and the one of now as DATABASE_MIGRATE_URL; the next start grants what it needs.`;
  return { guarded: false, detail };
}

const STATEMENT = "CREATE ROLE im_runtime LOGIN PASSWORD '…';";
