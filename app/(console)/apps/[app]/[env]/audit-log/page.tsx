import type { Metadata } from "next";
import { firstValues } from "@/components/data-table/list-url";
import { pageActor, readForPage } from "@/lib/console/page";
import { getAuditEntry } from "@/lib/core/audit/get-audit-entry";
import { listAuditEntries } from "@/lib/core/audit/list-audit-entries";
import { roleMay } from "@/lib/core/permissions";
import { AuditLog } from "./_components/audit-log";
import { AuditParamsSchema, auditFilterOf } from "./search-params";

export const metadata: Metadata = { title: "Audit log" };

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AuditLogPage({ params, searchParams }: Props) {
  const scope = await params;
  const { context, actor, environment } = await pageActor(scope, "audit.read");
  const asked = AuditParamsSchema.parse(firstValues(await searchParams));
  const mayReadInstallation = roleMay(actor.role, "audit.read_installation");
  const query = mayReadInstallation ? asked : { ...asked, scope: "environment" as const };
  const filter = auditFilterOf(query, context.now());

  const [page, linked] = await Promise.all([
    readForPage(actor, () => listAuditEntries(context, actor, { ...filter, size: query.size, cursor: query.cursor })),
    readForPage(actor, async () =>
      query.entry === undefined ? null : getAuditEntry(context, actor, { scope: query.scope, id: query.entry }),
    ),
  ]);
  return (
    <AuditLog
      scope={{ app: environment.appId, env: environment.name }}
      base={`/apps/${environment.appId}/${environment.name}`}
      params={query}
      filter={filter}
      page={page}
      linkedEntry={linked.ok ? linked.data : null}
      mayReadInstallation={mayReadInstallation}
    />
  );
}
