"use client";

import { ShieldCheck } from "lucide-react";
import { CopyAs } from "@/components/code/copy-as";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { ClippedText } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { DataTable } from "@/components/data-table/data-table";
import { List, useList } from "@/components/data-table/list";
import { Pager } from "@/components/data-table/pager";
import { plural } from "@/components/ui/count-text";
import { EmptyState, ErrorState } from "@/components/ui/states";
import { AbsoluteTime } from "@/components/ui/time";
import { lengthText } from "@/components/ui/time-format";
import { BanStateText } from "@/components/users/ban-state";
import type { ActionResult } from "@/lib/console/action-result";
import type { BanRow } from "@/lib/core/bans/list-schema";
import type { Page } from "@/lib/core/paging/page-size";
import type { UserDetail } from "@/lib/core/users/get-user-detail";

const COLUMNS: ReadonlyArray<Column<BanRow>> = [
  {
    id: "from",
    header: "From",
    rowHeader: true,
    className: "min-w-40",
    cell: (ban) => <AbsoluteTime date={ban.startsAt} />,
  },
  { id: "to", header: "To", className: "min-w-40", cell: (ban) => <AbsoluteTime date={ban.endsAt} /> },
  { id: "length", header: "Ordered", className: "min-w-24 text-ink-muted", cell: (ban) => lengthText(ban.minutes) },
  {
    id: "reason",
    header: "Reason",
    className: "max-w-80 min-w-40",
    cell: (ban) => <ClippedText text={ban.reason} none="None given" />,
  },
  { id: "by", header: "By", className: "min-w-28", cell: (ban) => ban.by.name },
  { id: "state", header: "Outcome", className: "min-w-40", cell: (ban) => <BanStateText ban={ban} /> },
];

interface UserBansProps {
  user: UserDetail;
  page: ActionResult<Page<BanRow>>;
  size: number;
}

/** One user's bans, the running one first, then the history. */
export function UserBans(props: UserBansProps) {
  return (
    <List>
      {props.user.status === "banned" ? (
        <div className="mb-3 flex flex-wrap items-center gap-x-3 gap-y-1 text-13">
          <span>Unbanning over the Server API:</span>
          <CopyAs call={serverApiCalls.unbanUsers({ userIds: [props.user.userId] })} />
        </div>
      ) : null}
      <History {...props} />
    </List>
  );
}

function History({ user, page, size }: UserBansProps) {
  const { refresh } = useList();
  const rows = page.ok ? page.data.rows : [];
  return (
    <DataTable
      caption="Bans of this user"
      columns={COLUMNS}
      rows={rows}
      rowId={(ban) => ban.id}
      testIdPrefix="ban-row"
      state={!page.ok ? "error" : rows.length > 0 ? "ready" : "empty"}
      footer={
        page.ok && rows.length > 0 ? (
          <Pager previous={page.data.previous} next={page.data.next} size={size}>
            {plural(rows.length, "ban")} on this page
          </Pager>
        ) : null
      }
    >
      {!page.ok ? (
        <ErrorState
          title="Could not load the bans"
          cause={page.error.message}
          code={page.error.code}
          requestId={page.error.requestId}
          onRetry={refresh}
        />
      ) : rows.length === 0 ? (
        <EmptyState icon={ShieldCheck} title={`${user.userId} was never banned`} />
      ) : null}
    </DataTable>
  );
}
