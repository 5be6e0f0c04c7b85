import Link from "next/link";
import type { Column } from "@/components/data-table/column";
import { userHref } from "@/components/layout/hrefs";
import { Badge } from "@/components/ui/badge";
import { formatCount } from "@/components/ui/count-text";
import { RelativeTime } from "@/components/ui/time";
import type { DeliveryRow } from "@/lib/core/webhooks/delivery-schema";
import { answerWords, nextWords, stateWords } from "./delivery-words";

interface Links {
  /** Of the environment's pages. */
  base: string;
  /** The address of a delivery's panel. */
  panelHref(id: string): string;
  openPanel(id: string): void;
}

export function deliveryColumns({ base, panelHref, openPanel }: Links): ReadonlyArray<Column<DeliveryRow>> {
  return [
    {
      id: "recorded",
      header: "Recorded",
      rowHeader: true,
      cell: (delivery) => (
        <a
          href={panelHref(delivery.id)}
          data-row-link
          className="rounded-sm hover:underline"
          onClick={(event) => {
            if (event.metaKey || event.ctrlKey || event.shiftKey) return;
            event.preventDefault();
            openPanel(delivery.id);
          }}
        >
          <RelativeTime date={delivery.createdAt} />
          <span className="sr-only">, details of delivery {delivery.id}</span>
        </a>
      ),
    },
    {
      id: "event",
      header: "Event",
      cell: ({ type }) => <code className="text-[0.92em]">{type}</code>,
    },
    {
      id: "user",
      header: "User",
      cell: ({ userId }) =>
        userId === null ? (
          <span className="text-ink-faint">None</span>
        ) : (
          <Link href={userHref(base, userId)} className="block max-w-48 truncate rounded-sm hover:underline">
            <code className="text-[0.92em]">{userId}</code>
          </Link>
        ),
    },
    {
      id: "state",
      header: "State",
      cell: (delivery) => {
        const { label, tone } = stateWords(delivery);
        return <Badge tone={tone}>{label}</Badge>;
      },
    },
    {
      id: "tries",
      header: "Tries",
      align: "right",
      cell: ({ attempts }) => <span className="tabular-nums">{formatCount(attempts)}</span>,
    },
    {
      id: "answer",
      header: "Last answer",
      className: "w-full",
      cell: ({ lastAnswer }) =>
        lastAnswer === null ? (
          <span className="text-ink-faint">None</span>
        ) : (
          <span className="block max-w-80 truncate text-ink-muted tabular-nums" title={lastAnswer.error || undefined}>
            {answerWords(lastAnswer)}
          </span>
        ),
    },
    {
      id: "next",
      header: "Next try",
      className: "pr-4",
      cell: (delivery) =>
        delivery.nextTryAt === null ? (
          <span className="text-ink-faint">{nextWords(delivery)}</span>
        ) : (
          <RelativeTime date={delivery.nextTryAt} />
        ),
    },
  ];
}
