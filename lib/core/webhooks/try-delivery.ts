import { OutboundError } from "@/lib/outbound/outbound";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import type { Attempt } from "./delivery-store";
import { type EnvelopeSource, envelopeOf, signedUrl } from "./envelope";
import type { Receiver } from "./receiver";
import { ATTEMPT_TIMEOUT_MS } from "./retry-rules";
import { signatureHeaders } from "./signing-secret";

export interface TriedDelivery extends Attempt {
  /** HTTP 200, and nothing else (contract section 18). */
  readonly accepted: boolean;
  readonly timedOut: boolean;
}

/**
 * Sends an event once and says what came of it; never throws for what the receiver or its address does. The address is
 * checked anew each time.
 */
export async function tryDelivery(
  context: Context,
  receiver: Receiver,
  event: EnvelopeSource,
  timeoutMs: number = ATTEMPT_TIMEOUT_MS,
): Promise<TriedDelivery> {
  const at = context.now();
  const started = performance.now();
  const measured = () => ({ at, ms: Math.round(performance.now() - started) });
  try {
    const now = realNow(context);
    const body = JSON.stringify(envelopeOf(event));
    const { status, excerpt } = await context.outbound.post({
      url: signedUrl(receiver.url, receiver.appSecret, now),
      headers: {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "im-user-service",
        "X-Request-ID": event.eventId,
        ...signatureHeaders(receiver.secretsAt(now), { id: event.eventId, now, body }),
      },
      body,
      timeoutMs,
    });
    const accepted = status === 200;
    return { ...measured(), status, error: refusalOf(status), answer: excerpt, accepted, timedOut: false };
  } catch (error) {
    if (!(error instanceof OutboundError)) throw error;
    const timedOut = error.kind === "timeout";
    return { ...measured(), status: null, error: error.message, answer: "", accepted: false, timedOut };
  }
}

function refusalOf(status: number): string {
  if (status === 200) return "";
  if (status >= 300 && status < 400) return `Answered ${status}: redirects are not followed.`;
  if (status > 200 && status < 300) return `Answered ${status}: only 200 accepts an event.`;
  return `Answered ${status}.`;
}
