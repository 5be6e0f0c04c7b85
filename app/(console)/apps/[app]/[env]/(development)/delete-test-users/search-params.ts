import { isMoment, momentOf } from "@/lib/core/paging/time-range";

export const SELECTION_KINDS = ["prefix", "ids", "created", "unseen"] as const;
export type SelectionKind = (typeof SELECTION_KINDS)[number];

/**
 * State of the wizard in its address: what was chosen, and which step shows. Pasted ids are the one thing that is not
 * in it: they may be too many for an address.
 */
export interface DeletionParams {
  readonly by: SelectionKind;
  readonly prefix: string;
  /** A day in UTC: users created before it. */
  readonly before: string;
  /** A day in UTC: users not seen since. */
  readonly since: string;
  readonly step: "choose" | "check";
}

const PREFIX_MAX = 64;

const day = (text: string | null) => (text !== null && isMoment(text) ? momentOf(text).toISOString().slice(0, 10) : "");

/** What cannot be read falls back. */
export function readDeletionParams(search: Pick<URLSearchParams, "get">): DeletionParams {
  const prefix = search.get("prefix") ?? "";
  return {
    by: SELECTION_KINDS.find((kind) => kind === search.get("by")) ?? "prefix",
    prefix: prefix.length > PREFIX_MAX ? "" : prefix,
    before: day(search.get("before")),
    since: day(search.get("since")),
    step: search.get("step") === "check" ? "check" : "choose",
  };
}

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
