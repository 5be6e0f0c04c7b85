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
import { testRunHref } from "@/components/layout/hrefs";
import { quotaKey } from "@/components/layout/quota-query";
import { notify } from "@/components/ui/notify";
import { TEST_RUN_ID_MAX, TEST_RUN_LABEL_MAX } from "@/lib/core/test-runs/facts";
import { type StartTestRunInput, StartTestRunSchema } from "@/lib/core/test-runs/schema";
import { LIFE_CHOICES, type LifeChoice, seatsTyped } from "../../_components/run-words";
import { startTestRunAction } from "../../actions";

interface StartRunDialogProps {
  onClose: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

const EMPTY = { id: "", label: "", reserved: "", userIdPrefix: "" };
type FieldName = keyof typeof EMPTY;

/** Starts a test run, then opens its page, which says how users join it. */
export function StartRunDialog({ onClose, returnFocusTo }: StartRunDialogProps) {
  const { scope, environment, base } = useEnvironmentScope();
  const router = useRouter();
  const queries = useQueryClient();
  const [values, setValues] = useState(EMPTY);
  const [life, setLife] = useState<LifeChoice>("120");
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const start = useAction((input: StartTestRunInput) => startTestRunAction(scope, input));

  const submit = async (form: HTMLFormElement) => {
    const input = {
      ...(values.id.trim() === "" ? {} : { id: values.id.trim() }),
      label: values.label.trim(),
      minutes: Number(life),
      reserved: seatsTyped(values.reserved),
      ...(values.userIdPrefix.trim() === "" ? {} : { userIdPrefix: values.userIdPrefix.trim() }),
    };
    const parsed = StartTestRunSchema.safeParse(input);
    if (!parsed.success) {
      const messages: Record<string, string> = {};
      for (const issue of parsed.error.issues) messages[String(issue.path[0])] ??= issue.message;
      setWrong(messages);
      const first = form.elements.namedItem(String(parsed.error.issues[0]?.path[0]));
      if (first instanceof HTMLElement) first.focus();
      return;
    }
    setWrong({});
    const result = await start.run(input);
    if (!result.ok) {
      const { field, message } = result.error;
      if (field !== undefined && field in EMPTY) setWrong({ [field]: message });
      return;
    }
    notify.success(`Test run ${result.data.id} started.`);
    void queries.invalidateQueries({ queryKey: quotaKey(scope) });
    router.push(testRunHref(base, result.data.id));
  };
  const control = (name: FieldName) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => setValues({ ...values, [name]: event.target.value }),
    autoComplete: "off",
    autoCapitalize: "off",
    spellCheck: false,
  });

  return (
    <FormDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title="Start test run"
      description="Its users are deleted when it ends or expires."
      submitLabel="Start test run"
      pending={start.pending}
      onSubmit={submit}
    >
      <Field label="Label" aside="optional" error={wrong.label} hint="What is tested, and by whom.">
        <Input {...control("label")} autoFocus maxLength={TEST_RUN_LABEL_MAX} autoCapitalize="sentences" spellCheck />
      </Field>
      <Field label="ID" aside="optional" error={wrong.id} hint="Such as pw-4711. Leave it empty to get one.">
        <Input {...control("id")} maxLength={TEST_RUN_ID_MAX} className="font-mono" />
      </Field>
      <Field label="Expires in">
        <Select value={life} onValueChange={setLife} options={LIFE_CHOICES} />
      </Field>
      <Field
        label="Reserved seats"
        aside="optional"
        error={wrong.reserved}
        hint="Nobody else takes these seats while the run lives."
      >
        <Input
          {...control("reserved")}
          type="number"
          inputMode="numeric"
          min={0}
          step={1}
          className="w-32 tabular-nums"
        />
      </Field>
      <Field
        label="User ID prefix"
        aside="optional"
        error={wrong.userIdPrefix}
        hint="New users whose ID begins so join the run without the header."
      >
        <Input {...control("userIdPrefix")} className="font-mono" />
      </Field>
      {start.error?.field !== undefined && start.error.field in EMPTY ? null : <ActionErrorAlert error={start.error} />}
    </FormDialog>
  );
}
