"use client";

import {
  Ban,
  CodeXml,
  Copy,
  KeyRound,
  MessageCircleQuestionMark,
  MessageSquare,
  MessageSquareOff,
  RotateCcw,
  ShieldCheck,
  SquareArrowOutUpRight,
  Trash2,
} from "lucide-react";
import type { RefObject } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { messageCheckHref, userHref } from "@/components/layout/hrefs";
import { copyText } from "@/components/ui/copy-button";
import { Link } from "@/components/ui/link";
import { MenuItem, MenuSeparator } from "@/components/ui/menu";
import { notify } from "@/components/ui/notify";
import { whySoftDeleted } from "@/components/users/user-status";
import { type TargetUser, useUserActions } from "./user-actions";

interface UserEntriesProps {
  user: TargetUser;
  look: "row" | "page";
  trigger: RefObject<HTMLElement | null>;
}

/** What can be done with one user. What the role or the state forbids is there, disabled, with its reason. */
export function UserEntries({ user, look, trigger }: UserEntriesProps) {
  const { base, environment, whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const { userId, directMutedAt } = user;
  const deleted = whySoftDeleted(user);
  // A ban outlasts soft delete, so it can be lifted meanwhile.
  const noUnban = whyNot("users.ban");
  const noBan = noUnban ?? deleted;
  const noInvalidate = whyNot("users.invalidate_tokens") ?? deleted;
  const noRestore = whyNot("users.restore");
  const noMute = whyNot("users.mute") ?? deleted;
  const noDelete = whyNot("users.delete_test");

  return (
    <>
      {look === "row" ? (
        <MenuItem asChild>
          <Link href={userHref(base, userId)} data-row-link>
            <SquareArrowOutUpRight aria-hidden className="text-ink-muted" />
            Open
          </Link>
        </MenuItem>
      ) : null}
      <MenuItem
        icon={Copy}
        onSelect={async () => {
          if (await copyText(userId, `The ID is ${userId}`)) notify.success(`Copied the ID ${userId}.`);
        }}
      >
        Copy ID
      </MenuItem>
      <MenuItem asChild>
        <Link href={messageCheckHref(base, { from: userId })}>
          <MessageCircleQuestionMark aria-hidden className="text-ink-muted" />
          Check messages
        </Link>
      </MenuItem>
      {user.bannedUntil ? (
        <>
          <MenuItem
            icon={Ban}
            disabled={noBan !== null}
            reason={noBan}
            onSelect={() => actions.ban([user], trigger.current)}
          >
            Change ban…
          </MenuItem>
          <MenuItem
            icon={ShieldCheck}
            disabled={noUnban !== null}
            reason={noUnban}
            onSelect={() => actions.unban([user])}
          >
            Unban
          </MenuItem>
        </>
      ) : (
        <MenuItem
          icon={Ban}
          disabled={noBan !== null}
          reason={noBan}
          onSelect={() => actions.ban([user], trigger.current)}
        >
          Ban…
        </MenuItem>
      )}
      <MenuItem
        icon={KeyRound}
        disabled={noInvalidate !== null}
        reason={noInvalidate}
        onSelect={() => actions.invalidate([user], trigger.current)}
      >
        Invalidate tokens…
      </MenuItem>
      {directMutedAt === undefined ? null : (
        <MenuItem
          icon={directMutedAt === null ? MessageSquareOff : MessageSquare}
          disabled={noMute !== null}
          reason={noMute}
          onSelect={() => actions.setMuted(userId, directMutedAt === null)}
        >
          {directMutedAt === null ? "Mute in direct channels" : "Unmute in direct channels"}
        </MenuItem>
      )}
      {user.status === "deleted" ? (
        <MenuItem
          icon={RotateCcw}
          disabled={noRestore !== null}
          reason={noRestore}
          onSelect={() => actions.restore([user], trigger.current)}
        >
          Restore…
        </MenuItem>
      ) : (
        <MenuItem icon={CodeXml} onSelect={() => actions.softDelete(user, trigger.current)}>
          Soft-delete by API…
        </MenuItem>
      )}
      {environment === "development" ? (
        <>
          <MenuSeparator />
          <MenuItem
            icon={Trash2}
            danger
            disabled={noDelete !== null}
            reason={noDelete}
            onSelect={() => actions.deleteTestUser(user, trigger.current)}
          >
            Delete test user…
          </MenuItem>
        </>
      ) : null}
    </>
  );
}
