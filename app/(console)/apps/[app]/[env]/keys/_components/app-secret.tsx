"use client";

import { useQuery } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { ActionErrorAlert } from "@/components/form/action-error";
import { SecretField } from "@/components/form/secret-field";
import { useAction } from "@/components/form/use-action";
import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { countText } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { RelativeTime } from "@/components/ui/time";
import type { CappedCount } from "@/lib/core/paging/page-size";
import { lowestRole } from "@/lib/core/permissions";
import { connectionsText } from "../../_user-actions/closed-connections";
import { DisconnectField } from "../../_user-actions/disconnect-field";
import { refreshAppSecret, revealAppSecret } from "../actions";

interface Props {
  scope: Scope;
  environment: "development" | "production";
  appName: string;
  refreshedAt: Date;
  mayReveal: boolean;
  mayRefresh: boolean;
  /** Production on the free plan: nothing can be changed. */
  closed: boolean;
}

interface Online {
  readonly connections: CappedCount;
}

/** What becomes of the open connections, with their number once it is known. */
function connectionsOf(online: Online | undefined, disconnect: boolean): string {
  if (online === undefined) return disconnect ? "Open connections close." : "Open connections stay open.";
  const { count, capped } = online.connections;
  if (capped)
    return `More than ${countText({ count, capped: false })} connections ${disconnect ? "close" : "stay open"}.`;
  return connectionsText(count, disconnect ? "close" : "stay");
}

/** Hidden until asked for. Each reveal is written into the audit log; nothing keeps it when the page is left. */
export function AppSecret({ scope, environment, appName, refreshedAt, mayReveal, mayRefresh, closed }: Props) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const [fresh, setFresh] = useState(false);
  const [asking, setAsking] = useState(false);
  const [disconnect, setDisconnect] = useState(true);
  const online = useQuery({
    queryKey: ["overview", "online", scope.app, scope.env],
    queryFn: ({ signal }) => fetchJson<Online>(`/api/apps/${scope.app}/${scope.env}/overview/online`, signal),
    enabled: asking,
  });
  const connections = connectionsOf(online.data, disconnect);
  const opener = useRef<HTMLButtonElement>(null);
  const reveal = useAction((_: null) => revealAppSecret(scope));
  const show = async () => {
    const result = await reveal.run(null);
    if (result.ok) setSecret(result.data.appSecret);
  };
  return (
    <div className="flex flex-col gap-3">
      <SecretField
        label="App Secret"
        name="App Secret"
        secret={secret}
        mayReveal={mayReveal}
        pending={reveal.pending}
        onReveal={() => void show()}
        onHide={() => {
          setSecret(null);
          setFresh(false);
        }}
      >
        <Button
          ref={opener}
          icon={RotateCw}
          variant="danger-quiet"
          disabled={!mayRefresh}
          onClick={() => setAsking(true)}
        >
          Refresh App Secret…
        </Button>
      </SecretField>
      <p className="text-ink-faint text-xs">
        {closed
          ? "Production is closed. Upgrade the plan to see or refresh its App Secret."
          : mayReveal
            ? "The audit log records each reveal."
            : `Only the role ${lowestRole("keys.reveal")} or higher can reveal and refresh it. An owner can change your role under Operators.`}{" "}
        Last refreshed <RelativeTime real date={refreshedAt} />.
      </p>
      <ActionErrorAlert error={reveal.error} title="Could not reveal the App Secret" />
      {fresh ? (
        <Alert tone="warn" role="status" title="The new App Secret is active">
          Put it in your app server now. Until then, its requests are refused with code 1004.
        </Alert>
      ) : null}
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        returnFocusTo={opener}
        title="Refresh the App Secret?"
        environment={environment}
        effect={`${appName} gets a new App Secret for ${environment}. The current one stops working at once.`}
        consequences={[
          "All access tokens become invalid. Users can’t connect until your app server issues new ones.",
          "Your app server’s requests are refused with code 1004 until it signs with the new secret.",
          `${connections} The App Key stays the same.`,
        ]}
        undo="This cannot be undone."
        confirmLabel="Refresh App Secret"
        phrase={environment === "production" ? `refresh ${appName} production` : undefined}
        onConfirm={() => refreshAppSecret(scope, { disconnect })}
        onDone={(data) => {
          setSecret(data.appSecret);
          setFresh(true);
          notify.success("App Secret refreshed.");
          router.refresh();
        }}
      >
        <DisconnectField checked={disconnect} onChange={setDisconnect} />
      </ConfirmDialog>
    </div>
  );
}
