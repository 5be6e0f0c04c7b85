import { z } from "zod";
import { acceptFriendRequest, addFriend } from "@/lib/core/friends/add-friend";
import { getFriendPermissions, setFriendPermission } from "@/lib/core/friends/friend-permission";
import { getFriendRelationships } from "@/lib/core/friends/get-friend-relationships";
import { listFriendRequests } from "@/lib/core/friends/list-friend-requests";
import type { StoredFriend } from "@/lib/core/friends/list-friends";
import { getFriends, listFriends } from "@/lib/core/friends/list-friends";
import { refuseFriendRequest } from "@/lib/core/friends/refuse-friend-request";
import { removeFriends } from "@/lib/core/friends/remove-friends";
import {
  AddFriendSchema,
  FriendPageSchema,
  FriendRelationshipsSchema,
  FriendRequestsSchema,
  FriendsByIdSchema,
  RemoveFriendsSchema,
  SetFriendNoteSchema,
  SetFriendPermissionSchema,
} from "@/lib/core/friends/schema";
import { setFriendNote } from "@/lib/core/friends/set-friend-note";
import { UserIdSchema } from "@/lib/core/users/schema";
import { defineMethod } from "../method";

/** The user's friends and friend requests (client contract section 5). */

const FRIENDS_NOW = 0;
const WAITS_FOR_APPROVAL = 25461;

const oneUser = z.object({ userId: UserIdSchema });

const wireFriend = (friend: StoredFriend) => ({
  userId: friend.userId,
  name: friend.name,
  portraitUri: friend.portraitUri,
  remark: friend.alias,
  extProfile: friend.attributes,
  addTime: friend.addedAt.getTime(),
  isBlocked: friend.blocked,
});

const add = defineMethod({
  name: "friend/add",
  input: z.object({ userId: UserIdSchema, extra: AddFriendSchema.shape.extra }),
  async run(context, actor, { userId, extra }) {
    const { outcome } = await addFriend(context, actor, { userId: actor.userId, targetId: userId, extra });
    return { processCode: outcome === "friends" ? FRIENDS_NOW : WAITS_FOR_APPROVAL };
  },
});

const accept = defineMethod({
  name: "friend/accept",
  input: oneUser,
  async run(context, actor, { userId }) {
    await acceptFriendRequest(context, actor, { userId: actor.userId, requesterId: userId });
    return {};
  },
});

const refuse = defineMethod({
  name: "friend/refuse",
  input: oneUser,
  async run(context, actor, { userId }) {
    await refuseFriendRequest(context, actor, { userId: actor.userId, requesterId: userId });
    return {};
  },
});

const remove = defineMethod({
  name: "friend/remove",
  input: z.object({ userIds: RemoveFriendsSchema.shape.targetIds }),
  run: async (context, actor, { userIds }) => ({
    removed: (await removeFriends(context, actor, { userId: actor.userId, targetIds: userIds })).removed,
  }),
});

const check = defineMethod({
  name: "friend/check",
  input: z.object({ userIds: FriendRelationshipsSchema.shape.targetIds }),
  run: async (context, actor, { userIds }) => ({
    relations: await getFriendRelationships(context, actor, { userId: actor.userId, targetIds: userIds }),
  }),
});

const { pageToken, pageSize, order } = FriendPageSchema.shape;

const list = defineMethod({
  name: "friend/list",
  input: z.object({ count: pageSize, pageToken, order }),
  async run(context, actor, { count, ...paging }) {
    const page = await listFriends(context, actor, { ...paging, pageSize: count, userId: actor.userId });
    return {
      totalCount: page.totalCount,
      ...(page.pageToken === null ? {} : { pageToken: page.pageToken }),
      data: page.friends.map(wireFriend),
    };
  },
});

const get = defineMethod({
  name: "friend/get",
  input: z.object({ userIds: FriendsByIdSchema.shape.friendIds }),
  run: async (context, actor, { userIds }) => ({
    friends: (await getFriends(context, actor, { userId: actor.userId, friendIds: userIds })).map(wireFriend),
  }),
});

const { types, statuses } = FriendRequestsSchema.shape;

const requests = defineMethod({
  name: "friend/requests",
  input: z.object({ count: pageSize, pageToken, order, types, status: statuses }),
  async run(context, actor, { count, status, ...paging }) {
    const page = await listFriendRequests(context, actor, {
      ...paging,
      pageSize: count,
      statuses: status,
      userId: actor.userId,
    });
    return {
      ...(page.pageToken === null ? {} : { pageToken: page.pageToken }),
      data: page.requests.map(({ requestedAt, ...request }) => ({ ...request, time: requestedAt.getTime() })),
    };
  },
});

const setNote = defineMethod({
  name: "friend/setNote",
  input: z.object({
    userId: UserIdSchema,
    remark: SetFriendNoteSchema.shape.alias,
    extProfile: SetFriendNoteSchema.shape.friendExtProfile,
  }),
  async run(context, actor, { userId, remark, extProfile }) {
    await setFriendNote(context, actor, {
      userId: actor.userId,
      targetId: userId,
      alias: remark,
      friendExtProfile: extProfile,
    });
    return {};
  },
});

const setPermission = defineMethod({
  name: "friend/setPermission",
  input: z.object({ permission: SetFriendPermissionSchema.shape.permissionType }),
  async run(context, actor, { permission }) {
    await setFriendPermission(context, actor, { userIds: [actor.userId], permissionType: permission });
    return {};
  },
});

const getPermission = defineMethod({
  name: "friend/getPermission",
  input: z.object({}),
  async run(context, actor) {
    const [found] = await getFriendPermissions(context, actor, { userIds: [actor.userId] });
    return { permission: found?.permission };
  },
});

export const FRIEND_METHODS = [
  add,
  accept,
  refuse,
  remove,
  check,
  list,
  get,
  requests,
  setNote,
  setPermission,
  getPermission,
];
