"use client";

import { useRouter } from "next/navigation";
import { refusalSentence } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { notify } from "@/components/ui/notify";
import { keepRunUserAction } from "../../actions";

/** Takes a user out of the run, so that the user outlives it. */
export function KeepUserButton({ runId, userId }: { runId: string; userId: string }) {
  const { scope, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const keep = useAction(() => keepRunUserAction(scope, { runId, userId }));
  const reason = whyNot("test_runs.start");
  const run = async () => {
    const result = await keep.run(undefined);
    if (result.ok) notify.success(`${userId} is kept beyond ${runId}.`);
    else notify.failure(`${userId} was not kept.`, { description: refusalSentence(result.error) });
    router.refresh();
  };
  return (
    <Button
      size="sm"
      aria-label={`Keep ${userId}`}
      disabled={reason !== null}
      title={reason ?? "The user stays when the run ends"}
      pending={keep.pending}
      onClick={() => void run()}
    >
      Keep
    </Button>
  );
}
