import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { addressText } from "../input/text";
import { requirePermission } from "../permissions";
import type { Group } from "./group";
import { findGroup } from "./group-store";

/** A group that was never there is simply not found. */
const GroupKeyInAddress = z.object({ groupId: addressText(256) });

/** One group for the console; null when there is none of this id. */
export async function getGroup(context: Context, actor: Actor, input: { groupId: string }): Promise<Group | null> {
  requirePermission(actor, "users.read");
  const parsed = GroupKeyInAddress.safeParse(input);
  if (!parsed.success) return null;
  return findGroup(context.db, environmentOf(actor).id, parsed.data.groupId);
}
