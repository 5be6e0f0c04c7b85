import type { Quota, RunSeats } from "@/lib/core/quota/schema";

/** Which half of which app, as it stands in the address. */
export interface Scope {
  readonly app: string;
  readonly env: string;
}

/** JSON of `GET /api/apps/[app]/[env]/quota`. Invalidate it after anything that takes or frees seats. */
export const quotaKey = (scope: Scope) => ["quota", scope.app, scope.env] as const;

/** `Quota` as JSON: the dates are text. */
export type QuotaAnswer = Omit<Quota, "byPrefix" | "runs"> & {
  readonly runs: ReadonlyArray<Omit<RunSeats, "expiresAt"> & { readonly expiresAt: string }>;
  readonly byPrefix: ReadonlyArray<{ readonly prefix: string; readonly count: number }>;
  /** How far the environment's test clock is ahead, in milliseconds. */
  readonly clockAheadMs: number;
};
