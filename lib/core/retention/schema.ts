import { z } from "zod";

/** So that nobody wipes what was done last week by a setting. */
export const LEAST_KEPT_DAYS = 30;
export const MOST_KEPT_DAYS = 3_650;

const words = `From ${LEAST_KEPT_DAYS} to ${MOST_KEPT_DAYS.toLocaleString("en-US")} days.`;
/** null: for ever. */
const KeptDaysSchema = z.int({ error: words }).gte(LEAST_KEPT_DAYS, words).lte(MOST_KEPT_DAYS, words).nullable();

/** How many days audit entries, and bans that have ended, are kept. Browser-safe. */
export const RetentionSchema = z.object({ auditDays: KeptDaysSchema, banDays: KeptDaysSchema });
export type Retention = z.output<typeof RetentionSchema>;

export const ChangeRetentionSchema = RetentionSchema.extend({ seen: RetentionSchema.optional() });
export type ChangeRetentionInput = z.input<typeof ChangeRetentionSchema>;

/** How much there is of something. */
export interface KeptSize {
  /** Above ten thousand as PostgreSQL estimates it. */
  readonly rows: number;
  readonly estimated: boolean;
  /** With indexes. */
  readonly bytes: number;
  /** null: there is none. */
  readonly oldest: Date | null;
}

/** The rules with what they are about, as the console shows it. */
export interface ShownRetention {
  readonly rules: Retention;
  readonly audit: KeptSize;
  readonly bans: KeptSize;
}
