"use client";

import { Pencil, ShieldCheck } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { Column } from "@/components/data-table/column";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button, IconButton } from "@/components/ui/button";
import { RelativeTime, Until } from "@/components/ui/time";
import { lengthText } from "@/components/ui/time-format";
import { BanStateText } from "@/components/users/ban-state";
import { UserCell } from "@/components/users/user-cell";
import type { BanRow } from "@/lib/core/bans/list-schema";
import { type TargetUser, useUserActions } from "../../_user-actions/user-actions";

const user: Column<BanRow> = {
  id: "user",
  header: "User",
  rowHeader: true,
  className: `${ROW_HEADER_STYLE} sm:min-w-52`,
  cell: (ban) => <UserCell userId={ban.userId} name={ban.userName} avatarUrl={ban.userAvatarUrl} tab="bans" />,
};

const reason: Column<BanRow> = {
  id: "reason",
  header: "Reason",
  className: "max-w-48 min-w-32",
  cell: (ban) => <ClippedText text={ban.reason} none="None given" />,
};

const by: Column<BanRow> = { id: "by", header: "By", className: "min-w-24", cell: (ban) => ban.by.name };

const from: Column<BanRow> = {
  id: "from",
  header: "From",
  className: "min-w-24 text-ink-muted",
  cell: (ban) => <RelativeTime date={ban.startsAt} />,
};

/** Running bans, the soonest end first. */
export const ACTIVE_COLUMNS: ReadonlyArray<Column<BanRow>> = [
  user,
  reason,
  by,
  from,
  { id: "ends", header: "Ends", className: "min-w-28", cell: (ban) => <Until date={ban.endsAt} exact /> },
  {
    id: "remaining",
    header: "Remaining",
    className: "min-w-24 text-ink-muted",
    cell: (ban) => <RelativeTime date={ban.endsAt} />,
  },
  {
    id: "actions",
    header: "Actions",
    hiddenHeader: true,
    align: "right",
    className: "w-32 pr-3",
    cell: (ban) => <BanActions ban={ban} />,
  },
];

/** Bans that are over, the latest end first. */
export const ENDED_COLUMNS: ReadonlyArray<Column<BanRow>> = [
  user,
  reason,
  by,
  from,
  { id: "ended", header: "Ended", className: "min-w-24", cell: (ban) => <RelativeTime date={ban.endsAt} /> },
  {
    id: "length",
    header: "Ordered",
    className: "min-w-24 text-ink-muted",
    cell: (ban) => lengthText(ban.minutes),
  },
  { id: "outcome", header: "Outcome", className: "min-w-44", cell: (ban) => <BanStateText ban={ban} /> },
];

function BanActions({ ban }: { ban: BanRow }) {
  const actions = useUserActions();
  const { whyNot } = useEnvironmentScope();
  const noBan = whyNot("users.ban");
  const banned: TargetUser = { userId: ban.userId, status: "banned", bannedUntil: ban.endsAt };
  return (
    <span className="inline-flex gap-1.5">
      <IconButton
        size="sm"
        icon={Pencil}
        label={`Change ban of ${ban.userId}`}
        disabled={noBan !== null}
        title={noBan ?? "Change ban"}
        className="focus-inset"
        onClick={(event) => actions.ban([banned], event.currentTarget)}
      />
      <Button
        size="sm"
        icon={ShieldCheck}
        aria-label={`Unban ${ban.userId}`}
        disabled={noBan !== null}
        title={noBan ?? undefined}
        className="focus-inset"
        onClick={() => actions.unban([banned])}
      >
        Unban
      </Button>
    </span>
  );
}
