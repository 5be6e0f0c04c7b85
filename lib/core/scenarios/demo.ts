import { banUsers } from "../bans/ban-users";
import { unbanUsers } from "../bans/unban-users";
import type { Context } from "../context";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { expireTokens } from "../tokens/expire-tokens";
import { updateUser } from "../users/update-user";
import { DEMO_GROUPS, seedDemoGroups } from "./demo-groups";
import { DEMO_PEOPLE } from "./demo-people";
import { declareDemoKeys, seedDemoProfile } from "./demo-profiles";
import { createRandom } from "./random";
import { DAY, HOUR, MINUTE, type Person, type Scenario, type Stage } from "./scenario";
import { saveLastSeen } from "./scenario-store";

/** Positions of the people who are soft-deleted. */
const SOFT_DELETED: ReadonlySet<number> = new Set([16, 36, 53]);

const REASONS = ["Spam in public channels", "Harassment reported by two users", "Selling accounts", ""] as const;

const random = () => createRandom(20_261_123);

const registered = random();
const people: ReadonlyArray<Person & { readonly ago: number }> = DEMO_PEOPLE.map(([userId, name], index) => ({
  userId,
  name,
  ...(index % 3 === 0 ? { avatarUrl: `https://avatars.example.com/${encodeURIComponent(userId)}.png` } : {}),
  ago: Math.floor(90 * DAY * (1 - index / DEMO_PEOPLE.length) ** 1.5) + registered.between(5, 55) * MINUTE,
}));

/**
 * 60 people: active, banned now, banned earlier, unbanned, soft-deleted, tokens invalidated, seen just now, long ago and never, with
 * hosted profiles and tags, their bans' history and audit entries.
 */
export const demo: Scenario = {
  people,
  groups: DEMO_GROUPS,
  async play(stage) {
    const { operator, environment, start, at } = stage;
    await declareDemoKeys(at(0), operator);
    const days = random();
    const lives = people.map((person, index): Life => ({ ...person, index, banDays: days.between(3, 30) }));
    await Promise.all(lives.map((life) => seedDemoProfile(at(Math.floor(life.ago * 0.7)), environment, life)));
    // Acts of several moments must not share a transaction, which has one.
    for (const life of lives) await live(stage, life);
    await seedDemoGroups(
      at(HOUR),
      environment,
      people.map(({ userId }) => userId),
    );
    const seen = people.flatMap(({ userId, ago }, index) =>
      SOFT_DELETED.has(index) ? [] : [{ userId, lastSeenAt: lastSeen(start, ago, index) }],
    );
    await saveLastSeen(at(0).db.prisma, environment.id, seen);
  },
};

interface Life extends Person {
  readonly ago: number;
  readonly index: number;
  readonly banDays: number;
}

/** What has happened to one of them, in order. */
async function live({ operator, start, at }: Stage, { userId, name, ago, index, banDays }: Life): Promise<void> {
  const since = (part: number) => Math.floor(ago * part);
  const ban = (when: Context, durationMinutes: number) =>
    banUsers(when, operator, { userIds: [userId], durationMinutes, reason: REASONS[index % REASONS.length] });
  switch (index % 10) {
    case 2:
      // Banned now; every second of them for the second time.
      if (index % 20 === 2) await ban(at(since(0.8)), 60);
      await ban(at(Math.min(since(0.3), 2 * DAY)), banDays * 1440);
      break;
    case 5:
      // A ban that ran out.
      await ban(at(since(0.9)), Math.min(43_200, Math.max(1, Math.floor(since(0.4) / MINUTE))));
      break;
    case 7:
      // A ban that was lifted early.
      await ban(at(since(0.6)), 43_200);
      await unbanUsers(at(since(0.5)), operator, { userIds: [userId] });
      break;
    case 8:
      await expireTokens(at(0), operator, { userIds: [userId], expiresAt: start - since(0.2) });
      break;
    case 9:
      if (index % 20 === 9) await updateUser(at(since(0.4)), operator, { userId, name: `${name} (new)` });
      break;
  }
  if (SOFT_DELETED.has(index)) await softDeleteUsers(at(since(0.25)), operator, { userIds: [userId] });
}

function lastSeen(start: number, createdAgo: number, index: number): Date | null {
  if (index % 7 === 3) return null;
  if (index % 4 === 0) return new Date(start - (index + 1) * MINUTE);
  return new Date(start - Math.floor(createdAgo * ((index % 9) / 10)));
}
