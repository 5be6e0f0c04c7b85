import type { FriendApplicationStatusChanged, Message } from "@/lib/client";

/** One thing in the conversation of a test user. `at` in Unix ms. */
export type Entry = { readonly id: string; readonly at: number } & (
  | {
      readonly kind: "sent";
      /** "bob" or "group team-7" */
      readonly to: string;
      readonly text: string;
      readonly state: "sending" | "sent" | "refused";
      readonly code?: number;
      readonly words?: string;
      readonly messageId?: string;
    }
  | {
      readonly kind: "received";
      readonly from: string;
      /** null: a direct message */
      readonly groupId: string | null;
      readonly text: string;
      readonly messageId: string;
    }
  | { readonly kind: "call"; readonly text: string; readonly ok: boolean; readonly code: number }
  | { readonly kind: "event"; readonly text: string }
);

/** One frame as it passed, tokens masked. */
export interface FrameEntry {
  readonly id: number;
  readonly at: number;
  readonly direction: "in" | "out";
  readonly text: string;
}

/** What of a message is worth reading: a text as it is, of everything else its type and JSON. */
export function messageText({ messageType, content }: Pick<Message, "messageType" | "content">): string {
  return typeof content.text === "string" ? content.text : `${messageType} ${JSON.stringify(content)}`;
}

const REQUEST_STATES = ["is open", "was accepted", "was refused", "has expired"];

export function friendRequestText({ userId, type, status }: FriendApplicationStatusChanged): string {
  const state = REQUEST_STATES[status] ?? `has status ${status}`;
  return type === 1 ? `The friend request to ${userId} ${state}.` : `The friend request of ${userId} ${state}.`;
}

/** The last `most` of a list that has grown: a page that is left open must not grow without end. */
export const latest = <T>(list: readonly T[], most: number): readonly T[] =>
  list.length > most ? list.slice(-most) : list;
