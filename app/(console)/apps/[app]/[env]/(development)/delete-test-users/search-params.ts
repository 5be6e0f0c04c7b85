import { z } from "zod";
import { momentOf, RangeEndSchema } from "@/lib/core/paging/time-range";

export const SELECTION_KINDS = ["prefix", "ids", "created", "unseen"] as const;
export type SelectionKind = (typeof SELECTION_KINDS)[number];

const day = RangeEndSchema.transform((text) => (text === undefined ? "" : momentOf(text).toISOString().slice(0, 10)));

/**
 * State of the wizard in its address: what was chosen, and which step shows. Pasted ids are the one thing that is not
 * in it: they may be too many for an address.
 */
export const DeletionParamsSchema = z.object({
  by: z.enum(SELECTION_KINDS).catch("prefix"),
  prefix: z.string().max(64).catch(""),
  /** A day in UTC: users created before it. */
  before: day,
  /** A day in UTC: users not seen since. */
  since: day,
  step: z.enum(["choose", "check"]).catch("choose"),
});
export type DeletionParams = z.output<typeof DeletionParamsSchema>;

/** The query string of a state of the wizard, with its leading "?" or "". */
export function deletionQuery(params: DeletionParams): string {
  const query = new URLSearchParams();
  if (params.by !== "prefix") query.set("by", params.by);
  if (params.by === "prefix" && params.prefix !== "") query.set("prefix", params.prefix);
  if (params.by === "created" && params.before !== "") query.set("before", params.before);
  if (params.by === "unseen" && params.since !== "") query.set("since", params.since);
  if (params.step !== "choose") query.set("step", params.step);
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
}
