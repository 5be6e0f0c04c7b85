import type { AppError } from "../errors";
import { type MessageFacts, type MessageStep, refusingStep } from "./may-message";
import { refusalOf } from "./message-refusal";

/**
 * The rule "may A message B" for the function in the database that stores messages: it looks up the facts as bits of one number
 * and stores a message whose facts are as demanded. What is demanded is worked out here, from the rule itself.
 */

/** The facts that the database looks up; `store_messages` makes them (prisma/migrations). */
const BITS = {
  senderRegistered: 1,
  senderSoftDeleted: 2,
  senderBanned: 4,
  senderMuted: 8,
  recipientRegistered: 16,
  recipientSoftDeleted: 32,
  blockedByRecipient: 64,
  friends: 128,
} as const;
const ALL_BITS = 255;

/** The facts that are known before the database is asked. */
export type KnownFacts = Pick<MessageFacts, "friendsOnly" | "toOneself">;

/** What must hold of a message's sender and recipient at the moment when it is stored. */
export interface Demand {
  /** The bits that count … */
  readonly mask: number;
  /** … and how they must be. */
  readonly wanted: number;
  /** Why a message with other facts was not stored. */
  refusal(bits: number): AppError;
}

export function factsOf(bits: number, known: KnownFacts): MessageFacts {
  const has = (bit: number) => (bits & bit) !== 0;
  const registration = (registered: number, softDeleted: number) =>
    has(softDeleted) ? "soft_deleted" : has(registered) ? "registered" : "unknown";
  return {
    sender: registration(BITS.senderRegistered, BITS.senderSoftDeleted),
    senderBanned: has(BITS.senderBanned),
    senderMuted: has(BITS.senderMuted),
    recipient: registration(BITS.recipientRegistered, BITS.recipientSoftDeleted),
    blockedByRecipient: has(BITS.blockedByRecipient),
    friends: has(BITS.friends),
    ...known,
  };
}

/** What these steps demand. Each asks one fact, so the bits that every passing message shares are the whole demand. */
export function demandOf(steps: readonly MessageStep[], known: KnownFacts): Demand {
  let [inAll, inAny] = [ALL_BITS, 0];
  for (let bits = 0; bits <= ALL_BITS; bits += 1) {
    if (refusingStep(steps, factsOf(bits, known)) !== null) continue;
    inAll &= bits;
    inAny |= bits;
  }
  return {
    mask: inAll | (ALL_BITS & ~inAny),
    wanted: inAll,
    refusal(bits) {
      const refusal = refusalOf(steps, factsOf(bits, known));
      if (refusal === null) throw new Error(`facts ${bits} were refused and hold`);
      return refusal;
    },
  };
}
