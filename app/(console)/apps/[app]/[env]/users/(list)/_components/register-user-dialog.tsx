"use client";

import { type RefObject, useState } from "react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { FormDialog } from "@/components/form/form-dialog";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import type { NewUser } from "@/lib/core/users/register-new-user";
import { RegisterUserSchema } from "@/lib/core/users/schema";
import { registerUserAction } from "../../../_user-actions/actions";
import { IssuedToken } from "../../../_user-actions/tokens/issued-token";
import { useTestToken } from "../../../_user-actions/tokens/use-test-token";
import { ExistingUserAlert } from "./existing-user";

interface RegisterUserDialogProps {
  onClose: () => void;
  /** After the server has registered the user. */
  onRegistered: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

const EMPTY = { userId: "", name: "", avatarUrl: "" };

/** Registers a new user and shows the access token once; where the id is somebody's, shows who that is instead. */
export function RegisterUserDialog({ onClose, onRegistered, returnFocusTo }: RegisterUserDialogProps) {
  const { scope, environment } = useEnvironmentScope();
  const [values, setValues] = useState(EMPTY);
  const [wrong, setWrong] = useState<Partial<Record<string, string>>>({});
  const [issued, setIssued] = useState<NewUser | null>(null);
  const register = useAction((input: typeof EMPTY) =>
    registerUserAction(scope, { ...input, avatarUrl: input.avatarUrl || undefined }),
  );

  const existing = register.error?.existingUser;
  const testToken = useTestToken({ userId: existing?.userId ?? "", onClose, returnFocusTo });
  if (testToken.dialog !== null) return testToken.dialog;

  if (issued) {
    return (
      <IssuedToken
        title={`${issued.userId} is registered`}
        description="Give this access token to the user’s client. It is shown only once."
        accessToken={issued.accessToken}
        onClose={onClose}
        returnFocusTo={returnFocusTo}
      />
    );
  }

  const submit = async (form: HTMLFormElement) => {
    const input = { ...values, avatarUrl: values.avatarUrl || undefined };
    const parsed = RegisterUserSchema.safeParse(input);
    if (!parsed.success) {
      const messages: Record<string, string> = {};
      for (const issue of parsed.error.issues) messages[String(issue.path[0])] ??= issue.message;
      setWrong(messages);
      const first = form.elements.namedItem(String(parsed.error.issues[0]?.path[0]));
      if (first instanceof HTMLElement) first.focus();
      return;
    }
    setWrong({});
    const result = await register.run(values);
    if (result.ok) {
      setIssued(result.data);
      onRegistered();
    } else if (result.error.field && result.error.field in EMPTY) {
      setWrong({ [result.error.field]: result.error.message });
    }
  };
  const control = (name: keyof typeof EMPTY) => ({
    name,
    value: values[name],
    onChange: (event: { target: { value: string } }) => {
      setValues({ ...values, [name]: event.target.value });
      // Another id is not about the user who has this one.
      if (name === "userId" && existing) register.reset();
    },
    autoComplete: "off",
    spellCheck: false,
  });

  return (
    <FormDialog
      onClose={onClose}
      returnFocusTo={returnFocusTo}
      environment={environment}
      title="Register user"
      description="Registering issues the first access token for an ID. Your app server does it with one signed call."
      submitLabel="Register"
      pending={register.pending}
      onSubmit={submit}
    >
      <Field
        label="User ID"
        required
        error={wrong.userId}
        hint="Letters, digits and _ - + = | @ . It can’t be changed later."
      >
        <Input {...control("userId")} autoFocus autoCapitalize="off" className="font-mono" />
      </Field>
      <Field label="Name" required error={wrong.name} hint="Push notifications show it as the sender.">
        <Input {...control("name")} />
      </Field>
      <Field label="Avatar address" aside="optional" error={wrong.avatarUrl}>
        <Input {...control("avatarUrl")} type="url" inputMode="url" placeholder="https://" />
      </Field>
      {values.userId !== "" && values.name !== "" ? (
        <CopyAs
          call={serverApiCalls.issueAccessToken({
            userId: values.userId,
            name: values.name,
            ...(values.avatarUrl === "" ? {} : { avatarUrl: values.avatarUrl }),
          })}
        />
      ) : null}
      {register.error && existing ? (
        <ExistingUserAlert user={existing} requestId={register.error.requestId} token={testToken} />
      ) : (
        <ActionErrorAlert error={register.error} />
      )}
    </FormDialog>
  );
}
