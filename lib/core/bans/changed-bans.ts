import type { Run } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { AppError, type Conflict } from "../errors";
import { findLatestBans, type LatestBan } from "./changed-bans-store";
import type { SeenBan } from "./seen-ban-schema";

/** A user whose ban is not what the page showed. */
export interface ChangedBan {
  readonly userId: string;
  readonly conflict: Conflict;
}

/** The end of a ban that runs at `now`. */
const running = (end: Date | null | undefined, now: Date) => (end != null && end > now ? end : null);

/**
 * Those of the seen bans that are no more as they were seen, by user. `endOf` is what the locked user's row says. A ban
 * that has run out by itself is no change.
 */
export async function findChangedBans(
  run: Run,
  environmentId: EnvironmentId,
  seen: readonly SeenBan[],
  endOf: (userId: string) => Date | null | undefined,
  now: Date,
): Promise<Map<string, ChangedBan>> {
  const sameEnd = ({ userId, bannedUntil }: SeenBan) =>
    running(bannedUntil, now)?.getTime() === running(endOf(userId), now)?.getTime();
  const doubtful = seen.filter(
    (ban) => !sameEnd(ban) || (ban.banId !== undefined && running(endOf(ban.userId), now) !== null),
  );
  if (doubtful.length === 0) return new Map();
  const userIds = doubtful.map(({ userId }) => userId);
  const latest = await findLatestBans(run, environmentId, userIds, now);
  const changed = doubtful.filter((ban) => !sameEnd(ban) || latest.get(ban.userId)?.banId !== ban.banId);
  return new Map(
    changed.map(({ userId }) => [userId, { userId, conflict: banConflict(userId, latest.get(userId), now) }]),
  );
}

/** Who made of a user's ban what it is now. */
export function banConflict(userId: string, latest: LatestBan | undefined, now: Date): Conflict {
  if (latest !== undefined && latest.endsAt > now) {
    const { banId, endsAt, startsAt, bannedByName } = latest;
    const current: SeenBan = { userId, bannedUntil: endsAt, banId };
    return { by: bannedByName, at: startsAt, did: `banned ${userId}`, until: endsAt, current };
  }
  const current: SeenBan = { userId, bannedUntil: null };
  return {
    by: latest?.liftedByName ?? null,
    at: latest?.liftedAt ?? null,
    did: `unbanned ${userId}`,
    current,
  };
}

/** The refusal of an act on one user; an act on several leaves those out that were changed. */
export function changedMeanwhile({ conflict }: ChangedBan): AppError {
  const { by, did } = conflict;
  return new AppError("version_conflict", { message: `${by ?? "Someone"} ${did} meanwhile.`, conflict });
}
