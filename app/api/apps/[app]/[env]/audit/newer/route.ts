import { defineEndpoint } from "@/lib/console/endpoint";
import { countNewerAuditEntries } from "@/lib/core/audit/count-newer-audit-entries";

/** `{count, capped}` of entries that came after the entry `after`, under the same filters as the list. */
export const GET = defineEndpoint({
  permission: "audit.read",
  run: countNewerAuditEntries,
});
