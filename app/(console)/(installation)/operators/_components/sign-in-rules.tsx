"use client";

import { useRouter } from "next/navigation";
import { ActionForm } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useUnsaved } from "@/components/form/unsaved";
import { useDraft } from "@/components/form/use-draft";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import type { ShownSignInRules } from "@/lib/core/operators/change-sign-in-rules";
import { SEEING_ROLES } from "@/lib/core/permissions";
import { changeSignInRules } from "../actions";

const ROLES = SEEING_ROLES.toReversed();

/** The rules as flat fields: those of the roles under their names. */
const flat = ({ secondFactorFrom, idleHours, maxDays }: ShownSignInRules) => ({
  ...secondFactorFrom,
  idleHours: String(idleHours),
  maxDays: String(maxDays),
});

/** The fields as they are stored. */
const stored = ({ idleHours, maxDays, ...secondFactorFrom }: ReturnType<typeof flat>): ShownSignInRules => ({
  secondFactorFrom,
  idleHours: Number(idleHours),
  maxDays: Number(maxDays),
});

const LIMITS = [
  { name: "idleHours", label: "When idle, after hours" },
  { name: "maxDays", label: "In any case, after days" },
] as const;

const LABELS: Record<string, string> = { idleHours: "Ends when idle for", maxDays: "Ends in any case after" };
const labelOf = (field: string) => LABELS[field] ?? ROLE_WORDS[field as keyof typeof ROLE_WORDS].label;

/** What owners lay down for sign-ins: who needs a second factor from when, and how long sessions last. */
export function SignInRules({ rules }: { rules: ShownSignInRules }) {
  const router = useRouter();
  const shown = flat(rules);
  const draft = useDraft(shown);
  const changed = Object.keys(draft.changed).length > 0;
  useUnsaved(changed);
  return (
    <Card aria-labelledby="sign-in-rules" className="mt-6">
      <CardHeader
        id="sign-in-rules"
        title="Sign-in rules"
        description="From the chosen day on, whoever has the role sets up a second factor before anything else."
      />
      <CardBody>
        <ActionForm
          className="flex flex-col gap-4"
          action={(_form, conflict) =>
            changeSignInRules({
              ...stored(draft.values),
              seen: conflict === null ? stored(draft.seen) : (conflict.current as ShownSignInRules),
            })
          }
          compared={{
            changes: Object.entries(draft.changed).map(([field, next]) => ({
              label: labelOf(field),
              now: shown[field as keyof typeof shown] ?? "Not required",
              next: next ?? "Not required",
            })),
            onFound: () => router.refresh(),
            onKeep: draft.discard,
          }}
          onDone={() => {
            notify.success("Sign-in rules saved.");
            router.refresh();
          }}
        >
          {({ pending, errorOf }) => (
            <>
              <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-4">
                <legend className="mb-2 font-medium text-13">Second factor required from (UTC)</legend>
                {ROLES.map((role) => (
                  <Field key={role} label={ROLE_WORDS[role].label} error={errorOf(role)}>
                    <Input
                      name={role}
                      type="date"
                      value={draft.values[role] ?? ""}
                      onChange={(event) => draft.change({ [role]: event.target.value || null })}
                    />
                  </Field>
                ))}
              </fieldset>
              <fieldset className="grid gap-x-4 gap-y-3 sm:grid-cols-4">
                <legend className="mb-2 font-medium text-13">A session ends</legend>
                {LIMITS.map(({ name, label }) => (
                  <Field key={name} label={label} error={errorOf(name)}>
                    <Input
                      name={name}
                      inputMode="numeric"
                      value={draft.values[name]}
                      onChange={(event) => draft.change({ [name]: event.target.value })}
                    />
                  </Field>
                ))}
              </fieldset>
              <div>
                <Button type="submit" variant="primary" pending={pending} disabled={!changed}>
                  Save rules
                </Button>
              </div>
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}
