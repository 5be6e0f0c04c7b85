import type { BusEvent } from "@/lib/bus/bus";
import type { EnvironmentId } from "../actor";

/** The membership of these users in the group, or what it shows of them, has changed; nothing to tell of nobody. */
export function groupEvents(environmentId: EnvironmentId, groupId: string, userIds: readonly string[]): BusEvent[] {
  return userIds.length === 0 ? [] : [{ type: "groups.changed", environmentId, groupId, userIds }];
}
