import type { DeletionSelectionInput } from "@/lib/core/deletion/schema";

/** The selection in words: "whose ID begins with e2e-". */
export function deletionSelectionText(selection: DeletionSelectionInput): string {
  const day = (value: Date | string) => (typeof value === "string" ? value : value.toISOString().slice(0, 10));
  switch (selection.by) {
    case "prefix":
      return `whose ID begins with “${selection.prefix}”`;
    case "ids":
      return selection.userIds.length === 1
        ? "with the ID you gave"
        : `among the ${selection.userIds.length} IDs you gave`;
    case "created":
      return `created before ${day(selection.before)} (UTC)`;
    case "unseen":
      return `not seen since ${day(selection.since)} (UTC)`;
    case "run":
      return `of the test run ${selection.run}`;
  }
}
