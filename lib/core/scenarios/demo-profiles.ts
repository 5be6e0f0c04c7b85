import { type AppServer, type EnvironmentRef, environmentOf, type System } from "../actor";
import type { Context } from "../context";
import { newId } from "../ids";
import { setUserProfile } from "../profiles/set-user-profile";
import { changeSettings } from "../settings/change-settings";
import { getSettings } from "../settings/get-settings";
import { forgetSettings } from "../settings/settings-of";
import { batchSetUserTags } from "../tags/batch-set-user-tags";

const DECLARED = [{ key: "ext_team", label: "Team" }, { key: "ext_language" }];

const PLACES = ["Lisbon", "Nairobi", "Osaka", "Toronto"] as const;
const TEAMS = ["red", "blue", "green"] as const;
const TAGS = [["vip"], ["beta", "newsletter"], ["vip", "spring-2026", "日本"]] as const;

/** Declares the extended keys of the demo people, beside those that are declared already. To be done before the rest. */
export async function declareDemoKeys(context: Context, actor: System): Promise<void> {
  const { version, values } = await getSettings(context, actor);
  const known = new Set(values.profileKeys.map(({ key }) => key));
  const missing = DECLARED.filter(({ key }) => !known.has(key));
  if (missing.length === 0) return;
  await changeSettings(context, actor, { version, changes: { profileKeys: [...values.profileKeys, ...missing] } });
  forgetSettings(context, environmentOf(actor).id);
}

/** Profile and tags of one of the demo people, as their app server would set them; some have neither. */
export async function seedDemoProfile(
  context: Context,
  environment: EnvironmentRef,
  person: { index: number; userId: string; name: string },
): Promise<void> {
  const { index, userId, name } = person;
  const requestId = newId.request();
  const actor: AppServer = { kind: "app_server", source: "server_api", requestId, ip: "", environment };
  if (index % 5 !== 4) {
    await setUserProfile(context, actor, {
      userId,
      userProfile: {
        name,
        uniqueId: `P${1000 + index}`,
        gender: index % 3,
        level: (index * 7) % 101,
        location: PLACES[index % PLACES.length],
        ...(index % 2 === 0 ? { email: `${userId}@example.com`, birthday: `199${index % 10}-05-1${index % 9}` } : {}),
      },
      userExtProfile: { ext_team: TEAMS[index % TEAMS.length], ...(index % 4 === 0 ? { ext_language: "en" } : {}) },
    });
  }
  const tags = index % 3 === 0 ? TAGS[(index / 3) % TAGS.length] : undefined;
  if (tags !== undefined) await batchSetUserTags(context, actor, { userIds: [userId], tags: [...tags] });
}
