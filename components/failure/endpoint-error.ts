import type { ActionError } from "@/lib/console/action-result";

/** A refusal by one of the console's endpoints, or no answer at all. */
export class EndpointError extends Error {
  constructor(readonly error: ActionError) {
    super(error.message);
    this.name = "EndpointError";
  }
}
