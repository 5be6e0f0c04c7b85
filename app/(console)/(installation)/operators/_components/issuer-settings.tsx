"use client";

import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { CheckboxField } from "@/components/form/checkbox";
import { Field } from "@/components/form/field";
import { Input, PasswordInput, Textarea } from "@/components/form/input";
import { Select, type SelectOption } from "@/components/form/select";
import { useUnsaved } from "@/components/form/unsaved";
import { useDraft } from "@/components/form/use-draft";
import { OtherAddress } from "@/components/operators/other-address";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { Id } from "@/components/ui/id";
import { notify } from "@/components/ui/notify";
import type { OperatorRole } from "@/lib/core/actor";
import type { IssuerView } from "@/lib/core/oidc/change-issuer";
import type { ShownIssuer } from "@/lib/core/oidc/schema";
import { changeIssuer, removeIssuer } from "../actions";
import { ROLE_OPTIONS } from "./change-role-dialog";

/** What a form begins with where there is no issuer yet. */
const NEW: ShownIssuer = {
  name: "",
  issuer: "",
  clientId: "",
  scopes: "openid profile email",
  groupsClaim: "groups",
  roles: "",
  otherRole: null,
  domains: "",
  create: false,
  factors: "mfa",
  only: false,
};

const NOBODY = "";
const OTHER_ROLES: ReadonlyArray<SelectOption<OperatorRole | "">> = [
  { value: NOBODY, label: "No role: they stay out" },
  ...ROLE_OPTIONS,
];

const LABELS: Record<keyof ShownIssuer, string> = {
  name: "Name",
  issuer: "Issuer",
  clientId: "Client ID",
  scopes: "Scopes",
  groupsClaim: "Claim with the groups",
  roles: "Roles of groups",
  otherRole: "In none of these groups",
  domains: "E-mail domains",
  create: "First sign-in makes an operator",
  factors: "Second factor proven by",
  only: "Single sign-on only",
};

interface IssuerSettingsProps extends IssuerView {
  /** Where the issuer sends browsers back to. */
  redirectUri: string;
}

/** The OpenID issuer that operators sign in with. */
export function IssuerSettings({ issuer, fromEnvironment, redirectUri }: IssuerSettingsProps) {
  const router = useRouter();
  const shown = issuer ?? NEW;
  const draft = useDraft(shown);
  const { values } = draft;
  const [secret, setSecret] = useState("");
  const changed = Object.keys(draft.changed).length > 0 || secret !== "";
  useUnsaved(changed && !fromEnvironment);
  const text = (name: keyof ShownIssuer) => ({
    name,
    value: String(values[name]),
    readOnly: fromEnvironment,
    onChange: (event: { target: { value: string } }) => draft.change({ [name]: event.target.value }),
  });
  const tick = (name: "create" | "only") => ({
    name,
    checked: values[name],
    disabled: fromEnvironment,
    onCheckedChange: (checked: boolean | "indeterminate") => draft.change({ [name]: checked === true }),
  });
  return (
    <Card aria-labelledby="issuer" className="mt-6">
      <CardHeader
        id="issuer"
        title="Single sign-on"
        description="Operators sign in with an OpenID Connect issuer, such as your company’s."
        action={issuer !== null && !fromEnvironment ? <RemoveIssuer name={issuer.name} /> : null}
      />
      <CardBody>
        {fromEnvironment ? (
          <Alert tone="info" className="mb-4">
            Environment variables (OIDC_…) set this. Change them there.
          </Alert>
        ) : null}
        <ActionForm
          className="flex flex-col gap-4"
          action={(form, conflict) =>
            changeIssuer({
              ...values,
              clientSecret: textOf(form, "clientSecret"),
              seen:
                conflict === null ? (draft.seen === NEW ? {} : draft.seen) : (conflict.current as Partial<ShownIssuer>),
            })
          }
          compared={{
            changes: Object.entries(draft.changed).map(([field, next]) => ({
              label: LABELS[field as keyof ShownIssuer],
              now: String(shown[field as keyof ShownIssuer] ?? ""),
              next: String(next ?? ""),
            })),
            onFound: () => router.refresh(),
            onKeep: draft.discard,
          }}
          onDone={() => {
            setSecret("");
            notify.success("Single sign-on saved.");
            router.refresh();
          }}
        >
          {({ pending, errorOf }) => (
            <>
              <p className="flex flex-wrap items-center gap-2 text-13 text-ink-muted">
                Redirect address to register there: <Id value={redirectUri} copyLabel="Copy redirect address" always />
              </p>
              <OtherAddress link={redirectUri} />
              <div className="grid gap-x-4 gap-y-3 sm:grid-cols-2">
                <Field label={LABELS.name} hint="The sign-in page says “Continue with …”." error={errorOf("name")}>
                  <Input {...text("name")} autoComplete="off" />
                </Field>
                <Field label={LABELS.issuer} error={errorOf("issuer")}>
                  <Input {...text("issuer")} autoComplete="off" placeholder="https://login.example.com" />
                </Field>
                <Field label={LABELS.clientId} error={errorOf("clientId")}>
                  <Input {...text("clientId")} autoComplete="off" />
                </Field>
                {fromEnvironment ? null : (
                  <Field
                    label="Client secret"
                    hint={issuer === null ? undefined : "Leave empty to keep the one that is stored."}
                    error={errorOf("clientSecret")}
                  >
                    <PasswordInput
                      name="clientSecret"
                      autoComplete="off"
                      value={secret}
                      onChange={(event) => setSecret(event.target.value)}
                    />
                  </Field>
                )}
                <Field label={LABELS.scopes} error={errorOf("scopes")}>
                  <Input {...text("scopes")} autoComplete="off" />
                </Field>
                <Field label={LABELS.groupsClaim} error={errorOf("groupsClaim")}>
                  <Input {...text("groupsClaim")} autoComplete="off" />
                </Field>
                <Field
                  label={LABELS.roles}
                  hint="One group=role a line. Empty: you give roles here."
                  error={errorOf("roles")}
                >
                  <Textarea {...text("roles")} placeholder="im-admins=admin" />
                </Field>
                <Field label={LABELS.otherRole} error={errorOf("otherRole")}>
                  <Select
                    name="otherRole"
                    value={values.otherRole ?? NOBODY}
                    disabled={fromEnvironment}
                    onValueChange={(role) => draft.change({ otherRole: role === NOBODY ? null : role })}
                    options={OTHER_ROLES}
                  />
                </Field>
                <Field
                  label={LABELS.domains}
                  hint="One a line. The issuer vouches for these: an operator with such an address may sign in with it."
                  error={errorOf("domains")}
                >
                  <Textarea {...text("domains")} placeholder="example.com" />
                </Field>
                <Field
                  label={LABELS.factors}
                  hint="Values of amr or acr, one a line. * if every sign-in there takes one."
                  error={errorOf("factors")}
                >
                  <Textarea {...text("factors")} />
                </Field>
              </div>
              <CheckboxField
                {...tick("create")}
                label={LABELS.create}
                hint="Otherwise only people you invite come in."
              />
              <OnlyIssuer {...tick("only")} error={errorOf("only")} />
              {fromEnvironment ? null : (
                <div>
                  <Button type="submit" variant="primary" pending={pending} disabled={!changed}>
                    Save single sign-on
                  </Button>
                </div>
              )}
            </>
          )}
        </ActionForm>
      </CardBody>
    </Card>
  );
}

interface OnlyIssuerProps {
  name: string;
  checked: boolean;
  disabled: boolean;
  onCheckedChange: (checked: boolean | "indeterminate") => void;
  error: string | undefined;
}

function OnlyIssuer({ error, ...tick }: OnlyIssuerProps) {
  return (
    <div className="flex flex-col gap-1">
      <CheckboxField
        {...tick}
        label={LABELS.only}
        hint="Passwords and passkeys are refused. “operators break-glass” on the machine lets an owner in."
      />
      {error === undefined ? null : (
        <p role="alert" className="text-13 text-danger-ink">
          {error}
        </p>
      )}
    </div>
  );
}

function RemoveIssuer({ name }: { name: string }) {
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button ref={opener} variant="danger-quiet" size="sm" onClick={() => setAsking(true)}>
        Remove single sign-on…
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        returnFocusTo={opener}
        title={`Remove ${name}?`}
        effect="Nobody signs in with it any more."
        consequences={["Operators without a password need a link to one."]}
        confirmLabel={`Remove ${name}`}
        onConfirm={() => removeIssuer()}
        onDone={() => {
          notify.success("Single sign-on removed.");
          router.refresh();
        }}
      />
    </>
  );
}
