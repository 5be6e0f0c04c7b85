import { z } from "zod";
import { formText } from "../input/text";
import {
  SECRET_OVERLAP_HOURS,
  WEBHOOK_EVENT_NAMES,
  WEBHOOK_EVENT_TYPES,
  WEBHOOK_NOTE_MAX,
  type WebhookEventType,
  webhookUrlProblem,
} from "./facts";

/** One entry of an envelope's `data`, before it is sent. Empty fields are left out by whoever makes it. */
export interface WebhookEvent {
  readonly type: WebhookEventType;
  /** Events with the same key are delivered in the order in which they were recorded: the user id. */
  readonly orderKey: string;
  readonly data: Readonly<Record<string, string | number>>;
}

export function isWebhookEventType(text: string): text is WebhookEventType {
  return Object.hasOwn(WEBHOOK_EVENT_TYPES, text);
}

export const RotateWebhookSecretSchema = z.object({
  /** The secret that signed when the change was decided. */
  secretNumber: z.int().min(1),
  overlapHours: z.literal(SECRET_OVERLAP_HOURS, { message: "Choose from the list." }),
});
export type RotateWebhookSecretInput = z.input<typeof RotateWebhookSecretSchema>;

export const ChangeWebhookSchema = z.object({
  /** The version that the change was made on; 0 where nobody has saved one. */
  version: z.int().min(0),
  /** "": nothing is sent. */
  url: z
    .string()
    .trim()
    .superRefine((text, check) => {
      const problem = text === "" ? undefined : webhookUrlProblem(text);
      if (problem !== undefined) check.addIssue({ code: "custom", message: problem });
    }),
  events: z
    .array(z.enum(WEBHOOK_EVENT_NAMES, { message: "Choose from the list of events." }))
    .transform((events) => WEBHOOK_EVENT_NAMES.filter((name) => events.includes(name))),
  /** Why; required in production, kept in the audit log. */
  note: formText({ max: WEBHOOK_NOTE_MAX, missing: "Enter text." }).default(""),
});
export type ChangeWebhookInput = z.input<typeof ChangeWebhookSchema>;
