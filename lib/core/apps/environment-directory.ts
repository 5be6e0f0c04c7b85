import { createBatch, perDatabase } from "@/lib/db/batch";
import type { EnvironmentId, EnvironmentRef } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { isStorable } from "../input/text-rules";
import { accessTokenKey } from "../tokens/access-token";
import { openAppSecret } from "./app-secret";
import { findEnvironmentsByAppKeys } from "./environment-store";

/** What a signed request or a connecting client needs to know of its environment. Holds secrets: never log it. */
export interface EnvironmentEntry {
  readonly ref: EnvironmentRef;
  readonly appSecret: string;
  /** Signs this environment's access tokens; follows from the App Secret. */
  readonly tokenKey: Buffer;
}

export interface EnvironmentDirectory {
  /** The environment with this App Key, or null; at once where that is known, as it is for nearly every request. */
  find(appKey: string): EnvironmentEntry | null | Promise<EnvironmentEntry | null>;
  /**
   * How far the test clock of an environment was ahead, in milliseconds, when it was looked up last; 0 where there is none. For what
   * has no time to look: connections, whose environments are looked up again as soon as they change.
   */
  aheadMs(environmentId: EnvironmentId): number;
}

/** Longer App Keys than this cannot exist and are not looked up, as those that cannot be stored. */
const APP_KEY_MAX_LENGTH = 64;
const UNKNOWN_KEPT_MS = 2_000;
const MAX_UNKNOWN = 1_000;
const MAX_KNOWN = 10_000;

const directories = perDatabase((db) => ({ db, directory: undefined as EnvironmentDirectory | undefined }));

/** The directory of this process: one per database, made on first use. */
export function environmentDirectory(context: Context): EnvironmentDirectory {
  const slot = directories(context.db);
  slot.directory ??= createDirectory(context);
  return slot.directory;
}

/**
 * Caches environments by App Key. An entry is dropped by the bus when its environment changes; when events may have
 * been missed everything is dropped, and nothing is kept while the bus is away. So a refreshed App Secret counts in
 * every process as soon as the event arrives. Unknown App Keys are remembered briefly and in bounded number, and their
 * look-ups share one statement at a time, so that a flood of invented keys costs little.
 */
function createDirectory(context: Context): EnvironmentDirectory {
  const known = new Map<string, EnvironmentEntry>();
  const unknown = new Map<string, number>();
  /** Of the few environments that have a test clock. */
  const ahead = new Map<EnvironmentId, number>();
  // A look-up that began before something was dropped must not put it back.
  let generation = 0;

  const forget = (drop: () => void) => {
    generation += 1;
    drop();
  };
  context.bus.onGap(() => forget(() => known.clear()));
  context.bus.subscribe((event) => {
    if (event.type !== "environment.changed") return;
    forget(() => {
      for (const [appKey, entry] of known) if (entry.ref.id === event.environmentId) known.delete(appKey);
    });
  });

  const open = (stored: { ref: EnvironmentRef; appSecretEncrypted: Uint8Array }): EnvironmentEntry => {
    const { id, clock } = stored.ref;
    if (clock === null) ahead.delete(id);
    else ahead.set(id, clock.aheadMs);
    const appSecret = openAppSecret(context.secrets, stored.ref.appKey, stored.appSecretEncrypted);
    return { ref: stored.ref, appSecret, tokenKey: accessTokenKey(appSecret) };
  };

  const lookUp = createBatch<string, EnvironmentEntry | null>({
    maxItems: 100,
    maxInFlight: 1,
    async run(appKeys) {
      const before = generation;
      const found = await findEnvironmentsByAppKeys(context.db.prisma, appKeys);
      const fresh = generation === before && context.bus.connected();
      return appKeys.map((appKey) => {
        const stored = found.get(appKey);
        if (stored === undefined) {
          remember(unknown, MAX_UNKNOWN, appKey, context.now() + UNKNOWN_KEPT_MS);
          return null;
        }
        const entry = open(stored);
        if (fresh) remember(known, MAX_KNOWN, appKey, entry);
        return entry;
      });
    },
  });

  return {
    find(appKey) {
      const entry = known.get(appKey);
      if (entry !== undefined) return entry;
      if (appKey.length > APP_KEY_MAX_LENGTH || !isStorable(appKey)) return null;
      const unknownUntil = unknown.get(appKey);
      if (unknownUntil !== undefined && context.now() < unknownUntil) return null;
      return lookUp(appKey);
    },
    aheadMs: (environmentId) => ahead.get(environmentId) ?? 0,
  };
}

/** Puts a value into a bounded map; the oldest entry makes room. */
function remember<Value>(map: Map<string, Value>, max: number, key: string, value: Value): void {
  map.delete(key);
  if (map.size >= max) {
    const [oldest] = map.keys();
    if (oldest !== undefined) map.delete(oldest);
  }
  map.set(key, value);
}

/** The entry of an environment that is known to exist. Throws `not_found` when it does not. */
export async function entryOf(context: Context, environment: EnvironmentRef): Promise<EnvironmentEntry> {
  const entry = await environmentDirectory(context).find(environment.appKey);
  if (entry === null) throw new AppError("not_found", { message: "The environment does not exist any more." });
  return entry;
}
