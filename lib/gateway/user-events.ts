import type { BusEvent } from "@/lib/bus/bus";
import type { FriendPair } from "@/lib/bus/relation-events";
import type { EnvironmentId } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { friendsToTell } from "@/lib/core/friends/friends-to-tell";
import { REQUEST_TYPES } from "@/lib/core/friends/schema";
import { groupToTell } from "@/lib/core/groups/group-to-tell";
import { profileForFriends } from "@/lib/core/profiles/profile-for-friends";
import { notification } from "./frames";
import type { Hub } from "./hub";
import { wireGroup } from "./methods/groups";
import { wireProfile } from "./methods/profiles";

/** What one user is to be told. */
interface UserNotification {
  readonly userId: string;
  /** The connection that did it, and so is not told; left out where all are. */
  readonly exceptConnection?: string;
  readonly method: string;
  readonly params: object;
}

/**
 * Tells connected users of a change around them: friends, friend requests, own profile, groups (client contract section
 * 5). Resolves when they are told; rejects when what they should read of it could not be read.
 */
export async function tellOfChange(context: Context, hub: Hub, event: BusEvent): Promise<void> {
  for (const { userId, method, params, exceptConnection = "" } of await notificationsOf(context, hub, event)) {
    hub.sendToUser(event.environmentId, userId, notification(method, params), { exceptConnection });
  }
}

/** What a change says to whom; reads only what somebody connected here is to be told. */
async function notificationsOf(context: Context, hub: Hub, event: BusEvent): Promise<UserNotification[]> {
  const environmentId = event.environmentId as EnvironmentId;
  const isHere = (userId: string) => hub.has(environmentId, userId);
  switch (event.type) {
    case "friends.added": {
      const both = event.pairs.flatMap(({ userId, friendId, at }) => [
        { userId, friendId, at },
        { userId: friendId, friendId: userId, at },
      ]);
      const here = both.filter(({ userId }) => isHere(userId));
      return (await Promise.all(here.map((pair) => friendAdded(context, environmentId, pair)))).flat();
    }
    case "friends.removed": {
      const { userId, userIds, at: operationTime, cleared } = event;
      const removed = (of: string, ids: readonly string[]): UserNotification => ({
        userId: of,
        method: "event/friendsRemoved",
        params: { userIds: ids, operationTime },
      });
      return [...userIds.map((id) => removed(id, [userId])), ...(cleared ? [] : [removed(userId, userIds)])];
    }
    case "friends.cleared":
      return event.userIds.map((userId) => ({
        userId,
        method: "event/friendsCleared",
        params: { operationTime: event.at },
      }));
    case "friends.note_changed": {
      const { userId, friendId, connectionId } = event;
      if (!isHere(userId)) return [];
      const found = await friendsToTell(context, environmentId, userId, [friendId]);
      return found.map(({ alias, attributes }) => ({
        userId,
        exceptConnection: connectionId,
        method: "event/friendNoteChanged",
        params: { userId: friendId, remark: alias, extProfile: attributes },
      }));
    }
    case "friend_requests.changed":
      return event.requests.flatMap(({ requesterId, targetId, status, extra, at: operationTime }) => {
        const told = (userId: string, other: string, type: number): UserNotification => ({
          userId,
          method: "event/friendRequestChanged",
          params: { userId: other, type, status, extra, operationTime },
        });
        return [told(requesterId, targetId, REQUEST_TYPES.sent), told(targetId, requesterId, REQUEST_TYPES.received)];
      });
    case "profile.changed":
      return (
        await Promise.all(
          event.userIds.map((userId) => profileChanged(context, environmentId, userId, event.connectionId)),
        )
      ).flat();
    case "groups.changed":
      return event.userIds.map((userId) => ({
        userId,
        method: "event/groupChanged",
        params: {
          groupId: event.groupId,
          ...(event.operation === undefined ? {} : { operation: event.operation, userIds: event.userIds }),
        },
      }));
    case "groups.info_changed": {
      const { groupId, userIds, changed, operatorId, at } = event;
      if (!userIds.some(isHere)) return [];
      const group = await groupToTell(context, environmentId, groupId);
      if (group === null) return [];
      const params = { group: wireGroup(group), changedProperties: changed, operatorId, operationTime: at };
      return userIds.map((userId) => ({ userId, method: "event/groupInfoChanged", params }));
    }
    case "groups.applied": {
      const { groupId, applicantId, userIds, at } = event;
      const params = { groupId, userId: applicantId, operationTime: at };
      return userIds.map((userId) => ({ userId, method: "event/groupApplication", params }));
    }
    case "groups.favorites_changed": {
      const { groupId, userId, favoriteIds: userIds, operation: operationType, connectionId, at } = event;
      return [
        {
          userId,
          exceptConnection: connectionId,
          method: "event/groupFavoritesChanged",
          params: { groupId, operationType, userIds, operationTime: at },
        },
      ];
    }
    default:
      return [];
  }
}

async function friendAdded(
  context: Context,
  environmentId: EnvironmentId,
  { userId, friendId, at }: FriendPair,
): Promise<UserNotification[]> {
  const [friend] = await friendsToTell(context, environmentId, userId, [friendId]);
  // They are friends no more: what ended it tells the rest.
  if (friend === undefined) return [];
  const { name, portraitUri } = friend;
  return [{ userId, method: "event/friendAdded", params: { userId: friendId, name, portraitUri, operationTime: at } }];
}

async function profileChanged(
  context: Context,
  environmentId: EnvironmentId,
  userId: string,
  exceptConnection: string,
): Promise<UserNotification[]> {
  const told = await profileForFriends(context, environmentId, userId);
  const params = told === null ? {} : wireProfile(told.profile);
  return [
    { userId, exceptConnection, method: "event/ownProfileChanged", params: { userId } },
    ...(told?.friendIds ?? []).map((friendId) => ({ userId: friendId, method: "event/friendProfileChanged", params })),
  ];
}
