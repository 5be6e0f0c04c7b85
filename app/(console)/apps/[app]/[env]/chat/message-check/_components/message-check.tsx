"use client";

import { ArrowLeftRight, MessageCircleQuestionMark } from "lucide-react";
import { useRouter } from "next/navigation";
import { useTransition } from "react";
import { Field } from "@/components/form/field";
import { UserPicker } from "@/components/form/user-picker";
import { messageCheckHref } from "@/components/layout/hrefs";
import { Verdict } from "@/components/messages/verdict";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { EmptyState, ErrorState } from "@/components/ui/states";
import type { ActionResult } from "@/lib/console/action-result";
import type { MayMessageExplanation } from "@/lib/core/messages/explain-may-message";

/** Ids; "" for one that is still to be chosen. */
interface Pair {
  from: string;
  to: string;
}

interface MessageCheckProps extends Pair {
  /** "/apps/app-1/development" */
  base: string;
  /** null: one of the two is still to be chosen. */
  answer: ActionResult<MayMessageExplanation> | null;
}

/** Two users, and the verdict about them. Both stand in the address, so that it can be pasted into a ticket. */
export function MessageCheck({ base, from, to, answer }: MessageCheckProps) {
  const router = useRouter();
  const [pending, startTransition] = useTransition();
  const ask = (pair: Pair) => startTransition(() => router.push(messageCheckHref(base, pair), { scroll: false }));
  const retry = () => startTransition(() => router.refresh());
  return (
    <div className="flex flex-col gap-6">
      <div className="flex flex-wrap items-end gap-x-3 gap-y-6">
        <Field label="Sender" className="min-w-56 flex-1">
          <UserPicker base={base} value={from} onChange={(userId) => ask({ from: userId, to })} />
        </Field>
        <Button icon={ArrowLeftRight} disabled={from === "" && to === ""} onClick={() => ask({ from: to, to: from })}>
          Swap
        </Button>
        <Field label="Recipient" className="min-w-56 flex-1">
          <UserPicker base={base} value={to} onChange={(userId) => ask({ from, to: userId })} />
        </Field>
      </div>
      <section
        aria-label="Verdict"
        aria-busy={pending}
        data-state={answer === null ? "empty" : answer.ok ? "ready" : "error"}
        className={cn(pending && "opacity-60")}
      >
        <Card>
          {answer === null ? (
            <EmptyState icon={MessageCircleQuestionMark} title="Can A message B?">
              <p>Choose a sender and a recipient to see which rules apply.</p>
            </EmptyState>
          ) : answer.ok ? (
            <Verdict base={base} explanation={answer.data} />
          ) : (
            <ErrorState title="Could not check" error={answer.error} onRetry={retry} />
          )}
        </Card>
      </section>
    </div>
  );
}
