import { z } from "zod";
import { formText } from "../input/text";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";
import { DELIVERY_TYPES } from "./facts";

/** The delivery log: what of it can be asked for, and how its rows look. Browser-safe. */

/** - `waiting`: not tried yet; - `failing`: tried and not accepted, and to be tried again; - `dead`: given up. */
export const DELIVERY_STATES = ["waiting", "failing", "delivered", "dead"] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** A filter read from a URL: anything unreadable means no filter. */
export const DeliveryFilterSchema = z.object({
  state: z.enum(DELIVERY_STATES).optional().catch(undefined),
  type: z.enum(DELIVERY_TYPES).optional().catch(undefined),
  /** Exactly this user id. */
  user: formText({ min: 1, max: 64, missing: "Enter a user id." }).optional().catch(undefined),
});
export type DeliveryFilter = z.output<typeof DeliveryFilterSchema>;

export const DeliveryListQuerySchema = DeliveryFilterSchema.extend({ size: PageSizeSchema, cursor: CursorSchema });
export type DeliveryListQuery = z.output<typeof DeliveryListQuerySchema>;
export type DeliveryListQueryInput = Partial<z.input<typeof DeliveryListQuerySchema>>;

export const DeliveryKeySchema = z.object({ deliveryId: z.string().regex(/^\d{1,18}$/) });

/** What the last try came to. */
export interface LastAnswer {
  /** HTTP status; null when there was no answer. */
  readonly status: number | null;
  /** Why it failed, "" when it did not. */
  readonly error: string;
}

/** One event on its way to the webhook, or there. */
export interface DeliveryRow {
  readonly id: string;
  /** `id` of the envelope. */
  readonly eventId: string;
  readonly type: string;
  /** The user it is about; null for events about no user. */
  readonly userId: string | null;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** null before the first try, and once the tries are forgotten (after seven days). */
  readonly lastAnswer: LastAnswer | null;
  readonly createdAt: Date;
  /** When it is tried next; null when it is done with or waits behind an earlier event of its user. */
  readonly nextTryAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly deadAt: Date | null;
}

export interface DeliveryAttempt extends LastAnswer {
  readonly attempt: number;
  readonly at: Date;
  readonly ms: number;
  /** The beginning of the answer's body. */
  readonly answer: string;
}

export interface DeliveryDetail extends DeliveryRow {
  /** The body, exactly as it is sent. */
  readonly envelope: string;
  /** Latest first; those of the last seven days. */
  readonly tries: readonly DeliveryAttempt[];
  readonly giveUpAt: Date;
}

/** Counts stop at 10,000. */
export interface DeliveryCounts {
  readonly waiting: number;
  readonly failing: number;
  readonly dead: number;
  /** The receiver is left in peace until then, since it did not answer in time; null when it is not. */
  readonly pausedUntil: Date | null;
}
