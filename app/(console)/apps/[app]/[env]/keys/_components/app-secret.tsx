"use client";

import { Eye, EyeOff, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useAction } from "@/components/form/use-action";
import type { Scope } from "@/components/layout/quota-query";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { CopyButton } from "@/components/ui/copy-button";
import { RelativeTime } from "@/components/ui/time";
import { notify } from "@/components/ui/toaster";
import { lowestRole } from "@/lib/core/permissions";
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

/** Hidden until asked for. Each reveal is written into the audit log; nothing keeps it when the page is left. */
export function AppSecret({ scope, environment, appName, refreshedAt, mayReveal, mayRefresh, closed }: Props) {
  const router = useRouter();
  const [secret, setSecret] = useState<string | null>(null);
  const [fresh, setFresh] = useState(false);
  const [asking, setAsking] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const reveal = useAction((_: null) => revealAppSecret(scope));
  const show = async () => {
    const result = await reveal.run(null);
    if (result.ok) setSecret(result.data.appSecret);
  };
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-end gap-2">
        <Field label="App Secret" className="min-w-0 max-w-md flex-1 basis-64">
          <Input
            readOnly
            value={secret ?? "•".repeat(32)}
            onFocus={(event) => (secret ? event.target.select() : undefined)}
            className="font-mono text-13"
          />
        </Field>
        {secret === null ? (
          <Button icon={Eye} pending={reveal.pending} disabled={!mayReveal} onClick={() => void show()}>
            Reveal App Secret
          </Button>
        ) : (
          <>
            <CopyButton text={secret} label="Copy App Secret" withText size="md" />
            <Button
              icon={EyeOff}
              onClick={() => {
                setSecret(null);
                setFresh(false);
              }}
            >
              Hide App Secret
            </Button>
          </>
        )}
        <Button
          ref={opener}
          icon={RotateCw}
          variant="danger-quiet"
          disabled={!mayRefresh}
          onClick={() => setAsking(true)}
        >
          Refresh App Secret…
        </Button>
      </div>
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
          "Open connections stay open. The App Key stays the same.",
        ]}
        undo="This cannot be undone."
        confirmLabel="Refresh App Secret"
        phrase={environment === "production" ? `refresh ${appName} production` : undefined}
        onConfirm={() => refreshAppSecret(scope)}
        onDone={(data) => {
          setSecret(data.appSecret);
          setFresh(true);
          notify.success("App Secret refreshed.");
          router.refresh();
        }}
      />
    </div>
  );
}
