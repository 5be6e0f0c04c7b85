import { banUsers } from "../bans/ban-users";
import { unbanUsers } from "../bans/unban-users";
import { batchSetUserTags } from "../tags/batch-set-user-tags";
import { expireTokens } from "../tokens/expire-tokens";
import { updateUser } from "../users/update-user";
import { DAY, HOUR, MINUTE, type Person, type Scenario } from "./scenario";

const people: readonly Person[] = Array.from({ length: 25 }, (_, index) => {
  const number = String(index + 1).padStart(2, "0");
  return { userId: `busy-${number}`, name: `Busy ${number}`, ago: 12 * DAY };
});

const REASONS = ["Spam", "Harassment", "Selling accounts", "Asked for it", ""];
const BATCH = 5;

/** Eight entries for each of them, over ten days; five users at a time, as a moderator works through a queue. */
export const busyAudit: Scenario = {
  people,
  async play({ app, operator, at, start }) {
    await Promise.all(
      people.map(({ userId, name }, index) =>
        updateUser(at(10 * DAY - index * MINUTE), app, { userId, name: `${name} (new)` }),
      ),
    );
    for (const [batch, reason] of REASONS.entries()) {
      const userIds = people.slice(batch * BATCH, (batch + 1) * BATCH).map(({ userId }) => userId);
      const since = (days: number) => at(days * DAY - batch * HOUR);
      await banUsers(since(9), app, { userIds, durationMinutes: 1_440, reason });
      await unbanUsers(since(8.5), app, { userIds });
      await batchSetUserTags(since(7), operator, { userIds, tags: ["watched"] });
      await banUsers(since(6), operator, { userIds, durationMinutes: 60, reason });
      await batchSetUserTags(since(4), operator, { userIds, tags: ["watched", "banned-twice"] });
      await expireTokens(since(3), operator, { userIds, expiresAt: start - 3 * DAY });
      await batchSetUserTags(since(2), operator, { userIds, tags: [] });
    }
  },
};
