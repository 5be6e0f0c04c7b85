import { Alert } from "@/components/ui/alert";
import type { Operator } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { readShortRoom, roomWords } from "@/lib/core/room/read-room";

/** Above every page while there is little room left, for operators who may know. Costs no query. */
export function RoomNotice({ context, actor }: { context: Context; actor: Operator }) {
  const room = readShortRoom(context, actor);
  if (room === null) return null;
  const refused = room.level === "none";
  return (
    <Alert
      tone={refused ? "danger" : "warn"}
      role="status"
      className="mb-5"
      title={refused ? "Changes are refused: there is no room left" : "A disk of this installation is nearly full"}
    >
      {roomWords(room)}
    </Alert>
  );
}
