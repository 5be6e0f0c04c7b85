/** What users' clients are told of groups. Events name users only. Times are Unix milliseconds. */
export type GroupEvent =
  /** These users joined the group, left it, or are shown differently in it. */
  | {
      readonly type: "groups.changed";
      readonly environmentId: number;
      readonly groupId: string;
      readonly userIds: readonly string[];
      /** What was done, as clients count it (lib/core/groups/group-event.ts); left out where only what is shown has changed. */
      readonly operation?: number;
    }
  /** What the group tells of itself has changed: told to these users, its members. */
  | {
      readonly type: "groups.info_changed";
      readonly environmentId: number;
      readonly groupId: string;
      readonly userIds: readonly string[];
      /** `name`, keys of profile, attributes and permissions. */
      readonly changed: readonly string[];
      /** The member who did it; "" for app servers and operators. */
      readonly operatorId: string;
      readonly at: number;
    }
  /** A user wants to join a group: told to these users, who may let the applicant in. */
  | {
      readonly type: "groups.applied";
      readonly environmentId: number;
      readonly groupId: string;
      readonly applicantId: string;
      readonly userIds: readonly string[];
      readonly at: number;
    }
  /** A member's favorites in a group have changed: told to that member alone, and not to the connection that did it. */
  | {
      readonly type: "groups.favorites_changed";
      readonly environmentId: number;
      readonly groupId: string;
      readonly userId: string;
      readonly favoriteIds: readonly string[];
      /** 1 added, 2 removed */
      readonly operation: 1 | 2;
      readonly connectionId: string;
      readonly at: number;
    };
