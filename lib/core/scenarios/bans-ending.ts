import { banUsers } from "../bans/ban-users";
import { unbanUsers } from "../bans/unban-users";
import { DAY, HOUR, MINUTE, type Person, type Scenario } from "./scenario";

const REASON = "Spam";

/** Who is banned, and in how many milliseconds the ban ends. */
const ENDS: ReadonlyArray<readonly [userId: string, name: string, left: number]> = [
  ["ban-1m", "Ends in a minute", MINUTE],
  ["ban-5m", "Ends in five minutes", 5 * MINUTE],
  ["ban-1h", "Ends in an hour", HOUR],
  ["ban-1d", "Ends in a day", DAY],
  ["ban-30d", "Ends in 30 days", 30 * DAY],
];

const others: readonly Person[] = [
  { userId: "ban-over", name: "Ended an hour ago", ago: 3 * HOUR },
  { userId: "ban-lifted", name: "Lifted an hour ago", ago: 3 * HOUR },
  { userId: "never-banned", name: "Never banned", ago: 3 * HOUR },
];

export const bansEnding: Scenario = {
  people: [...others, ...ENDS.map(([userId, name]) => ({ userId, name, ago: 2 * HOUR }))],
  async play({ app, at, start }) {
    await banUsers(at(2 * HOUR), app, { userIds: ["ban-over"], durationMinutes: 60, reason: REASON });
    await banUsers(at(2 * HOUR), app, { userIds: ["ban-lifted"], durationMinutes: 1_440, reason: REASON });
    await unbanUsers(at(HOUR), app, { userIds: ["ban-lifted"] });
    for (const [userId, , left] of ENDS) {
      await banUsers(at(0), app, { userIds: [userId], until: new Date(start + left), reason: REASON });
    }
  },
};
