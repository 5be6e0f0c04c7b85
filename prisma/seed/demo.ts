import type { EnvironmentRef, System } from "@/lib/core/actor";
import { findApp, findApps } from "@/lib/core/apps/app-store";
import { findEnvironment } from "@/lib/core/apps/environment-store";
import { banUsers } from "@/lib/core/bans/ban-users";
import { unbanUsers } from "@/lib/core/bans/unban-users";
import type { Context } from "@/lib/core/context";
import { AppError } from "@/lib/core/errors";
import { softDeleteUsers } from "@/lib/core/soft-delete/soft-delete-users";
import { expireTokens } from "@/lib/core/tokens/expire-tokens";
import { registerUser } from "@/lib/core/users/register-user";
import { updateUser } from "@/lib/core/users/update-user";
import { seedDemoGroups } from "./demo-groups";
import { declareDemoKeys, seedDemoProfile } from "./demo-profiles";
import { DEMO_PEOPLE } from "./names";
import { createRandom } from "./random";
import { countKnown, type SeedState, saveSeedStates } from "./seed-store";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

export interface SeededDemo {
  readonly appId: string;
  readonly appName: string;
  readonly environment: "development";
  readonly users: number;
  readonly bannedNow: number;
  readonly softDeleted: number;
  readonly groups: number;
}

/** Positions of the people who are soft-deleted. */
const SOFT_DELETED: ReadonlySet<number> = new Set([16, 36, 53]);

const REASONS = ["Spam in public channels", "Harassment reported by two users", "Selling accounts", ""] as const;

/**
 * 60 people in the development environment of an app (the first one unless named), through the use cases with a clock
 * in the past: active, banned now, banned earlier, unbanned, soft-deleted, tokens invalidated, seen just now, long ago
 * and never, with hosted profiles and tags, their bans' history and audit entries.
 */
export async function seedDemo(context: Context, actor: System, appId?: string): Promise<SeededDemo> {
  const environment = await developmentOf(context, appId);
  const ids = DEMO_PEOPLE.map(([userId]) => userId);
  if ((await countKnown(context.db.prisma, environment.id, ids)) > 0) {
    throw new AppError("invalid_parameter", {
      message: `The demo users are in ${environment.appName} already. \`seed empty\` makes a fresh app; then name it with --app.`,
    });
  }
  const random = createRandom(20_261_123);
  const start = context.now();
  const inEnvironment = { ...actor, environment };
  const at = (agoMs: number): Context => ({ ...context, now: () => start - agoMs });
  const states: SeedState[] = [];
  let bannedNow = 0;

  await declareDemoKeys(context, inEnvironment);
  for (const [index, [userId, name]] of DEMO_PEOPLE.entries()) {
    const createdAgo = Math.floor(90 * DAY * (1 - index / DEMO_PEOPLE.length) ** 1.5) + random.between(5, 55) * MINUTE;
    const avatarUrl = index % 3 === 0 ? `https://avatars.example.com/${encodeURIComponent(userId)}.png` : undefined;
    await registerUser(at(createdAgo), inEnvironment, { userId, name, avatarUrl });
    await seedDemoProfile(at(Math.floor(createdAgo * 0.7)), environment, { index, userId, name });
    const since = (part: number) => Math.floor(createdAgo * part);
    const ban = (agoMs: number, durationMinutes: number) =>
      banUsers(at(agoMs), inEnvironment, { userIds: [userId], durationMinutes, reason: REASONS[index % 4] });
    switch (index % 10) {
      case 2:
        // Banned now; every second of them for the second time.
        if (index % 20 === 2) await ban(since(0.8), 60);
        await ban(Math.min(since(0.3), 2 * DAY), random.between(3, 30) * 1440);
        bannedNow += 1;
        break;
      case 5:
        // A ban that ran out.
        await ban(since(0.9), Math.min(43_200, Math.max(1, Math.floor(since(0.4) / MINUTE))));
        break;
      case 7:
        // A ban that was lifted early.
        await ban(since(0.6), 43_200);
        await unbanUsers(at(since(0.5)), inEnvironment, { userIds: [userId] });
        break;
      case 8:
        await expireTokens(context, inEnvironment, { userIds: [userId], expiresAt: start - since(0.2) });
        break;
      case 9:
        if (index % 20 === 9) await updateUser(at(since(0.4)), inEnvironment, { userId, name: `${name} (new)` });
        break;
    }
    if (SOFT_DELETED.has(index)) {
      await softDeleteUsers(at(since(0.25)), inEnvironment, { userIds: [userId] });
    } else {
      states.push({ userId, lastSeenAt: lastSeen(start, createdAgo, index) });
    }
  }
  const groups = await seedDemoGroups(at(HOUR), environment, ids);
  await saveSeedStates(context.db.prisma, environment.id, states);
  return {
    appId: environment.appId,
    appName: environment.appName,
    environment: "development",
    users: DEMO_PEOPLE.length,
    bannedNow,
    softDeleted: SOFT_DELETED.size,
    groups,
  };
}

function lastSeen(start: number, createdAgo: number, index: number): Date | null {
  if (index % 7 === 3) return null;
  if (index % 4 === 0) return new Date(start - (index + 1) * MINUTE);
  return new Date(start - Math.floor(createdAgo * ((index % 9) / 10)));
}

/** The development environment of an app, the first one unless named. Throws `not_found`. */
async function developmentOf(context: Context, appId: string | undefined): Promise<EnvironmentRef> {
  const db = context.db.prisma;
  const app = appId === undefined ? (await findApps(db))[0] : await findApp(db, appId);
  const environment = app ? await findEnvironment(db, app.id, "development") : null;
  if (environment === null) throw new AppError("not_found", { message: `There is no app ${appId ?? ""}.` });
  return environment.ref;
}
