import pg from "pg";
import { measure, type Order, serveOrders, userIdOf } from "./load";

/** PostgreSQL's own limit: the equivalent statement through `pg`, prepared, one at a time on each connection. */

const INSERT = {
  name: "insert",
  text: `INSERT INTO users (environment_id, user_id, name, avatar_url, created_at) VALUES ($1, $2, $3, '', now())
    ON CONFLICT (environment_id, user_id) DO NOTHING`,
};
const SELECT = {
  name: "select",
  text: `SELECT name, avatar_url, created_at, banned_until, soft_deleted_at, tokens_valid_from FROM users
    WHERE environment_id = $1 AND user_id = $2`,
};
const BAN = {
  name: "ban",
  text: `WITH target AS (
      UPDATE users SET banned_until = now() + interval '60 minutes' WHERE environment_id = $1 AND user_id = $2
      RETURNING user_id, name
    ), replaced AS (
      UPDATE bans SET ends_at = now(), replaced = true WHERE environment_id = $1 AND user_id = $2 AND ends_at > now()
    ), history AS (
      INSERT INTO bans (environment_id, user_id, starts_at, ends_at, minutes, banned_by_kind, banned_by_id, banned_by_name)
      SELECT $1, user_id, now(), now() + interval '60 minutes', 60, 'app_server', 'key', 'App server' FROM target
    )
    INSERT INTO audit_entries (environment_id, at, actor_kind, actor_id, actor_name, action, target_kind, target_id, target_name, request_id, source)
    SELECT $1, now(), 'app_server', 'key', 'App server', 'user.banned', 'user', user_id, name, 'request', 'server_api' FROM target`,
};

const clients: pg.Client[] = [];

async function connectAll(order: Order): Promise<void> {
  while (clients.length < order.connections) {
    const client = new pg.Client({ connectionString: order.databaseUrl });
    await client.connect();
    clients.push(client);
  }
}

serveOrders(async (order) => {
  await connectAll(order);
  return measure(order, async (connection, number) => {
    const userId = userIdOf(order, number);
    const values: unknown[] = [order.environmentId, userId];
    if (order.scenario === "issue, new ids")
      await clients[connection]?.query({ ...INSERT, values: [...values, "User"] });
    else await clients[connection]?.query({ ...(order.scenario === "ban" ? BAN : SELECT), values });
  });
});
