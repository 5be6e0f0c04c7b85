"use client";

import { useRouter } from "next/navigation";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input, PasswordInput } from "@/components/form/input";
import { useDraft } from "@/components/form/use-draft";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/notify";
import { changeAccount } from "../actions";

type Account = Readonly<Record<"name" | "email", string>>;

/** The operator's own name and e-mail address. A new address takes the password: it is what they sign in with. */
export function AccountForm({ shown }: { shown: Account }) {
  const router = useRouter();
  const draft = useDraft(shown);
  const { name, email } = draft.values;
  const newAddress = email.trim().toLowerCase() !== shown.email;
  const changed = newAddress || name !== shown.name;
  return (
    <ActionForm
      className="flex max-w-sm flex-col gap-4"
      action={(form, conflict) =>
        changeAccount({
          name,
          email,
          currentPassword: textOf(form, "currentPassword"),
          shown: conflict === null ? draft.seen : (conflict.current as Account),
        })
      }
      compared={{
        changes: Object.entries(draft.changed).map(([field, next]) => ({
          label: field === "name" ? "Name" : "E-mail",
          now: field === "name" ? shown.name : shown.email,
          next,
        })),
        onFound: () => router.refresh(),
        onKeep: draft.discard,
      }}
      onDone={() => {
        notify.success("Account saved.");
        router.refresh();
      }}
    >
      {({ pending, errorOf }) => (
        <>
          <Field label="Name" error={errorOf("name")}>
            <Input
              name="name"
              value={name}
              maxLength={64}
              autoComplete="name"
              required
              onChange={(event) => draft.change({ name: event.target.value })}
            />
          </Field>
          <Field label="E-mail" error={errorOf("email")}>
            <Input
              name="email"
              type="email"
              value={email}
              maxLength={254}
              autoComplete="email"
              required
              onChange={(event) => draft.change({ email: event.target.value })}
            />
          </Field>
          {newAddress ? (
            <Field
              label="Your password"
              hint="From now on you sign in with the new address."
              error={errorOf("currentPassword")}
            >
              <PasswordInput name="currentPassword" autoComplete="current-password" required />
            </Field>
          ) : null}
          <div>
            <Button type="submit" variant="primary" pending={pending} disabled={!changed}>
              Save account
            </Button>
          </div>
        </>
      )}
    </ActionForm>
  );
}
