/**
 * The one rule "may A message B" (contract sections 13, 15 and 16), as a decision over facts. Everybody who asks it asks
 * here: clients' sends, the app server's check of blocklists, and the console. Browser-safe.
 */

type Registration = "registered" | "soft_deleted" | "unknown";

export interface MessageFacts {
  readonly sender: Registration;
  readonly senderBanned: boolean;
  /** In direct channels. */
  readonly senderMuted: boolean;
  readonly recipient: Registration;
  readonly blockedByRecipient: boolean;
  readonly friends: boolean;
  /** Whether direct messages are restricted to friends. */
  readonly friendsOnly: boolean;
  /** A user's messages to oneself concern nobody's blocklist and nobody's friendship. */
  readonly toOneself: boolean;
}

const HOLDS = {
  sender_registered: (facts: MessageFacts) => facts.sender === "registered",
  sender_not_banned: (facts: MessageFacts) => !facts.senderBanned,
  recipient_registered: (facts: MessageFacts) => facts.recipient === "registered",
  sender_not_muted: (facts: MessageFacts) => !facts.senderMuted,
  not_blocked: (facts: MessageFacts) => facts.toOneself || !facts.blockedByRecipient,
  friends_if_restricted: (facts: MessageFacts) => facts.toOneself || !facts.friendsOnly || facts.friends,
} satisfies Record<string, (facts: MessageFacts) => boolean>;

export type MessageStep = keyof typeof HOLDS;

/** What is asked of whoever sends from a client, to a group too. */
export const SENDER_STEPS: readonly MessageStep[] = ["sender_registered", "sender_not_banned"];

/** What is asked of a client's direct message, in this order: the first that does not hold refuses it. */
export const CLIENT_STEPS: readonly MessageStep[] = [
  ...SENDER_STEPS,
  "recipient_registered",
  "sender_not_muted",
  "not_blocked",
  "friends_if_restricted",
];

/** What is asked of an app server's message to one recipient: it may write in the name of anybody, whatever the users' state. */
export const SERVER_STEPS: readonly MessageStep[] = ["recipient_registered"];

/** The same where the app server asks for the blocklist to be applied. */
export const SERVER_STEPS_WITH_BLOCKLIST: readonly MessageStep[] = [...SERVER_STEPS, "not_blocked"];

/** The step that refuses the message; null: it may be sent. */
export function refusingStep(steps: readonly MessageStep[], facts: MessageFacts): MessageStep | null {
  for (const step of steps) if (!HOLDS[step](facts)) return step;
  return null;
}

export interface ExplainedStep {
  readonly step: MessageStep;
  readonly holds: boolean;
  /** False for what comes after the step that refuses: it was not asked any more. */
  readonly reached: boolean;
}

/** Every step with what it comes to, the ones that were not reached too. */
export function explainSteps(steps: readonly MessageStep[], facts: MessageFacts): ExplainedStep[] {
  const refusing = refusingStep(steps, facts);
  const last = refusing === null ? steps.length : steps.indexOf(refusing);
  return steps.map((step, index) => ({ step, holds: HOLDS[step](facts), reached: index <= last }));
}
