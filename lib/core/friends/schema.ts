import { z } from "zod";
import { listOf } from "../input/list";
import { firstPairs } from "../input/record";
import { limitedText, mustBe } from "../input/text";
import { FRIEND_REQUEST_PREFERENCES } from "../settings/facts";
import type { Settings } from "../settings/schema";
import { UserIdSchema, userIdList } from "../users/schema";

/** Contract section 12: most friends of one user. Browser-safe. */
export const MAX_FRIENDS = 3_000;
export const REQUEST_LIFETIME_MS = 7 * 86_400_000;
export const REQUEST_EXTRA_MAX = 128;
export const ALIAS_MAX = 64;
export const MAX_ATTRIBUTES = 10;
export const ATTRIBUTE_KEY_MAX = 32;
export const ATTRIBUTE_VALUE_MAX = 256;
export const FRIEND_PAGE_MAX = 100;

/** Who may add a user as a friend: 1 everyone, 2 with approval, 3 nobody. */
export const FRIEND_PERMISSIONS = [1, 2, 3] as const;
export type FriendPermission = (typeof FRIEND_PERMISSIONS)[number];

/** The level of users who have chosen none. */
export const defaultPermission = (settings: Pick<Settings, "friendRequestPreference">): FriendPermission =>
  FRIEND_PERMISSIONS[FRIEND_REQUEST_PREFERENCES.indexOf(settings.friendRequestPreference)] ?? 2;

const oneOf = <const Values extends readonly number[]>(values: Values) =>
  z.literal(values, { error: mustBe(`one of ${values.join(", ")}`) });

const pair = { userId: UserIdSchema, targetId: UserIdSchema };

/** Contract section 12.1. `action` 1: as the target's level says; 2: at once. */
export const AddFriendSchema = z.object({
  ...pair,
  action: oneOf([1, 2]).default(1),
  extra: limitedText({ characters: REQUEST_EXTRA_MAX }, { empty: true }).default(""),
});
export type AddFriendInput = z.input<typeof AddFriendSchema>;

/** `userId` answers the request that `requesterId` sent. */
export const AnswerRequestSchema = z.object({
  userId: UserIdSchema,
  requesterId: UserIdSchema,
});
export type AnswerRequestInput = z.input<typeof AnswerRequestSchema>;

/** Contract section 12.2. */
export const RemoveFriendsSchema = z.object({
  userId: UserIdSchema,
  targetIds: userIdList(100),
});
export type RemoveFriendsInput = z.input<typeof RemoveFriendsSchema>;

export const FriendOwnerSchema = z.object({ userId: UserIdSchema });
export type FriendOwnerInput = z.input<typeof FriendOwnerSchema>;

const pageSize = `Must be between 1 and ${FRIEND_PAGE_MAX}.`;

export const FriendPageSchema = z.object({
  userId: UserIdSchema,
  /** As the page before gave it; "" and none: the first page. */
  pageToken: z.string({ error: mustBe("text") }).default(""),
  pageSize: z.int({ error: pageSize }).min(1, pageSize).max(FRIEND_PAGE_MAX, pageSize).default(50),
  /** 0 oldest first, 1 newest first. */
  order: oneOf([0, 1]).default(0),
});
export type FriendPageInput = z.input<typeof FriendPageSchema>;

/** Contract section 12.5; clients may ask about as many (client contract section 5). */
export const FriendRelationshipsSchema = z.object({ userId: UserIdSchema, targetIds: userIdList(20) });
export type FriendRelationshipsInput = z.input<typeof FriendRelationshipsSchema>;

export const FriendsByIdSchema = z.object({ userId: UserIdSchema, friendIds: userIdList(100) });
export type FriendsByIdInput = z.input<typeof FriendsByIdSchema>;

/** Contract section 12.6. */
export const SetFriendPermissionSchema = z.object({
  userIds: userIdList(100),
  permissionType: oneOf(FRIEND_PERMISSIONS),
});
export type SetFriendPermissionInput = z.input<typeof SetFriendPermissionSchema>;

const ownLevel = oneOf(FRIEND_PERMISSIONS).nullable();
/** One user's own level; null: as the chat settings say. */
export const OwnFriendLevelSchema = z.object({
  userId: UserIdSchema,
  permissionType: ownLevel,
  /** What a page showed, for a change that must not meet another one. */
  seen: z.object({ permissionType: ownLevel }).optional(),
});
export type OwnFriendLevelInput = z.input<typeof OwnFriendLevelSchema>;
export const GetFriendPermissionsSchema = z.object({ userIds: userIdList(100) });
export type GetFriendPermissionsInput = z.input<typeof GetFriendPermissionsSchema>;

/** Contract section 12.7. How many attributes there may be and how long their values is judged by the use case. */
export const SetFriendNoteSchema = z.object({
  ...pair,
  /** Omitted: cleared. */
  alias: limitedText({ characters: ALIAS_MAX }, { empty: true }).default(""),
  /** Omitted: unchanged; else merged, an empty value removes its key. */
  friendExtProfile: firstPairs(
    MAX_ATTRIBUTES,
    z.record(z.string(), z.string({ error: mustBe("text") }), { error: mustBe("an object of texts") }),
  ).optional(),
});
export type SetFriendNoteInput = z.input<typeof SetFriendNoteSchema>;

/** How a friend request stands, as clients count: expired ones are open ones past their seven days. */
export const REQUEST_STATUSES = { open: 0, accepted: 1, refused: 2, expired: 3 } as const;
export const REQUEST_TYPES = { sent: 1, received: 2 } as const;
export type RequestStatus = (typeof REQUEST_STATUSES)[keyof typeof REQUEST_STATUSES];
export type RequestType = (typeof REQUEST_TYPES)[keyof typeof REQUEST_TYPES];

const someOf = <const Values extends readonly number[]>(values: Values) =>
  listOf(oneOf(values), { min: 1, wrong: mustBe("a list"), size: "Must not be empty." })
    .default([...values])
    .transform((chosen) => [...new Set(chosen)].sort());

/** Client contract section 5: own requests of the given types and statuses. */
export const FriendRequestsSchema = z.object({
  ...FriendPageSchema.shape,
  types: someOf([1, 2]),
  statuses: someOf([0, 1, 2, 3]),
});
export type FriendRequestsInput = z.input<typeof FriendRequestsSchema>;
