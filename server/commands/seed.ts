import { ensureFirstApp } from "@/lib/core/apps/ensure-first-app";
import { seedDemo } from "@/prisma/seed/demo";
import { seedEmpty } from "@/prisma/seed/empty";
import { LARGE_MOST_USERS, seedLarge } from "@/prisma/seed/large";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, type FlagValues, UsageError } from "./command";

const appOf = (flags: FlagValues) => (typeof flags.app === "string" ? flags.app : undefined);

const seed: CoreCommand = {
  name: "seed",
  usage: "empty | demo [--app ID] | large --users N [--app ID]",
  summary: "example data: a fresh app, 60 varied development users, or up to 10 million production users",
  needs: "installation",
  flags: { users: { type: "string" }, app: { type: "string" } },
  positionals: ["scenario"],
  async run({ context }, flags, [scenario], progress) {
    const actor = systemActor("cli");
    if (flags.users !== undefined && scenario !== "large") throw new UsageError("--users belongs to `seed large`.");
    if (flags.app !== undefined && scenario === "empty") throw new UsageError("`seed empty` makes an app of its own.");
    if (scenario === "empty") {
      const app = await seedEmpty(context, actor);
      return { data: { scenario, app }, text: `Made the app ${app.name} (${app.id}) without users.` };
    }
    if (scenario === "demo" || scenario === "large") await ensureFirstApp(context, actor);
    if (scenario === "demo") {
      const made = await seedDemo(context, actor, appOf(flags));
      return {
        data: { scenario, ...made },
        text: `Registered ${made.users} users in ${made.environment} of ${made.appName} (${made.appId}): ${made.bannedNow} banned now, ${made.softDeleted} soft-deleted. Made ${made.groups} groups.`,
      };
    }
    if (scenario === "large") {
      const users = Number(flags.users);
      if (typeof flags.users !== "string" || !/^\d+$/.test(flags.users) || users < 1 || users > LARGE_MOST_USERS) {
        throw new UsageError(`--users must be a whole number from 1 to ${LARGE_MOST_USERS}.`);
      }
      const made = await seedLarge(context, actor, { users, appId: appOf(flags) }, (done, total, ms) =>
        progress(progressLine(done, total, ms)),
      );
      return {
        data: { scenario, ...made },
        text: `Added ${made.users} users to production of ${made.appName} (${made.appId}) in ${(made.tookMs / 1000).toFixed(1)} s.`,
      };
    }
    throw new UsageError(
      scenario === undefined
        ? "Name a scenario: empty, demo or large."
        : `There is no scenario "${scenario}": use empty, demo or large.`,
    );
  },
};

function progressLine(done: number, total: number, tookMs: number): string {
  const rate = Math.round(done / Math.max(tookMs / 1000, 0.001));
  const line = `  ${done.toLocaleString("en")} of ${total.toLocaleString("en")} users (${rate.toLocaleString("en")}/s)`;
  return process.stderr.isTTY ? `\r${line}${done === total ? "\n" : ""}` : `${line}\n`;
}

export const seedCommands: readonly CoreCommand[] = [seed];
