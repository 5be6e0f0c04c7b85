"use client";

import { Pencil, ShieldCheck } from "lucide-react";
import type { Column } from "@/components/data-table/column";
import { Button, IconButton } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/time";
import type { BanRow } from "@/lib/core/bans/list-schema";
import { BanStateText, lengthWords } from "../../users/_components/ban-words";
import { Until } from "../../users/_components/until";
import { type UserAct, useUserActs } from "../../users/_components/user-acts";
import { ROW_HEADER_STYLE, UserCell } from "../../users/_components/user-cell";
import { useUserScope } from "../../users/_components/user-scope";

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
  cell: (ban) => (
    <span className="block truncate" title={ban.reason || undefined}>
      {ban.reason || <span className="text-ink-faint">None given</span>}
    </span>
  ),
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
    cell: (ban) => lengthWords(ban.minutes),
  },
  { id: "outcome", header: "Outcome", className: "min-w-44", cell: (ban) => <BanStateText ban={ban} /> },
];

function BanActions({ ban }: { ban: BanRow }) {
  const acts = useUserActs();
  const { whyNot } = useUserScope();
  const noBan = whyNot("users.ban");
  const banned: UserAct = { userId: ban.userId, status: "banned", bannedUntil: ban.endsAt };
  return (
    <span className="inline-flex gap-1.5">
      <IconButton
        size="sm"
        icon={Pencil}
        label={`Change ban of ${ban.userId}`}
        disabled={noBan !== null}
        title={noBan ?? "Change ban"}
        className="focus-inset"
        onClick={(event) => acts.ban([banned], event.currentTarget)}
      />
      <Button
        size="sm"
        icon={ShieldCheck}
        aria-label={`Unban ${ban.userId}`}
        disabled={noBan !== null}
        title={noBan ?? undefined}
        className="focus-inset"
        onClick={() => acts.unban([banned])}
      >
        Unban
      </Button>
    </span>
  );
}
