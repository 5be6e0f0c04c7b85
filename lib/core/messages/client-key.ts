import { createHash } from "node:crypto";

/** Digest of a sender and the id that the client gave a message, as the text of a UUID; null without such an id. */
export function clientKeyOf(senderId: string, clientMessageId: string | undefined): string | null {
  if (clientMessageId === undefined) return null;
  return createHash("sha256").update(`${senderId}\0${clientMessageId}`).digest("hex").slice(0, 32);
}
