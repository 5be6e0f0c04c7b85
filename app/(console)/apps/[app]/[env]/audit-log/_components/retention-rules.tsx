"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useUnsaved } from "@/components/form/unsaved";
import { useDraft } from "@/components/form/use-draft";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { Until } from "@/components/ui/time";
import type { KeptSize, Retention, ShownRetention } from "@/lib/core/retention/schema";
import { changeRetention } from "../actions";

const flat = ({ auditDays, banDays }: Retention) => ({
  auditDays: auditDays?.toString() ?? "",
  banDays: banDays?.toString() ?? "",
});

const LABELS = { auditDays: "Audit entries, days", banDays: "Ended bans, days" } as const;
const inWords = (days: string | undefined) => (days ? `${days} days` : "For ever");
const daysOf = (typed: string) => (typed.trim() === "" ? null : Number(typed));
/** The fields as they are stored. */
const stored = ({ auditDays, banDays }: ReturnType<typeof flat>): Retention => ({
  auditDays: daysOf(auditDays),
  banDays: daysOf(banDays),
});

/** How long the whole installation keeps audit entries and ended bans; an empty field is for ever. */
export function RetentionRules({
  shown: { rules, audit, bans },
  mayChange,
}: {
  shown: ShownRetention;
  mayChange: boolean;
}) {
  const router = useRouter();
  const saved = flat(rules);
  const draft = useDraft(saved);
  const { auditDays, banDays } = draft.values;
  const changed = Object.keys(draft.changed).length > 0;
  useUnsaved(changed);
  return (
    <Card aria-labelledby="retention" className="mt-6">
      <CardHeader
        id="retention"
        title="Retention"
        description="Older entries and bans of all apps are removed for good. Leave a field empty to keep them for ever."
      />
      <CardBody>
        <ActionForm
          className="flex flex-col gap-4"
          action={(_form, conflict) =>
            changeRetention({
              ...stored(draft.values),
              seen: conflict === null ? stored(draft.seen) : (conflict.current as Retention),
            })
          }
          compared={{
            changes: Object.entries(draft.changed).map(([field, next]) => ({
              label: LABELS[field as keyof typeof LABELS],
              now: inWords(saved[field as keyof typeof saved]),
              next: inWords(next),
            })),
            onFound: () => router.refresh(),
            onKeep: draft.discard,
          }}
          onDone={() => {
            notify.success("Retention saved.");
            router.refresh();
          }}
        >
          {({ pending, errorOf }) => (
            <>
              <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
                <Field label={LABELS.auditDays} error={errorOf("auditDays")} hint={<Size of={audit} row="entries" />}>
                  <Input
                    name="auditDays"
                    inputMode="numeric"
                    placeholder="For ever"
                    readOnly={!mayChange}
                    value={auditDays}
                    onChange={(event) => draft.change({ auditDays: event.target.value })}
                  />
                </Field>
                <Field label={LABELS.banDays} error={errorOf("banDays")} hint={<Size of={bans} row="bans" />}>
                  <Input
                    name="banDays"
                    inputMode="numeric"
                    placeholder="For ever"
                    readOnly={!mayChange}
                    value={banDays}
                    onChange={(event) => draft.change({ banDays: event.target.value })}
                  />
                </Field>
              </div>
              {mayChange ? (
                <div>
                  <Button type="submit" variant="primary" pending={pending} disabled={!changed}>
                    Save retention
                  </Button>
                </div>
              ) : (
                <p className="text-ink-faint text-xs">Only owners change this.</p>
              )}
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}

/** "12,345 entries, 8.1 MB, the oldest of 3 May" */
function Size({ of: { rows, estimated, bytes, oldest }, row }: { of: KeptSize; row: string }) {
  return (
    <>
      {estimated ? "About " : ""}
      {formatCount(Math.round(rows))} {row}, {megabytes(bytes)}
      {oldest === null ? null : (
        <>
          , the oldest of <Until date={oldest} exact />
        </>
      )}
    </>
  );
}

const megabytes = (bytes: number) =>
  bytes >= 1e9 ? `${(bytes / 1e9).toFixed(1)} GB` : `${(bytes / 1e6).toFixed(1)} MB`;
