import { createHmac } from "node:crypto";
import pg from "pg";
import type { ClusterState } from "./cluster-state";

/** Held while the role is made, so that several starts may come upon it at once. */
const ROLE_LOCK = 7_301_004;

/**
 * The role of the running product in the embedded cluster, beside the one that owns everything. Its password follows from the
 * owner's and does not lead back to it, so there is nothing to keep, to lose or to bring over.
 */
export const runtimeAccount = (state: ClusterState) => ({
  user: `${state.user}_runtime`,
  password: createHmac("sha256", state.password).update("im-user-service runtime role").digest("base64url"),
});

/**
 * Has the role sign in to the product's database at `url`. Where it cannot it is made, or given its password: at the first start, in a
 * cluster of before there was the role, after a password was lost. All of it is one transaction.
 */
export async function ensureRuntimeAccount(
  owner: pg.Client,
  state: ClusterState,
  { database, url }: { readonly database: string; readonly url: string },
): Promise<void> {
  if (await signsIn(url)) return;
  const { user, password } = runtimeAccount(state);
  const [role, place] = [pg.escapeIdentifier(user), pg.escapeIdentifier(database)];
  await owner.query("BEGIN");
  await owner.query("SELECT pg_advisory_xact_lock($1)", [ROLE_LOCK]);
  const { rowCount } = await owner.query("SELECT FROM pg_roles WHERE rolname = $1", [user]);
  if (rowCount === 0) await owner.query(`CREATE ROLE ${role}`);
  await owner.query(
    `ALTER ROLE ${role} LOGIN NOSUPERUSER NOCREATEROLE NOCREATEDB NOREPLICATION NOBYPASSRLS PASSWORD ${pg.escapeLiteral(password)};
     REVOKE ALL ON DATABASE ${place} FROM PUBLIC; GRANT CONNECT ON DATABASE ${place} TO ${role};
     -- By which PostgreSQL gives back room on a full disk (giveBackLog).
     GRANT pg_checkpoint TO ${role}`,
  );
  await owner.query("COMMIT");
}

async function signsIn(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, application_name: "im-user-service check" });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return true;
  } catch (error) {
    // 28P01, 28000: no such role, or another password. 42501: it may not connect to this database.
    if (/^28|^42501/.test((error as { code?: string }).code ?? "")) return false;
    throw error;
  } finally {
    await client.end().catch(() => undefined);
  }
}
