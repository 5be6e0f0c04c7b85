"use client";

import { LogOut } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { SignOutEverywhereDialog } from "@/components/layout/sign-out-everywhere-dialog";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
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
        description="Where you’re signed in now."
        action={
          <Button ref={opener} icon={LogOut} variant="danger-quiet" onClick={() => setOpen(true)}>
            Sign out everywhere…
          </Button>
        }
      />
      {children}
      <SignOutEverywhereDialog
        open={open}
        onClose={() => setOpen(false)}
        signOutEverywhere={signOutEverywhere}
        returnFocusTo={opener}
      />
    </Card>
  );
}
