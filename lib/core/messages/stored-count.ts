import { perDatabase } from "@/lib/db/batch";
import type { Context } from "../context";
import type { NumberedMessage } from "./message";

const counts = perDatabase(() => ({ stored: 0 }));

/** How many messages this process has stored in inboxes since it started, of users and of app servers; repetitions do not count. */
export const storedCount = (context: Context): number => counts(context.db).stored;

/** To be called with what this process has stored for the first time. */
export function countStored(context: Context, messages: readonly NumberedMessage[]): void {
  const count = counts(context.db);
  for (const { message } of messages) if (message.persisted) count.stored += 1;
}
