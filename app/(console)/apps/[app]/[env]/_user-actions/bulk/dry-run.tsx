"use client";

import { reasonWords } from "@/components/jobs/job-words";
import { Button } from "@/components/ui/button";
import { formatCount, plural } from "@/components/ui/count-text";
import { Skeleton } from "@/components/ui/skeleton";
import type { ActionError } from "@/lib/console/action-result";
import type { BulkAct, BulkPlan } from "@/lib/core/bulk/schema";
import { connectionsText } from "../closed-connections";
import { BULK_WORDS } from "./bulk-acts";

/** "120 users", "more than 250,000 users". */
export const plannedUsers = ({ count, capped }: Pick<BulkPlan, "count" | "capped">): string =>
  `${capped ? "more than " : ""}${plural(count, "user")}`;

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

interface DryRunProps {
  kind: BulkAct["kind"];
  plan: BulkPlan | null;
  error: ActionError | null;
  onAgain: () => void;
  /** What becomes of their connections, where that is chosen with the act. */
  connections?: "close" | "stay" | undefined;
}

/** What an act would do: how many, and who not and why, with the first of each, and what becomes of their connections. */
export function DryRun({ kind, plan, error, onAgain, connections = BULK_WORDS[kind].connections }: DryRunProps) {
  const { will } = BULK_WORDS[kind];
  if (error !== null) {
    return (
      <div role="alert" className="flex flex-wrap items-center gap-2 text-13 text-danger-ink">
        <span>
          Could not find out who would be {will}: {error.message}
        </span>
        <Button size="sm" onClick={onAgain}>
          Try again
        </Button>
      </div>
    );
  }
  if (plan === null) {
    return (
      <div aria-busy="true" className="flex flex-col gap-2">
        <p className="sr-only">Finding out who would be {will}</p>
        <Skeleton className="w-3/4" />
        <Skeleton className="w-1/2" />
      </div>
    );
  }
  return (
    <section aria-label="Dry run" className="flex flex-col gap-2 rounded-md border px-3 py-2.5 text-13">
      <p role="status" className="font-medium">
        {plan.count === 0 ? `Nobody will be ${will}.` : `${sentence(plannedUsers(plan))} will be ${will}.`}
        {plan.count > 0 && plan.skippedCount > 0 ? ` ${formatCount(plan.skippedCount)} will not.` : ""}
      </p>
      {plan.count > 0 ? <Named ids={plan.first} count={plan.count} /> : null}
      {kind === "ban" && plan.banned > 0 ? (
        <p>{plural(plan.banned, "of them is", "of them are")} banned already. This ban replaces theirs.</p>
      ) : null}
      {connections && plan.count > 0 ? <p>{connectionsText(plan.connections, connections)}</p> : null}
      {plan.skipped.map(({ code, count, first }) => (
        <div key={code}>
          <p>
            {reasonWords(code)}: {formatCount(count)}
          </p>
          <Named ids={first} count={count} />
        </div>
      ))}
    </section>
  );
}

/** The first of them, and how many more. */
function Named({ ids, count }: { ids: readonly string[]; count: number }) {
  const shown = ids.slice(0, 5);
  return (
    <p className="text-ink-muted text-xs [overflow-wrap:anywhere]">
      {shown.join(", ")}
      {count > shown.length ? ` and ${formatCount(count - shown.length)} more` : ""}
    </p>
  );
}
