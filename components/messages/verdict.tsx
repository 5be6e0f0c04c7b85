import { CircleCheck, CircleMinus, CircleX } from "lucide-react";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import { CardBody, CardFooter } from "@/components/ui/card";
import { cn } from "@/components/ui/class-names";
import { Link } from "@/components/ui/link";
import { RelativeTime } from "@/components/ui/time";
import type { MayMessageExplanation } from "@/lib/core/messages/explain-may-message";
import type { ExplainedStep } from "@/lib/core/messages/may-message";
import { stepWords } from "./step-words";

interface VerdictProps {
  base: string;
  explanation: MayMessageExplanation;
}

/** Yes or no, then each rule in its order with what it comes to and where to change it. */
export function Verdict({ base, explanation }: VerdictProps) {
  const { from, to, allowed, steps } = explanation;
  const refusing = steps.find(({ reached, holds }) => reached && !holds);
  return (
    <>
      <CardBody className="flex flex-col gap-4 pt-4">
        <Alert
          role="status"
          tone={allowed ? "ok" : "danger"}
          title={
            allowed ? `Yes, ${from.userId} can message ${to.userId}.` : `No, ${from.userId} can’t message ${to.userId}.`
          }
        >
          {refusing === undefined ? null : stepWords(refusing.step, explanation, base).finding}
          {allowed && to.bannedUntil !== null ? (
            <>
              {to.userId}’s ban ends <RelativeTime date={to.bannedUntil} />. Until then, messages wait for up to seven
              days.
            </>
          ) : null}
        </Alert>
        <ol aria-label="Rules in order" className="flex flex-col divide-y rounded-lg border">
          {steps.map((step) => (
            <Step key={step.step} step={step} {...stepWords(step.step, explanation, base)} />
          ))}
        </ol>
      </CardBody>
      <CardFooter>
        <p>
          For messages from your app server, only two rules apply: the recipient is registered and, with
          verifyBlocklist, hasn’t blocked the sender.
        </p>
      </CardFooter>
    </>
  );
}

function Step({ step, question, finding, links }: { step: ExplainedStep } & ReturnType<typeof stepWords>) {
  const { holds, reached } = step;
  const Icon = reached ? (holds ? CircleCheck : CircleX) : CircleMinus;
  return (
    <li className="flex flex-wrap items-start gap-x-3 gap-y-2 px-3 py-2.5 text-13">
      <Icon
        aria-hidden
        className={cn(
          "mt-0.5 size-4 shrink-0",
          reached ? (holds ? "text-ok-ink" : "text-danger-ink") : "text-ink-faint",
        )}
      />
      <div className="flex min-w-48 flex-1 flex-col gap-0.5 [overflow-wrap:anywhere]">
        <p className="flex flex-wrap items-center gap-2 font-medium text-ink">
          {question}
          <OutcomeBadge holds={holds} reached={reached} />
        </p>
        <p className="text-ink-muted">{finding}</p>
      </div>
      <p className="flex flex-wrap gap-x-3 gap-y-1 max-sm:basis-full max-sm:pl-7">
        {links.map(({ href, label }) => (
          <Link key={href} href={href} className="text-accent-ink underline-offset-2 hover:underline">
            {label}
          </Link>
        ))}
      </p>
    </li>
  );
}

/** After the rule that refuses, the others are not asked; what they would say helps whoever changes that one. */
function OutcomeBadge({ holds, reached }: { holds: boolean; reached: boolean }) {
  if (reached) return holds ? <Badge tone="ok">Passes</Badge> : <Badge tone="danger">Refuses</Badge>;
  return <Badge>{holds ? "Not reached; would pass" : "Not reached; would refuse"}</Badge>;
}
