import { AppError, type ErrorCode } from "../errors";
import { type MessageFacts, type MessageStep, refusingStep } from "./may-message";

/** What a client is answered whose message a step refuses. */
const REFUSALS: Readonly<Record<MessageStep, (facts: MessageFacts) => ErrorCode>> = {
  sender_registered: ({ sender }) => (sender === "soft_deleted" ? "user_soft_deleted" : "user_not_found"),
  sender_not_banned: () => "user_banned",
  recipient_registered: () => "user_not_found",
  sender_not_muted: () => "message_muted",
  not_blocked: () => "message_blocked",
  friends_if_restricted: () => "message_friends_only",
};

/** What the first of these steps that does not hold refuses; null: all hold. */
export function refusalOf(steps: readonly MessageStep[], facts: MessageFacts): AppError | null {
  const refusing = refusingStep(steps, facts);
  if (refusing === null) return null;
  const field = refusing === "recipient_registered" ? "toUserId" : undefined;
  return new AppError(REFUSALS[refusing](facts), field === undefined ? {} : { field });
}
