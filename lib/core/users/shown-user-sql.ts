/**
 * SQL for how users are shown to each other: the hosted profile's name and avatar, else those of the registration. Joins
 * `alias` with `name` and `portraitUri` beside a row that names a user by the expressions `environmentId` and `userId`;
 * null for a user who is gone. Two index searches a row, under every plan.
 */
export function joinShownUser(alias: string, environmentId: string, userId: string): string {
  return `LEFT JOIN LATERAL (
      SELECT coalesce(nullif(p.name, ''), u.name) AS name, coalesce(nullif(p.portrait, ''), u.avatar_url) AS "portraitUri"
      FROM (
        SELECT name, avatar_url FROM users WHERE environment_id = ${environmentId} AND user_id = ${userId} LIMIT 1
      ) u LEFT JOIN LATERAL (
        SELECT basic->>'name' AS name, basic->>'portraitUri' AS portrait
        FROM user_profiles WHERE environment_id = ${environmentId} AND user_id = ${userId} LIMIT 1
      ) p ON true
    ) ${alias} ON true`;
}
