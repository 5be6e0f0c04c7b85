import type { Actor } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { findApps, type StoredApp } from "./app-store";

/** All apps of the installation, oldest first. */
export async function listApps(context: Context, actor: Actor): Promise<StoredApp[]> {
  requirePermission(actor, "keys.read");
  return findApps(context.db.prisma);
}
