// Made by `npm run openapi` of the endpoints and calls themselves; edited by nobody.

/** The path of each endpoint of the Server API, by the SDK's name for it. */
export const SERVER_API_PATHS = {
  issueAccessToken: "/v4/auth/access-token/issue",
  expireAccessToken: "/v4/auth/access-token/expire",
  getUser: "/v4/user/get",
  updateUser: "/v4/user/update",
  banUsers: "/v4/user/ban",
  unbanUsers: "/v4/user/unban",
  listBannedUsers: "/v4/user/ban/list",
  softDeleteUsers: "/v4/user/soft-delete",
  listSoftDeletedUsers: "/v4/user/soft-deleted/list",
  restoreUsers: "/v4/user/restore",
  getUserConnectionStatus: "/v4/user/connection-status/get",
  setUserProfile: "/v4/user/profile/set",
  batchGetUserProfiles: "/v4/user/profile/batch/get",
  listUserProfiles: "/v4/user/profile/list",
  deleteUserProfiles: "/v4/user/profile/delete",
  batchSetUserTags: "/v4/user/tag/batch/set",
  batchGetUserTags: "/v4/user/tag/batch/get",
  addFriend: "/v4/friend/add",
  removeFriends: "/v4/friend/remove",
  removeAllFriends: "/v4/friend/remove-all",
  listFriends: "/v4/friend/list",
  getFriendRelationships: "/v4/friend/relationship/get",
  setFriendPermission: "/v4/friend/permission/set",
  getFriendPermission: "/v4/friend/permission/get",
  setFriendProfile: "/v4/friend/profile/set",
  addUserBlocklist: "/v4/user/blocklist/add",
  removeUserBlocklist: "/v4/user/blocklist/remove",
  getUserBlocklist: "/v4/user/blocklist/get",
  setChannelTypeMute: "/v4/channel-type/mute/set",
  listChannelTypeMute: "/v4/channel-type/mute/list",
  sendDirectChannelMessage: "/v4/direct-channel/message/send",
  createGroupChannel: "/v4/group-channel/create",
  joinGroupChannel: "/v4/group-channel/join",
  leaveGroupChannel: "/v4/group-channel/leave",
  dismissGroupChannel: "/v4/group-channel/dismiss",
  setGroupMember: "/v4/group-channel/member/set",
  listGroupMembers: "/v4/group-channel/member/list",
  batchGetGroupMembers: "/v4/group-channel/member/batch/get",
  kickoutAllGroupChannels: "/v4/group-channel/member/kickout-all",
  listJoinedGroupChannels: "/v4/group-channel/joined/list",
  setGroupAlias: "/v4/group-channel/alias/set",
  getGroupAlias: "/v4/group-channel/alias/get",
  deleteGroupAlias: "/v4/group-channel/alias/delete",
  addGroupChannelAdmins: "/v4/group-channel/admin/add",
  removeGroupChannelAdmins: "/v4/group-channel/admin/remove",
  updateGroupChannelProfile: "/v4/group-channel/profile/update",
  batchGetGroupChannelProfiles: "/v4/group-channel/profile/list",
  transferGroupChannelOwner: "/v4/group-channel/transfer/owner",
  listGroupChannels: "/v4/group-channel/list",
  addGroupChannelMemberFavorites: "/v4/group-channel/member/favorites/add",
  removeGroupChannelMemberFavorites: "/v4/group-channel/member/favorites/remove",
  listGroupChannelMemberFavorites: "/v4/group-channel/member/favorites/list",
} as const;

/** Method and path of each call of the console's HTTP API. */
export const CONSOLE_API_CALLS = {
  getToken: { method: "GET", path: "/token" },
  signInTestOperator: { method: "POST", path: "/test-operators" },
  listApps: { method: "GET", path: "/apps" },
  createApp: { method: "POST", path: "/apps" },
  deleteApp: { method: "DELETE", path: "/apps/{app}" },
  getKeys: { method: "GET", path: "/apps/{app}/{env}/keys" },
  getWebhookSecret: { method: "GET", path: "/apps/{app}/{env}/webhook-secret" },
  listUsers: { method: "GET", path: "/apps/{app}/{env}/users" },
  deleteTestUsers: { method: "POST", path: "/apps/{app}/{env}/users/delete" },
  listTestRuns: { method: "GET", path: "/apps/{app}/{env}/runs" },
  startTestRun: { method: "POST", path: "/apps/{app}/{env}/runs" },
  getTestRun: { method: "GET", path: "/apps/{app}/{env}/runs/{run}" },
  extendTestRun: { method: "PATCH", path: "/apps/{app}/{env}/runs/{run}" },
  endTestRun: { method: "POST", path: "/apps/{app}/{env}/runs/{run}/end" },
  keepTestRunUser: { method: "POST", path: "/apps/{app}/{env}/runs/{run}/users/{user}/keep" },
  getClock: { method: "GET", path: "/apps/{app}/{env}/clock" },
  advanceClock: { method: "POST", path: "/apps/{app}/{env}/clock/advance" },
  setClock: { method: "POST", path: "/apps/{app}/{env}/clock/set" },
  resetClock: { method: "DELETE", path: "/apps/{app}/{env}/clock" },
  seedScenario: { method: "POST", path: "/apps/{app}/{env}/seed" },
  resetEnvironment: { method: "POST", path: "/apps/{app}/{env}/reset" },
  getQuota: { method: "GET", path: "/apps/{app}/{env}/quota" },
  getSettings: { method: "GET", path: "/apps/{app}/{env}/settings" },
  changeSettings: { method: "PATCH", path: "/apps/{app}/{env}/settings" },
  getJob: { method: "GET", path: "/apps/{app}/{env}/jobs/{job}" },
  searchAuditLog: { method: "GET", path: "/apps/{app}/{env}/audit-log" },
} as const;

export interface ServerApiTypes {
  issueAccessToken: {
    request: {
      userId: string;
      name: string;
      avatarUrl?: string;
    };
    result: {
      userId: string;
      accessToken: string;
    };
  };
  expireAccessToken: {
    request: {
      /**
       * @minItems 1
       * @maxItems 20
       */
      userIds: string[];
      expiresAt: number;
    };
    result: Record<string, never>;
  };
  getUser: {
    request: {
      userId: string;
    };
    result: {
      name: string;
      avatarUrl: string;
      createdAt: string;
    };
  };
  updateUser: {
    request: {
      userId: string;
      name?: string;
      avatarUrl?: string;
    };
    result: Record<string, never>;
  };
  banUsers: {
    request: {
      /**
       * @minItems 1
       * @maxItems 20
       */
      userIds: string[];
      durationMinutes: number;
    };
    result: Record<string, never>;
  };
  unbanUsers: {
    request: {
      /**
       * @minItems 1
       * @maxItems 20
       */
      userIds: string[];
    };
    result: Record<string, never>;
  };
  listBannedUsers: {
    request: {
      page?: number;
      pageSize?: number;
    };
    result: {
      bannedUsers: {
        userId: string;
        banExpiresAt: string;
      }[];
    };
  };
  softDeleteUsers: {
    request: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: {
      operationId: string;
    };
  };
  listSoftDeletedUsers: {
    request: {
      page?: number;
      pageSize?: number;
    };
    result: {
      userIds: string[];
    };
  };
  restoreUsers: {
    request: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: {
      operationId: string;
    };
  };
  getUserConnectionStatus: {
    request: {
      userId: string;
    };
    result: {
      status: "0" | "1";
    };
  };
  setUserProfile: {
    request: {
      userId: string;
      userProfile?: {
        uniqueId?: string;
        name?: string;
        portraitUri?: string;
        email?: string;
        birthday?: string;
        gender?: number | string;
        location?: string;
        role?: number | string;
        level?: number | string;
      };
      userExtProfile?: {
        [k: string]: string | undefined;
      };
    };
    result: Record<string, never>;
  };
  batchGetUserProfiles: {
    request: {
      /**
       * @minItems 1
       * @maxItems 20
       */
      userIds: string[];
    };
    result: {
      users: {
        userId: string;
        version: number;
        userProfile: {
          uniqueId?: string;
          name?: string;
          portraitUri?: string;
          email?: string;
          birthday?: string;
          gender?: number;
          location?: string;
          role?: number;
          level?: number;
        };
        userExtProfile?: {
          [k: string]: string | undefined;
        };
      }[];
    };
  };
  listUserProfiles: {
    request: {
      page?: number;
      pageSize?: number;
      order?: number;
    };
    result: {
      users: {
        userId: string;
        version: number;
        userProfile: {
          uniqueId?: string;
          name?: string;
          portraitUri?: string;
          email?: string;
          birthday?: string;
          gender?: number;
          location?: string;
          role?: number;
          level?: number;
        };
        userExtProfile?: {
          [k: string]: string | undefined;
        };
      }[];
    };
  };
  deleteUserProfiles: {
    request: {
      /**
       * @minItems 1
       * @maxItems 20
       */
      userIds: string[];
    };
    result: Record<string, never>;
  };
  batchSetUserTags: {
    request: {
      /**
       * @minItems 1
       * @maxItems 1000
       */
      userIds: string[];
      /**
       * @maxItems 20
       */
      tags: string[];
    };
    result: Record<string, never>;
  };
  batchGetUserTags: {
    request: {
      /**
       * @minItems 1
       * @maxItems 50
       */
      userIds: string[];
    };
    result: {
      users: {
        userId: string;
        tags: string[];
      }[];
    };
  };
  addFriend: {
    request: {
      userId: string;
      targetId: string;
      action?: 1 | 2;
      extra?: string;
    };
    result: Record<string, never>;
  };
  removeFriends: {
    request: {
      userId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      targetIds: string[];
    };
    result: Record<string, never>;
  };
  removeAllFriends: {
    request: {
      userId: string;
    };
    result: Record<string, never>;
  };
  listFriends: {
    request: {
      userId: string;
      pageToken?: string;
      pageSize?: number;
      order?: 0 | 1;
    };
    result: {
      pageToken?: string;
      totalCount: number;
      friends: {
        userId: string;
        name: string;
        alias: string;
        friendExtProfile: {
          [k: string]: string | undefined;
        };
        addedAt: number;
      }[];
    };
  };
  getFriendRelationships: {
    request: {
      userId: string;
      /**
       * @minItems 1
       * @maxItems 20
       */
      targetIds: string[];
    };
    result: {
      friendships: {
        userId: string;
        result: 1 | 4;
      }[];
    };
  };
  setFriendPermission: {
    request: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
      permissionType: 1 | 2 | 3;
    };
    result: Record<string, never>;
  };
  getFriendPermission: {
    request: {
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: {
      permissions: {
        userId: string;
        permissionType: 1 | 2 | 3;
      }[];
    };
  };
  setFriendProfile: {
    request: {
      userId: string;
      targetId: string;
      alias?: string;
      friendExtProfile?: {
        [k: string]: string | undefined;
      };
    };
    result: Record<string, never>;
  };
  addUserBlocklist: {
    request: {
      userId: string;
      /**
       * @minItems 1
       * @maxItems 20
       */
      targetUserIds: string[];
    };
    result: Record<string, never>;
  };
  removeUserBlocklist: {
    request: {
      userId: string;
      /**
       * @minItems 1
       * @maxItems 20
       */
      blockedUserIds: string[];
    };
    result: Record<string, never>;
  };
  getUserBlocklist: {
    request: {
      userId: string;
      pageToken?: string;
      pageSize?: number;
    };
    result: {
      pageToken?: string;
      next?: string;
      blockedUserIds: string[];
    };
  };
  setChannelTypeMute: {
    request: {
      /**
       * @minItems 1
       * @maxItems 1000
       */
      userIds: string[];
      muteState: 0 | 1;
      /**
       * @minItems 1
       */
      channelTypes?: ("PERSON" | 1 | "1")[];
      /**
       * @minItems 1
       */
      channelType?: ("PERSON" | 1 | "1")[];
    };
    result: Record<string, never>;
  };
  listChannelTypeMute: {
    request: {
      channelType: "PERSON" | 1 | "1";
      pageSize?: number;
      offset?: number;
    };
    result: {
      totalCount: number;
      mutedUserIds: string[];
    };
  };
  sendDirectChannelMessage: {
    request: {
      fromUserId: string;
      /**
       * @minItems 1
       * @maxItems 1000
       */
      toUserIds: string[];
      messageType: string;
      content: string;
      pushContent?: string;
      pushData?: string;
      pushExt?: string;
      isEchoToSender?: 0 | 1;
      verifyBlocklist?: 0 | 1;
      verifyBlacklist?: 0 | 1;
      shouldPersist?: 0 | 1;
      contentAvailable?: 0 | 1;
      count?: number;
      needReadReceipt?: 0 | 1;
      hasMetadata?: boolean;
      metadata?: {
        [k: string]: string | undefined;
      };
      disablePush?: boolean;
      disableUpdateLastMsg?: boolean;
    };
    result: {
      messageIds: {
        userId: string;
        messageId: string;
      }[];
    };
  };
  createGroupChannel: {
    request: {
      channelId: string;
      name: string;
      owner: string;
      /**
       * @maxItems 30
       */
      userIds?: string[];
      groupProfile?: {
        introduction?: string;
        announcement?: string;
        portraitUrl?: string;
      };
      groupExtProfile?: {
        [k: string]: string | undefined;
      };
      permissions?: {
        joinPerm?: number;
        removePerm?: number;
        memInvitePerm?: number;
        invitePerm?: number;
        profilePerm?: number;
        memProfilePerm?: number;
      };
    };
    result: Record<string, never>;
  };
  joinGroupChannel: {
    request: {
      channelId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: {
      channelId: string;
      name: string;
      groupProfile: {
        introduction?: string;
        announcement?: string;
        portraitUrl?: string;
      };
      groupExtProfile: {
        [k: string]: string | undefined;
      };
      permissions: {
        joinPerm: number;
        removePerm: number;
        memInvitePerm: number;
        invitePerm: number;
        profilePerm: number;
        memProfilePerm: number;
      };
      owner: string;
      createdAt: number;
      memberCount: number;
    };
  };
  leaveGroupChannel: {
    request: {
      channelId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
      shouldDeleteMute?: number;
      shouldDeleteAllowedSendersList?: number;
      shouldDeleteFavorites?: number;
    };
    result: Record<string, never>;
  };
  dismissGroupChannel: {
    request: {
      channelId: string;
    };
    result: Record<string, never>;
  };
  setGroupMember: {
    request: {
      channelId: string;
      userId: string;
      nickname?: string;
      extra?: string;
    };
    result: Record<string, never>;
  };
  listGroupMembers: {
    request: {
      channelId: string;
      memberRole?: number;
      pageToken?: string;
      pageSize?: number;
      order?: number;
    };
    result: {
      totalCount: number;
      pageToken?: string;
      members: {
        userId: string;
        role: 1 | 2 | 3;
        nickname: string;
        extra: string;
        joinedAt: number;
      }[];
    };
  };
  batchGetGroupMembers: {
    request: {
      channelId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: {
      totalCount: number;
      pageToken?: string;
      members: {
        userId: string;
        role: 1 | 2 | 3;
        nickname: string;
        extra: string;
        joinedAt: number;
      }[];
    };
  };
  kickoutAllGroupChannels: {
    request: {
      userId: string;
    };
    result: Record<string, never>;
  };
  listJoinedGroupChannels: {
    request: {
      userId: string;
      role?: number;
      pageToken?: string;
      pageSize?: number;
      order?: number;
    };
    result: {
      pageToken?: string;
      groups: {
        channelId: string;
        name: string;
        groupProfile: {
          introduction?: string;
          announcement?: string;
          portraitUrl?: string;
        };
        groupExtProfile: {
          [k: string]: string | undefined;
        };
        permissions: {
          joinPerm: number;
          removePerm: number;
          memInvitePerm: number;
          invitePerm: number;
          profilePerm: number;
          memProfilePerm: number;
        };
        owner: string;
        createdAt: number;
        memberCount: number;
        alias: string;
        role: 1 | 2 | 3;
        joinedAt: number;
      }[];
    };
  };
  setGroupAlias: {
    request: {
      channelId: string;
      userId: string;
      alias: string;
    };
    result: Record<string, never>;
  };
  getGroupAlias: {
    request: {
      channelId: string;
      userId: string;
    };
    result: {
      alias: string;
    };
  };
  deleteGroupAlias: {
    request: {
      channelId: string;
      userId: string;
    };
    result: Record<string, never>;
  };
  addGroupChannelAdmins: {
    request: {
      channelId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: Record<string, never>;
  };
  removeGroupChannelAdmins: {
    request: {
      channelId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      userIds: string[];
    };
    result: Record<string, never>;
  };
  updateGroupChannelProfile: {
    request: {
      channelId: string;
      name?: string;
      groupProfile?: {
        introduction?: string;
        announcement?: string;
        portraitUrl?: string;
        name?: string;
      };
      groupExtProfile?: {
        [k: string]: string | undefined;
      };
      permissions?: {
        joinPerm?: number;
        removePerm?: number;
        memInvitePerm?: number;
        invitePerm?: number;
        profilePerm?: number;
        memProfilePerm?: number;
      };
    };
    result: Record<string, never>;
  };
  batchGetGroupChannelProfiles: {
    request: {
      /**
       * @minItems 1
       */
      channelIds: string[];
    };
    result: {
      profiles: {
        channelId: string;
        name: string;
        groupProfile: {
          introduction?: string;
          announcement?: string;
          portraitUrl?: string;
        };
        groupExtProfile: {
          [k: string]: string | undefined;
        };
        permissions: {
          joinPerm: number;
          removePerm: number;
          memInvitePerm: number;
          invitePerm: number;
          profilePerm: number;
          memProfilePerm: number;
        };
        owner: string;
        createdAt: number;
        memberCount: number;
      }[];
    };
  };
  transferGroupChannelOwner: {
    request: {
      channelId: string;
      newOwner: string;
      shouldLeave?: number;
      shouldDeleteMute?: number;
      shouldDeleteAllowedSendersList?: number;
      shouldDeleteFavorites?: number;
    };
    result: Record<string, never>;
  };
  listGroupChannels: {
    request: {
      pageToken?: string;
      pageSize?: number;
      order?: number;
    };
    result: {
      pageToken?: string;
      groups: {
        channelId: string;
        name: string;
        groupProfile: {
          introduction?: string;
          announcement?: string;
          portraitUrl?: string;
        };
        owner: string;
        createdAt: number;
      }[];
    };
  };
  addGroupChannelMemberFavorites: {
    request: {
      channelId: string;
      userId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      favoriteIds: string[];
    };
    result: Record<string, never>;
  };
  removeGroupChannelMemberFavorites: {
    request: {
      channelId: string;
      userId: string;
      /**
       * @minItems 1
       * @maxItems 100
       */
      favoriteIds: string[];
    };
    result: Record<string, never>;
  };
  listGroupChannelMemberFavorites: {
    request: {
      channelId: string;
      userId: string;
    };
    result: {
      userId: string;
      channelId: string;
      favorites: {
        userId: string;
        favoritedAt: number;
      }[];
    };
  };
}

export interface ConsoleApiTypes {
  getToken: {
    input: Record<string, never>;
    output: {
      /**
       * Where app servers and clients reach the installation.
       */
      apiUrl: string;
      /**
       * Null: the command line on its own installation.
       */
      operator: {
        id: string;
        name: string;
        email: string;
        role: "guest" | "viewer" | "support" | "admin" | "owner";
      } | null;
      token: {
        id: string;
        name: string;
        scopes: ("read" | "runs" | "test-users" | "settings" | "apps" | "scenarios" | "operators")[];
        /**
         * The only app it is for; null: every app.
         */
        appId: string | null;
        expiresAt: string | null;
      } | null;
    };
  };
  signInTestOperator: {
    input: {
      role: "viewer" | "support" | "admin" | "owner";
      minutes?: number;
    };
    output: {
      operatorId: string;
      name: string;
      role: "viewer" | "support" | "admin" | "owner";
      expiresAt: string;
      /**
       * For the console’s address, path `/`, HttpOnly.
       */
      cookie: {
        name: string;
        value: string;
      };
    };
  };
  listApps: {
    input: Record<string, never>;
    output: {
      rows: {
        id: string;
        name: string;
        description: string;
        plan: "free" | "starter" | "pro";
        createdAt: string;
        /**
         * When a temporary app goes with all its data; null: it stays.
         */
        expiresAt: string | null;
        environments: ("development" | "production")[];
      }[];
    };
  };
  createApp: {
    input: {
      name: string;
      description?: string;
      lifetimeMinutes?: number;
    };
    output: {
      id: string;
      name: string;
      plan: "free" | "starter" | "pro";
      expiresAt: string | null;
      environments: {
        name: "development" | "production";
        appKey: string;
        appSecret: string;
      }[];
    };
  };
  deleteApp: {
    input: Record<string, never>;
    output: Record<string, never>;
  };
  getKeys: {
    input: Record<string, never>;
    output: {
      name: "development" | "production";
      appKey: string;
      appSecret: string;
    };
  };
  getWebhookSecret: {
    input: Record<string, never>;
    output: {
      webhookSecret: string;
    };
  };
  listUsers: {
    input: {
      q: string;
      status: "all" | "active" | "banned" | "deleted";
      presence: "any" | "online" | "offline";
      from?: string;
      to?: string;
      unseen?: number;
      seenFrom?: string;
      seenTo?: string;
      platform?: "Android" | "iOS" | "HarmonyOS" | "Web" | "PC" | "MiniProgram";
      tag?: string;
      group?: string;
      run?: string;
      email: "any" | "yes" | "no";
      uniqueId: "any" | "yes" | "no";
      sort: "-created" | "created" | "-seen" | "seen" | "id" | "-id" | "relevance";
      size: number;
      cursor?: string;
    };
    output: {
      rows: {
        userId: string;
        name: string;
        avatarUrl: string;
        createdAt: string;
        lastSeenAt: string | null;
        bannedUntil: string | null;
        softDeletedAt: string | null;
        status: "active" | "banned" | "deleted";
        connections: number;
        friendCount: number;
      }[];
      /**
       * The cursor of the next page; null: there is none.
       */
      next: string | null;
      previous: string | null;
    };
  };
  deleteTestUsers: {
    input: {
      selection:
        | {
            by: "prefix";
            prefix: string;
          }
        | {
            by: "ids";
            /**
             * @minItems 1
             * @maxItems 10000
             */
            userIds: string[];
          }
        | {
            by: "created";
            before: unknown;
          }
        | {
            by: "unseen";
            since: unknown;
          }
        | {
            by: "run";
            run: string;
          };
      dryRun?: boolean;
      /**
       * Of a dry run: refuses with `version_conflict` when others are selected now.
       */
      fingerprint?: string;
    };
    output: {
      count: number;
      seatsFreed: number;
      /**
       * The first 1,000 of them, in ID order.
       */
      userIds: string[];
      skipped: {
        userId: string;
        reason: string;
      }[];
      fingerprint: string;
      jobId: string | null;
    };
  };
  listTestRuns: {
    input: {
      state?: "live" | "over";
      size: number;
      cursor?: string;
    };
    output: {
      rows: {
        id: string;
        label: string;
        userIdPrefix: string | null;
        state: "live" | "expired" | "ended";
        startedBy: string;
        startedAt: string;
        expiresAt: string;
        endedAt: string | null;
        /**
         * The job that deletes its users.
         */
        jobId: string | null;
        reserved: number;
        users: number;
        online: number;
        /**
         * Its users, and while it lives the reserved seats that are free.
         */
        seats: number;
      }[];
      /**
       * The cursor of the next page; null: there is none.
       */
      next: string | null;
      previous: string | null;
    };
  };
  startTestRun: {
    input: {
      id?: string;
      label?: string;
      minutes?: number;
      reserved?: number;
      userIdPrefix?: string;
    };
    output: {
      id: string;
      label: string;
      userIdPrefix: string | null;
      state: "live" | "expired" | "ended";
      startedBy: string;
      startedAt: string;
      expiresAt: string;
      endedAt: string | null;
      /**
       * The job that deletes its users.
       */
      jobId: string | null;
      reserved: number;
      users: number;
      online: number;
      /**
       * Its users, and while it lives the reserved seats that are free.
       */
      seats: number;
    };
  };
  getTestRun: {
    input: Record<string, never>;
    output: {
      id: string;
      label: string;
      userIdPrefix: string | null;
      state: "live" | "expired" | "ended";
      startedBy: string;
      startedAt: string;
      expiresAt: string;
      endedAt: string | null;
      /**
       * The job that deletes its users.
       */
      jobId: string | null;
      reserved: number;
      users: number;
      online: number;
      /**
       * Its users, and while it lives the reserved seats that are free.
       */
      seats: number;
    };
  };
  extendTestRun: {
    input: {
      minutes?: number;
      reserved?: number;
    };
    output: {
      id: string;
      label: string;
      userIdPrefix: string | null;
      state: "live" | "expired" | "ended";
      startedBy: string;
      startedAt: string;
      expiresAt: string;
      endedAt: string | null;
      /**
       * The job that deletes its users.
       */
      jobId: string | null;
      reserved: number;
      users: number;
      online: number;
      /**
       * Its users, and while it lives the reserved seats that are free.
       */
      seats: number;
    };
  };
  endTestRun: {
    input: {
      dryRun?: boolean;
    };
    output: {
      count: number;
      userIds: string[] | null;
      jobId: string | null;
    };
  };
  keepTestRunUser: {
    input: Record<string, never>;
    output: Record<string, never>;
  };
  getClock: {
    input: Record<string, never>;
    output: {
      /**
       * The environment’s time.
       */
      time: string;
      realTime: string;
      /**
       * How far it is ahead of real time; 0: there is no test clock.
       */
      aheadMs: number;
    };
  };
  advanceClock: {
    input: {
      by: string;
    };
    output: {
      /**
       * The environment’s time.
       */
      time: string;
      realTime: string;
      /**
       * How far it is ahead of real time; 0: there is no test clock.
       */
      aheadMs: number;
    };
  };
  setClock: {
    input: {
      time: string;
    };
    output: {
      /**
       * The environment’s time.
       */
      time: string;
      realTime: string;
      /**
       * How far it is ahead of real time; 0: there is no test clock.
       */
      aheadMs: number;
    };
  };
  resetClock: {
    input: Record<string, never>;
    output: {
      /**
       * The environment’s time.
       */
      time: string;
      realTime: string;
      /**
       * How far it is ahead of real time; 0: there is no test clock.
       */
      aheadMs: number;
    };
  };
  seedScenario: {
    input: {
      scenario:
        | "empty"
        | "friends"
        | "bans-ending"
        | "full-quota"
        | "wave"
        | "unicode"
        | "soft-deleted"
        | "busy-audit"
        | "demo";
      run?: string;
    };
    output: {
      scenario:
        | "empty"
        | "friends"
        | "bans-ending"
        | "full-quota"
        | "wave"
        | "unicode"
        | "soft-deleted"
        | "busy-audit"
        | "demo";
      /**
       * In the order of their registration.
       */
      users: {
        userId: string;
        name: string;
      }[];
      groups: {
        groupId: string;
        name: string;
      }[];
    };
  };
  resetEnvironment: {
    input: {
      scenario?:
        | "empty"
        | "friends"
        | "bans-ending"
        | "full-quota"
        | "wave"
        | "unicode"
        | "soft-deleted"
        | "busy-audit"
        | "demo";
      dryRun?: boolean;
    };
    output: {
      scenario:
        | "empty"
        | "friends"
        | "bans-ending"
        | "full-quota"
        | "wave"
        | "unicode"
        | "soft-deleted"
        | "busy-audit"
        | "demo";
      /**
       * In the order of their registration.
       */
      users: {
        userId: string;
        name: string;
      }[];
      groups: {
        groupId: string;
        name: string;
      }[];
      deleted: {
        /**
         * Soft-deleted ones included.
         */
        users: number;
        groups: number;
        messages: number;
        testRuns: number;
        jobs: number;
        webhookDeliveries: number;
        /**
         * Live ones, which are closed.
         */
        connections: number;
        /**
         * That go back to their defaults.
         */
        settings: string[];
      };
      /**
       * Connections that were still open two seconds after they were to close.
       */
      stillOpen: number;
    };
  };
  getQuota: {
    input: Record<string, never>;
    output: {
      used: number;
      limit: number;
      free: number;
      byPrefix: {
        prefix: string;
        count: number;
        oldest: string;
        newest: string;
      }[];
      withoutPrefix: number;
    };
  };
  getSettings: {
    input: Record<string, never>;
    output: {
      /**
       * To be named when settings are changed.
       */
      version: number;
      values: {
        defaultProfileVisibility: "hidden" | "everyone" | "friends";
        /**
         * @maxItems 100
         */
        profileKeys: unknown[];
        restrictDirectMessagingToFriends: boolean;
        profileUpdatesToFriends: boolean;
        friendRequestPreference: "everyone" | "approval" | "nobody";
        accessTokenValidityHours: number | null;
        samePlatformConnections: "allow" | "replace";
        allowedOrigins: unknown;
      };
    };
  };
  changeSettings: {
    input: {
      version: number;
      changes: {
        defaultProfileVisibility?: "hidden" | "everyone" | "friends";
        /**
         * @maxItems 100
         */
        profileKeys?: {
          key: string;
          label?: string;
        }[];
        restrictDirectMessagingToFriends?: boolean;
        profileUpdatesToFriends?: boolean;
        friendRequestPreference?: "everyone" | "approval" | "nobody";
        accessTokenValidityHours?: number | null;
        samePlatformConnections?: "allow" | "replace";
        allowedOrigins?: string;
      };
      note?: string;
    };
    output: {
      version: number;
    };
  };
  getJob: {
    input: Record<string, never>;
    output: {
      id: string;
      kind: string;
      state: "queued" | "running" | "finished" | "cancelled";
      total: number;
      succeeded: number;
      failed: number;
      skipped: number;
      createdAt: string;
      finishedAt: string | null;
    };
  };
  searchAuditLog: {
    input: {
      scope: "environment" | "installation";
      q?: string;
      action?:
        | "user.registered"
        | "user.updated"
        | "user.profile_changed"
        | "user.profile_cleared"
        | "user.tags_changed"
        | "user.note_added"
        | "user.note_changed"
        | "user.note_deleted"
        | "user.banned"
        | "user.unbanned"
        | "user.ban_restored"
        | "user.tokens_invalidated"
        | "user.connections_closed"
        | "token.inspected"
        | "user.test_token_issued"
        | "user.data_copied"
        | "user.data_downloaded"
        | "user.soft_deleted"
        | "user.restored"
        | "user.deleted"
        | "user.kept"
        | "group.created"
        | "group.changed"
        | "group.owner_changed"
        | "group.favorites_changed"
        | "group.dismissed"
        | "group.joined"
        | "group.left"
        | "group.member_changed"
        | "group.role_changed"
        | "group.alias_changed"
        | "user.direct_muted"
        | "user.direct_unmuted"
        | "friend.added"
        | "friend.requested"
        | "friend.request_refused"
        | "friend.removed"
        | "friend.all_removed"
        | "friend.permission_changed"
        | "friend.note_changed"
        | "blocklist.added"
        | "blocklist.removed"
        | "job.delete_test_users_started"
        | "test_run.started"
        | "test_run.extended"
        | "test_run.ended"
        | "test_run.expired"
        | "clock.moved"
        | "clock.ended"
        | "scenario.seeded"
        | "environment.reset"
        | "job.started"
        | "job.cancelled"
        | "job.retried"
        | "job.undone"
        | "view.shared"
        | "view.changed"
        | "view.deleted"
        | "list.exported"
        | "settings.changed"
        | "settings.reverted"
        | "quota.user_limit_changed"
        | "webhook.changed"
        | "webhook.secret_revealed"
        | "webhook.secret_rotated"
        | "webhook.delivery_replayed"
        | "webhook.dead_replayed"
        | "keys.secret_revealed"
        | "keys.secret_refreshed"
        | "keys.test_call_sent"
        | "app.created"
        | "app.changed"
        | "app.deleted"
        | "app.plan_changed"
        | "operator.created"
        | "operator.invited"
        | "operator.invitation_accepted"
        | "operator.invitation_revoked"
        | "operator.role_changed"
        | "operator.access_changed"
        | "operator.disabled"
        | "operator.enabled"
        | "operator.removed"
        | "operator.account_changed"
        | "operator.session_ended"
        | "operator.test_signed_in"
        | "operator.signed_in"
        | "operator.sign_in_failed"
        | "operator.factor_added"
        | "operator.factor_removed"
        | "operator.factors_reset"
        | "operator.recovery_codes_made"
        | "operator.sign_in_rules_changed"
        | "operator.console_networks_changed"
        | "operator.issuer_changed"
        | "operator.identity_linked"
        | "operator.identity_unlinked"
        | "operator.glass_broken"
        | "operator.confirmed"
        | "operator.password_link_made"
        | "operator.unlocked"
        | "operator.signed_out"
        | "operator.signed_out_everywhere"
        | "operator.token_created"
        | "operator.token_revoked"
        | "operator.password_changed"
        | "installation.backed_up"
        | "installation.restored"
        | "installation.master_key_rotated"
        | "access.refused"
        | "security.wrong_signatures"
        | "security.cross_site_refused"
        | "security.links_guessed"
        | "security.wrong_proofs"
        | "job.results_downloaded"
        | "audit.retention_changed"
        | "audit.entries_removed"
        | "audit.stream_changed"
        | "bans.history_removed";
      category?: "security";
      actor?: string;
      actorKind?: "app_server" | "operator" | "system";
      user?: string;
      targetKind?:
        "user" | "environment" | "app" | "operator" | "job" | "settings" | "group" | "webhook" | "quota" | "test_run";
      target?: string;
      request?: string;
      result?: string;
      from?: string;
      to?: string;
      size: number;
      cursor?: string;
    };
    output: {
      rows: {
        id: string;
        at: string;
        /**
         * What the environment’s test clock said then; null: the same.
         */
        environmentAt: string | null;
        actor: {
          kind: string;
          id: string;
          name: string;
        };
        action: string;
        words: string;
        target: {
          kind: string;
          id: string;
          name: string;
        };
        before: {
          [k: string]: unknown | undefined;
        } | null;
        after: {
          [k: string]: unknown | undefined;
        } | null;
        requestId: string;
        source: string;
        ip: string;
        result: string;
      }[];
      /**
       * The cursor of the next page; null: there is none.
       */
      next: string | null;
      previous: string | null;
    };
  };
}
