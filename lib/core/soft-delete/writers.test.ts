import { describe, expect, test } from "vitest";
import { openDatabase } from "@/lib/db/database";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { insertGroup, wrongCounts } from "@/test/support/relations";
import { insertTestUsers } from "@/test/support/users";
import type { AppServer, AppUser, EnvironmentRef } from "../actor";
import { banUsers } from "../bans/ban-users";
import { blockUsers } from "../blocklist/block-users";
import type { Context } from "../context";
import { setDirectMute } from "../direct-mute/set-direct-mute";
import { addFriend } from "../friends/add-friend";
import { setFriendPermission } from "../friends/friend-permission";
import { removeAllFriends } from "../friends/remove-friends";
import { setFriendNote } from "../friends/set-friend-note";
import { setGroupAlias } from "../groups/group-alias";
import { joinGroup } from "../groups/join-group";
import { fetchInbox } from "../messages/fetch-inbox";
import { demandOf } from "../messages/message-demand";
import { sendServerMessage } from "../messages/send-server-message";
import { storeClientMessage } from "../messages/store-client-message";
import { updateMyUserProfileVisibility } from "../profiles/profile-visibility";
import { setUserProfile } from "../profiles/set-user-profile";
import { asRefusal } from "../refusal";
import { batchSetUserTags } from "../tags/batch-set-user-tags";
import { expireTokens } from "../tokens/expire-tokens";
import { USER_COLUMNS, USER_DATA } from "../user-data/user-data";
import { registerUser } from "../users/register-user";
import { updateUser } from "../users/update-user";
import { eraseLateMessages } from "./erase-late-messages";
import { restoreUsers } from "./restore-users";
import { softDeleteUsers } from "./soft-delete-users";

const context = testContext();
const GROUP = "team";
/** What a message consists of beside its content. */
const SENT = {
  messageType: "app:text",
  shouldPersist: 1,
  needReadReceipt: 0,
  hasMetadata: false,
  disableUpdateLastMsg: false,
} as const;

/** A message that was judged before its sender was deleted. */
const ANYTHING = demandOf([], { friendsOnly: false, toOneself: false });

interface Pair {
  readonly userId: string;
  /** Somebody else. */
  readonly other: string;
}

type Write = (context: Context, server: AppServer, pair: Pair) => Promise<unknown>;

const connected = ({ environment, requestId, ip }: AppServer, userId: string): AppUser => {
  return { kind: "app_user", source: "client", requestId, ip, environment, userId };
};

/** Everything that stores something about a user, messages excepted. */
const WRITES: Readonly<Record<string, Write>> = {
  register: (at, server, { userId }) => registerUser(at, server, { userId, name: "Late" }),
  rename: (at, server, { userId }) => updateUser(at, server, { userId, name: "Late", avatarUrl: "https://a/1" }),
  ban: (at, server, { userId }) => banUsers(at, server, { userIds: [userId], durationMinutes: 60 }),
  "expire tokens": (at, server, { userId }) => expireTokens(at, server, { userIds: [userId], expiresAt: 1 }),
  mute: (at, server, { userId }) => setDirectMute(at, server, { userIds: [userId], muted: true }),
  "set the profile": (at, server, { userId }) =>
    setUserProfile(at, server, { userId, userProfile: { name: "Late", uniqueId: userId.replace("-", "") } }),
  "choose the visibility": (at, server, { userId }) =>
    updateMyUserProfileVisibility(at, connected(server, userId), { visibility: 3 }),
  "set tags": (at, server, { userId }) => batchSetUserTags(at, server, { userIds: [userId], tags: ["late"] }),
  befriend: (at, server, { userId, other }) => addFriend(at, server, { userId, targetId: other, action: 2 }),
  "ask for friendship": (at, server, { userId, other }) => addFriend(at, server, { userId: other, targetId: userId }),
  "note a friend": (at, server, { userId, other }) =>
    setFriendNote(at, server, { userId, targetId: other, alias: "Late" }),
  "remove all friends": (at, server, { other }) => removeAllFriends(at, server, { userId: other }),
  "choose who may ask": (at, server, { userId }) =>
    setFriendPermission(at, server, { userIds: [userId], permissionType: 1 }),
  block: (at, server, { userId, other }) => blockUsers(at, server, { userId, targetUserIds: [other] }),
  "be blocked": (at, server, { userId, other }) => blockUsers(at, server, { userId: other, targetUserIds: [userId] }),
  "join a group": (at, server, { userId }) => joinGroup(at, server, { groupId: GROUP, userIds: [userId] }),
  "alias a group": (at, server, { userId }) => setGroupAlias(at, server, { groupId: GROUP, userId, alias: "Late" }),
};

/** What is left of these users where soft delete erases, as sentences; none when it has erased everything. */
async function traces({ id }: EnvironmentRef, userIds: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { table, column, softDelete } of USER_DATA) {
    if (softDelete !== "erased") continue;
    const { rowCount } = await context().db.pool.query(
      `SELECT FROM ${table} WHERE environment_id = $1 AND ${column} = ANY($2)`,
      [id, userIds],
    );
    if (rowCount !== 0) found.push(`${rowCount} rows of ${table} by ${column}`);
  }
  for (const [column, fate] of Object.entries(USER_COLUMNS)) {
    if (!("erased" in fate)) continue;
    const { rowCount } = await context().db.pool.query(
      `SELECT FROM users WHERE environment_id = $1 AND user_id = ANY($2) AND ${column} IS DISTINCT FROM ${fate.erased}`,
      [id, userIds],
    );
    if (rowCount !== 0) found.push(`${rowCount} values of users.${column}`);
  }
  return found;
}

async function setUp() {
  const { production } = await createTestApp(context());
  const { ref } = production;
  const gone = Array.from({ length: 6 }, (_, n) => `gone-${n}`);
  const staying = Array.from({ length: 6 }, (_, n) => `stay-${n}`);
  await insertTestUsers(
    context(),
    ref,
    [...gone, ...staying].map((userId) => ({ userId })),
  );
  await insertGroup(context(), ref, GROUP, "stay-0", ["gone-0", "gone-1", "gone-2"]);
  return { ref, server: appServerOf(ref), gone, staying };
}

describe("everything that is stored about a user", () => {
  test.each(Object.entries(WRITES))("%s: leaves nothing on a soft-deleted user", async (_, write) => {
    const { ref, server, gone, staying } = await setUp();
    await softDeleteUsers(context(), server, { userIds: gone });
    for (const [index, userId] of gone.entries()) {
      const pair = { userId, other: staying[index] ?? "" };
      await write(context(), server, pair).catch((error: unknown) => {
        expect(["user_not_found", "user_soft_deleted", "not_friends", "not_in_group"]).toContain(asRefusal(error).code);
      });
    }
    expect(await traces(ref, gone)).toEqual([]);
  });

  test("written at the same time as the deletion, by two processes, leaves nothing either, and every count is right", async () => {
    const { ref, server, gone, staying } = await setUp();
    const db = openDatabase({ url: context().url, poolSize: 10 });
    try {
      const elsewhere = { ...context(), db };
      const writes = Object.values(WRITES).flatMap((write, n) =>
        gone.map((userId, index) => ({ write, at: (n + index) % 2 === 0 ? context() : elsewhere, userId, n, index })),
      );
      // In an order that brings the same user's and different users' writes together.
      writes.sort((a, b) => ((a.n * 7 + a.index * 5) % 17) - ((b.n * 7 + b.index * 5) % 17));
      const running = writes.map(({ write, at, userId, n, index }) =>
        write(at, server, { userId, other: staying[(n + index) % staying.length] ?? "" }).then(
          () => "written",
          (error: unknown) => asRefusal(error).code,
        ),
      );
      const deletions = [0, 1, 2].map((part) =>
        softDeleteUsers(part === 1 ? elsewhere : context(), server, {
          userIds: gone.filter((_, index) => index % 3 === part),
        }),
      );
      const outcomes = new Set(await Promise.all(running));
      await Promise.all(deletions);
      expect(outcomes).toContain("written");
      expect([...outcomes].filter((outcome) => ["internal", "timeout"].includes(outcome))).toEqual([]);
    } finally {
      await db.close();
    }
    expect(await traces(ref, gone)).toEqual([]);
    expect(await wrongCounts(context(), ref)).toEqual([]);
  });

  test("a message that was on its way is gone after the restore", async () => {
    const { ref, server } = await setUp();
    const send = () =>
      sendServerMessage(context(), server, {
        fromUserId: "stay-0",
        toUserIds: ["gone-0"],
        messageType: "app:text",
        content: "Hello",
      });
    await softDeleteUsers(context(), server, { userIds: ["gone-0"] });
    expect((await send()).messages).toEqual([]);
    // As if it had been judged before the deletion and stored after it.
    await context().db.prisma
      .$executeRaw`INSERT INTO inbox_entries (environment_id, user_id, sequence, slot, message_sequence)
      VALUES (${ref.id}, 'gone-0', 1, 0, 1)`;
    context().advance(context().restoreAfterMs);
    await restoreUsers(context(), server, { userIds: ["gone-0"] });
    expect(await traces(ref, ["gone-0"])).toEqual([]);
  });
  test("a message that its sender had on its way is gone from every inbox soon, what app servers say in the name and to others stays", async () => {
    const { ref, server } = await setUp();
    const late = (userId: string, other: string, content: string) =>
      storeClientMessage(
        context(),
        connected(server, userId),
        { ...SENT, content },
        "direct",
        { targetId: other, userIds: [other, userId] },
        ANYTHING,
      );
    const inbox = async (userId: string) =>
      (await fetchInbox(context(), connected(server, userId), { cursor: 0 })).messages.map(({ content }) => content);
    const sweep = () => eraseLateMessages(context(), new Date(context().now()), 100);
    await softDeleteUsers(context(), server, { userIds: ["gone-0"] });
    expect(await sweep()).toBe(0);
    // As if they had been judged before the deletion.
    await late("gone-0", "stay-0", "late");
    await late("stay-1", "gone-0", "to whom is gone");
    await sendServerMessage(context(), server, {
      ...SENT,
      fromUserId: "gone-0",
      toUserIds: ["stay-0"],
      content: "Goodbye",
    });
    expect(await inbox("stay-0")).toEqual(["late", "Goodbye"]);
    expect(await sweep()).toBe(1);
    expect([await inbox("stay-0"), await inbox("stay-1")]).toEqual([["Goodbye"], ["to whom is gone"]]);
    expect(await sweep()).toBe(0);
    expect(await context().db.prisma.inboxEntry.count({ where: { environmentId: ref.id, userId: "gone-0" } })).toBe(0);
  });

  test("what is said after a restore is no late message", async () => {
    const { server } = await setUp();
    await softDeleteUsers(context(), server, { userIds: ["gone-0"] });
    context().advance(context().restoreAfterMs);
    await restoreUsers(context(), server, { userIds: ["gone-0"] });
    await sendServerMessage(context(), server, {
      ...SENT,
      fromUserId: "stay-0",
      toUserIds: ["gone-0"],
      content: "Back",
    });
    expect(await eraseLateMessages(context(), new Date(context().now()), 100)).toBe(0);
  });
});
