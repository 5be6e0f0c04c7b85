import type { ProfileVisibility } from "./facts";
import { type BasicProfile, visibilityOf } from "./schema";
import type { SeenProfile } from "./seen-profile-store";

/** A hosted profile as a client gets it: the basic keys that are set and may be seen. */
export interface VisibleProfile extends BasicProfile {
  readonly userId: string;
  /** The extended keys that are set; missing where they may not be seen. */
  readonly extended?: Readonly<Record<string, string>>;
}

/**
 * What `viewerId` may see: everything of their own and of who shows it, otherwise name and avatar only. `byDefault` holds
 * for owners who have not chosen.
 */
export function visibleTo(viewerId: string, profile: SeenProfile, byDefault: ProfileVisibility): VisibleProfile {
  const { userId, userProfile, userExtProfile } = profile;
  const visibility = visibilityOf(profile.visibility) ?? byDefault;
  const whole = userId === viewerId || visibility === "everyone" || (visibility === "friends" && profile.friend);
  if (whole) return { userId, ...userProfile, extended: userExtProfile };
  const { name, portraitUri } = userProfile;
  return { userId, ...(name === undefined ? {} : { name }), ...(portraitUri === undefined ? {} : { portraitUri }) };
}
