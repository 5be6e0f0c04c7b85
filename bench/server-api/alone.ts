import type { Alone } from "./scenario";

/** Pieces of the statements that scenarios compare with. */

/** The entry of the audit log that an app server's act leaves, for each row of `target`, which has `user_id` and `name`. */
export const audited = (action: string, target: string) => `INSERT INTO audit_entries (environment_id, at, actor_kind,
      actor_id, actor_name, action, target_kind, target_id, target_name, before, after, request_id, source)
    SELECT $1, now(), 'app_server', 'key', 'App server', '${action}', 'user', user_id, name, '{"before": null}', '{"after": null}',
      'request', 'server_api' FROM ${target}`;

const OF_USER = "environment_id = $1 AND user_id = $2";

/** Everything that soft delete and restore look for of the user `$2`, table by table. */
export const erasing = (of = OF_USER) => {
  const deleted: readonly (readonly [table: string, condition: string])[] = [
    ["inbox_entries", of],
    ["messages", of.replace("user_id", "sender_id")],
    ["user_profiles", of],
    ["user_tags", of],
    ["user_notes", of],
    ["friendships", of],
    ["friend_requests", of.replace("user_id", "requester_id")],
    ["friend_requests", of.replace("user_id", "target_id")],
    ["blocks", of],
    ["group_aliases", of],
    ["group_favorites", of],
    ["user_data_copies", of],
    ["refused_connects", of],
  ];
  return deleted
    .map(([table, condition], index) => `gone${index} AS (DELETE FROM ${table} WHERE ${condition})`)
    .join(", ");
};

/** The values of a statement about one user. */
export const aboutUser =
  (userId: (order: Parameters<Alone["values"]>[0], number: number) => string): Alone["values"] =>
  (order, number) => [order.environmentId, userId(order, number)];
