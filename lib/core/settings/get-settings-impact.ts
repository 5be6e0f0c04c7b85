import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { keptSince } from "../messages/retention";
import { cappedCount } from "../paging/page-size";
import { requirePermission } from "../permissions";
import { type SettingsImpact, type SettingsImpactQueryInput, SettingsImpactQuerySchema } from "./impact-schema";
import {
  countConnectedTwice,
  countPairsOfStrangers,
  countProfilesWithKeys,
  countUsersWithout,
  type Looked,
} from "./impact-store";

/**
 * Counts what changes of the settings would act on, of the figures asked for. Each looks at the latest 50,000 rows at most, so
 * that it costs the same however many users there are.
 */
export async function getSettingsImpact(
  context: Context,
  actor: Actor,
  input: SettingsImpactQueryInput,
): Promise<SettingsImpact> {
  requirePermission(actor, "settings.read");
  const { figures, keys } = SettingsImpactQuerySchema.parse(input);
  const environmentId = environmentOf(actor).id;
  const db = context.db.prisma;
  const counting = {
    strangers: () => countPairsOfStrangers(db, environmentId, keptSince(context.now())),
    connectedTwice: () => countConnectedTwice(db, environmentId),
    withoutVisibility: () => countUsersWithout(db, environmentId, "visibility"),
    withoutLevel: () => countUsersWithout(db, environmentId, "level"),
    profiles: () => countProfilesWithKeys(db, environmentId, keys),
  };
  const counted = await Promise.all(
    figures.map(async (figure) => [figure, impactCount(await counting[figure]())] as const),
  );
  return Object.fromEntries(counted);
}

function impactCount({ count, whole }: Looked) {
  const capped = cappedCount(count);
  // Past the cap it does not matter how far was looked.
  return { ...capped, whole: whole || capped.capped };
}
