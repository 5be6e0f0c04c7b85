import type { ActionError } from "@/lib/console/action-result";

/** A refusal with its code and request id, for a toast. */
export const refusalSentence = (error: ActionError) =>
  `${error.message} Code ${error.code}${error.requestId ? `, request ${error.requestId}` : ""}.`;
