import type { Context } from "../context";
import type { LastSeen } from "./last-seen";
import { environmentsToTell, tellChanges } from "./presence-changes";
import { deleteNode, takeDeadNode, together } from "./presence-store";

/** A node that has not been heard of for this long has died. Nodes beat four times as often. */
export const DEAD_AFTER_MS = 10_000;

/** Removes nodes that have died, with their connections; tells the webhooks who went offline. Gives how many nodes. */
export async function reapNodes(context: Context, lastSeen: LastSeen): Promise<number> {
  for (let reaped = 0; ; reaped += 1) {
    const found = await together(context.db, async (run) => {
      const node = await takeDeadNode(run, DEAD_AFTER_MS);
      if (node === null) return null;
      const ended = await deleteNode(run, node.id);
      const told = await environmentsToTell(context, new Set(ended.map(({ environmentId }) => environmentId)));
      await tellChanges(context, run, {
        added: [],
        removed: ended
          .filter(({ environmentId }) => told.has(environmentId))
          .map((connection) => ({ ...connection, ending: "lost" })),
      });
      return { node, ended };
    });
    if (found === null) return reaped;
    context.log.warn({ node: found.node.id, connections: found.ended.length }, "presence: a dead process was reaped");
    for (const { environmentId, userId } of found.ended) {
      lastSeen.touch(environmentId, userId, found.node.heartbeatAt.getTime());
    }
  }
}
