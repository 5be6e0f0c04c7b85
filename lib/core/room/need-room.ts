import { isDiskFull } from "@/lib/db/disk-full";
import type { Actor } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { ROOM_LATER_MS } from "../refusal";

/** Whether nothing that can wait is to be stored now. */
export const lacksRoom = ({ room }: Pick<Context, "room">): boolean => room?.level() === "none";

/**
 * Whether an act can wait for room: what callers and operators change in an environment. What concerns the installation itself goes on, such as
 * signing in, and what the product does by itself: it is little, and some of it makes room.
 */
const canWait = (actor: Actor): boolean =>
  actor.environment !== null && (actor.kind !== "system" || actor.source === "cli");

/** Throws `no_room` when what this actor is about to change must wait; without an actor it is what can wait. */
export function requireRoom(context: Pick<Context, "room">, actor?: Actor): void {
  if (lacksRoom(context) && (actor === undefined || canWait(actor)))
    throw new AppError("no_room", { retryAfterMs: ROOM_LATER_MS });
}

/** Stores something, and tells the room when PostgreSQL refuses it for want of it. */
export async function tellingRoom<T>({ room }: Pick<Context, "room">, store: () => Promise<T>): Promise<T> {
  try {
    return await store();
  } catch (error) {
    if (isDiskFull(error)) room?.databaseIsFull();
    throw error;
  }
}
