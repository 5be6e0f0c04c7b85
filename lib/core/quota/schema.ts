/** Registered users that a development environment may have; soft-deleted ones do not count (contract section 5.1). */
export const DEVELOPMENT_USER_LIMIT = 100;

/** Share of the limit from which the quota bar warns. */
export const QUOTA_WARN_AT = 0.8;
export const QUOTA_ALARM_AT = 0.95;

/** Numbers of registered users that the webhook tells of when development reaches them. */
export const QUOTA_THRESHOLDS: readonly number[] = [QUOTA_WARN_AT, QUOTA_ALARM_AT].map((share) =>
  Math.round(share * DEVELOPMENT_USER_LIMIT),
);

export type QuotaLevel = "fine" | "warn" | "alarm" | "full";

export interface PrefixGroup {
  /** Ends with its separator: "e2e-". Deleting by this prefix deletes exactly these users. */
  readonly prefix: string;
  readonly count: number;
  readonly oldest: Date;
  readonly newest: Date;
  /** The runs inside: the groups one separator further ("e2e-run1-"), where there are several users in one. */
  readonly runs: readonly { readonly prefix: string; readonly count: number; readonly newest: Date }[];
}

export interface Quota {
  readonly used: number;
  readonly limit: number;
  readonly level: QuotaLevel;
  /** Largest first; only prefixes that at least two users share. */
  readonly byPrefix: readonly PrefixGroup[];
  /** Users in none of the groups. */
  readonly withoutPrefix: number;
  /** How long ago the users were registered. The four do not overlap and add up to `used`. */
  readonly byAge: {
    readonly today: number;
    readonly thisWeek: number;
    readonly thisMonth: number;
    readonly older: number;
  };
  /** Not seen for 7 days; never seen counts from the registration. */
  readonly notSeenFor7Days: number;
  /** Mean registrations per day over the last 7 days, counting only users that are still there. */
  readonly growthPerDay: number;
  /** "Full in about N days" at that rate; 0 when full, null when nothing grows. */
  readonly daysUntilFull: number | null;
}
