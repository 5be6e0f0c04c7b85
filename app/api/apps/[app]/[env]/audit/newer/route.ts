import { z } from "zod";
import { defineEndpoint } from "@/lib/console/endpoint";
import { countNewerAuditEntries } from "@/lib/core/audit/count-newer-audit-entries";
import { AuditFilterSchema } from "@/lib/core/audit/list-schema";

/** `{count, capped}` of entries that came after the entry `after`, under the same filters as the list. */
export const GET = defineEndpoint({
  query: AuditFilterSchema.extend({ after: z.string().regex(/^\d{1,18}$/, { message: "must be an entry's id" }) }),
  permission: "audit.read",
  run: (context, actor, query) => countNewerAuditEntries(context, actor, query),
});
