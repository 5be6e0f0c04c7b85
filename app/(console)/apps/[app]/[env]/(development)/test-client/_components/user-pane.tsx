"use client";

import { Plug, Unplug } from "lucide-react";
import { useEffect, useState, useSyncExternalStore } from "react";
import { ActionErrorAlert } from "@/components/form/action-error";
import { Field } from "@/components/form/field";
import { useAction } from "@/components/form/use-action";
import { UserPicker } from "@/components/form/user-picker";
import { Button } from "@/components/ui/button";
import { Card } from "@/components/ui/card";
import type { ActionScope } from "@/lib/console/action";
import { issueTestTokenAction } from "../../../_user-actions/actions";
import { ConnectionState } from "./connection-state";
import { Conversation } from "./conversation";
import { FramesLog } from "./frames-log";
import { Sender } from "./sender";
import { TestSession } from "./test-session";

interface UserPaneProps {
  pane: "A" | "B";
  /** Chosen user, "" for none. */
  userId: string;
  /** The other pane's user. */
  other: string;
  onChoose: (userId: string) => void;
  scope: ActionScope;
  base: string;
  apiUrl: string;
  appKey: string;
  /** The browser would not connect; why stands above the panes. */
  unreachable: boolean;
}

/** One test user: choose, connect with a token issued on the spot, write, call, and read what passed. */
export function UserPane({ pane, userId, other, onChoose, scope, base, apiUrl, appKey, unreachable }: UserPaneProps) {
  const [session] = useState(() => new TestSession({ appKey, serverUrl: apiUrl }));
  const view = useSyncExternalStore(session.subscribe, session.view, session.view);
  useEffect(() => () => session.release(), [session]);
  const issue = useAction((id: string) => issueTestTokenAction(scope, { userId: id }));

  const live = view.state === "connecting" || view.state === "connected" || view.state === "suspended";
  // Names of controls stay apart when both panes hold the same user.
  const named = (id: string) => (id === "" ? `user ${pane}` : id === other ? `${id} (${pane})` : id);
  const who = named(live ? view.userId : userId);
  const connect = async () => {
    const issued = await issue.run(userId);
    if (issued.ok) await session.connect(userId, issued.data.accessToken);
  };
  const choose = (id: string) => {
    issue.reset();
    onChoose(id);
  };
  return (
    <Card aria-label={`User ${pane}`} data-state={view.state} className="flex min-w-0 flex-col gap-4 p-4">
      <h2 className="font-semibold text-sm">User {pane}</h2>
      <div className="mb-1 flex flex-wrap items-end gap-2">
        {live ? (
          <p className="flex h-8 min-w-0 flex-1 items-center">
            <code className="truncate font-medium">{view.userId}</code>
          </p>
        ) : (
          <Field label={`ID or name of user ${pane}`} className="min-w-48 flex-1">
            <UserPicker base={base} value={userId} onChange={choose} />
          </Field>
        )}
        {live ? (
          <Button icon={Unplug} aria-label={`Disconnect ${who}`} onClick={() => session.disconnect()}>
            Disconnect
          </Button>
        ) : (
          <Button
            variant="primary"
            icon={Plug}
            aria-label={`Connect ${who}`}
            disabled={userId === "" || unreachable}
            pending={issue.pending}
            onClick={connect}
          >
            Connect
          </Button>
        )}
      </div>
      <ActionErrorAlert error={issue.error} title={`No token for ${userId}`} />
      <ConnectionState view={view} base={base} />
      <Sender
        session={session}
        enabled={view.state === "connected"}
        from={live ? view.userId : userId}
        who={who}
        other={other}
        base={base}
      />
      <Conversation entries={view.entries} who={who} base={base} />
      <FramesLog frames={view.frames} who={who} onClear={() => session.clearFrames()} />
    </Card>
  );
}
