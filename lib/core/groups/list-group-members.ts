import { z } from "zod";
import { type Actor, environmentOf } from "../actor";
import type { Context } from "../context";
import { AppError } from "../errors";
import { CursorCodec, cursorKey } from "../paging/cursor";
import { cutPage, placeOfToken } from "../paging/page-token";
import { requirePermission } from "../permissions";
import { requireMembership } from "./client-rules";
import type { GroupRole } from "./facts";
import { countMembers, findMembers, type JoinKeys, type NamedMember } from "./member-list-store";
import { type ListGroupMembersInput, ListGroupMembersSchema } from "./schema";

export const JoinKeysSchema: z.ZodType<JoinKeys> = z.tuple([cursorKey.ms, cursorKey.text]);

export type { NamedMember } from "./member-list-store";

export interface MemberPage {
  /** Members of the role that was asked for, on all pages together. */
  readonly totalCount: number;
  /** Of the next page; null on the last one. */
  readonly pageToken: string | null;
  readonly members: readonly NamedMember[];
}

/**
 * One page of a group's members by when they joined (contract section 17.6). A client may while its user is a member.
 * Throws `group_not_found`, `not_in_group`, `page_token_invalid`.
 */
export async function listGroupMembers(
  context: Context,
  actor: Actor,
  input: ListGroupMembersInput,
): Promise<MemberPage> {
  const { groupId, role, pageToken, pageSize, order } = ListGroupMembersSchema.parse(input);
  if (actor.kind !== "app_user") requirePermission(actor, "users.read");
  const { id: environmentId } = environmentOf(actor);
  const codec = new CursorCodec(`group-members-${role}-${order}/${groupId}`, JoinKeysSchema);
  const place = placeOfToken(codec, pageToken);
  const ofRole = role === 0 ? null : (role as GroupRole);
  const window = { role: ofRole, latestFirst: order === 1, place, limit: pageSize + 1 };
  const found = await findMembers(context.db, environmentId, groupId, window);
  if (found === null) throw new AppError("group_not_found", { field: "groupId" });
  if (actor.kind === "app_user") await requireMembership(context.db, actor, groupId);
  const totalCount =
    ofRole === null ? found.memberCount : await countMembers(context.db, environmentId, groupId, ofRole);
  const page = cutPage(
    codec,
    found.members,
    pageSize,
    (member): JoinKeys => [member.joinedAt.getTime(), member.userId],
  );
  return { totalCount, pageToken: page.pageToken, members: page.rows };
}
