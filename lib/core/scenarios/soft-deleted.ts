import { banUsers } from "../bans/ban-users";
import { addFriend } from "../friends/add-friend";
import { createGroup } from "../groups/create-group";
import { softDeleteUsers } from "../soft-delete/soft-delete-users";
import { DAY, HOUR, type Person, type Scenario } from "./scenario";

const CLUB = { groupId: "club", name: "Club" };

/** Who is soft-deleted, and how long ago. */
const DELETED: ReadonlyArray<readonly [userId: string, ago: number]> = [
  ["deleted-30d", 30 * DAY],
  ["deleted-banned", DAY],
  ["deleted-2h", 2 * HOUR],
  ["deleted-now", 0],
];

const people: readonly Person[] = [
  { userId: "alice", name: "Alice", ago: 60 * DAY },
  { userId: "bob", name: "Bob", ago: 59 * DAY },
  ...DELETED.map(([userId], index) => ({ userId, name: `Deleted ${index + 1}`, ago: (58 - index) * DAY })),
];

export const softDeleted: Scenario = {
  people,
  groups: [CLUB],
  async play({ app, at }) {
    const ids = DELETED.map(([userId]) => userId);
    await createGroup(at(50 * DAY), app, { ...CLUB, ownerId: "alice", userIds: ["bob", ...ids] });
    for (const targetId of ["bob", ...ids]) {
      await addFriend(at(50 * DAY), app, { userId: "alice", targetId, action: 2 });
    }
    await banUsers(at(2 * DAY), app, { userIds: ["deleted-banned"], durationMinutes: 43_200, reason: "Spam" });
    for (const [userId, ago] of DELETED) await softDeleteUsers(at(ago), app, { userIds: [userId] });
  },
};
