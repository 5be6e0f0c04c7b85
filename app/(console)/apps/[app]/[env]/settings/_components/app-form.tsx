"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useId, useTransition } from "react";
import { Field } from "@/components/form/field";
import { FormConflict } from "@/components/form/form-conflict";
import { Input, Textarea } from "@/components/form/input";
import { SaveBar } from "@/components/form/save-bar";
import { useAction } from "@/components/form/use-action";
import { useDraft } from "@/components/form/use-draft";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import { changeApp } from "../actions";

type Shown = Readonly<Record<"name" | "description", string>>;

/** Name and description of an app, for both of its environments. */
export function AppForm({ appId, shown, whyNot }: { appId: string; shown: Shown; whyNot: string | null }) {
  const router = useRouter();
  const titleId = useId();
  const draft = useDraft(shown);
  const [refreshing, startRefresh] = useTransition();
  const { name, description } = draft.values;
  const save = useAction((seen: Shown) =>
    changeApp({ appId, name: name.trim(), description: description.trim(), shown: seen }),
  );
  const changes = Object.keys(draft.changed).length;
  const busy = save.pending || refreshing;
  const problem = (field: string) => (save.error?.field === field ? save.error.message : undefined);

  const reload = () => startRefresh(() => router.refresh());
  const discard = () => {
    draft.discard();
    save.reset();
  };
  const send = async (seen: Shown) => {
    if (changes === 0 || busy) return;
    const result = await save.run(seen);
    if (!result.ok) {
      if (result.error.conflict) reload();
      return;
    }
    draft.discard();
    notify.success("App saved.");
    reload();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(draft.seen);
  };
  return (
    <form method="post" onSubmit={submit} noValidate>
      <Card aria-labelledby={titleId}>
        <CardHeader id={titleId} title="Name and description" />
        <CardBody className="flex flex-col gap-4">
          <Field label="Name" required error={problem("name")}>
            <Input
              value={name}
              maxLength={64}
              readOnly={whyNot !== null}
              autoComplete="off"
              onChange={(event) => draft.change({ name: event.target.value })}
            />
          </Field>
          <Field label="Description" aside="optional" error={problem("description")}>
            <Textarea
              value={description}
              maxLength={256}
              rows={2}
              readOnly={whyNot !== null}
              onChange={(event) => draft.change({ description: event.target.value })}
            />
          </Field>
          {whyNot === null ? null : <p className="text-ink-muted text-xs">Read only. {whyNot}</p>}
          <FormConflict
            error={save.error?.field ? null : save.error}
            changes={Object.entries(draft.changed).map(([field, next]) => ({
              label: field === "name" ? "Name" : "Description",
              now: (field === "name" ? shown.name : shown.description) || "None",
              next: next || "None",
            }))}
            pending={busy}
            onKeep={discard}
            onReplace={(conflict) => void send(conflict.current as Shown)}
          />
        </CardBody>
      </Card>
      <SaveBar changes={changes} saved={refreshing && save.error === null} label="Unsaved changes of the app">
        <Button disabled={busy} onClick={discard}>
          Discard
        </Button>
        <Button type="submit" variant="primary" pending={busy}>
          Save
        </Button>
      </SaveBar>
    </form>
  );
}
