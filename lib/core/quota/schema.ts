import { z } from "zod";
import { formText } from "../input/text";
import { QUOTA_NOTE_MAX, USER_LIMIT_MAX, USER_LIMIT_MIN } from "./facts";

export const UserLimitSchema = z
  .int("Enter a whole number of users.")
  .min(USER_LIMIT_MIN, `Enter at least ${USER_LIMIT_MIN} users.`)
  .max(USER_LIMIT_MAX, "Enter at most 10,000 users.");

/** Why a limit cannot be set; undefined when it can. */
export function userLimitProblem(limit: number): string | undefined {
  return UserLimitSchema.safeParse(limit).error?.issues[0]?.message;
}

/** Share of the limit from which the quota bar warns. */
export const QUOTA_WARN_AT = 0.8;
export const QUOTA_ALARM_AT = 0.95;

/** Numbers of registered users that the webhook tells of when development reaches them. */
export const quotaThresholds = (limit: number): readonly number[] =>
  [QUOTA_WARN_AT, QUOTA_ALARM_AT].map((share) => Math.ceil(share * limit));

/** How many users Development has, of how many it may have. */
export interface UsedSeats {
  readonly taken: number;
  readonly limit: number;
}

/** Whether so many are told of before Development is full. */
export const isNearlyFull = ({ taken, limit }: UsedSeats): boolean => taken >= Math.ceil(QUOTA_WARN_AT * limit);

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

/** Seats that a live test run holds: its users, and those reserved for it that are free. */
export interface RunSeats {
  readonly id: string;
  readonly label: string;
  readonly seats: number;
  readonly users: number;
  readonly reserved: number;
  readonly expiresAt: Date;
}

export interface Quota {
  readonly used: number;
  readonly limit: number;
  /** The live test runs with their seats, those that hold most first. */
  readonly runs: readonly RunSeats[];
  /** Free seats that are reserved for test runs. */
  readonly reserved: number;
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

export const ChangeUserLimitSchema = z.object({
  limit: UserLimitSchema,
  /** What a page showed. */
  seen: z.object({ limit: UserLimitSchema }).optional(),
  /** Why; kept in the audit log. */
  note: formText({ max: QUOTA_NOTE_MAX, missing: "Enter text." }).default(""),
});
export type ChangeUserLimitInput = z.input<typeof ChangeUserLimitSchema>;
