"use client";

import { useQuery } from "@tanstack/react-query";
import { KeyRound, LogIn } from "lucide-react";
import { useEffect, useState } from "react";
import { StillReading } from "@/components/failure/still-reading";
import { failureOfThrown } from "@/components/failure/unanswered";
import { ActionErrorAlert } from "@/components/form/action-error";
import { ActionForm, textOf } from "@/components/form/action-form";
import { answerConfirmation } from "@/components/form/confirmation";
import { Field } from "@/components/form/field";
import { PasswordInput } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import { FactorCodeField } from "@/components/operators/factor-code-field";
import { beginAtIssuer, CONFIRMED_CHANNEL } from "@/components/operators/issuer";
import { provePasskey } from "@/components/operators/passkey";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Dialog } from "@/components/ui/dialog";
import { ErrorState } from "@/components/ui/states";
import type { ActionResult } from "@/lib/console/action-result";
import type { ConfirmationWays } from "@/lib/core/operators/confirm-identity";
import { askHowToConfirm, confirm } from "./actions";

const done = () => answerConfirmation(true);

/** Asks for the second factor, or for the password or the issuer of those who have none. What was to be done goes on by itself then. */
export function ConfirmIdentityDialog() {
  const [pending, setPending] = useState(false);
  const ways = useQuery({
    queryKey: ["how to confirm"],
    queryFn: () => askHowToConfirm(),
    // A passkey's question is good for five minutes.
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const failure = ways.isError ? failureOfThrown(ways.error, "read") : ways.data?.ok === false ? ways.data.error : null;
  const found = ways.data?.ok ? ways.data.data : null;
  const byForm =
    found !== null && (found.password || found.app || (found.passkey === null && found.issuer === undefined));
  return (
    <Dialog
      onClose={() => answerConfirmation(false)}
      locked={pending}
      size="sm"
      title="Confirm that it’s you"
      description="This act takes a fresh proof. It counts for five minutes."
      footer={
        <>
          <Button onClick={() => answerConfirmation(false)} disabled={pending}>
            Cancel
          </Button>
          {byForm ? (
            <Button type="submit" form="confirm-identity" variant="primary" pending={pending}>
              Confirm
            </Button>
          ) : null}
        </>
      }
    >
      {failure !== null ? (
        <ErrorState title="Could not ask" error={failure} onRetry={() => void ways.refetch()} />
      ) : found === null ? (
        <StillReading className="text-13 text-ink-muted" />
      ) : (
        <div className="flex flex-col gap-4">
          {found.passkey === null ? null : <ByPasskey question={found.passkey} />}
          {found.issuer === undefined ? null : <ByIssuer issuer={found.issuer} />}
          {byForm ? <ByForm ways={found} onPending={setPending} /> : null}
        </div>
      )}
    </Dialog>
  );
}

function ByForm({ ways, onPending }: { ways: ConfirmationWays; onPending: (pending: boolean) => void }) {
  return (
    <ActionForm
      id="confirm-identity"
      unguarded
      action={(form) =>
        ways.password ? confirm({ password: textOf(form, "password") }) : confirm({ code: textOf(form, "code") })
      }
      onPending={onPending}
      onDone={done}
    >
      {({ errorOf }) =>
        ways.password ? (
          <Field label="Password" error={errorOf("password")}>
            <PasswordInput name="password" required autoFocus autoComplete="current-password" />
          </Field>
        ) : (
          <FactorCodeField app={ways.app} autoFocus={ways.passkey === null} error={errorOf("code")} />
        )
      }
    </ActionForm>
  );
}

function ByPasskey({ question }: { question: NonNullable<ConfirmationWays["passkey"]> }) {
  const { run, pending, error } = useAction(async (_: null): Promise<ActionResult<null>> => {
    const answer = await provePasskey(question);
    return answer.ok ? confirm({ passkey: answer.data }) : answer;
  });
  return (
    <>
      <Button
        icon={KeyRound}
        variant="primary"
        autoFocus
        pending={pending}
        onClick={() => void run(null).then((result) => result.ok && done())}
      >
        Use your passkey
      </Button>
      <ActionErrorAlert error={error} />
    </>
  );
}

/** In a window of its own, so that nothing of this page is lost. */
function ByIssuer({ issuer }: { issuer: string }) {
  const [failure, setFailure] = useState<string | null>(null);
  useEffect(() => {
    const channel = new BroadcastChannel(CONFIRMED_CHANNEL);
    channel.onmessage = ({ data }: MessageEvent<string | null>) => (data === null ? done() : setFailure(data));
    return () => channel.close();
  }, []);
  const { run, pending, error } = useAction(async (opened: Window) => {
    const begun = await beginAtIssuer("/confirmed", { confirm: true });
    if (begun.ok) opened.location.replace(begun.data.url);
    else opened.close();
    return begun;
  });
  const start = () => {
    // Now, while the click lasts: browsers let no window open later.
    const opened = window.open("", "_blank", "popup,width=520,height=720");
    setFailure(opened === null ? "Your browser has blocked the window. Let this console open windows." : null);
    if (opened !== null) void run(opened);
  };
  return (
    <>
      <Button icon={LogIn} variant="primary" autoFocus pending={pending} onClick={start}>
        Continue with {issuer}
      </Button>
      <ActionErrorAlert error={error} />
      {failure === null ? null : (
        <Alert tone="danger" role="alert">
          {failure}
        </Alert>
      )}
    </>
  );
}
