"use client";

import { MessageCircleQuestionMark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Field } from "@/components/form/field";
import { UserPicker } from "@/components/form/user-picker";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Verdict } from "@/components/messages/verdict";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState, ErrorState } from "@/components/ui/states";
import type { ActionResult } from "@/lib/console/action-result";
import type { MayMessageExplanation } from "@/lib/core/messages/explain-may-message";

type Answer = ActionResult<MayMessageExplanation>;

interface MessageChecksProps {
  userId: string;
  /** Whom the user may or may not message; "": still to be chosen. */
  other: string;
  /** From the user to the other, and back. */
  answers: readonly Answer[] | null;
}

/** The verdicts about a user and another, who stands in the address: `message-check?with=bob`. */
export function MessageChecks({ userId, other, answers }: MessageChecksProps) {
  const { base } = useEnvironmentScope();
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const page = userHref(base, userId, "message-check");
  const choose = (chosen: string) =>
    startTransition(() =>
      router.push(chosen === "" ? page : `${page}?with=${encodeURIComponent(chosen)}`, { scroll: false }),
    );
  const directions = [`From ${userId} to ${other}`, `From ${other} to ${userId}`];
  return (
    <div className="flex flex-col gap-6">
      <Field label="Other user" className="max-w-md">
        <UserPicker base={base} value={other} onChange={choose} />
      </Field>
      {answers === null ? (
        <Card>
          <EmptyState icon={MessageCircleQuestionMark} title={`Whom may ${userId} message?`}>
            <p>Choose another user to see both directions, rule by rule.</p>
          </EmptyState>
        </Card>
      ) : (
        <div className={cn("grid items-start gap-4 lg:grid-cols-2", pending && "opacity-60")}>
          {answers.map((answer, index) => (
            <section
              key={directions[index]}
              aria-label={directions[index]}
              aria-busy={pending}
              data-state={answer.ok ? "ready" : "error"}
            >
              <Card>
                {answer.ok ? (
                  <Verdict base={base} explanation={answer.data} />
                ) : (
                  <ErrorState
                    title="Could not check"
                    error={answer.error}
                    onRetry={() => startTransition(() => router.refresh())}
                  />
                )}
              </Card>
            </section>
          ))}
        </div>
      )}
    </div>
  );
}
