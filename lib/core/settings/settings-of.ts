import { perDatabase } from "@/lib/db/batch";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import { settingsFrom } from "./get-settings";
import type { Settings } from "./schema";
import { readSettings } from "./settings-store";

const MAX_CACHED = 10_000;

interface SettingsCache {
  read(environmentId: EnvironmentId): Promise<Settings>;
  forget(environmentId: EnvironmentId): void;
}

const caches = perDatabase(() => ({ cache: undefined as SettingsCache | undefined }));

/**
 * The settings that hold in an environment now, for rules on the hot path. Cached per process and dropped by the bus, so
 * that a change acts in every process within milliseconds; while the bus is away nothing is cached.
 */
export function settingsOf(context: Context, environmentId: EnvironmentId): Promise<Settings> {
  const slot = caches(context.db);
  slot.cache ??= createCache(context);
  return slot.cache.read(environmentId);
}

/** For whoever has just changed them and goes on in this process: what it told the others is on its way to this one as well. */
export function forgetSettings(context: Context, environmentId: EnvironmentId): void {
  caches(context.db).cache?.forget(environmentId);
}

function createCache(context: Context): SettingsCache {
  const known = new Map<EnvironmentId, Promise<Settings>>();
  context.bus.onGap(() => known.clear());
  context.bus.subscribe((event) => {
    if (event.type === "settings.changed") known.delete(event.environmentId as EnvironmentId);
  });
  return {
    forget: (environmentId) => void known.delete(environmentId),
    read(environmentId) {
      const cached = known.get(environmentId);
      if (cached !== undefined) return cached;
      const reading = readSettings(context.db.prisma, environmentId).then(settingsFrom);
      if (context.bus.connected()) {
        if (known.size >= MAX_CACHED) known.clear();
        known.set(environmentId, reading);
        // A failed read is not an answer to keep. What the caller sees is its own await of `reading`.
        reading.catch(() => known.get(environmentId) === reading && known.delete(environmentId));
      }
      return reading;
    },
  };
}
