import { userHref } from "@/components/layout/hrefs";
import type { MayMessageExplanation } from "@/lib/core/messages/explain-may-message";
import type { MessageStep } from "@/lib/core/messages/may-message";

interface StepLink {
  readonly href: string;
  readonly label: string;
}

export interface StepWords {
  /** What the step asks. */
  readonly question: string;
  /** What it comes to. */
  readonly finding: string;
  /** Where it can be changed. */
  readonly links: readonly StepLink[];
}

const REGISTRATION = {
  registered: "is registered.",
  soft_deleted: "is soft-deleted.",
  unknown: "isn’t registered here.",
} as const;

/** What a step says about these two, and where to change it. `base` is "/apps/app-1/development". */
export function stepWords(step: MessageStep, { from, to, facts }: MayMessageExplanation, base: string): StepWords {
  const [a, b] = [from.userId, to.userId];
  const tab = (userId: string, name: string) => userHref(base, userId, name);
  const settings: StepLink = { href: `${base}/chat/settings`, label: "Chat settings" };
  const users: StepLink = { href: `${base}/users`, label: "Users" };
  const sender = facts.sender === "unknown" ? users : { href: tab(a, "profile"), label: "Sender" };
  // The switch that mutes stands in the user's actions, on every tab.
  const recipient = facts.recipient === "unknown" ? users : { href: tab(b, "profile"), label: "Recipient" };
  switch (step) {
    case "sender_registered":
      return {
        question: "Is the sender registered?",
        finding: `${a} ${REGISTRATION[facts.sender]}`,
        links: [sender],
      };
    case "sender_not_banned":
      return {
        question: "Can the sender connect?",
        finding: `${a} is ${facts.senderBanned ? "banned" : "not banned"}.`,
        links: facts.sender === "unknown" ? [] : [{ href: tab(a, "bans"), label: "Sender’s bans" }],
      };
    case "recipient_registered":
      return {
        question: "Is the recipient registered?",
        finding: `${b} ${REGISTRATION[facts.recipient]}`,
        links: [recipient],
      };
    case "sender_not_muted":
      return {
        question: "Can the sender write direct messages at all?",
        finding: `${a} is ${facts.senderMuted ? "muted" : "not muted"} in direct channels.`,
        links: [sender],
      };
    case "not_blocked":
      return {
        question: "Does the recipient allow the sender?",
        finding: facts.toOneself
          ? "The blocklist doesn’t apply to a message to oneself."
          : `${b} has ${facts.blockedByRecipient ? "" : "not "}blocked ${a}.`,
        links: facts.recipient === "unknown" ? [] : [{ href: tab(b, "blocklist"), label: "Recipient’s blocklist" }],
      };
    case "friends_if_restricted":
      return {
        question: "Are they friends, if they have to be?",
        finding: friendship(facts),
        links: [
          settings,
          ...(facts.sender === "unknown" ? [] : [{ href: tab(a, "friends"), label: "Sender’s friends" }]),
        ],
      };
  }
}

function friendship({ toOneself, friendsOnly, friends }: MayMessageExplanation["facts"]): string {
  if (toOneself) return "Friendship doesn’t apply to a message to oneself.";
  if (!friendsOnly) return "Direct messages aren’t restricted to friends.";
  return `Direct messages are restricted to friends. They ${friends ? "are" : "aren’t"} friends.`;
}
