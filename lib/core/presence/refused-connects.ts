import { environmentDirectory } from "../apps/environment-directory";
import type { Context } from "../context";
import type { ErrorCode } from "../errors";
import { parseAccessToken } from "../tokens/access-token";
import { type StoredRefusal, writeRefusedConnects } from "./refused-connect-store";
import type { ConnectInput } from "./schema";

const CHUNK = 500;
/** Kept at most until they are written; more are not noted. */
const MAX_WAITING = 10_000;

/**
 * Notes which connects were refused to whom, so that an operator can say why somebody could not connect. Off the way of
 * those who connect: gathered in memory and written in few statements. Only what a token proves is believed: who sends
 * somebody's id with a token of their own making notes nothing.
 */
export interface RefusedConnects {
  /** Never rejects. */
  note(connect: ConnectInput, ip: string, code: ErrorCode): Promise<void>;
  /** Writes what was gathered. Never rejects: what could not be written waits for the next time. */
  flush(): Promise<void>;
}

export function createRefusedConnects(context: Context): RefusedConnects {
  const directory = environmentDirectory(context);
  /** By real time, as long as they wait. */
  let waiting = new Map<string, StoredRefusal>();

  const byItsClock = (refusal: StoredRefusal): StoredRefusal => {
    const aheadMs = directory.aheadMs(refusal.environmentId);
    if (aheadMs === 0) return refusal;
    const { firstAt, lastAt } = refusal;
    return { ...refusal, firstAt: new Date(firstAt.getTime() + aheadMs), lastAt: new Date(lastAt.getTime() + aheadMs) };
  };

  const keep = (refusal: StoredRefusal): void => {
    const { environmentId, userId, code, platform, lastAt } = refusal;
    const key = [environmentId, code, platform, lastAt.toISOString().slice(0, 10), userId].join("/");
    const known = waiting.get(key);
    if (known === undefined && waiting.size >= MAX_WAITING) return;
    const [older, newer] = known === undefined || known.lastAt <= lastAt ? [known, refusal] : [refusal, known];
    waiting.set(key, { ...newer, firstAt: older?.firstAt ?? newer.firstAt, count: newer.count + (older?.count ?? 0) });
  };

  return {
    async note({ appKey, token, platform, sdk, device }, ip, code) {
      try {
        const parsed = parseAccessToken(token);
        if (parsed === null) return;
        const at = new Date(context.now());
        const entry = await directory.find(appKey);
        if (entry === null || parsed.claims.environmentId !== entry.ref.id || !parsed.signedBy(entry.tokenKey)) return;
        const { environmentId, userId } = parsed.claims;
        keep({ environmentId, userId, code, platform, count: 1, firstAt: at, lastAt: at, sdk, device, ip });
      } catch (error) {
        context.log.warn({ err: error }, "presence: a refused connect was not noted");
      }
    },
    async flush() {
      const refusals = [...waiting.values()];
      waiting = new Map();
      for (let at = 0; at < refusals.length; at += CHUNK) {
        try {
          await writeRefusedConnects(context.db, refusals.slice(at, at + CHUNK).map(byItsClock));
        } catch (error) {
          context.log.warn({ err: error }, "presence: refused connects were not written; trying again");
          for (const refusal of refusals.slice(at)) keep(refusal);
          return;
        }
      }
    },
  };
}
