import { z } from "zod";
import type { ErrorCode } from "../errors";
import { userIdList } from "../users/schema";

/** Users that one call deletes or restores (contract section 8). */
export const OPERATION_MAX = 100;
export const SOFT_DELETED_PAGE_MAX = 50;

/** Contract section 8.1. Browser-safe. */
export const SoftDeleteUsersSchema = z.object({ userIds: userIdList(OPERATION_MAX) });
export type SoftDeleteUsersInput = z.input<typeof SoftDeleteUsersSchema>;

/** Contract section 8.3. */
export const RestoreUsersSchema = z.object({ userIds: userIdList(OPERATION_MAX) });
export type RestoreUsersInput = z.input<typeof RestoreUsersSchema>;

const page = "Must be between 1 and 1000000.";
const pageSize = `Must be between 1 and ${SOFT_DELETED_PAGE_MAX}.`;

/** Contract section 8.2. */
export const ListSoftDeletedUsersSchema = z.object({
  page: z.int({ error: page }).min(1, page).max(1_000_000, page).default(1),
  pageSize: z.int({ error: pageSize }).min(1, pageSize).max(SOFT_DELETED_PAGE_MAX, pageSize).default(50),
});
export type ListSoftDeletedUsersInput = z.input<typeof ListSoftDeletedUsersSchema>;

export interface SoftDeletedUsers {
  /** Names the call in the webhook's events. */
  readonly operationId: string;
  /** Who is soft-deleted now by this call, in the order given. */
  readonly deleted: readonly string[];
  /** Who was soft-deleted before; nothing changed. */
  readonly already: readonly string[];
  /** Never registered here. */
  readonly unknown: readonly string[];
}

/** Why a user was not restored. */
export type RestoreRefusal = Extract<
  ErrorCode,
  "user_not_found" | "user_not_soft_deleted" | "user_restore_too_early" | "user_quota_reached"
>;

/** Why a restore was refused that may be accepted later. */
export const RESTORE_MAY_PASS: ReadonlySet<string> = new Set<RestoreRefusal>([
  "user_restore_too_early",
  "user_quota_reached",
]);

export interface RestoredUser {
  readonly userId: string;
  /** Memberships that apply again. */
  readonly groups: number;
  /** End of a ban that runs on; null when there is none. */
  readonly bannedUntil: Date | null;
}

export interface RefusedRestore {
  readonly userId: string;
  readonly code: RestoreRefusal;
  /** When a restore becomes possible, where it is too early for it now. */
  readonly possibleFrom: Date | null;
}

export interface RestoredUsers {
  /** Names the call in the webhook's events. */
  readonly operationId: string;
  readonly restored: readonly RestoredUser[];
  readonly refused: readonly RefusedRestore[];
}
