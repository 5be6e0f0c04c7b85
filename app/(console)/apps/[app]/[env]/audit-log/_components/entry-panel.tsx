"use client";

import { X } from "lucide-react";
import Link from "next/link";
import { Dialog as Primitive } from "radix-ui";
import { AuditSentence, targetHref } from "@/components/audit/audit-sentence";
import { ChangedFields } from "@/components/audit/changed-fields";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { overlayStyles } from "@/components/ui/dialog";
import { CodeBlock, Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { absoluteTime } from "@/components/ui/time-format";
import type { AuditRow } from "@/lib/core/audit/list-schema";
import { ACTOR_KINDS, sourceWord, TARGET_KINDS } from "./entry-words";

interface EntryPanelProps {
  base: string;
  /** Null: closed. "missing": the address names an entry that is not there. */
  entry: AuditRow | "missing" | null;
  /** The address of the list under another filter. */
  filterHref(filter: Readonly<Record<string, string>>): string;
  onClose(): void;
  /** Puts the focus back where the panel was opened. */
  onClosed(): void;
}

/** One entry beside the list: what changed, who and what was involved, and the whole of it as JSON. */
export function EntryPanel({ base, entry, filterHref, onClose, onClosed }: EntryPanelProps) {
  return (
    <Primitive.Root open={entry !== null} onOpenChange={(open) => (open ? undefined : onClose())}>
      <Primitive.Portal>
        <Primitive.Overlay className={overlayStyles} />
        <Primitive.Content
          aria-describedby={undefined}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            onClosed();
          }}
          className="fixed inset-y-0 right-0 z-50 flex w-full animate-fade-in flex-col bg-overlay text-ink shadow-overlay outline-none sm:max-w-xl"
        >
          <header className="flex items-start justify-between gap-4 border-b px-5 py-4">
            <div className="flex min-w-0 flex-col gap-0.5">
              <p className="text-ink-faint text-xs">
                {entry === null || entry === "missing" ? "Audit entry" : `Audit entry ${entry.id}`}
              </p>
              <Primitive.Title className="text-sm leading-5">
                {entry === null ? (
                  "Audit entry"
                ) : entry === "missing" ? (
                  "No such entry"
                ) : (
                  <AuditSentence entry={entry} base={base} />
                )}
              </Primitive.Title>
            </div>
            <Primitive.Close
              aria-label="Close"
              className="-mr-1.5 flex size-7 shrink-0 items-center justify-center rounded-md text-ink-muted hover:bg-hover hover:text-ink"
            >
              <X aria-hidden className="size-4" />
            </Primitive.Close>
          </header>
          <div className="flex-1 overflow-y-auto px-5 py-4">
            {entry === "missing" ? (
              <p className="text-13 text-ink-muted">
                There is no audit entry with this number in this log. It may belong to another environment.
              </p>
            ) : entry === null ? null : (
              <EntryDetail base={base} entry={entry} filterHref={filterHref} />
            )}
          </div>
        </Primitive.Content>
      </Primitive.Portal>
    </Primitive.Root>
  );
}

function EntryDetail({ base, entry, filterHref }: { entry: AuditRow } & Pick<EntryPanelProps, "base" | "filterHref">) {
  const { actor, target } = entry;
  const href = targetHref(base, { kind: target.kind, id: target.id, text: "" });
  const targetName = target.name !== "" && target.name !== target.id ? `${target.name} · ` : "";
  return (
    <div className="flex flex-col gap-5">
      <section aria-label="Changes" className="flex flex-col gap-2">
        <h3 className="font-medium text-13">Changes</h3>
        <ChangedFields before={entry.before} after={entry.after} />
      </section>
      <section aria-label="Facts">
        <h3 className="font-medium text-13">Facts</h3>
        <KeyValueList
          items={[
            { key: "Time", value: <time dateTime={entry.at.toISOString()}>{preciseTime(entry.at)}</time> },
            { key: "Actor", value: `${actor.name} (${ACTOR_KINDS[actor.kind].label})` },
            { key: "Actor ID", value: <Id value={actor.id} copyLabel="Copy actor ID" /> },
            {
              key: "Target",
              value: (
                <>
                  {TARGET_KINDS[target.kind] ?? target.kind} · {targetName}
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

/** "3 May 2026, 12:00 UTC" with seconds and milliseconds, which is how entries of one minute are told apart. */
function preciseTime(at: Date): string {
  const iso = at.toISOString();
  return absoluteTime(at).replace(/\d{2}:\d{2}/, iso.slice(11, 23));
}
