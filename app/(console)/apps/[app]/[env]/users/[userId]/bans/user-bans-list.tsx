import { ShieldCheck } from "lucide-react";
import type { z } from "zod";
import { ClippedText } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { EmptyState } from "@/components/ui/states";
import { AbsoluteTime } from "@/components/ui/time";
import { lengthText } from "@/components/ui/time-format";
import { BanStateText } from "@/components/users/ban-state";
import type { BanRow, UserBansQuerySchema } from "@/lib/core/bans/list-schema";

export type UserBansQuery = Omit<z.output<typeof UserBansQuerySchema>, "userId">;

/** One user's bans, the running one first, then the history. */
export const userBansList: ListDefinition<BanRow, UserBansQuery, { readonly userId: string }> = {
  defaults: { size: 25 },
  caption: "Bans of this user",
  row: ["ban", "bans"],
  what: "the bans",
  testId: "ban-row",
  rowId: (ban) => ban.id,
  columns: [
    {
      id: "from",
      header: "From",
      rowHeader: true,
      className: "min-w-40",
      cell: (ban) => <AbsoluteTime date={ban.startsAt} />,
    },
    { id: "to", header: "To", className: "min-w-40", cell: (ban) => <AbsoluteTime date={ban.endsAt} /> },
    { id: "length", header: "Length", className: "min-w-24 text-ink-muted", cell: (ban) => lengthText(ban.minutes) },
    {
      id: "reason",
      header: "Reason",
      className: "max-w-80 min-w-40",
      cell: (ban) => <ClippedText text={ban.reason} none="None" />,
    },
    { id: "by", header: "By", className: "min-w-28", cell: (ban) => ban.by.name },
    { id: "state", header: "Outcome", className: "min-w-40", cell: (ban) => <BanStateText ban={ban} /> },
  ],
  empty: (_query, { userId }) => <EmptyState icon={ShieldCheck} title={`${userId} was never banned`} />,
};
