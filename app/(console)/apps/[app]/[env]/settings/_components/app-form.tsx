"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, startTransition, useId, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Input, Textarea } from "@/components/form/input";
import { SaveBar } from "@/components/form/save-bar";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/toaster";
import { changeApp } from "../actions";

interface Shown {
  readonly name: string;
  readonly description: string;
}

/** Name and description of an app, for both of its environments. */
export function AppForm({ appId, shown, whyNot }: { appId: string; shown: Shown; whyNot: string | null }) {
  const router = useRouter();
  const titleId = useId();
  const [name, setName] = useState(shown.name);
  const [description, setDescription] = useState(shown.description);
  const save = useAction((changed: Shown) => changeApp({ appId, ...changed, shown }));
  const changes = Number(name !== shown.name) + Number(description !== shown.description);
  const problem = (field: string) => (save.error?.field === field ? save.error.message : undefined);
  const conflict = save.error?.code === "version_conflict";

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (changes === 0 || save.pending) return;
    const result = await save.run({ name: name.trim(), description: description.trim() });
    if (!result.ok) return;
    setName(name.trim());
    setDescription(description.trim());
    notify.success("App saved.");
    router.refresh();
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
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label="Description" aside="Optional" error={problem("description")}>
            <Textarea
              value={description}
              maxLength={256}
              rows={2}
              readOnly={whyNot !== null}
              onChange={(event) => setDescription(event.target.value)}
            />
          </Field>
          {whyNot === null ? null : <p className="text-ink-muted text-xs">Read only. {whyNot}</p>}
          <ActionErrorAlert
            error={save.error?.field ? null : save.error}
            action={
              conflict ? (
                <Button
                  size="sm"
                  onClick={() => {
                    save.reset();
                    startTransition(() => router.refresh());
                  }}
                >
                  Reload
                </Button>
              ) : undefined
            }
          />
        </CardBody>
      </Card>
      <SaveBar changes={changes} label="Unsaved changes of the app">
        <Button
          disabled={save.pending}
          onClick={() => {
            setName(shown.name);
            setDescription(shown.description);
            save.reset();
          }}
        >
          Discard
        </Button>
        <Button type="submit" variant="primary" pending={save.pending}>
          Save
        </Button>
      </SaveBar>
    </form>
  );
}
