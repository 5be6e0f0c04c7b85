import { ShieldCheck } from "lucide-react";
import type { ListDefinition } from "@/components/data-table/list-definition";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { RelativeTime } from "@/components/ui/time";
import { UserCell } from "@/components/users/user-cell";
import type { BlockRow, UserBlocksQuery } from "@/lib/core/blocklist/list-schema";

interface BlocksListGiven {
  readonly userId: string;
  /** Ends the block of a row. */
  unblock(otherId: string): void;
  /** Why nothing can be changed; null when it can. */
  readonly locked: string | null;
}

/** Whom one user blocks, and who blocks that user; the latest block first. */
export const blocksList: ListDefinition<BlockRow, UserBlocksQuery, BlocksListGiven> = {
  defaults: { view: "blocks", size: 25 },
  caption: "Blocklist",
  row: ["user", "users"],
  what: "the blocklist",
  testId: "block-row",
  rowId: (block) => block.userId,
  tabs: { name: "view", label: "Blocklist", options: { blocks: "Blocks", "blocked-by": "Blocked by" } },
  columns: [
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
      cell: (block, { unblock, locked }) => (
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
  ],
  empty: ({ view }, { userId }) => (
    <EmptyState icon={ShieldCheck} title={view === "blocks" ? `${userId} blocks nobody` : `Nobody blocks ${userId}`} />
  ),
};
