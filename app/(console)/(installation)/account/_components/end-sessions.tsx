"use client";

import { LogOut } from "lucide-react";
import { useRouter } from "next/navigation";
import { type ReactNode, useRef, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import { Card, CardHeader } from "@/components/ui/card";
import { notify } from "@/components/ui/notify";
import { onIntent } from "@/components/ui/on-intent";
import { endOtherSessions, signOutEverywhere } from "../../../_session/actions";

const SignOutEverywhereDialog = onIntent(() =>
  import("@/components/layout/sign-out-everywhere-dialog").then((part) => part.SignOutEverywhereDialog),
);

/** The card of the open sessions (`children`) and the ways to end all of them, or all `others`. */
export function EndSessions({ others, children }: { others: boolean; children: ReactNode }) {
  const router = useRouter();
  const ending = useAction((_: null) => endOtherSessions());
  const endOthers = async () => {
    const result = await ending.run(null);
    if (!result.ok) return;
    notify.success("All other sessions ended.");
    router.refresh();
  };
  const opener = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <Card aria-labelledby="sessions">
      <CardHeader
        id="sessions"
        title="Sessions"
        description="Where you’re signed in now."
        action={
          <>
            {others ? (
              <Button pending={ending.pending} onClick={() => void endOthers()}>
                End all others
              </Button>
            ) : null}
            <Button ref={opener} icon={LogOut} variant="danger-quiet" onClick={() => setOpen(true)}>
              Sign out everywhere…
            </Button>
          </>
        }
      />
      <ActionErrorAlert error={ending.error} />
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
