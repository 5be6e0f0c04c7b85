import { z } from "zod";
import { webhookUrlProblem } from "../webhooks/facts";

const UrlSchema = z
  .string()
  .trim()
  .superRefine((text, check) => {
    const problem = text === "" ? undefined : webhookUrlProblem(text);
    if (problem !== undefined) check.addIssue({ code: "custom", message: problem });
  });

/** Where the audit log is sent; "" is nowhere. `whole`: what is in the log already is sent too. Browser-safe. */
export const ChangeStreamSchema = z.object({
  url: UrlSchema,
  whole: z.boolean().default(false),
  seen: z.object({ url: z.string() }).optional(),
});
export type ChangeStreamInput = z.input<typeof ChangeStreamSchema>;

export interface ShownStream {
  readonly url: string;
  /** When something was accepted last; null: nothing yet. */
  readonly sentAt: Date | null;
  /** Tries in a row that failed, with what the last one said. */
  readonly failures: number;
  readonly lastError: string;
  /** Seals with entries that wait. */
  readonly waiting: number;
}
