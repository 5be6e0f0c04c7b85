import { ensureFirstApp } from "@/lib/core/apps/ensure-first-app";
import { LARGE_MOST_USERS, seedLarge } from "@/prisma/seed/large";
import { refreshStatistics } from "@/prisma/seed/seed-store";
import { systemActor } from "../installation/first-run";
import { type CoreCommand, optional, UsageError } from "./command";

export const seedLargeCommand: CoreCommand = {
  name: "seed large",
  usage: "--users N [--app ID]",
  summary: "up to 10 million users by bulk load into Production of the first app, or of --app",
  needs: "installation",
  flags: { users: { type: "string" }, app: { type: "string" } },
  async run({ context, env }, flags, _positionals, progress) {
    const actor = systemActor("cli");
    const users = Number(flags.users);
    if (typeof flags.users !== "string" || !/^\d+$/.test(flags.users) || users < 1 || users > LARGE_MOST_USERS) {
      throw new UsageError(`--users must be a whole number from 1 to ${LARGE_MOST_USERS}.`);
    }
    await ensureFirstApp(context, actor);
    const made = await seedLarge(context, actor, { users, appId: optional(flags, "app") }, (done, total, ms) =>
      progress(progressLine(done, total, ms)),
    );
    await refreshStatistics(env.DATABASE_MIGRATE_URL ?? env.DATABASE_URL ?? "");
    return {
      data: { scenario: "large", ...made },
      text: `Added ${made.users} users to production of ${made.appName} (${made.appId}) in ${(made.tookMs / 1000).toFixed(1)} s.`,
    };
  },
};

function progressLine(done: number, total: number, tookMs: number): string {
  const rate = Math.round(done / Math.max(tookMs / 1000, 0.001));
  const line = `  ${done.toLocaleString("en")} of ${total.toLocaleString("en")} users (${rate.toLocaleString("en")}/s)`;
  return process.stderr.isTTY ? `\r${line}${done === total ? "\n" : ""}` : `${line}\n`;
}
