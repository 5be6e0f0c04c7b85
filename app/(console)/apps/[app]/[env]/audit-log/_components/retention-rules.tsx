"use client";

import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { SettingsCard } from "@/components/form/settings-card";
import { formatCount } from "@/components/ui/count-text";
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
  return (
    <SettingsCard
      id="retention"
      title="Retention"
      description="Older entries and bans of all apps are removed for good. Leave a field empty to keep them for ever."
      mayChange={mayChange}
      saved={flat(rules)}
      stored={stored}
      save={(next, seen) => changeRetention({ ...next, seen })}
      saveLabel="Save retention"
      savedMessage="Retention saved."
      labelOf={(field) => LABELS[field]}
      wordsOf={inWords}
    >
      {({ values, change, errorOf, readOnly }) => {
        const days = (name: keyof typeof LABELS) => ({
          name,
          inputMode: "numeric" as const,
          placeholder: "For ever",
          readOnly,
          value: values[name],
          onChange: (event: { target: { value: string } }) => change({ [name]: event.target.value }),
        });
        return (
          <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
            <Field label={LABELS.auditDays} error={errorOf("auditDays")} hint={<Size of={audit} row="entries" />}>
              <Input {...days("auditDays")} />
            </Field>
            <Field label={LABELS.banDays} error={errorOf("banDays")} hint={<Size of={bans} row="bans" />}>
              <Input {...days("banDays")} />
            </Field>
          </div>
        );
      }}
    </SettingsCard>
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
