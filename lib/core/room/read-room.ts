import { bytesText, keptBytes, usedShare } from "@/lib/room/disk";
import type { RoomState } from "@/lib/room/room";
import type { Actor } from "../actor";
import type { Context } from "../context";
import { isTestOperator, operatorMay } from "../permissions";

/** What /readyz says of the room for changes, as a sentence; null: there is enough. */
export function roomSentence({ room }: Pick<Context, "room">): string | null {
  const level = room?.level() ?? "enough";
  if (level === "enough") return null;
  return level === "none" ? "Changes are refused: there is no room left." : "A disk is nearly full.";
}

/** How full the disks are, for operators who may know; null for others, and while there is room enough. */
export function readShortRoom({ room }: Context, actor: Actor): RoomState | null {
  if (room === undefined || actor.kind !== "operator" || isTestOperator(actor)) return null;
  if (!operatorMay(actor, "installation.read_room")) return null;
  const state = room.state();
  return state.level === "enough" ? null : state;
}

/** What there is to do about it, with the figures of each disk that is short. */
export function roomWords({ level, disks, databaseFull }: RoomState): string {
  const short = disks.filter((disk) => disk.level !== "enough");
  const facts = short.map(
    (disk) => `${disk.folder}: ${Math.round(usedShare(disk) * 100)} % full, ${bytesText(disk.freeBytes)} free.`,
  );
  const database = short.find((disk) => disk.database);
  const then =
    level === "none"
      ? "Reading goes on. Make room: changes are accepted again by themselves."
      : database !== undefined
        ? `Make room: below ${bytesText(keptBytes(database))} changes are refused.`
        : "Make room there.";
  return [...(databaseFull ? ["PostgreSQL takes nothing more."] : []), ...new Set(facts), then].join(" ");
}
