"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState, useTransition } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { Field } from "@/components/form/field";
import { FormConflict } from "@/components/form/form-conflict";
import { Input } from "@/components/form/input";
import { SaveBar } from "@/components/form/save-bar";
import { useAction } from "@/components/form/use-action";
import { useDraft } from "@/components/form/use-draft";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { late, taken } from "@/components/ui/late";
import { notify } from "@/components/ui/notify";
import type { UserRow } from "@/lib/core/users/list-schema";
import { updateUserAction } from "../../actions";

const rules = late(() => import("@/lib/core/users/schema").then((part) => part.UpdateUserSchema));

/** Registered name and avatar: what the app server gave at registration, used for push. */
export function ProfileForm({ user }: { user: UserRow }) {
  const { scope, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const formId = useId();
  const draft = useDraft({ name: user.name, avatarUrl: user.avatarUrl });
  const [refreshing, startRefresh] = useTransition();
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const save = useAction((seen: typeof draft.seen) =>
    updateUserAction(scope, { userId: user.userId, ...draft.changed, seen }),
  );
  const locked =
    whyNot("users.update") ?? (user.status === "deleted" ? "Soft-deleted users have no profile to change." : null);
  const { changed } = draft;
  const { name, avatarUrl } = draft.values;
  const changes = Object.keys(changed).length;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(wrong).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);

  const reload = () => startRefresh(() => router.refresh());
  const discard = () => {
    draft.discard();
    setWrong({});
    save.reset();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send(draft.seen);
  };
  const send = async (seen: typeof draft.seen) => {
    if (changes === 0 || save.pending || refreshing) return;
    const schema = await taken(rules);
    if (schema === null) return;
    const parsed = schema.safeParse({ userId: user.userId, ...changed });
    if (!parsed.success) {
      const messages: Record<string, string> = {};
      for (const issue of parsed.error.issues) messages[String(issue.path[0])] ??= issue.message;
      setWrong(messages);
      return;
    }
    setWrong({});
    const result = await save.run(seen);
    if (!result.ok) {
      if (result.error.conflict) reload();
      if (result.error.field) setWrong({ [result.error.field]: result.error.message });
      return;
    }
    notify.success(`Profile of ${user.userId} saved.`);
    reload();
  };

  return (
    <form ref={form} id={formId} method="post" onSubmit={submit} noValidate className="max-w-2xl">
      <Card aria-labelledby={`${formId}-title`}>
        <CardHeader
          id={`${formId}-title`}
          title="Registered name and avatar"
          description="Your app server sets them at registration. Push notifications show them as the sender."
        />
        <CardBody className="flex flex-col gap-4">
          <Field label="Name" required error={wrong.name}>
            <Input
              value={name}
              readOnly={locked !== null}
              autoComplete="off"
              onChange={(event) => draft.change({ name: event.target.value })}
            />
          </Field>
          <Field label="Avatar address" aside="optional" error={wrong.avatarUrl}>
            <Input
              type="url"
              inputMode="url"
              value={avatarUrl}
              readOnly={locked !== null}
              autoComplete="off"
              placeholder={locked === null ? "https://" : ""}
              onChange={(event) => draft.change({ avatarUrl: event.target.value })}
            />
          </Field>
          {locked ? <p className="text-ink-muted text-xs">Read only. {locked}</p> : null}
          {changes > 0 ? <CopyAs call={serverApiCalls.updateUser({ userId: user.userId, ...changed })} /> : null}
          <FormConflict
            error={save.error}
            changes={Object.entries(changed).map(([field, next]) => ({
              label: field === "name" ? "Name" : "Avatar address",
              now: (field === "name" ? user.name : user.avatarUrl) || "None",
              next: next || "None",
            }))}
            pending={save.pending || refreshing}
            onKeep={discard}
            onReplace={(conflict) => void send(conflict.current as typeof draft.seen)}
          />
        </CardBody>
      </Card>
      <SaveBar changes={changes} saved={refreshing && save.error === null}>
        <Button disabled={save.pending || refreshing} onClick={discard}>
          Discard
        </Button>
        <Button type="submit" variant="primary" pending={save.pending || refreshing}>
          Save
        </Button>
      </SaveBar>
    </form>
  );
}
