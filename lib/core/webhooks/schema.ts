/** The events that an environment's webhook may be told of (contract section 18), with the words of their choice. Browser-safe. */
export const WEBHOOK_EVENT_TYPES = {
  "user:activation_state": "A user was soft-deleted or restored, or could not be.",
  "user:connection_status": "A user came online, went offline or signed out.",
  "user:friendship": "A friend request was sent or answered, a friendship began or ended.",
  "quota:threshold": "Development reached 80 or 95 of its 100 registered users.",
} as const;

export type WebhookEventType = keyof typeof WEBHOOK_EVENT_TYPES;

/** One entry of an envelope's `data`, before it is sent. Empty fields are left out by whoever makes it. */
export interface WebhookEvent {
  readonly type: WebhookEventType;
  /** Events with the same key are delivered in the order in which they were recorded: the user id. */
  readonly orderKey: string;
  readonly data: Readonly<Record<string, string | number>>;
}

export function isWebhookEventType(text: string): text is WebhookEventType {
  return Object.hasOwn(WEBHOOK_EVENT_TYPES, text);
}
