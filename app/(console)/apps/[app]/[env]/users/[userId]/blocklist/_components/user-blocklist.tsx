"use client";

import { CircleSlash } from "lucide-react";
import type { RefObject } from "react";
import { serverApiCalls } from "@/components/code/server-api-calls";
import { List, useList } from "@/components/data-table/list";
import { ListScreen } from "@/components/data-table/list-screen";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button } from "@/components/ui/button";
import { formatCount, tabCount } from "@/components/ui/count-text";
import { notify } from "@/components/ui/notify";
import { useOpenDialog } from "@/components/ui/use-open-dialog";
import { whySoftDeleted } from "@/components/users/user-status";
import type { ActionResult } from "@/lib/console/action-result";
import type { BlockRow, UserBlocksQuery } from "@/lib/core/blocklist/list-schema";
import type { CappedCount, Page } from "@/lib/core/paging/page-size";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { UserIdDialog } from "../../../../_user-actions/user-id-dialog";
import { blockUsersAction } from "../../actions";
import { blocksList } from "../blocks-list";
import { useUnblock } from "./use-unblock";

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
  const { whyNot } = useEnvironmentScope();
  const { refresh } = useList();
  const { userId } = user;
  const dialog = useOpenDialog<"block">();
  const unblock = useUnblock(refresh);
  const blocks = query.view === "blocks";
  const noRole = whyNot("blocklist.change");
  const noBlock = noRole ?? whySoftDeleted(user);
  return (
    <ListScreen
      list={blocksList}
      query={query}
      page={page}
      given={{
        userId,
        unblock: (other) => (blocks ? unblock(userId, other) : unblock(other, userId)),
        locked: noRole,
      }}
      caption={blocks ? `Users whom ${userId} blocks` : `Users who block ${userId}`}
      tabs={{
        blocks: user.blockedCount > 0 ? formatCount(user.blockedCount) : undefined,
        "blocked-by": tabCount(blockedBy),
      }}
      heading={
        <p className="text-13 text-ink-muted">
          {blocks
            ? `These users can’t send ${userId} direct messages or friend requests. Friendships stay.`
            : `${userId} can’t send these users direct messages.`}
          {noRole ? ` Blocking and unblocking: ${noRole}` : ""}
        </p>
      }
      actions={
        blocks ? (
          <Button
            icon={CircleSlash}
            disabled={noBlock !== null}
            title={noBlock ?? undefined}
            onClick={(event) => dialog.show("block", event.currentTarget)}
          >
            Block user…
          </Button>
        ) : null
      }
    >
      {dialog.open === null ? null : (
        <BlockDialog userId={userId} onClose={dialog.close} onDone={refresh} returnFocusTo={dialog.opener} />
      )}
    </ListScreen>
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
      description={`The other user can’t send ${userId} direct messages. ${userId} can still write to them.`}
      submitLabel="Block user"
      onSubmit={(otherId) => blockUsersAction(scope, { userId, targetUserIds: [otherId] })}
      call={(otherId) => serverApiCalls.addUserBlocklist({ userId, targetUserIds: [otherId] })}
      refusalOf={({ blocked }) =>
        blocked.length === 0 ? "No registered user has this ID, or they are already blocked." : undefined
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
