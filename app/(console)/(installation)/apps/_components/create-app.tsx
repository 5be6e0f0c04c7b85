"use client";

import { Plus } from "lucide-react";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { ActionForm, textOf } from "@/components/form/action-form";
import { Field } from "@/components/form/field";
import { Input, Textarea } from "@/components/form/input";
import { useAddressDialog } from "@/components/ui/address-overlay";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { notify } from "@/components/ui/notify";
import { createApp } from "../actions";

/** The page's primary action and its dialog, which has an address: `?dialog=create`. */
export function CreateApp({ allowed }: { allowed: boolean }) {
  const dialog = useAddressDialog("create");
  const [pending, setPending] = useState(false);
  const router = useRouter();
  if (!allowed) return null;
  return (
    <>
      <Button variant="primary" icon={Plus} onClick={dialog.show}>
        Create app
      </Button>
      <Dialog
        open={dialog.open}
        onClose={dialog.close}
        locked={pending}
        title="Create app"
        description="It starts on the free plan, with Development and its keys ready."
        footer={
          <>
            <Button onClick={dialog.close} disabled={pending}>
              Cancel
            </Button>
            <Button type="submit" form="create-app" variant="primary" pending={pending}>
              Create app
            </Button>
          </>
        }
      >
        <ActionForm
          id="create-app"
          action={(form) => createApp({ name: textOf(form, "name"), description: textOf(form, "description") })}
          onPending={setPending}
          onDone={(app) => {
            notify.success(`${app.name} is ready.`);
            router.push(`/apps/${app.id}/development/overview`);
          }}
        >
          {({ errorOf }) => (
            <>
              <Field label="Name" error={errorOf("name")}>
                <Input name="name" required autoFocus maxLength={64} autoComplete="off" />
              </Field>
              <Field label="Description" aside="optional" error={errorOf("description")}>
                <Textarea name="description" maxLength={256} rows={2} />
              </Field>
            </>
          )}
        </ActionForm>
      </Dialog>
    </>
  );
}
