import { z } from "zod";
import { CursorSchema, type Page, PageSizeSchema } from "../paging/page-size";
import { SearchTextSchema } from "../users/list-schema";
import { GROUP_ROLE, type GroupRole } from "./facts";

/** What an operator may do in the lists of groups and members is what an index serves. Browser-safe. */

export const GROUP_SORTS = ["-created", "created", "id", "-id"] as const;
export type GroupSort = (typeof GROUP_SORTS)[number];
export const DEFAULT_GROUP_SORT: GroupSort = "-created";

/** The list of groups, in the spelling of the page's URL; what cannot be read falls back to its default. */
export const GroupListQuerySchema = z.object({
  q: SearchTextSchema,
  sort: z.enum(GROUP_SORTS).catch(DEFAULT_GROUP_SORT),
  size: PageSizeSchema,
  cursor: CursorSchema,
});
export type GroupListQueryInput = Partial<z.input<typeof GroupListQuerySchema>>;
export type GroupListQuery = z.output<typeof GroupListQuerySchema>;

export interface GroupRow {
  readonly groupId: string;
  readonly name: string;
  readonly ownerId: string;
  readonly ownerName: string;
  readonly ownerAvatarUrl: string;
  readonly memberCount: number;
  readonly createdAt: Date;
}

export interface GroupPage extends Page<GroupRow> {
  /** "relevance" while a search is on. */
  readonly order: GroupSort | "relevance";
}

export const MEMBERSHIP_SORTS = ["joined", "-joined"] as const;

const ROLE_FILTERS = ["all", "member", "admin", "owner"] as const;
export type RoleFilter = (typeof ROLE_FILTERS)[number];

const memberships = {
  role: z.enum(ROLE_FILTERS).catch("all"),
  sort: z.enum(MEMBERSHIP_SORTS).catch("joined"),
  size: PageSizeSchema,
  cursor: CursorSchema,
};
/** The members of one group, in the spelling of its page's URL. */
export const MemberListQuerySchema = z.object(memberships);
export type MemberListQueryInput = Partial<z.input<typeof MemberListQuerySchema>>;
export type MemberListQuery = z.output<typeof MemberListQuerySchema>;

/** The groups of one user, in the spelling of the tab's URL: the latest joined first unless the address says otherwise. */
export const UserGroupsQuerySchema = z.object({ ...memberships, sort: z.enum(MEMBERSHIP_SORTS).catch("-joined") });
export type UserGroupsQueryInput = Partial<z.input<typeof UserGroupsQuerySchema>>;
export type UserGroupsQuery = z.output<typeof UserGroupsQuerySchema>;

/** The role that a filter names; null for all. */
export const roleOfFilter = (filter: RoleFilter): GroupRole | null => (filter === "all" ? null : GROUP_ROLE[filter]);

export interface MemberRow {
  readonly userId: string;
  readonly name: string;
  readonly avatarUrl: string;
  readonly role: GroupRole;
  readonly nickname: string;
  readonly extra: string;
  readonly joinedAt: Date;
}

export interface UserGroupRow {
  readonly groupId: string;
  readonly name: string;
  readonly role: GroupRole;
  readonly nickname: string;
  readonly alias: string;
  readonly joinedAt: Date;
}
