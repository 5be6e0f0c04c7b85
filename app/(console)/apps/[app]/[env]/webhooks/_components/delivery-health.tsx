"use client";

import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { formatCount, plural } from "@/components/ui/count-text";
import { Link } from "@/components/ui/link";
import { AbsoluteTime } from "@/components/ui/time";
import { COUNT_CAP } from "@/lib/core/paging/facts";
import type { DeliveryState } from "@/lib/core/webhooks/delivery-schema";
import { type CountsAnswer, useDeliveryCounts } from "./delivery-counts-query";

interface Props {
  scope: Scope;
  /** Of the delivery log. */
  logHref: string;
  hasAddress: boolean;
  initial: CountsAnswer;
  /** Unix milliseconds. */
  readAt: number;
}

const shown = (count: number) => `${formatCount(count)}${count >= COUNT_CAP ? "+" : ""}`;

const COUNTS: ReadonlyArray<{ key: Exclude<DeliveryState, "delivered">; words: string }> = [
  { key: "waiting", words: "waiting" },
  { key: "failing", words: "failing" },
  { key: "dead", words: "given up" },
];

/** What waits, fails and was given up, as it changes; and why nothing moves, when nothing does. */
export function DeliveryHealth({ scope, logHref, hasAddress, initial, readAt }: Props) {
  const { data: counts, isError } = useDeliveryCounts(scope, initial, readAt);
  const pending = counts.waiting + counts.failing;
  return (
    <section aria-label="State of deliveries" className="flex flex-col gap-3">
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-13">
        {COUNTS.map(({ key, words }) => (
          <li key={key}>
            <Link href={`${logHref}?state=${key}`} className="rounded-sm text-ink-muted hover:text-ink hover:underline">
              <span className="font-medium text-ink tabular-nums">{shown(counts[key])}</span> {words}
            </Link>
          </li>
        ))}
        {isError ? <li className="text-ink-faint">Can’t read the counts. Trying again.</li> : null}
      </ul>
      {counts.pausedUntil !== null ? (
        <Alert tone="warn" title="The receiver isn’t answering in time">
          Deliveries pause until <AbsoluteTime to="second" date={counts.pausedUntil} />, then resume one event at a time
          until it answers. Nothing is lost.
        </Alert>
      ) : null}
      {!hasAddress && pending > 0 ? (
        <Alert tone="warn" title={`${plural(pending, "event")} waiting for an address`}>
          Events are given up after 24 hours.
        </Alert>
      ) : null}
    </section>
  );
}
