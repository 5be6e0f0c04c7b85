"use client";

import { KeyRound } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { CheckboxField } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { ShownOnce } from "@/components/operators/shown-once";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { AbsoluteTime } from "@/components/ui/time";
import type { HeldRoles, TokenScope } from "@/lib/core/actor";
import type { CreatedToken } from "@/lib/core/operator-tokens/create-token";
import { SCOPE_NAMES, TOKEN_DAYS } from "@/lib/core/operator-tokens/facts";
import { mayUse, TOKEN_SCOPES } from "@/lib/core/permissions";
import { createOwnToken } from "../actions";

const EVERY_APP = "*";

const LENGTHS = TOKEN_DAYS.map((days) => ({
  value: String(days),
  label: days === 1 ? "1 day" : days === 365 ? "1 year" : `${days} days`,
}));

interface NewTokenProps {
  holds: HeldRoles;
  apps: readonly { readonly id: string; readonly name: string }[];
}

/** The dialog `?dialog=new-token`: makes a token and shows it once. */
export function NewToken({ holds, apps }: NewTokenProps) {
  const dialog = useAddressDialog("new-token");
  const router = useRouter();
  const [app, setApp] = useState(EVERY_APP);
  const [days, setDays] = useState("30");
  const [pending, setPending] = useState(false);
  const [made, setMade] = useState<CreatedToken | null>(null);
  const close = () => {
    dialog.close();
    setMade(null);
    setApp(EVERY_APP);
    setDays("30");
  };
  return (
    <>
      <Button icon={KeyRound} onClick={dialog.show}>
        New token
      </Button>
      <Dialog
        open={dialog.open}
        onClose={close}
        locked={pending}
        title={made ? `Token ${made.name}` : "New token"}
        description={
          made ? "Copy it now. You can’t see it again." : "It acts as you, with the role you have at the time."
        }
        footer={
          made ? (
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          ) : (
            <>
              <Button onClick={close} disabled={pending}>
                Cancel
              </Button>
              <Button type="submit" form="new-token" variant="primary" pending={pending}>
                Create token
              </Button>
            </>
          )
        }
      >
        {made ? (
          <ShownOnce label="Token" value={made.token}>
            It expires <AbsoluteTime date={made.expiresAt} />. Keep it where your CI keeps secrets.
          </ShownOnce>
        ) : (
          <ActionForm
            id="new-token"
            action={(form) =>
              createOwnToken({
                name: textOf(form, "name"),
                scopes: form.getAll("scopes").map(String) as TokenScope[],
                appId: app === EVERY_APP ? null : app,
                days: Number(days),
              })
            }
            onPending={setPending}
            onDone={(created) => {
              setMade(created);
              router.refresh();
            }}
          >
            {({ errorOf }) => (
              <>
                <Field label="Name" hint="What uses it, such as ci-main." error={errorOf("name")}>
                  <Input name="name" required autoFocus autoComplete="off" maxLength={40} />
                </Field>
                <fieldset className="flex flex-col gap-2">
                  <legend className="mb-2 font-medium text-13">Scopes</legend>
                  {SCOPE_NAMES.map((scope) => {
                    const may = mayUse(holds, scope, app === EVERY_APP ? null : app);
                    return (
                      <CheckboxField
                        key={scope}
                        name="scopes"
                        value={scope}
                        label={scope}
                        hint={may ? TOKEN_SCOPES[scope].words : `${TOKEN_SCOPES[scope].words}. Your role can’t.`}
                        disabled={!may}
                      />
                    );
                  })}
                </fieldset>
                <Field label="App" error={errorOf("appId")}>
                  <Select
                    value={app}
                    onValueChange={setApp}
                    options={[
                      { value: EVERY_APP, label: "Every app" },
                      ...apps.map(({ id, name }) => ({ value: id, label: name })),
                    ]}
                  />
                </Field>
                <Field label="Works for" error={errorOf("days")}>
                  <Select value={days} onValueChange={setDays} options={LENGTHS} />
                </Field>
              </>
            )}
          </ActionForm>
        )}
      </Dialog>
    </>
  );
}
