"use client";

import { useRouter } from "next/navigation";
import { type FormEvent, useEffect, useId, useRef, useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { SaveBar } from "@/components/form/save-bar";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/toaster";
import type { UserRow } from "@/lib/core/users/list-schema";
import { UpdateUserSchema } from "@/lib/core/users/schema";
import { updateUserAction } from "../../actions";

/** Registered name and avatar: what the app server gave at registration, used for push. */
export function ProfileForm({ user }: { user: UserRow }) {
  const { scope, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const formId = useId();
  const [name, setName] = useState(user.name);
  const [avatarUrl, setAvatarUrl] = useState(user.avatarUrl);
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const save = useAction((input: { name?: string; avatarUrl?: string }) =>
    updateUserAction(scope, { userId: user.userId, ...input }),
  );
  const locked =
    whyNot("users.update") ?? (user.status === "deleted" ? "A soft-deleted user has no profile to change." : null);
  const changed = {
    ...(name === user.name ? {} : { name }),
    ...(avatarUrl === user.avatarUrl ? {} : { avatarUrl }),
  };
  const changes = Object.keys(changed).length;
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(wrong).length > 0) form.current?.querySelector<HTMLElement>("[aria-invalid=true]")?.focus();
  }, [wrong]);

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (changes === 0 || save.pending) return;
    const parsed = UpdateUserSchema.safeParse({ userId: user.userId, ...changed });
    if (!parsed.success) {
      const messages: Record<string, string> = {};
      for (const issue of parsed.error.issues) messages[String(issue.path[0])] ??= issue.message;
      setWrong(messages);
      return;
    }
    setWrong({});
    const result = await save.run(changed);
    if (!result.ok) {
      if (result.error.field) setWrong({ [result.error.field]: result.error.message });
      return;
    }
    notify.success(`Profile of ${user.userId} saved.`);
    router.refresh();
  };

  return (
    <form ref={form} id={formId} method="post" onSubmit={submit} noValidate className="max-w-2xl">
      <Card aria-labelledby={`${formId}-title`}>
        <CardHeader
          id={`${formId}-title`}
          title="Registered name and avatar"
          description="Given by your app server at registration. Push notifications show them as the sender."
        />
        <CardBody className="flex flex-col gap-4">
          <Field label="Name" required error={wrong.name} hint="At most 64 characters.">
            <Input
              value={name}
              readOnly={locked !== null}
              autoComplete="off"
              onChange={(event) => setName(event.target.value)}
            />
          </Field>
          <Field label="Avatar address" aside="optional" error={wrong.avatarUrl} hint="At most 1,024 bytes.">
            <Input
              type="url"
              inputMode="url"
              value={avatarUrl}
              readOnly={locked !== null}
              autoComplete="off"
              placeholder={locked === null ? "https://" : ""}
              onChange={(event) => setAvatarUrl(event.target.value)}
            />
          </Field>
          {locked ? <p className="text-ink-muted text-xs">Read only. {locked}</p> : null}
          {changes > 0 ? <CopyAs call={serverApiCalls.updateUser({ userId: user.userId, ...changed })} /> : null}
          <ActionErrorAlert error={save.error} />
        </CardBody>
      </Card>
      <SaveBar changes={changes}>
        <Button
          disabled={save.pending}
          onClick={() => {
            setName(user.name);
            setAvatarUrl(user.avatarUrl);
            setWrong({});
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
