"use client";

import { LogOut } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { signOutEverywhere } from "../../../_session/actions";

/** The card of the open sessions (`children`) and the way to end them all. */
export function EndSessions({ children }: { children: ReactNode }) {
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <Card aria-labelledby="sessions">
      <CardHeader
        id="sessions"
        title="Sessions"
        description="Where your account is signed in now."
        action={
          <Button ref={opener} icon={LogOut} variant="danger-quiet" onClick={() => setOpen(true)}>
            Sign out everywhere…
          </Button>
        }
      />
      {children}
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        returnFocusTo={opener}
        title="Sign out everywhere?"
        effect="Every session of your account ends at once, this one as well."
        consequences={["Other browsers and devices must sign in again.", "Unsaved changes there are lost."]}
        confirmLabel="Sign out everywhere"
        onConfirm={signOutEverywhere}
        onDone={() => window.location.assign("/sign-in?reason=signed-out")}
      />
    </Card>
  );
}
