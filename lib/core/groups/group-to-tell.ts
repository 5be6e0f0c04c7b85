import type { EnvironmentId } from "../actor";
import type { Context } from "../context";
import type { Group } from "./group";
import { findGroup } from "./group-store";

/** The group as its members are told of it after a change; null when it is gone again. */
export const groupToTell = (context: Context, environmentId: EnvironmentId, groupId: string): Promise<Group | null> =>
  findGroup(context.db, environmentId, groupId);
