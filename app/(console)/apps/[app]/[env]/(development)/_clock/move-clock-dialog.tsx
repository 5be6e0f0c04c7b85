"use client";

import { type RefObject, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { useAction } from "@/components/form/use-action";
import type { Scope } from "@/components/layout/quota-query";
import { useAheadMs } from "@/components/ui/environment-time";
import { notify } from "@/components/ui/notify";
import { AbsoluteTime } from "@/components/ui/time";
import { dateInputValue, dateOfInput, inputZoneText, localTime, readersClock } from "@/components/ui/time-format";
import { AdvanceClockSchema, SetClockSchema } from "@/lib/core/clock/schema";
import { advanceClockAction, setClockAction } from "./actions";
import { useClockMoved } from "./shown-clock";

const STEPS = [
  { value: "1h", label: "1 hour" },
  { value: "1d", label: "1 day" },
  { value: "7d", label: "7 days" },
  { value: "30d", label: "30 days" },
  { value: "length", label: "Another length…" },
  { value: "moment", label: "To a moment…" },
] as const;
type Step = (typeof STEPS)[number]["value"];

interface MoveClockDialogProps {
  scope: Scope;
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

interface Seen {
  readonly aheadMs: number;
}

/** Moves the clock of Development forward, by a length or to a moment. */
export function MoveClockDialog({ scope, onClose, returnFocusTo }: MoveClockDialogProps) {
  const aheadMs = useAheadMs();
  const [shown] = useState(() => ({ aheadMs, time: Date.now() + aheadMs }));
  const [step, setStep] = useState<Step>("7d");
  const [length, setLength] = useState("");
  const [moment, setMoment] = useState("");
  const [wrong, setWrong] = useState<string>();
  const moved = useClockMoved(scope);
  const move = useAction((input: { by: string; seen: Seen } | { time: string; seen: Seen }) =>
    "by" in input ? advanceClockAction(scope, input) : setClockAction(scope, input),
  );
  const conflict = move.error?.conflict;

  const submit = async () => {
    const seen = (conflict?.current as Seen | undefined) ?? { aheadMs: shown.aheadMs };
    const at = dateOfInput(moment, readersClock());
    const input =
      step === "moment"
        ? { time: Number.isNaN(at) ? "" : new Date(at).toISOString(), seen }
        : { by: step === "length" ? length.trim() : step, seen };
    const parsed = "by" in input ? AdvanceClockSchema.safeParse(input) : SetClockSchema.safeParse(input);
    setWrong(parsed.success ? undefined : parsed.error.issues[0]?.message);
    if (!parsed.success) return;
    const result = await move.run(input);
    if (!result.ok) {
      if (result.error.field !== undefined) setWrong(result.error.message);
      return;
    }
    onClose();
    notify.success(`It is ${localTime(new Date(result.data.time))} in Development now.`);
    moved();
  };

  return (
    <FormDialog
      size="sm"
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment="development"
      title="Move the test clock"
      description="Bans, access tokens, friend requests, test runs and webhook retries obey it. It moves for everybody who uses this environment, and only forward."
      submitLabel="Move forward"
      pending={move.pending}
      onKept={conflict ? moved : undefined}
      onSubmit={submit}
    >
      <p className="text-13 text-ink-muted">
        {shown.aheadMs === 0 ? "Real time" : "Test clock"}: <AbsoluteTime date={shown.time} />
      </p>
      <Field label="Move forward">
        <Select
          value={step}
          onValueChange={(next) => {
            setStep(next);
            if (next === "moment" && moment === "") {
              setMoment(dateInputValue(new Date(shown.time + 86_400_000), readersClock()));
            }
            setWrong(undefined);
          }}
          options={STEPS}
        />
      </Field>
      {step === "length" ? (
        <Field label="Length" error={wrong} hint="Such as 90m, 12h, 7d, 2w or 1d12h.">
          <Input
            value={length}
            onChange={(event) => setLength(event.target.value)}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            className="w-40"
          />
        </Field>
      ) : null}
      {step === "moment" ? (
        <Field label="Moment" error={wrong} hint={inputZoneText(readersClock())}>
          <Input
            type="datetime-local"
            value={moment}
            min={dateInputValue(new Date(shown.time), readersClock())}
            onChange={(event) => setMoment(event.target.value)}
          />
        </Field>
      ) : null}
      {wrong !== undefined && (step === "length" || step === "moment") ? null : <ActionErrorAlert error={move.error} />}
    </FormDialog>
  );
}
