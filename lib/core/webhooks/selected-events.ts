import { perDatabase } from "@/lib/db/batch";
import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import type { WebhookEventType } from "./facts";
import { readWebhook } from "./webhook-store";

const MAX_CACHED = 10_000;

type Selected = ReadonlySet<WebhookEventType>;

interface SelectionCache {
  read(environmentId: EnvironmentId): Promise<Selected>;
}

const caches = perDatabase(() => ({ cache: undefined as SelectionCache | undefined }));

/**
 * Whether the environment's webhook wants events of this type now: spares hot paths the work of making events that
 * `recordWebhookEvents` would drop. Cached per process and dropped by the bus; while the bus is away nothing is cached.
 */
export async function webhookSelects(
  context: Context,
  environmentId: EnvironmentId,
  type: WebhookEventType,
): Promise<boolean> {
  const slot = caches(context.db);
  slot.cache ??= createCache(context);
  return (await slot.cache.read(environmentId)).has(type);
}

function createCache(context: Context): SelectionCache {
  const known = new Map<EnvironmentId, Promise<Selected>>();
  context.bus.onGap(() => known.clear());
  context.bus.subscribe((event) => {
    if (event.type === "webhooks.changed") known.delete(event.environmentId as EnvironmentId);
  });
  return {
    read(environmentId) {
      const cached = known.get(environmentId);
      if (cached !== undefined) return cached;
      const reading = readWebhook(context.db.prisma, environmentId).then(
        ({ url, events }): Selected => new Set(url === "" ? [] : events),
      );
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
