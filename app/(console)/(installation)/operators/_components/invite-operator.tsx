"use client";

import { UserPlus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { Select } from "@/components/form/select";
import { ROLE_WORDS } from "@/components/layout/frame-data";
import { ShownOnce } from "@/components/operators/shown-once";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { AbsoluteTime } from "@/components/ui/time";
import type { OperatorRole } from "@/lib/core/actor";
import { inviteOperator } from "../actions";
import { ROLE_OPTIONS } from "./change-role-dialog";

interface Invited {
  email: string;
  link: string;
  expiresAt: Date;
  mailed: boolean;
}

/** The page's primary action. Its dialog (`?dialog=invite`) makes a one-time link and shows it once. */
export function InviteOperator() {
  const dialog = useAddressDialog("invite");
  const router = useRouter();
  const [role, setRole] = useState<OperatorRole>("support");
  const [pending, setPending] = useState(false);
  const [invited, setInvited] = useState<Invited | null>(null);
  const close = () => {
    dialog.close();
    setInvited(null);
    setRole("support");
  };
  return (
    <>
      <Button variant="primary" icon={UserPlus} onClick={dialog.show}>
        Invite operator
      </Button>
      <Dialog
        open={dialog.open}
        onClose={close}
        locked={pending}
        title={invited ? `Invitation for ${invited.email}` : "Invite operator"}
        description={
          invited
            ? `${invited.mailed ? "It’s on its way by e-mail, too." : "Send them this link."} It works once, and you can’t see it again.`
            : "Creates a one-time link. They choose their own name and password."
        }
        footer={
          invited ? (
            <Button variant="primary" onClick={close}>
              Done
            </Button>
          ) : (
            <>
              <Button onClick={close} disabled={pending}>
                Cancel
              </Button>
              <Button type="submit" form="invite-operator" variant="primary" pending={pending}>
                Create link
              </Button>
            </>
          )
        }
      >
        {invited ? (
          <ShownOnce label="Invitation link" value={invited.link}>
            Anyone with this link can become this operator. It expires <AbsoluteTime date={invited.expiresAt} />.
          </ShownOnce>
        ) : (
          <ActionForm
            id="invite-operator"
            action={(form) => inviteOperator({ email: textOf(form, "email"), role })}
            onPending={setPending}
            onDone={(made) => {
              setInvited(made);
              router.refresh();
            }}
          >
            {({ errorOf }) => (
              <>
                <Field label="E-mail" error={errorOf("email")}>
                  <Input name="email" type="email" required autoFocus autoComplete="off" />
                </Field>
                <Field label="Role" hint={ROLE_WORDS[role].may} error={errorOf("role")}>
                  <Select value={role} onValueChange={setRole} options={ROLE_OPTIONS} />
                </Field>
              </>
            )}
          </ActionForm>
        )}
      </Dialog>
    </>
  );
}
