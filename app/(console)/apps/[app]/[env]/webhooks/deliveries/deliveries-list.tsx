import { Send } from "lucide-react";
import { PanelLink } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import type { AddressPanel } from "@/components/ui/address-overlay";
import { Badge } from "@/components/ui/badge";
import { LinkButton } from "@/components/ui/button";
import { formatCount } from "@/components/ui/count-text";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { DeliveryListQuery, DeliveryRow } from "@/lib/core/webhooks/delivery-schema";
import { DELIVERY_TYPES } from "@/lib/core/webhooks/facts";
import { DeliveryUsers } from "./_components/delivery-users";
import { answerWords, nextWords, STATES, stateWords } from "./_components/delivery-words";
import { UserFilter } from "./_components/user-filter";

interface DeliveriesListGiven {
  readonly base: string;
  /** Where a delivery opens. */
  readonly panel: AddressPanel;
  readonly hasAddress: boolean;
}

export const deliveriesList: ListDefinition<DeliveryRow, DeliveryListQuery, DeliveriesListGiven> = {
  defaults: { size: 25 },
  caption: "Deliveries",
  row: ["delivery", "deliveries"],
  what: "the deliveries",
  testId: "delivery",
  exported: "deliveries",
  kept: "deliveries",
  views: true,
  newer: { list: "deliveries" },
  rowId: (delivery) => delivery.id,
  filters: [
    {
      kind: "own",
      names: ["user"],
      chip: ({ user }) => (user === undefined || user === "" ? null : `User: ${user}`),
      Control: UserFilter,
    },
    {
      kind: "choice",
      name: "state",
      label: "State",
      any: "Any state",
      options: {
        waiting: STATES.waiting.label,
        failing: STATES.failing.label,
        delivered: STATES.delivered.label,
        dead: STATES.dead.label,
      },
    },
    {
      kind: "choice",
      name: "type",
      label: "Event",
      any: "Any event",
      options: Object.fromEntries(DELIVERY_TYPES.map((type) => [type, type])),
    },
  ],
  columns: [
    {
      id: "recorded",
      header: "Recorded",
      rowHeader: true,
      cell: (delivery, { panel }) => (
        <PanelLink panel={panel} id={delivery.id}>
          <RelativeTime date={delivery.createdAt} />
          <span className="sr-only">, details of delivery {delivery.id}</span>
        </PanelLink>
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
      cell: ({ userId }, { base }) => <DeliveryUsers base={base} users={userId} />,
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
  ],
  empty: (_query, { base, hasAddress }) => (
    <EmptyState
      icon={Send}
      title="Nothing has been delivered yet"
      actions={
        <LinkButton href={`${base}/webhooks`}>{hasAddress ? "Send a test ping" : "Set the receiver"}</LinkButton>
      }
    >
      <p>
        {hasAddress
          ? "Events appear here with every try and its answer."
          : "Set an address and choose events. Each delivery then appears here with every try."}
      </p>
    </EmptyState>
  ),
};
