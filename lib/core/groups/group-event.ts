import type { BusEvent } from "@/lib/bus/bus";
import type { EnvironmentId } from "../actor";

/** What was done, as clients count it. */
export const GROUP_OPERATION = {
  create: 0,
  join: 1,
  kick: 2,
  quit: 3,
  dismiss: 4,
  addAdmin: 5,
  removeAdmin: 6,
  transferOwner: 7,
} as const;
export type GroupOperation = (typeof GROUP_OPERATION)[keyof typeof GROUP_OPERATION];

/**
 * The membership of these users in the group, or what it shows of them, has changed; nothing to tell of nobody. `operation` is left
 * out where only what is shown has.
 */
export function groupEvents(
  environmentId: EnvironmentId,
  groupId: string,
  userIds: readonly string[],
  operation?: GroupOperation,
): BusEvent[] {
  if (userIds.length === 0) return [];
  return [
    { type: "groups.changed", environmentId, groupId, userIds, ...(operation === undefined ? {} : { operation }) },
  ];
}
