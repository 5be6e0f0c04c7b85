import type { Context } from "@/lib/core/context";
import { checkDatabase } from "@/lib/core/readiness";
import { lacksRoom } from "@/lib/core/room/need-room";
import { roomSentence } from "@/lib/core/room/read-room";

const LIMIT_MS = 2_000;

/** `room` is a sentence about the room for changes, where there is little. */
export type Readiness =
  | { readonly status: "ready"; readonly room?: string; readonly changes?: "refused" }
  | { readonly status: "not_ready"; readonly reason: string };

/** Whether this process can serve: its database answers in time and has every migration. Never throws. */
export async function checkReadiness(connect: () => Promise<Context>, limitMs = LIMIT_MS): Promise<Readiness> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Readiness>((resolve) => {
    const reason = "The database does not answer in time.";
    timer = setTimeout(() => resolve({ status: "not_ready", reason }), limitMs);
  });
  const check = async (): Promise<Readiness> => {
    let context: Context | undefined;
    try {
      context = await connect();
      const pending = await checkDatabase(context);
      if (pending.length === 0) return { status: "ready", ...roomOf(context) };
      return { status: "not_ready", reason: `Migrations are missing: ${pending.join(", ")}.` };
    } catch (error) {
      context?.log.warn({ err: error }, "not ready");
      return { status: "not_ready", reason: "The database does not answer." };
    }
  };
  try {
    return await Promise.race([check(), late]);
  } finally {
    clearTimeout(timer);
  }
}

function roomOf(context: Context): { room?: string; changes?: "refused" } {
  const room = roomSentence(context);
  return { ...(room === null ? {} : { room }), ...(lacksRoom(context) ? { changes: "refused" } : {}) };
}
