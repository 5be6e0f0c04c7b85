import type { Metadata } from "next";
import { readListQuery } from "@/components/data-table/read-list-query";
import { EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import type { SearchParams } from "@/lib/console/page";
import { pageActor, readForPage, readWithNewest } from "@/lib/console/page";
import { readSealState } from "@/lib/core/audit/check-log";
import { getAuditEntry } from "@/lib/core/audit/get-audit-entry";
import { listAuditEntries } from "@/lib/core/audit/list-audit-entries";
import { readStream } from "@/lib/core/audit-stream/change-stream";
import { realNow } from "@/lib/core/clock/environment-time";
import { markNewest } from "@/lib/core/newer/newer-lists";
import { listOperators } from "@/lib/core/operators/list-operators";
import { operatorMay } from "@/lib/core/permissions";
import { readRetention } from "@/lib/core/retention/change-retention";
import { AuditLog } from "./_components/audit-log";
import { RetentionRules } from "./_components/retention-rules";
import { StreamAddress } from "./_components/stream-address";
import { AuditQuerySchema, auditFilterOf } from "./audit-query";

export const metadata: Metadata = { title: "Audit log" };

interface Props {
  params: Promise<{ app: string; env: string }>;
  searchParams: SearchParams;
}

export default async function AuditLogPage({ params, searchParams }: Props) {
  const scope = await params;
  const { context, actor, environment, closed } = await pageActor(scope, "audit.read");
  const asked = await readListQuery(AuditQuerySchema, searchParams);
  const mayReadInstallation = operatorMay(actor, "audit.read_installation");
  const query = mayReadInstallation ? asked : { ...asked, scope: "environment" as const };
  const filter = auditFilterOf(query, realNow(context));

  const [{ page, newest }, linked, operators, sealed, kept] = await Promise.all([
    readWithNewest(
      actor,
      () => markNewest(context, actor, "audit-log", filter),
      () => listAuditEntries(context, actor, { ...filter, size: query.size, cursor: query.cursor }),
    ),
    readForPage(actor, async () =>
      query.entry === undefined ? null : getAuditEntry(context, actor, { scope: query.scope, id: query.entry }),
    ),
    readForPage(actor, async () => (await listOperators(context, actor)).operators),
    readForPage(actor, () => readSealState(context, actor, { scope: query.scope })),
    query.scope === "installation" && operatorMay(actor, "audit.read_retention")
      ? readForPage(actor, async () => ({
          retention: await readRetention(context, actor),
          stream: await readStream(context, actor),
        }))
      : null,
  ]);
  return (
    <EnvironmentScopeProvider app={environment.appId} environment={environment.name} role={actor.role} closed={closed}>
      <AuditLog
        base={`/apps/${environment.appId}/${environment.name}`}
        query={query}
        filter={filter}
        page={page}
        newest={newest}
        operators={operators.ok ? operators.data.map(({ id, name, email }) => ({ id, name, email })) : []}
        linkedEntry={linked.ok ? linked.data : null}
        mayReadInstallation={mayReadInstallation}
        sealed={sealed.ok ? sealed.data : null}
      />
      {kept?.ok ? (
        <>
          <RetentionRules shown={kept.data.retention} mayChange={operatorMay(actor, "audit.change_retention")} />
          <StreamAddress shown={kept.data.stream} mayChange={operatorMay(actor, "audit.stream")} />
        </>
      ) : null}
    </EnvironmentScopeProvider>
  );
}
