import { z } from "zod";
import type { Actor } from "../actor";
import { searchText } from "../input/text";
import { RangeEndSchema } from "../paging/moment-schema";
import { CursorSchema, PageSizeSchema } from "../paging/page-size";
import { UserKeySchema } from "../users/list-schema";
import { AUDIT_TARGET_KINDS, AuditActionSchema, type AuditTargetKind } from "./schema";

export const AUDIT_SCOPES = ["environment", "installation"] as const;
export type AuditScope = (typeof AUDIT_SCOPES)[number];

const text = searchText(256)
  .transform((value) => (value === "" ? undefined : value))
  .optional()
  .catch(undefined);

const filters = {
  /** The environment's own entries, or those of the installation (operators, sign-ins, new apps). */
  scope: z.enum(AUDIT_SCOPES).catch("environment"),
  /** Exactly this target id, request id or actor id; or an operator by name or e-mail address. */
  q: text,
  action: AuditActionSchema.optional().catch(undefined),
  /** "security": attacks, refusals and downloads (`SECURITY_ACTIONS`). */
  category: z.enum(["security"]).optional().catch(undefined),
  /** An operator's id, or the App Key of an app server. */
  actor: text,
  actorKind: z.enum(["app_server", "operator", "system"]).optional().catch(undefined),
  /** Target `userId`; the same as targetKind=user&target=… */
  user: text,
  targetKind: z.enum(AUDIT_TARGET_KINDS).optional().catch(undefined),
  /** Target id; counts only together with `targetKind`. */
  target: text,
  request: text,
  /** "ok", "refused" (whatever was not ok), or one error code. */
  result: text,
  from: RangeEndSchema,
  to: RangeEndSchema,
};

/** Filters of the audit log in the spelling of its URL. Browser-safe. Unreadable parts fall back. */
export const AuditFilterSchema = z.object(filters);
export type AuditFilterInput = Partial<z.input<typeof AuditFilterSchema>>;
export type AuditFilter = z.output<typeof AuditFilterSchema>;

/** `size` may be any number of rows from 1 to 100, since cards show fewer than a page. */
export const AuditListQuerySchema = z.object({
  ...filters,
  size: z.coerce.number().int().min(1).max(100).catch(25),
  cursor: CursorSchema,
});
export type AuditListQueryInput = Partial<z.input<typeof AuditListQuerySchema>>;

/** Entries about one user, latest first. */
export const UserActivityQuerySchema = z.object({
  ...UserKeySchema.shape,
  size: PageSizeSchema,
  cursor: CursorSchema,
});

export type UserActivityQueryInput = Partial<z.input<typeof UserActivityQuerySchema>> & { userId: string };

export interface AuditRow {
  /** Unique in its scope; a decimal number as text. */
  readonly id: string;
  /** Real time. */
  readonly at: Date;
  /** What the environment's test clock said then; null: the same. */
  readonly environmentAt: Date | null;
  /** Names are those of the time of the event. */
  readonly actor: { readonly kind: Actor["kind"]; readonly id: string; readonly name: string };
  /** One of AUDIT_ACTIONS, whose words make the sentence; an older version's action may be unknown. */
  readonly action: string;
  /** The verb of the sentence "Ana *banned* alice". */
  readonly words: string;
  readonly target: { readonly kind: AuditTargetKind | string; readonly id: string; readonly name: string };
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly requestId: string;
  readonly source: string;
  readonly ip: string;
  /** "ok" or an error code. */
  readonly result: string;
}
