/** The events that an environment's webhook may be told of (contract section 18), with the words of their choice. Browser-safe. */
export const WEBHOOK_EVENT_TYPES = {
  "user:activation_state": "A user was soft-deleted or restored, or could not be.",
  "user:connection_status": "A user came online, went offline or signed out.",
  "user:friendship": "A friend request was sent or answered, a friendship began or ended.",
  "registration:wave": "Registrations rose far above the usual for the hour.",
  "quota:threshold": "Development reached 80% or 95% of its user limit.",
} as const;

export type WebhookEventType = keyof typeof WEBHOOK_EVENT_TYPES;

export const WEBHOOK_EVENT_NAMES = Object.keys(WEBHOOK_EVENT_TYPES) as [WebhookEventType, ...WebhookEventType[]];

/** What the console sends to try the receiver. Nobody selects it. */
export const PING_TYPE = "webhook:ping";

export const WEBHOOK_URL_MAX = 2_000;

/** Query parameters of every delivery; an address must not bring its own. */
const RESERVED = ["nonce", "signTimestamp", "signature"];

/** Why this cannot be a receiver's address; undefined when it can. Where it leads is checked by the server. */
export function webhookUrlProblem(text: string): string | undefined {
  if (text.length > WEBHOOK_URL_MAX) return `Enter at most ${WEBHOOK_URL_MAX} characters.`;
  if (!URL.canParse(text)) return "Enter a full address, such as https://example.com/hooks.";
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return "Enter an address that starts with https:// or http://.";
  if (url.username !== "" || url.password !== "") return "Leave out name and password. Deliveries are signed instead.";
  if (url.hash !== "") return "Leave out the part after #. It is never sent.";
  const reserved = RESERVED.find((name) => url.searchParams.has(name));
  return reserved === undefined ? undefined : `Leave out the parameter ${reserved}: each delivery brings its own.`;
}

/** For how many hours the secret before may sign deliveries as well, so that receivers can change over meanwhile. */
export const SECRET_OVERLAP_HOURS = [0, 1, 24, 168] as const;

export const WEBHOOK_NOTE_MAX = 250;

export const DELIVERY_TYPES = [...WEBHOOK_EVENT_NAMES, PING_TYPE] as const;
