import { blockUsers } from "../blocklist/block-users";
import { addFriend } from "../friends/add-friend";
import { setFriendNote } from "../friends/set-friend-note";
import { createGroup } from "../groups/create-group";
import { sendServerMessage } from "../messages/send-server-message";
import { MINUTE, person, type Scenario } from "./scenario";

const AT_ONCE = 2;

const FRIENDS = ["bob", "carol", "dave", "erin"];

const TRIP = { groupId: "trip", name: "Trip" };

const text = (content: string) => ({ messageType: "RC:TxtMsg", content: JSON.stringify({ content }) });

export const friends: Scenario = {
  people: ["alice", ...FRIENDS, "frank", "grace", "heidi"].map(person),
  groups: [TRIP],
  async play({ app, at }) {
    for (const [index, targetId] of FRIENDS.entries()) {
      await addFriend(at((FRIENDS.length - index) * MINUTE), app, { userId: "alice", targetId, action: AT_ONCE });
    }
    await addFriend(at(0), app, { userId: "bob", targetId: "carol", action: AT_ONCE });
    await addFriend(at(0), app, { userId: "frank", targetId: "alice", extra: "We met at the station." });
    await addFriend(at(0), app, { userId: "alice", targetId: "grace", extra: "Hi Grace!" });
    await setFriendNote(at(0), app, { userId: "alice", targetId: "bob", alias: "Bobby" });
    await blockUsers(at(0), app, { userId: "alice", targetUserIds: ["heidi"] });
    await createGroup(at(0), app, { ...TRIP, ownerId: "alice", userIds: ["bob", "carol"] });
    for (const [index, content] of ["Hi Alice!", "Are you there?", "See you at seven."].entries()) {
      const from = { fromUserId: FRIENDS[index] ?? "bob", toUserIds: ["alice"] };
      await sendServerMessage(at((3 - index) * MINUTE), app, { ...from, ...text(content) });
    }
  },
};
