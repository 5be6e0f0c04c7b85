import { createHash, randomBytes } from "node:crypto";

/** What of a stored event goes into its envelope. */
export interface EnvelopeSource {
  readonly eventId: string;
  readonly type: string;
  readonly createdAt: Date;
  readonly data: unknown;
}

/** The body of a delivery (contract section 18). `id` and `time` are the same for every try. */
export interface Envelope {
  readonly type: string;
  readonly id: string;
  /** Unix milliseconds of the event. */
  readonly time: number;
  readonly data: readonly unknown[];
}

export function envelopeOf(event: EnvelopeSource): Envelope {
  return { type: event.type, id: event.eventId, time: event.createdAt.getTime(), data: [event.data] };
}

/**
 * The receiver's address with what proves the sender (contract section 18): `signature` is the SHA-1, in hexadecimal, of
 * App Secret, `nonce` and `signTimestamp` written one after the other. The address's own query stays as it is. `now` is
 * Unix milliseconds.
 */
export function signedUrl(address: string, appSecret: string, now: number): URL {
  const url = new URL(address);
  const nonce = randomBytes(8).toString("hex");
  const signature = createHash("sha1").update(`${appSecret}${nonce}${now}`).digest("hex");
  const signed = `nonce=${nonce}&signTimestamp=${now}&signature=${signature}`;
  url.search = url.search === "" ? signed : `${url.search}&${signed}`;
  return url;
}
