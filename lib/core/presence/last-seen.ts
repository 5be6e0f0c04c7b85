import type { EnvironmentId } from "../actor";
import { environmentDirectory } from "../apps/environment-directory";
import type { Context } from "../context";
import { type SeenUser, updateLastSeen } from "./last-seen-store";

const CHUNK = 500;
/** Kept at most while the database cannot be written; beyond it the oldest are forgotten. */
const MAX_WAITING = 100_000;

/**
 * Gathers when users were seen and writes it in few statements: last seen is a mark on the users list, not a record, so
 * it may be a moment late.
 */
export interface LastSeen {
  /** `at` in Unix milliseconds of real time. */
  touch(environmentId: EnvironmentId, userId: string, at: number): void;
  /** Writes what was gathered. Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void>;
}

export function createLastSeen(context: Context): LastSeen {
  const directory = environmentDirectory(context);
  let waiting = new Map<string, SeenUser>();

  const byItsClock = ({ seenAt, ...user }: SeenUser): SeenUser => {
    const aheadMs = directory.aheadMs(user.environmentId);
    return { ...user, seenAt: aheadMs === 0 ? seenAt : new Date(seenAt.getTime() + aheadMs) };
  };

  const keep = (user: SeenUser): void => {
    const key = `${user.environmentId}/${user.userId}`;
    const known = waiting.get(key);
    if (known !== undefined && known.seenAt >= user.seenAt) return;
    waiting.set(key, user);
    if (waiting.size <= MAX_WAITING) return;
    const [oldest] = waiting.keys();
    if (oldest !== undefined) waiting.delete(oldest);
  };

  return {
    touch: (environmentId, userId, at) => keep({ environmentId, userId, seenAt: new Date(at) }),
    async flush() {
      const users = [...waiting.values()];
      waiting = new Map();
      for (let at = 0; at < users.length; at += CHUNK) {
        const chunk = users.slice(at, at + CHUNK);
        try {
          // By the clock of now: it may have been moved, or ended, since they were seen.
          await updateLastSeen(context.db, chunk.map(byItsClock));
        } catch (error) {
          context.log.warn(
            { err: error, users: users.length - at },
            "presence: last seen was not written; trying again",
          );
          for (const user of users.slice(at)) keep(user);
          return;
        }
      }
    },
  };
}
