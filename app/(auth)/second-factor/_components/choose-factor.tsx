"use client";

import { AddPasskey } from "@/app/_factors/add-passkey";
import { SetUpApp } from "@/app/_factors/set-up-app";
import { Button } from "@/components/ui/button";
import { signOut } from "../../../(console)/_session/actions";

/** The two ways to a second factor, and the way out. */
export function ChooseFactor({ next, passkeys }: { next: string; passkeys: boolean }) {
  // A full load: nothing read before is kept.
  const goOn = () => window.location.assign(next);
  return (
    <div className="flex flex-col gap-3">
      {passkeys ? <AddPasskey label="Add a passkey" variant="primary" className="w-full" onDone={goOn} /> : null}
      <SetUpApp
        label="Use an authenticator app"
        variant={passkeys ? "secondary" : "primary"}
        className="w-full"
        onDone={goOn}
      />
      <Button
        variant="ghost"
        className="w-full"
        onClick={() => void signOut().then(() => window.location.assign("/sign-in"))}
      >
        Sign out
      </Button>
    </div>
  );
}
