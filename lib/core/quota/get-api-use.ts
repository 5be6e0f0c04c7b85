import { type Actor, environmentOf } from "../actor";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { countRefusedSince, findRateWindows } from "./refused-request-store";

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** How much an endpoint of the Server API was called. */
export interface EndpointUse {
  /** Path of the Server API. */
  readonly endpoint: string;
  /** Requests in its last rate window that saw any, refused ones included; null: none was counted. */
  readonly lastWindow: { readonly start: number; readonly count: number } | null;
  /** Requests over the limit in the last 24 hours, to the hour. */
  readonly refused: number;
}

/** The use of the endpoints that were called, and when it was read (Unix milliseconds, the clock of the windows). */
export async function getApiUse(context: Context, actor: Actor): Promise<{ now: number; endpoints: EndpointUse[] }> {
  requirePermission(actor, "quota.read");
  const environmentId = environmentOf(actor).id;
  const now = realNow(context);
  const since = new Date(Math.floor(now / HOUR_MS) * HOUR_MS - (HOURS - 1) * HOUR_MS);
  const db = context.db.prisma;
  const [windows, refused] = await Promise.all([
    findRateWindows(db, environmentId),
    countRefusedSince(db, environmentId, since),
  ]);
  const last = new Map(
    windows.map(({ endpoint, windowStart, count }) => [endpoint, { start: Number(windowStart), count }]),
  );
  const endpoints = [...new Set([...last.keys(), ...refused.keys()])].map((endpoint) => ({
    endpoint,
    lastWindow: last.get(endpoint) ?? null,
    refused: refused.get(endpoint) ?? 0,
  }));
  return { now, endpoints };
}
