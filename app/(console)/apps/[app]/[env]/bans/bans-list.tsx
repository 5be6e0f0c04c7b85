import { ShieldCheck } from "lucide-react";
import { ClippedText, ROW_HEADER_STYLE } from "@/components/data-table/cells";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { type FilterOperator, operatorChoices } from "@/components/operators/operator-choices";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime, Until } from "@/components/ui/time";
import { lengthText } from "@/components/ui/time-format";
import { BanStateText } from "@/components/users/ban-state";
import { UserCell } from "@/components/users/user-cell";
import type { BanListQuery, BanPage, BanRow } from "@/lib/core/bans/list-schema";
import { BanActions, BulkUnban } from "./_components/ban-actions";

const active = ({ tab }: BanListQuery) => tab === "active";
const ended = ({ tab }: BanListQuery) => tab === "ended";

const BY_KIND = { operator: "Operators", app_server: "App server" };

/** The list with filters by these operators, under their names, and by these reasons. */
export function bansListOf(operators: readonly FilterOperator[], reasons: readonly string[]): typeof bansList {
  const choices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
    by: { ...BY_KIND, ...operatorChoices(operators) },
    reason: Object.fromEntries(reasons.map((reason) => [reason, reason])),
  };
  return {
    ...bansList,
    filters: bansList.filters?.map((filter) => {
      const options = filter.kind === "choice" ? choices[filter.name] : undefined;
      return filter.kind === "choice" && (filter.name === "by" || filter.name === "reason") && options !== undefined
        ? { ...filter, options, groupOf: (value) => (filter.name === "by" && !(value in BY_KIND) ? "Operators" : "") }
        : filter;
    }),
  };
}

export const bansList: ListDefinition<BanRow, BanListQuery> = {
  defaults: { tab: "active", q: "", size: 25 },
  pageHeading: {
    title: "Bans",
    description: "Who can’t connect, why and until when. To ban someone, go to Users.",
  },
  caption: "Bans",
  row: ["ban", "bans"],
  testId: "ban-row",
  peek: (ban) => ban.userId,
  exported: "bans",
  kept: "bans",
  views: true,
  newer: { list: "bans", when: ({ q }) => q === "" },
  rowId: (ban) => ban.id,
  search: {
    label: "Search bans",
    hint: "User, operator or reason",
    reads:
      "Finds users by name or the start of their ID, operators by name, e-mail or ID, and reasons by their words. It ignores case and accents.",
  },
  tabs: { name: "tab", label: "Bans by state", options: { active: "Active", ended: "Ended" } },
  filters: [
    {
      kind: "choice",
      name: "by",
      label: "By",
      any: "By anyone",
      options: BY_KIND,
    },
    { kind: "choice", name: "reason", label: "Reason", any: "Any reason", options: {} },
    {
      kind: "choice",
      name: "ends",
      label: "Ends",
      any: "Ends at any time",
      options: { today: "Today (UTC)", "24h": "Within 24 hours", "7d": "Within 7 days" },
      when: active,
    },
    {
      kind: "choice",
      name: "ended",
      label: "Ended",
      any: "Ended at any time",
      options: { "24h": "In the last 24 hours", "7d": "In the last 7 days", "30d": "In the last 30 days" },
      when: ended,
    },
  ],
  order: ({ tab }) => (tab === "active" ? "soonest end first" : "latest end first"),
  columns: [
    {
      id: "user",
      header: "User",
      rowHeader: true,
      className: `${ROW_HEADER_STYLE} sm:min-w-52`,
      cell: (ban) => <UserCell userId={ban.userId} name={ban.userName} avatarUrl={ban.userAvatarUrl} tab="bans" />,
    },
    {
      id: "reason",
      header: "Reason",
      className: "max-w-48 min-w-32",
      cell: (ban) => <ClippedText text={ban.reason} none="None" />,
    },
    { id: "by", header: "By", className: "min-w-24", cell: (ban) => ban.by.name },
    {
      id: "from",
      header: "From",
      className: "min-w-24 text-ink-muted",
      cell: (ban) => <RelativeTime date={ban.startsAt} />,
    },
    {
      id: "ends",
      header: "Ends",
      when: active,
      className: "min-w-28",
      cell: (ban) => <Until date={ban.endsAt} exact />,
    },
    {
      id: "remaining",
      header: "Remaining",
      when: active,
      className: "min-w-24 text-ink-muted",
      cell: (ban) => <RelativeTime date={ban.endsAt} />,
    },
    {
      id: "ended",
      header: "Ended",
      when: ended,
      className: "min-w-24",
      cell: (ban) => <RelativeTime date={ban.endsAt} />,
    },
    {
      id: "length",
      header: "Length",
      when: ended,
      className: "min-w-24 text-ink-muted",
      cell: (ban) => lengthText(ban.minutes),
    },
    {
      id: "outcome",
      header: "Outcome",
      when: ended,
      className: "min-w-44",
      cell: (ban) => <BanStateText ban={ban} />,
    },
    {
      id: "actions",
      header: "Actions",
      hiddenHeader: true,
      when: active,
      align: "right",
      className: "w-32 pr-3",
      cell: (ban) => <BanActions ban={ban} />,
    },
  ],
  bulk: {
    when: active,
    tickId: (ban) => ban.userId,
    everything: "bans",
    Acts: ({ ticked }) => <BulkUnban ticked={ticked} />,
  },
  empty: ({ tab }) =>
    tab === "active" ? (
      <EmptyState icon={ShieldCheck} title="Nobody is banned">
        <p>To ban someone, go to Users.</p>
      </EmptyState>
    ) : (
      <EmptyState icon={ShieldCheck} title="No ban has ended yet">
        <p>Bans appear here once they run out or are lifted or replaced.</p>
      </EmptyState>
    ),
};

/** What a search has not looked at, in words; null: it has looked at everything. */
export function searchedNote({ searched }: BanPage, tab: BanListQuery["tab"]): string | null {
  if (searched === null) return null;
  const parts = [
    ...(searched.manyUsers ? ["Too many users match, so some bans may be missing. Add a word."] : []),
    ...(searched.manyBans
      ? [`Reasons are searched in the 10,000 bans that ${tab === "active" ? "end first" : "ended last"}.`]
      : []),
  ];
  return parts.length === 0 ? null : parts.join(" ");
}
