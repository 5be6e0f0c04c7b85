"use client";

import { AuditSentence, targetHref } from "@/components/audit/audit-sentence";
import { ChangedFields } from "@/components/audit/changed-fields";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { CodeBlock, Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Link } from "@/components/ui/link";
import { Name } from "@/components/ui/name";
import { SidePanel } from "@/components/ui/side-panel";
import { AbsoluteTime } from "@/components/ui/time";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import { ACTOR_KINDS, sourceWord, TARGET_KINDS } from "./entry-words";
import { RevertEntry } from "./revert-entry";

interface EntryPanelProps {
  base: string;
  /** Null: closed. "missing": the address names an entry that is not there. */
  entry: AuditRow | "missing" | null;
  /** The address of the list under another filter. */
  filterHref(filter: Readonly<Record<string, string>>): string;
  onClose(): void;
  /** The entry's change was reverted. */
  onReverted(): void;
  /** Puts the focus back where the panel was opened. */
  onClosed(): void;
}

/** One entry beside the list: what changed, who and what was involved, and the whole of it as JSON. */
export function EntryPanel({ base, entry, filterHref, onClose, onReverted, onClosed }: EntryPanelProps) {
  return (
    <SidePanel
      open={entry !== null}
      kicker={entry === null || entry === "missing" ? "Audit entry" : `Audit entry ${entry.id}`}
      title={
        entry === null ? (
          "Audit entry"
        ) : entry === "missing" ? (
          "No such entry"
        ) : (
          <AuditSentence entry={entry} base={base} />
        )
      }
      onClose={onClose}
      onClosed={onClosed}
    >
      {entry === "missing" ? (
        <div className="flex flex-col items-start gap-3 text-13 text-ink-muted">
          <p>This log has no entry with this number. It may be in another environment’s log.</p>
          <LinkButton size="sm" href={`${base}/audit-log`}>
            All entries
          </LinkButton>
        </div>
      ) : entry === null ? null : (
        <EntryDetail base={base} entry={entry} filterHref={filterHref} onReverted={onReverted} />
      )}
    </SidePanel>
  );
}

function EntryDetail({
  base,
  entry,
  filterHref,
  onReverted,
}: { entry: AuditRow } & Pick<EntryPanelProps, "base" | "filterHref" | "onReverted">) {
  const { actor, target } = entry;
  const href = targetHref(base, { kind: target.kind, id: target.id, text: "" });
  const targetName = target.name !== target.id ? target.name : "";
  return (
    <div className="flex flex-col gap-5">
      <section aria-label="Changes" className="flex flex-col gap-2">
        <h3 className="font-medium text-13">Changes</h3>
        <ChangedFields before={entry.before} after={entry.after} />
        <RevertEntry entry={entry} onReverted={onReverted} />
      </section>
      <section aria-label="Facts">
        <h3 className="font-medium text-13">Facts</h3>
        <KeyValueList
          items={[
            { key: "Time", value: <AbsoluteTime date={entry.at} to="millisecond" /> },
            ...(entry.environmentAt === null
              ? []
              : [{ key: "Test clock", value: <AbsoluteTime date={entry.environmentAt} to="millisecond" /> }]),
            {
              key: "Actor",
              value: (
                <>
                  <Name text={actor.name} /> ({ACTOR_KINDS[actor.kind].label})
                </>
              ),
            },
            { key: "Actor ID", value: <Id value={actor.id} copyLabel="Copy actor ID" /> },
            {
              key: "Target",
              value: (
                <>
                  {TARGET_KINDS[target.kind] ?? target.kind} · <Name text={targetName} />
                  {targetName === "" ? null : " · "}
                  {href === null ? (
                    target.id
                  ) : (
                    <Link href={href} className="rounded-sm font-medium text-accent-ink hover:underline">
                      {target.id}
                    </Link>
                  )}
                </>
              ),
            },
            {
              key: "Result",
              value: (
                <Badge tone={entry.result === "ok" ? "ok" : "warn"}>
                  {entry.result === "ok" ? "Succeeded" : entry.result}
                </Badge>
              ),
            },
            { key: "Action", value: <code className="text-[0.92em]">{entry.action}</code> },
            { key: "Source", value: `${sourceWord(entry.source)}${entry.ip === "" ? "" : `, ${entry.ip}`}` },
            { key: "Request ID", value: <Id value={entry.requestId} copyLabel="Copy request ID" /> },
          ]}
        />
      </section>
      <div className="flex flex-wrap gap-2">
        <LinkButton size="sm" href={filterHref({ actor: actor.id, actorKind: actor.kind })}>
          Filter by this actor
        </LinkButton>
        <LinkButton size="sm" href={filterHref({ targetKind: target.kind, target: target.id })}>
          Filter by this target
        </LinkButton>
        <LinkButton size="sm" href={filterHref({ request: entry.requestId })}>
          Filter by this request
        </LinkButton>
      </div>
      <section aria-label="Raw" className="flex flex-col gap-2">
        <h3 className="font-medium text-13">Raw</h3>
        <CodeBlock code={JSON.stringify(entry, null, 2)} label="audit entry as JSON" />
      </section>
    </div>
  );
}
