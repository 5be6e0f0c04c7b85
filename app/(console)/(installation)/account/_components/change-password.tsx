"use client";

import { useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input, PasswordInput } from "@/components/form/input";
import { NewPasswordField } from "@/components/operators/new-password-field";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import { changePassword } from "../actions";

export function ChangePassword({ name, email }: { name: string; email: string }) {
  // A new key empties the fields after success.
  const [round, setRound] = useState(0);
  return (
    <Card aria-labelledby="change-password">
      <CardHeader
        id="change-password"
        title="Password"
        description="Changing it signs you out in other browsers, not here."
      />
      <CardBody>
        <ActionForm
          key={round}
          className="flex max-w-sm flex-col gap-4"
          action={(form) =>
            changePassword({
              currentPassword: textOf(form, "currentPassword"),
              newPassword: textOf(form, "newPassword"),
            })
          }
          onDone={() => {
            notify.success("Password changed.");
            setRound(round + 1);
          }}
        >
          {({ pending, errorOf }) => (
            <>
              <Input
                name="email"
                type="email"
                autoComplete="username"
                value={email}
                readOnly
                hidden
                aria-label="E-mail"
              />
              <input type="hidden" name="name" value={name} />
              <Field label="Current password" error={errorOf("currentPassword")}>
                <PasswordInput name="currentPassword" autoComplete="current-password" required />
              </Field>
              <NewPasswordField name="newPassword" label="New password" error={errorOf("newPassword")} />
              <div>
                <Button type="submit" variant="primary" pending={pending}>
                  Change password
                </Button>
              </div>
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}
