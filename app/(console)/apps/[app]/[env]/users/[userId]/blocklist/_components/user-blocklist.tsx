"use client";

import { CircleSlash, ShieldCheck } from "lucide-react";
import type { RefObject } from "react";
import { serverApiCalls } from "@/components/code/server-api-calls";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { userHref } from "@/components/layout/hrefs";
import { Button } from "@/components/ui/button";
import { formatCount, plural, tabCount } from "@/components/ui/count-text";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { TabLinks } from "@/components/ui/tab-links";
import { RelativeTime } from "@/components/ui/time";
import { notify } from "@/components/ui/toaster";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import { UserCell } from "@/components/users/user-cell";
import { whySoftDeleted } from "@/components/users/user-status";
import type { ActionResult } from "@/lib/console/action-result";
import type { BlockRow, UserBlocksQuery } from "@/lib/core/blocklist/list-schema";
import type { CappedCount, Page } from "@/lib/core/paging/page-size";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { UserIdDialog } from "../../_components/user-id-dialog";
import { blockUsersAction } from "../../actions";
import { useUnblock } from "./use-unblock";

const columns = (unblock: (otherId: string) => void, locked: string | null): ReadonlyArray<Column<BlockRow>> => [
  {
    id: "user",
    header: "User",
    rowHeader: true,
    className: "sm:min-w-64",
    cell: (block) => <UserCell userId={block.userId} name={block.name} avatarUrl={block.avatarUrl} tab="blocklist" />,
  },
  {
    id: "since",
    header: "Since",
    className: "min-w-32 text-ink-muted",
    cell: (block) => <RelativeTime date={block.blockedAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-24 pr-3",
    cell: (block) => (
      <Button
        size="sm"
        className="focus-inset"
        disabled={locked !== null}
        title={locked ?? undefined}
        aria-label={`Unblock ${block.userId}`}
        onClick={() => unblock(block.userId)}
      >
        Unblock
      </Button>
    ),
  },
];

interface UserBlocklistProps {
  user: UserDetail;
  query: UserBlocksQuery;
  page: ActionResult<Page<BlockRow>>;
  /** How many users block this one; null when they could not be counted. */
  blockedBy: CappedCount | null;
}

/** Whom this user blocks, and who blocks this user. */
export function UserBlocklist(props: UserBlocklistProps) {
  return (
    <List>
      <Blocklist {...props} />
    </List>
  );
}

function Blocklist({ user, query, page, blockedBy }: UserBlocklistProps) {
  const { base, whyNot } = useEnvironmentScope();
  const { refresh } = useList();
  const { userId } = user;
  const dialog = useOpenDialog<"block">();
  const unblock = useUnblock(refresh);
  const blocks = query.view === "blocks";
  const noRole = whyNot("blocklist.change");
  const noBlock = noRole ?? whySoftDeleted(user);
  const rows = page.ok ? page.data.rows : [];
  const tab = userHref(base, userId, "blocklist");
  return (
    <div className="flex flex-col gap-4">
      <TabLinks
        label="Blocklist"
        tabs={[
          {
            href: tab,
            label: "Blocks",
            current: blocks,
            count: user.blockedCount > 0 ? formatCount(user.blockedCount) : undefined,
          },
          { href: `${tab}?view=blocked-by`, label: "Blocked by", current: !blocks, count: tabCount(blockedBy) },
        ]}
      />
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-13 text-ink-muted">
          {blocks
            ? `These users cannot send direct messages to ${userId}, nor ask for friendship. Existing friendships stay.`
            : `${userId} cannot send direct messages to these users.`}
          {noRole ? ` Blocking and unblocking: ${noRole}` : ""}
        </p>
        {blocks ? (
          <Button
            icon={CircleSlash}
            disabled={noBlock !== null}
            title={noBlock ?? undefined}
            onClick={(event) => dialog.show("block", event.currentTarget)}
          >
            Block user…
          </Button>
        ) : null}
      </div>
      <DataTable
        caption={blocks ? `Users whom ${userId} blocks` : `Users who block ${userId}`}
        columns={columns((other) => (blocks ? unblock(userId, other) : unblock(other, userId)), noRole)}
        rows={rows}
        rowId={(block) => block.userId}
        testIdPrefix="block-row"
        state={!page.ok ? "error" : rows.length > 0 ? "ready" : "empty"}
        footer={
          page.ok && rows.length > 0 ? (
            <Pager previous={page.data.previous} next={page.data.next} size={query.size}>
              {plural(rows.length, "user")} on this page
            </Pager>
          ) : null
        }
      >
        {!page.ok ? (
          <ErrorState
            title="Could not load the blocklist"
            cause={page.error.message}
            code={page.error.code}
            requestId={page.error.requestId}
            onRetry={refresh}
          />
        ) : rows.length === 0 ? (
          <EmptyState icon={ShieldCheck} title={blocks ? `${userId} blocks nobody` : `Nobody blocks ${userId}`} />
        ) : null}
      </DataTable>
      {dialog.open === null ? null : (
        <BlockDialog userId={userId} onClose={dialog.close} onDone={refresh} returnFocusTo={dialog.opener} />
      )}
    </div>
  );
}

interface BlockDialogProps {
  userId: string;
  onClose: () => void;
  onDone: () => void;
  returnFocusTo: RefObject<HTMLElement | null>;
}

function BlockDialog({ userId, onClose, onDone, returnFocusTo }: BlockDialogProps) {
  const { scope } = useEnvironmentScope();
  return (
    <UserIdDialog
      title={`Block a user for ${userId}`}
      description={`The other user cannot send direct messages to ${userId} from now on. ${userId} can still write to the other.`}
      submitLabel="Block user"
      hint="Of the user who is to be blocked."
      onSubmit={(otherId) => blockUsersAction(scope, { userId, targetUserIds: [otherId] })}
      call={(otherId) => serverApiCalls.addUserBlocklist({ userId, targetUserIds: [otherId] })}
      refusalOf={({ blocked }) =>
        blocked.length === 0 ? "No registered user has this ID, or it is on the blocklist already." : undefined
      }
      onClose={onClose}
      onDone={(otherId) => {
        onDone();
        notify.success(`${userId} blocks ${otherId}.`);
      }}
      returnFocusTo={returnFocusTo}
    />
  );
}
