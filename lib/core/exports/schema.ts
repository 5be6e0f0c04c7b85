import { z } from "zod";

/** Lists that can be exported, with the words of the audit entry. Browser-safe. */
export const EXPORTED_LISTS = {
  users: "users",
  bans: "bans",
  "deleted-users": "deleted users",
  groups: "groups",
  "audit-log": "audit log",
  deliveries: "webhook deliveries",
} as const;
export type ExportedList = keyof typeof EXPORTED_LISTS;

export const EXPORT_FORMATS = ["csv", "json"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

export const ExportSchema = z.object({
  list: z.enum(Object.keys(EXPORTED_LISTS) as [ExportedList, ...ExportedList[]], {
    error: "There is no such list to export.",
  }),
  format: z.enum(EXPORT_FORMATS, { error: `Must be one of ${EXPORT_FORMATS.join(", ")}.` }).default("csv"),
});
