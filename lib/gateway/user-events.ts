import type { BusEvent } from "@/lib/bus/bus";
import type { FriendPair } from "@/lib/bus/relation-events";
import type { EnvironmentId } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { friendsToTell } from "@/lib/core/friends/friends-to-tell";
import { REQUEST_TYPES } from "@/lib/core/friends/schema";
import { profileForFriends } from "@/lib/core/profiles/profile-for-friends";
import { notification } from "./frames";
import type { Hub } from "./hub";
import { wireProfile } from "./methods/profiles";

/** What one user is to be told. */
interface Telling {
  readonly userId: string;
  readonly method: string;
  readonly params: object;
}

/**
 * Tells connected users of changes around them: friends, friend requests, own profile, groups (client contract section 5).
 * Events are told in the order in which they come. Returns the function that ends it.
 */
export function startUserEvents(context: Context, hub: Hub): () => void {
  const isHere = (event: { readonly environmentId: number }, userId: string) => hub.has(event.environmentId, userId);

  const friendAdded = async (environmentId: number, { userId, friendId, at }: FriendPair): Promise<Telling[]> => {
    const [friend] = await friendsToTell(context, environmentId as EnvironmentId, userId, [friendId]);
    // They are friends no more: what ended it tells the rest.
    if (friend === undefined) return [];
    const { name, portraitUri } = friend;
    return [
      { userId, method: "event/friendAdded", params: { userId: friendId, name, portraitUri, operationTime: at } },
    ];
  };

  const profileChanged = async (event: { readonly environmentId: number }, userId: string): Promise<Telling[]> => {
    const told = await profileForFriends(context, event.environmentId as EnvironmentId, userId);
    const params = told === null ? {} : wireProfile(told.profile);
    return [
      { userId, method: "event/ownProfileChanged", params: { userId } },
      ...(told?.friendIds ?? []).map((friendId) => ({
        userId: friendId,
        method: "event/friendProfileChanged",
        params,
      })),
    ];
  };

  const tellings = async (event: BusEvent): Promise<Telling[]> => {
    switch (event.type) {
      case "friends.added": {
        const both = event.pairs.flatMap(({ userId, friendId, at }) => [
          { userId, friendId, at },
          { userId: friendId, friendId: userId, at },
        ]);
        const here = both.filter(({ userId }) => isHere(event, userId));
        return (await Promise.all(here.map((pair) => friendAdded(event.environmentId, pair)))).flat();
      }
      case "friends.removed": {
        const { userId, userIds, at: operationTime, cleared } = event;
        const removed = (of: string, ids: readonly string[]): Telling => ({
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
        const { userId, friendId } = event;
        if (!isHere(event, userId)) return [];
        const found = await friendsToTell(context, event.environmentId as EnvironmentId, userId, [friendId]);
        return found.map(({ alias, attributes }) => ({
          userId,
          method: "event/friendNoteChanged",
          params: { userId: friendId, remark: alias, extProfile: attributes },
        }));
      }
      case "friend_requests.changed":
        return event.requests.flatMap(({ requesterId, targetId, status, extra, at: operationTime }) => {
          const told = (userId: string, other: string, type: number): Telling => ({
            userId,
            method: "event/friendRequestChanged",
            params: { userId: other, type, status, extra, operationTime },
          });
          return [told(requesterId, targetId, REQUEST_TYPES.sent), told(targetId, requesterId, REQUEST_TYPES.received)];
        });
      case "profile.changed":
        return (await Promise.all(event.userIds.map((userId) => profileChanged(event, userId)))).flat();
      case "groups.changed":
        return event.userIds.map((userId) => ({
          userId,
          method: "event/groupChanged",
          params: { groupId: event.groupId },
        }));
      default:
        return [];
    }
  };

  const tell = async (event: BusEvent & { readonly environmentId: number }): Promise<void> => {
    for (const { userId, method, params } of await tellings(event)) {
      if (isHere(event, userId)) hub.sendToUser(event.environmentId, userId, notification(method, params));
    }
  };

  // One environment's events one after another, so that what is read for one does not let the next overtake it.
  const lines = new Map<number, Promise<void>>();
  return context.bus.subscribe((event) => {
    const { environmentId } = event;
    if (hub.isEmpty(environmentId)) return;
    const line = (lines.get(environmentId) ?? Promise.resolve()).then(() =>
      tell(event).catch((error: unknown) => {
        context.log.error({ err: error, event: event.type }, "gateway: users could not be told of a change");
      }),
    );
    lines.set(environmentId, line);
    void line.then(() => lines.get(environmentId) === line && lines.delete(environmentId));
  });
}
