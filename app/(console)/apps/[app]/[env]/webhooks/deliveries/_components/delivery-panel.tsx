"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { History } from "lucide-react";
import { useList } from "@/components/data-table/list";
import { EndpointError } from "@/components/failure/endpoint-error";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";
import { ActionErrorAlert } from "@/components/form/action-error";
import { useAction } from "@/components/form/use-action";
import type { Scope } from "@/components/layout/quota-query";
import { Badge } from "@/components/ui/badge";
import { Button, LinkButton } from "@/components/ui/button";
import { formatCount } from "@/components/ui/count-text";
import { CodeBlock, Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { notify } from "@/components/ui/notify";
import { SidePanel } from "@/components/ui/side-panel";
import { ErrorState } from "@/components/ui/states";
import { AbsoluteTime } from "@/components/ui/time";
import { countsKey } from "../../_components/delivery-counts-query";
import { replayDelivery } from "../../actions";
import { DeliveryUsers } from "./delivery-users";
import { isReplayable, nextWords, stateWords } from "./delivery-words";
import { type DeliveryAnswer, Tries } from "./tries";

/** While an event is on its way its panel follows it. */
const POLL_MS = 2_000;

interface Props {
  scope: Scope;
  base: string;
  /** Null: closed. */
  deliveryId: string | null;
  mayReplay: boolean;
  onClose(): void;
  /** Puts the focus back where the panel was opened. */
  onClosed(): void;
}

/** One delivery beside the list: how it stands, every try, and the envelope exactly as it is sent. */
export function DeliveryPanel({ scope, base, deliveryId, mayReplay, onClose, onClosed }: Props) {
  const delivery = useQuery({
    queryKey: ["webhook-delivery", scope.app, scope.env, deliveryId],
    queryFn: ({ signal }) =>
      fetchJson<DeliveryAnswer>(
        `/api/apps/${scope.app}/${scope.env}/webhooks/deliveries/${encodeURIComponent(deliveryId ?? "")}`,
        signal,
      ),
    enabled: deliveryId !== null,
    retry: false,
    refetchInterval: ({ state }) =>
      state.data?.state === "waiting" || state.data?.state === "failing" ? POLL_MS : false,
  });
  return (
    <SidePanel
      open={deliveryId !== null}
      kicker={`Delivery ${deliveryId}`}
      title={
        <span className="font-semibold">
          {delivery.data?.type ?? (isUnknown(delivery.error) ? "No such delivery" : "Delivery")}
        </span>
      }
      busy={delivery.isPending}
      onClose={onClose}
      onClosed={onClosed}
    >
      {delivery.data ? (
        <Detail scope={scope} base={base} delivery={delivery.data} mayReplay={mayReplay} />
      ) : delivery.isError ? (
        <LoadError base={base} error={delivery.error} onRetry={() => void delivery.refetch()} />
      ) : (
        <p role="status" className="text-13 text-ink-muted">
          Loading…
        </p>
      )}
    </SidePanel>
  );
}

const isUnknown = (error: Error | null) => error instanceof EndpointError && error.error.code === "not_found";

function LoadError({ base, error, onRetry }: { base: string; error: Error; onRetry: () => void }) {
  if (isUnknown(error)) {
    return (
      <div className="flex flex-col items-start gap-3 text-13 text-ink-muted">
        <p>
          No delivery has this number here. It may belong to another environment or be too old: delivered ones are kept
          for 7 days, given-up ones for 30.
        </p>
        <LinkButton size="sm" href={`${base}/webhooks/deliveries`}>
          All deliveries
        </LinkButton>
      </div>
    );
  }
  return <ErrorState title="Could not load the delivery" error={failureOfThrown(error, "read")} onRetry={onRetry} />;
}

function Detail({
  scope,
  base,
  delivery,
  mayReplay,
}: Pick<Props, "scope" | "base" | "mayReplay"> & { delivery: DeliveryAnswer }) {
  const client = useQueryClient();
  const { refresh } = useList();
  const replay = useAction(() => replayDelivery(scope, { deliveryId: delivery.id }));
  const { label, tone } = stateWords(delivery);
  const onReplay = async () => {
    const result = await replay.run(undefined);
    await client.invalidateQueries({ queryKey: ["webhook-delivery", scope.app, scope.env, delivery.id] });
    if (!result.ok) return;
    notify.success(`Sending ${delivery.type} again.`);
    void client.invalidateQueries({ queryKey: countsKey(scope) });
    refresh();
  };
  return (
    <div className="flex flex-col gap-5">
      <section aria-label="Facts">
        <KeyValueList
          items={[
            {
              key: "State",
              value: (
                <span role="status">
                  <Badge tone={tone}>{label}</Badge>
                </span>
              ),
            },
            { key: "Happened", value: <AbsoluteTime to="second" date={delivery.createdAt} /> },
            ...(delivery.deliveredAt === null
              ? []
              : [{ key: "Delivered", value: <AbsoluteTime to="second" date={delivery.deliveredAt} /> }]),
            ...(delivery.deadAt === null
              ? []
              : [{ key: label, value: <AbsoluteTime to="second" date={delivery.deadAt} /> }]),
            {
              key: "Next try",
              value:
                delivery.nextTryAt === null ? (
                  nextWords(delivery)
                ) : (
                  <AbsoluteTime to="second" date={delivery.nextTryAt} />
                ),
            },
            ...(delivery.state === "waiting" || delivery.state === "failing"
              ? [{ key: "Tried until", value: <AbsoluteTime to="second" date={delivery.giveUpAt} /> }]
              : []),
            { key: "User", value: <DeliveryUsers base={base} users={delivery.userId} /> },
            { key: "Event ID", value: <Id value={delivery.eventId} copyLabel="Copy event ID" /> },
          ]}
        />
      </section>
      {mayReplay && isReplayable(delivery) ? (
        <div className="flex flex-col gap-2">
          <div className="flex flex-wrap items-center gap-3">
            <Button icon={History} pending={replay.pending} onClick={onReplay}>
              Replay
            </Button>
            <p className="text-ink-faint text-xs">
              Sends it again with the same ID, after what waits for the same user.
            </p>
          </div>
          <ActionErrorAlert error={replay.error} title="Could not replay" />
        </div>
      ) : null}
      <section aria-label="Tries" className="flex flex-col gap-2">
        <h3 className="font-medium text-13">
          Tries <span className="font-normal text-ink-muted tabular-nums">{formatCount(delivery.attempts)}</span>
        </h3>
        <Tries delivery={delivery} />
      </section>
      <section aria-label="Envelope" className="flex flex-col gap-2">
        <h3 className="font-medium text-13">Envelope</h3>
        <CodeBlock code={JSON.stringify(JSON.parse(delivery.envelope), null, 2)} label="envelope as JSON" />
        <p className="text-ink-faint text-xs">Sent as one line.</p>
      </section>
    </div>
  );
}
