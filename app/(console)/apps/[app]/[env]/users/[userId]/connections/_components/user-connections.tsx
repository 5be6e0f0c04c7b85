"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCw, Unplug } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { ErrorReference } from "@/components/failure/error-reference";
import { failureOf } from "@/components/failure/failure";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";
import { Switch } from "@/components/form/switch";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { formatCount, plural } from "@/components/ui/count-text";
import { Menu, MenuItem } from "@/components/ui/menu";
import { notify } from "@/components/ui/notify";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import type { ActionResult } from "@/lib/console/action-result";
import { PLATFORMS } from "@/lib/core/presence/facts";
import type { ConnectionList } from "@/lib/core/presence/list-connections";
import { closedConnectionsText } from "../../../../_user-actions/closed-connections";
import { closeConnectionsAction } from "../../actions";
import { type Closing, closingInput, closingWords } from "./closing";

type Row = ConnectionList["connections"][number];

/** A list that came as JSON has its times as text. */
type ListJson = { connections: (Omit<Row, "connectedAt"> & { connectedAt: string })[]; capped: boolean };

const POLL_MS = 5_000;

/** What the client says of itself: up to 64 characters of anything, on one line; the whole of it in `title`. */
function Given({ text, code }: { text: string; code?: boolean }) {
  if (text === "") return <span className="text-ink-faint">Not given</span>;
  const Text = code ? "code" : "span";
  return (
    <Text className="block truncate" title={text}>
      {text}
    </Text>
  );
}

const columns = (
  end: (which: "one" | "others", row: Row, opener: HTMLElement) => void,
  noEnd: string | null,
  hasOthers: boolean,
): ReadonlyArray<Column<Row>> => [
  { id: "platform", header: "Platform", rowHeader: true, className: "min-w-28", cell: (row) => row.platform },
  { id: "device", header: "Device", className: "max-w-56 min-w-32", cell: (row) => <Given text={row.device} /> },
  { id: "sdk", header: "SDK", className: "max-w-56 min-w-32", cell: (row) => <Given code text={row.sdk} /> },
  { id: "ip", header: "Address", className: "min-w-32", cell: (row) => <code>{row.ip}</code> },
  {
    id: "since",
    header: "Since",
    className: "min-w-32 text-ink-muted",
    cell: (row) => <RelativeTime date={row.connectedAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-20 pr-3",
    cell: (row) => (
      <span className="flex justify-end gap-1.5">
        {hasOthers ? (
          <Button
            size="sm"
            variant="ghost"
            disabled={noEnd !== null}
            title={noEnd ?? undefined}
            aria-label={`Close all but the ${row.platform} connection from ${row.ip}`}
            onClick={(event) => end("others", row, event.currentTarget)}
          >
            Close others…
          </Button>
        ) : null}
        <Button
          size="sm"
          variant="danger-quiet"
          disabled={noEnd !== null}
          title={noEnd ?? undefined}
          aria-label={`Close the ${row.platform} connection from ${row.ip}`}
          onClick={(event) => end("one", row, event.currentTarget)}
        >
          Close…
        </Button>
      </span>
    ),
  },
];

interface UserConnectionsProps {
  userId: string;
  list: ActionResult<ConnectionList>;
}

/** A user's live connections; one or all of them can be closed. */
export function UserConnections(props: UserConnectionsProps) {
  return (
    <List>
      <Connections {...props} />
    </List>
  );
}

/** No timer replaces rows unless the operator asks for it: with "Live", `?live=on`, they are read anew every few seconds. */
function Connections({ userId, list }: UserConnectionsProps) {
  const { search, go } = useList();
  const live = new URLSearchParams(search).get("live") === "on";
  const liveId = useId();
  const { scope, environment, whyNot } = useEnvironmentScope();
  const queries = useQueryClient();
  const router = useRouter();
  const [closing, setClosing] = useState<Closing | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const platformButton = useRef<HTMLButtonElement>(null);
  const noEnd = whyNot("connections.close");
  const queryKey = ["users", scope.app, scope.env, "connections", userId];
  const { data, error, isFetching, refetch } = useQuery({
    queryKey,
    queryFn: async ({ signal }): Promise<ConnectionList> => {
      const address = `/api/apps/${scope.app}/${scope.env}/users/${encodeURIComponent(userId)}/connections`;
      const { connections, capped } = await fetchJson<ListJson>(address, signal);
      return { connections: connections.map((row) => ({ ...row, connectedAt: new Date(row.connectedAt) })), capped };
    },
    initialData: list.ok ? list.data : undefined,
    refetchInterval: live ? POLL_MS : false,
  });
  // What somebody did on this page, such as a ban, has the page read anew: its list is newer than what was read before.
  const given = list.ok ? list.data : undefined;
  useEffect(() => {
    if (given !== undefined) queries.setQueryData(["users", scope.app, scope.env, "connections", userId], given);
  }, [given, queries, scope.app, scope.env, userId]);
  const rows = data?.connections ?? [];
  const unread = error === null ? null : failureOfThrown(error, "read");
  const failed = data === undefined ? (unread ?? (list.ok ? null : list.error)) : null;
  const rowIds = rows.map((row) => row.id).join();
  const pageIds = list.ok ? list.data.connections.map((row) => row.id).join() : rowIds;
  const followed = useRef(rowIds);
  // What stands above the table counts the same connections: it must not go on saying what was.
  useEffect(() => {
    if (followed.current === rowIds) return;
    followed.current = rowIds;
    if (rowIds !== pageIds) router.refresh();
  }, [rowIds, pageIds, router]);
  const shown = useMemo(
    () =>
      columns(
        (which, row, from) => {
          opener.current = from;
          setClosing({ which, row });
        },
        noEnd,
        rows.length > 1,
      ),
    [noEnd, rows.length],
  );
  const platforms = PLATFORMS.filter((platform) => rows.some((row) => row.platform === platform));
  const changed = () => {
    void queries.invalidateQueries({ queryKey });
    router.refresh();
  };

  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-3">
        <p role="status" className="mr-auto text-13 text-ink-muted">
          {rows.length === 0 ? "" : `${data?.capped ? "The newest " : ""}${plural(rows.length, "connection")}`}
          {noEnd === null ? "" : `${rows.length === 0 ? "" : ". "}Closing connections: ${noEnd}`}
        </p>
        <div className="flex items-center gap-2 text-13 text-ink-muted">
          <Switch
            aria-labelledby={liveId}
            checked={live}
            onCheckedChange={(on) => go({ live: on ? "on" : null }, "replace")}
          />
          <span id={liveId}>Live, every 5 seconds</span>
        </div>
        {live ? null : (
          <Button icon={RotateCw} pending={isFetching} onClick={() => void refetch()}>
            Refresh
          </Button>
        )}
        <Button
          icon={Unplug}
          variant="danger-quiet"
          disabled={noEnd !== null || rows.length === 0}
          title={noEnd ?? (rows.length === 0 ? "No connection is open." : undefined)}
          onClick={(event) => {
            opener.current = event.currentTarget;
            setClosing({ which: "all" });
          }}
        >
          Close all…
        </Button>
        {platforms.length > 1 ? (
          <Menu
            trigger={
              <Button ref={platformButton} variant="danger-quiet" disabled={noEnd !== null} title={noEnd ?? undefined}>
                Close a platform…
              </Button>
            }
          >
            {platforms.map((platform) => (
              <MenuItem
                key={platform}
                danger
                onSelect={() => {
                  opener.current = platformButton.current;
                  setClosing({ which: "platform", platform });
                }}
              >
                {platform} ({formatCount(rows.filter((row) => row.platform === platform).length)})
              </MenuItem>
            ))}
          </Menu>
        ) : null}
      </div>
      {unread !== null && data !== undefined ? (
        <Alert tone="warn" role="status" title="These connections may be out of date">
          <p>They could not be read again. {failureOf(unread, "read").sentence}</p>
          <ErrorReference code={unread.code} requestId={unread.requestId} />
        </Alert>
      ) : null}
      <DataTable
        caption="Live connections of this user"
        columns={shown}
        rows={rows}
        rowId={(row) => row.id}
        testIdPrefix="connection-row"
        state={failed ? "error" : rows.length > 0 ? "ready" : "empty"}
        footer={null}
      >
        {failed ? (
          <ErrorState title="Could not load the connections" error={failed} onRetry={() => void refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState icon={Unplug} title={`${userId} is not connected`}>
            <p>Connections appear here as soon as a client connects.</p>
          </EmptyState>
        ) : null}
      </DataTable>
      {closing !== null ? (
        <ConfirmDialog
          onClose={() => setClosing(null)}
          returnFocusTo={opener}
          environment={environment}
          {...closingWords(userId, closing)}
          consequences={[
            "The client doesn’t reconnect by itself (code 31010).",
            "The user can connect again with the same token. To keep them out, ban them.",
          ]}
          onConfirm={() => closeConnectionsAction(scope, closingInput(userId, closing))}
          onDone={(closed) => {
            changed();
            notify.success(closedConnectionsText(closed));
          }}
        />
      ) : null}
    </div>
  );
}
