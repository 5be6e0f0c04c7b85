"use client";

import { Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { notify } from "@/components/ui/notify";
import { deleteApp } from "../actions";

interface DeleteAppProps {
  appId: string;
  appName: string;
  /** Goes by itself after a time, and with its users. */
  temporary: boolean;
  whyNot: string | null;
}

/** The way to delete an app, with what has to be so before. */
export function DeleteApp({ appId, appName, temporary, whyNot }: DeleteAppProps) {
  const router = useRouter();
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <Card aria-labelledby="delete-app">
      <CardHeader
        id="delete-app"
        title="Delete app"
        description={
          temporary
            ? "This app is temporary: you can delete it at any time, with its users."
            : "You can delete an app once it has no users and Production is closed."
        }
        action={
          <Button
            ref={opener}
            icon={Trash2}
            variant="danger-quiet"
            disabled={whyNot !== null}
            title={whyNot ?? undefined}
            onClick={() => setOpen(true)}
          >
            Delete app…
          </Button>
        }
      />
      {whyNot === null ? null : (
        <CardBody>
          <p className="text-ink-muted text-xs">{whyNot}</p>
        </CardBody>
      )}
      <ConfirmDialog
        open={open}
        onClose={() => setOpen(false)}
        returnFocusTo={opener}
        title={`Delete ${appName}?`}
        effect={`${appName} and its environments are deleted at once.`}
        consequences={[
          "Its App Keys stop working.",
          `Its ${temporary ? "users, " : ""}settings, webhooks and jobs are deleted.`,
          "The audit log stays in the database.",
        ]}
        undo="This cannot be undone."
        confirmLabel={`Delete ${appName}`}
        phrase={appName}
        onConfirm={() => deleteApp({ appId, confirmation: appName })}
        onDone={() => {
          notify.success(`${appName} deleted.`);
          router.push("/apps");
        }}
      />
    </Card>
  );
}
