"use client";

import { useRouter } from "next/navigation";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { Alert } from "@/components/ui/alert";
import { Button, LinkButton } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import { dismissNewSignIn } from "./actions";

export function NewSignInNotice({ at }: { at: Date }) {
  const router = useRouter();
  const { run, pending, error } = useAction((_: null) => dismissNewSignIn());
  return (
    <Alert
      tone="warn"
      role="status"
      className="mb-5"
      title="Someone signed in as you in a new browser"
      action={
        <>
          <LinkButton href="/account" size="sm">
            Check sessions
          </LinkButton>
          <Button
            size="sm"
            variant="ghost"
            pending={pending}
            onClick={() => void run(null).then((result) => result.ok && router.refresh())}
          >
            It was me
          </Button>
        </>
      }
    >
      <RelativeTime date={at} />. Not you? End that session and change your password.
      <ActionErrorAlert error={error} />
    </Alert>
  );
}
