import { AUDIT_ACTIONS, type AuditAction, isRecorded } from "@/lib/core/audit/schema";

/** `docs/audit-log.md`: the published list of audited actions. */
export function auditLogDocument(): string {
  const actions = Object.keys(AUDIT_ACTIONS) as AuditAction[];
  const rows = actions.map((action) => {
    const whose = isRecorded(action, "app_server") ? "everybody" : "operators, command line, jobs";
    return `| \`${action}\` | … ${AUDIT_ACTIONS[action]} … | ${whose} |`;
  });
  return `# Actions in the audit log

Made from \`lib/core/audit/schema.ts\` by \`npm run openapi\`; \`npm run check\` refuses it when it is out of date.

An entry says who did what to whom or what, what it was before and is afterwards, with the request id, the door and the result (\`ok\` or the code
of the refusal). The filter Action of the audit log, its exports, its address (\`audit-log?action=user.banned\`) and the calls of the console's HTTP API
name actions as in the first column. A name is never given another meaning; new ones may come. What app servers do by the thousand is not recorded:
the last column says by whom an action is.

| action | in the sentence of an entry | recorded when done by |
| --- | --- | --- |
${rows.join("\n")}
`;
}
