import { OutboundError } from "@/lib/outbound/outbound";
import type { Context } from "../context";
import { AppError } from "../errors";

/** Throws `invalid_parameter` at `url` when this address leads to nowhere, or to where nothing may be sent. */
export async function checkReceiver(context: Context, url: string): Promise<void> {
  try {
    await context.outbound.check(new URL(url));
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const advice = error.kind === "address" ? " WEBHOOK_ALLOW_PRIVATE=on allows it for the whole installation." : "";
    throw new AppError("invalid_parameter", { field: "url", message: `${error.message}${advice}`, cause: error });
  }
}
