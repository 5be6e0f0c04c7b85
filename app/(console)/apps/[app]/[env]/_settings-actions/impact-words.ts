import { countText, formatCount } from "@/components/ui/count-text";
import type { DeclaredProfileKey } from "@/lib/core/profiles/facts";
import type { SettingKey } from "@/lib/core/settings/facts";
import type { ImpactCount } from "@/lib/core/settings/impact-schema";
import type { Settings } from "@/lib/core/settings/schema";

/**
 * What a change of one setting does, in one sentence. `counted` is the figure that `countedChange` asks for; undefined while it
 * is unknown.
 */
export function impactSentence<Key extends SettingKey>(
  key: Key,
  before: Settings[Key],
  after: Settings[Key],
  counted?: ImpactCount,
): string {
  switch (key) {
    case "restrictDirectMessagingToFriends":
      if (after !== true) return "Users can message anyone who hasn’t blocked them.";
      if (counted === undefined) return "Conversations between users who aren’t friends become read-only.";
      if (counted.count === 0) return "No conversations in the last 7 days were between users who aren’t friends.";
      return isOne(counted)
        ? "1 conversation in the last 7 days was between users who aren’t friends. It becomes read-only."
        : `${amount(counted)} conversations in the last 7 days were between users who aren’t friends. They become read-only.`;
    case "samePlatformConnections":
      if (after !== "replace") return "More devices on one platform can stay connected.";
      if (counted === undefined) return "A new connection closes older ones on the same platform.";
      if (counted.count === 0) return "No user is connected twice on one platform now.";
      return `${amount(counted)} ${isOne(counted) ? "user is" : "users are"} connected twice on one platform now. Their next connection closes the older ones.`;
    case "defaultProfileVisibility":
      return unchosen(counted);
    case "friendRequestPreference":
      return unchosen(counted);
    case "accessTokenValidityHours":
      return "Access tokens issued so far keep their expiry.";
    case "allowedOrigins":
      return "Open connections stay open. New ones from other origins are refused.";
    case "profileUpdatesToFriends":
      return after === true ? "Starts with the next change of a profile." : "Friends are no longer told at once.";
    default:
      return keysSentence(before as readonly DeclaredProfileKey[], after as readonly DeclaredProfileKey[], counted);
  }
}

/** "1,204", "10,000+", or "at least 1,204" where not all was looked at. */
function amount(counted: ImpactCount): string {
  return counted.whole ? countText(counted) : `At least ${formatCount(counted.count)}`;
}

const isOne = ({ count, whole }: ImpactCount) => count === 1 && whole;

function unchosen(counted: ImpactCount | undefined): string {
  if (counted === undefined) return "Applies to users who have not chosen for themselves.";
  if (counted.count === 0 && counted.whole) return "Every user has chosen for themselves. Nothing changes for them.";
  return `${amount(counted)} ${isOne(counted) ? "user has" : "users have"} not chosen for themselves. The change applies to them.`;
}

function keysSentence(
  before: readonly DeclaredProfileKey[],
  after: readonly DeclaredProfileKey[],
  counted: ImpactCount | undefined,
): string {
  const kept = new Set(after.map(({ key }) => key));
  const removed = before.map(({ key }) => key).filter((key) => !kept.has(key));
  if (removed.length === 0) return "Stored profiles stay as they are.";
  const under = removed.length > 3 ? "the removed keys" : removed.join(", ");
  if (counted === undefined) return `Values under ${under} stay readable but can’t be changed.`;
  if (counted.count === 0 && counted.whole) return `No profile has a value under ${under}.`;
  const profiles = isOne(counted) ? "profile has a value" : "profiles have values";
  return `${amount(counted)} ${profiles} under ${under}. They stay readable but can’t be changed.`;
}
