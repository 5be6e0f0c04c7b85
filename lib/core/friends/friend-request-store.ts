import type { Db } from "@/lib/db/database";
import { Prisma } from "@/lib/db/generated/client";
import { keysetOrder, time } from "@/lib/db/sql";
import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { joinShownUser } from "../users/shown-user-sql";
import { REQUEST_STATUSES, REQUEST_TYPES, type RequestStatus, type RequestType } from "./schema";

const REFUSE = {
  name: "friend-requests-refuse",
  text: `UPDATE friend_requests SET status = 2
    WHERE environment_id = $1::int AND requester_id = $2::text AND target_id = $3::text`,
};

/** The request must be open and both users locked. */
export async function refuseRequest(
  run: Run,
  environmentId: EnvironmentId,
  request: { readonly requesterId: string; readonly targetId: string },
): Promise<void> {
  await run(REFUSE, [environmentId, request.requesterId, request.targetId]);
}

export interface StoredRequest {
  readonly type: RequestType;
  /** The other user. */
  readonly userId: string;
  readonly name: string;
  readonly portraitUri: string;
  readonly extra: string;
  readonly status: RequestStatus;
  readonly requestedAt: Date;
}

/** `[requested at in Unix milliseconds, the other user's id, type]` */
export type RequestKeys = readonly [number, string, number];

export interface RequestCondition {
  readonly types: readonly RequestType[];
  readonly statuses: readonly RequestStatus[];
  /** Open requests of this moment and earlier have expired. */
  readonly openAfter: Date;
}

const { sql, empty, join, raw } = Prisma;

/** Each part is one range of one index, which also gives its order. Open and expired requests are one by their status. */
function statusParts({ statuses, openAfter }: RequestCondition): Prisma.Sql[] {
  const has = (status: RequestStatus) => statuses.includes(status);
  const { open, accepted, refused, expired } = REQUEST_STATUSES;
  const parts: Prisma.Sql[] = [];
  if (has(open) && has(expired)) parts.push(sql`status = 0`);
  else if (has(open)) parts.push(sql`status = 0 AND requested_at > ${time(openAfter)}`);
  else if (has(expired)) parts.push(sql`status = 0 AND requested_at <= ${time(openAfter)}`);
  if (has(accepted)) parts.push(sql`status = 1`);
  if (has(refused)) parts.push(sql`status = 2`);
  return parts;
}

/**
 * A user's requests from `after` on, exclusively, by time, then the other's id, then type; `downwards` newest first.
 * However many requests the user has, at most `limit` rows of each part are read.
 */
export async function findRequests(
  db: Db,
  environmentId: EnvironmentId,
  userId: string,
  condition: RequestCondition,
  page: { readonly after: RequestKeys | null; readonly downwards: boolean; readonly limit: number },
): Promise<StoredRequest[]> {
  const { after, downwards, limit } = page;
  const { direction, beyond } = keysetOrder(downwards);
  const parts = condition.types.flatMap((type) => {
    const [own, other] =
      type === REQUEST_TYPES.sent ? [raw("requester_id"), raw("target_id")] : [raw("target_id"), raw("requester_id")];
    let from = empty;
    if (after !== null) {
      const [ms, id, afterType] = after;
      const included = downwards ? type < afterType : type > afterType;
      from = sql` AND (requested_at, ${other}) ${beyond}${included ? sql`=` : empty} (${time(ms)}, ${id})`;
    }
    return statusParts(condition).map(
      (status) => sql`(SELECT ${type}::int AS type, ${other} AS "userId", extra, status, requested_at
        FROM friend_requests WHERE environment_id = ${environmentId} AND ${own} = ${userId} AND ${status}${from}
        ORDER BY requested_at ${direction}, ${other} ${direction} LIMIT ${limit})`,
    );
  });
  if (parts.length === 0) return [];
  const order = sql`requested_at ${direction}, "userId" ${direction}, type ${direction}`;
  return db.$queryRaw<StoredRequest[]>`
    SELECT r.type, r."userId", coalesce(s.name, '') AS name, coalesce(s."portraitUri", '') AS "portraitUri", r.extra,
      CASE WHEN r.status = 0 AND r.requested_at <= ${time(condition.openAfter)} THEN 3 ELSE r.status END AS status,
      r.requested_at AS "requestedAt"
    FROM (SELECT * FROM (${join(parts, " UNION ALL ")}) AS found ORDER BY ${order} LIMIT ${limit}) AS r
    ${raw(joinShownUser("s", String(environmentId), 'r."userId"'))}
    ORDER BY ${order}`;
}
