import { z } from "zod";
import { addressText, limitedText, seenText } from "../input/text";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";
import { USER_LIMIT_MAX } from "../quota/facts";
import { NewUserIdSchema, UserIdSchema } from "../users/schema";
import { TEST_RUN_ID_MAX, TEST_RUN_LABEL_MAX } from "./facts";

/** Test runs, which exist in Development only. Browser-safe. */

/** How long a run lives when nothing else is said, and at least and at most from now, in minutes. */
export const RUN_MINUTES_DEFAULT = 120;
export const RUN_MINUTES_MIN = 1;
export const RUN_MINUTES_MAX = 7 * 24 * 60;

/** Runs that may live at the same time in an environment: every registration looks at them. */
export const LIVE_RUNS_MAX = 100;

/** Goes into a header and an address as it is. */
export const TestRunIdSchema = limitedText({ characters: TEST_RUN_ID_MAX }, { empty: false }).refine(
  (id) => /^(?:[A-Za-z0-9][A-Za-z0-9._-]*)?$/.test(id),
  { error: "Must begin with a letter or digit and consist of letters, digits and . _ - only." },
);

const MinutesSchema = z
  .int("Must be a whole number of minutes.")
  .min(RUN_MINUTES_MIN, "Must be at least 1 minute.")
  .max(RUN_MINUTES_MAX, "Must be at most 7 days.");

const ReservedSchema = z
  .int("Must be a whole number of seats.")
  .min(0, "Must not be negative.")
  .max(USER_LIMIT_MAX, "Must not be more than the user limit.");

export const StartTestRunSchema = z.object({
  /** Left out: one is made. */
  id: TestRunIdSchema.optional(),
  label: seenText(TEST_RUN_LABEL_MAX).default(""),
  /** How long it lives, from now. */
  minutes: MinutesSchema.default(RUN_MINUTES_DEFAULT),
  reserved: ReservedSchema.default(0),
  /** Who registers with an id that begins so belongs to the run. */
  userIdPrefix: NewUserIdSchema.optional(),
});
export type StartTestRunInput = z.input<typeof StartTestRunSchema>;

export const ExtendTestRunSchema = z.object({
  runId: TestRunIdSchema,
  /** How long it lives, from now: never shorter than it would anyway. Left out: as it stands. */
  minutes: MinutesSchema.optional(),
  /** Left out: as it stands. */
  reserved: ReservedSchema.optional(),
  /** What a page showed; the moment in Unix milliseconds. */
  seen: z.object({ expiresAt: z.int(), reserved: z.int() }).optional(),
});
export type ExtendTestRunInput = z.input<typeof ExtendTestRunSchema>;

export const TestRunKeySchema = z.object({ runId: TestRunIdSchema });
export type TestRunKeyInput = z.input<typeof TestRunKeySchema>;

export const EndTestRunSchema = z.object({
  runId: TestRunIdSchema,
  /** `count` and `fingerprint` of the dry run that was seen; left out: whoever belongs to the run now. */
  planned: z.object({ count: z.int(), fingerprint: limitedText({ characters: 100 }, { empty: true }) }).optional(),
});
export type EndTestRunInput = z.input<typeof EndTestRunSchema>;

export const KeepRunUserSchema = z.object({ runId: TestRunIdSchema, userId: UserIdSchema });
export type KeepRunUserInput = z.input<typeof KeepRunUserSchema>;

export const TEST_RUN_STATES = ["live", "expired", "ended"] as const;
export type TestRunState = (typeof TEST_RUN_STATES)[number];

/** The list of test runs, latest first, in the spelling of the page's URL; what cannot be read falls back to its default. */
export const TestRunListQuerySchema = z.object({
  state: z.enum(["live", "over"]).optional().catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type TestRunListQueryInput = Partial<z.input<typeof TestRunListQuerySchema>>;
export type TestRunListQuery = z.output<typeof TestRunListQuerySchema>;

/** An id in an address, in whatever spelling. */
export const TestRunAddressSchema = z.object({ runId: addressText(200) });

export interface TestRunSummary {
  readonly id: string;
  readonly label: string;
  readonly userIdPrefix: string | null;
  readonly state: TestRunState;
  readonly startedByKind: "app_server" | "operator" | "system" | "app_user";
  readonly startedByName: string;
  readonly startedAt: Date;
  readonly expiresAt: Date;
  /** When it was ended or found to have expired; null: neither yet. */
  readonly endedAt: Date | null;
  /** Who ended it; null: nobody. */
  readonly endedByName: string | null;
  /** The job that deletes its users. */
  readonly jobId: string | null;
  readonly reserved: number;
  /** Registered users that belong to it. */
  readonly users: number;
  /** How many of them are online. */
  readonly online: number;
  /** Soft-deleted users that belong to it: they hold no seat. */
  readonly softDeleted: number;
  /** Seats that it holds: its users, and while it lives those reserved that are free. */
  readonly seats: number;
}

/** Why a registration that named a run belongs to none. */
export type NoTestRunReason = "malformed" | "unknown" | "ended" | "expired" | "registered" | "production";

/** What became of a registration that named a run, or that a run's prefix took in; null: neither. */
export type TestRunAnswer = { readonly run: string } | { readonly run: null; readonly reason: NoTestRunReason } | null;
