"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { type RefObject, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { quotaKey } from "@/components/layout/quota-query";
import { useAheadMs } from "@/components/ui/environment-time";
import { notify } from "@/components/ui/notify";
import { AbsoluteTime } from "@/components/ui/time";
import { ExtendTestRunSchema, type TestRunSummary } from "@/lib/core/test-runs/schema";
import { LIFE_CHOICES, type LifeChoice, seatsTyped } from "../../_components/run-words";
import { extendTestRunAction } from "../../actions";

interface ExtendRunDialogProps {
  run: TestRunSummary;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

interface Seen {
  readonly expiresAt: number;
  readonly reserved: number;
}

const MINUTE_MS = 60_000;
const KEEP = "keep";

/** Lets a run live longer, and changes the seats that are reserved for it. */
export function ExtendRunDialog({ run, onClose, returnFocusTo }: ExtendRunDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const router = useRouter();
  const queries = useQueryClient();
  const shown: Seen = { expiresAt: run.expiresAt.getTime(), reserved: run.reserved };
  // What would end it earlier is not offered: an extension never shortens.
  const aheadMs = useAheadMs();
  const [openedAt] = useState(() => Date.now() + aheadMs);
  const longer = LIFE_CHOICES.filter(({ value }) => openedAt + Number(value) * MINUTE_MS > shown.expiresAt);
  const [life, setLife] = useState<LifeChoice | typeof KEEP>(longer[0]?.value ?? KEEP);
  const [seats, setSeats] = useState(run.reserved === 0 ? "" : String(run.reserved));
  const [wrong, setWrong] = useState<string>();
  const extend = useAction((input: { minutes?: number; reserved: number; seen: Seen }) =>
    extendTestRunAction(scope, { runId: run.id, ...input }),
  );
  const conflict = extend.error?.conflict;
  const reserved = seatsTyped(seats);
  const refresh = () => {
    router.refresh();
    void queries.invalidateQueries({ queryKey: quotaKey(scope) });
  };

  const submit = async () => {
    const parsed = ExtendTestRunSchema.shape.reserved.safeParse(reserved);
    setWrong(parsed.success ? undefined : parsed.error.issues[0]?.message);
    if (!parsed.success) return;
    const seen = (conflict?.current as Seen | undefined) ?? shown;
    const result = await extend.run({ ...(life === KEEP ? {} : { minutes: Number(life) }), reserved, seen });
    if (!result.ok) {
      if (result.error.field === "reserved") setWrong(result.error.message);
      return;
    }
    onClose();
    notify.success(`Test run ${run.id} changed.`);
    refresh();
  };

  return (
    <FormDialog
      size="sm"
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title={`Extend ${run.id}`}
      description="A run lives at most 7 days from now."
      submitLabel="Extend run"
      ready={life !== KEEP || reserved !== run.reserved}
      pending={extend.pending}
      onKept={conflict ? refresh : undefined}
      onSubmit={submit}
    >
      <p className="text-13 text-ink-muted">
        Expires now: <AbsoluteTime date={run.expiresAt} />
      </p>
      <Field label="Expires in">
        <Select value={life} onValueChange={setLife} options={[{ value: KEEP, label: "As it stands" }, ...longer]} />
      </Field>
      <Field label="Reserved seats" aside="optional" error={wrong}>
        <Input
          type="number"
          inputMode="numeric"
          min={0}
          step={1}
          value={seats}
          className="w-32 tabular-nums"
          onChange={(event) => setSeats(event.target.value)}
        />
      </Field>
      {extend.error?.field === "reserved" ? null : <ActionErrorAlert error={extend.error} />}
    </FormDialog>
  );
}
