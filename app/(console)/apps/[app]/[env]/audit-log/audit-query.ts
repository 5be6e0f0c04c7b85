import { z } from "zod";
import { type AuditFilterInput, AuditFilterSchema } from "@/lib/core/audit/list-schema";
import { CursorSchema, PageSizeSchema } from "@/lib/core/paging/page-size";
import { RANGES } from "./ranges";

/** The audit log in its address; what cannot be read falls back. */
export const AuditQuerySchema = AuditFilterSchema.extend({
  /** A preset, "custom" for `from` and `to`, or absent for any time. */
  range: z.enum(["15m", "1h", "24h", "7d", "custom"]).optional().catch(undefined),
  size: PageSizeSchema,
  cursor: CursorSchema,
  /** The entry whose panel is open. */
  entry: z
    .string()
    .regex(/^\d{1,18}$/)
    .optional()
    .catch(undefined),
});
export type AuditQuery = z.output<typeof AuditQuerySchema>;

/** The filters as the core reads them: a preset becomes the moment at which it begins. `now` in Unix milliseconds. */
export function auditFilterOf(query: AuditQuery, now: number): AuditFilterInput {
  const { range, size: _size, cursor: _cursor, entry: _entry, ...filter } = query;
  if (range === undefined || range === "custom") return filter;
  return { ...filter, from: new Date(now - RANGES[range].ms).toISOString(), to: undefined };
}
