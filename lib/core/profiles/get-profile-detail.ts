import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { settingsOf } from "../settings/settings-of";
import { UserKeySchema } from "../users/list-schema";
import type { DeclaredProfileKey, ProfileVisibility } from "./facts";
import { findProfiles } from "./profile-store";
import { type HostedProfile, visibilityOf } from "./schema";
import { findVisibility } from "./visibility-store";

/** Everything that a screen about one user's hosted profile shows. */
export interface ProfileDetail {
  /** Null: the user has none. */
  readonly profile: HostedProfile | null;
  /** The extended keys that may be set. */
  readonly declaredKeys: readonly DeclaredProfileKey[];
  /** The user's own choice; null: none, the default holds. */
  readonly visibility: ProfileVisibility | null;
  readonly defaultVisibility: ProfileVisibility;
}

/** Null when nobody of this id is registered, or the user is soft-deleted. */
export async function getProfileDetail(
  context: Context,
  actor: Actor,
  input: { userId: string },
): Promise<ProfileDetail | null> {
  requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const parsed = UserKeySchema.safeParse(input);
  if (!parsed.success) return null;
  const { userId } = parsed.data;
  const [settings, visibility, [profile]] = await Promise.all([
    settingsOf(context, environmentId),
    findVisibility(context.db.prisma, environmentId, userId),
    findProfiles(context.db, environmentId, [userId]),
  ]);
  if (visibility === undefined) return null;
  return {
    profile: profile ?? null,
    declaredKeys: settings.profileKeys,
    visibility: visibilityOf(visibility),
    defaultVisibility: settings.defaultProfileVisibility,
  };
}
