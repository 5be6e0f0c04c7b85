import { parsePastedIds } from "@/lib/core/deletion/facts";
import type { DeletionSelectionInput } from "@/lib/core/deletion/schema";
import type { DeletionParams } from "../search-params";

/** What is missing before a dry run can be made; the field is named as in the form. */
export interface MissingChoice {
  readonly field: "prefix" | "ids" | "before" | "since";
  readonly message: string;
}

/** The selection that the form describes, or what is still missing from it. */
export function selectionOf(params: DeletionParams, pasted: string): DeletionSelectionInput | MissingChoice {
  switch (params.by) {
    case "prefix":
      return params.prefix === ""
        ? { field: "prefix", message: "Type the beginning of the user IDs." }
        : { by: "prefix", prefix: params.prefix };
    case "ids": {
      const userIds = parsePastedIds(pasted);
      return userIds.length === 0 ? { field: "ids", message: "Paste at least one user ID." } : { by: "ids", userIds };
    }
    case "created":
      return params.before === ""
        ? { field: "before", message: "Choose a day." }
        : { by: "created", before: params.before };
    case "unseen":
      return params.since === "" ? { field: "since", message: "Choose a day." } : { by: "unseen", since: params.since };
  }
}
