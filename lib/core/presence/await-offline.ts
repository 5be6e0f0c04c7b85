import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { MAX_USER_IDS, userIdList } from "../users/schema";
import { waitUntilClosed } from "./confirm-closed";
import { countConnectionsOf } from "./connection-store";

export const AwaitOfflineSchema = z.object({ userIds: userIdList(MAX_USER_IDS) });
type AwaitOfflineInput = z.input<typeof AwaitOfflineSchema>;

/**
 * Waits until none of these users has a connection, for up to two seconds however many they are; gives how many
 * connections are left. For users who cannot connect any more, or somebody may always be there.
 */
export async function awaitOffline(
  context: Context,
  actor: Actor,
  input: AwaitOfflineInput,
): Promise<{ readonly open: number }> {
  requirePermission(actor, "users.read");
  const environment = environmentOf(actor);
  const { userIds } = AwaitOfflineSchema.parse(input);
  const open = await waitUntilClosed(async () => {
    const counts = await countConnectionsOf(context.db.prisma, environment.id, userIds);
    return [...counts.values()].reduce((sum, count) => sum + count, 0);
  });
  return { open };
}
