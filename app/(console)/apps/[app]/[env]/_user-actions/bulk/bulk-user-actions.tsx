"use client";

import { type LucideIcon, RotateCcw } from "lucide-react";
import { useEffect, useState } from "react";
import type { Ticked } from "@/components/data-table/list-definition";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Button, type ButtonProps } from "@/components/ui/button";
import type { Permission } from "@/lib/core/permissions";
import { type TargetUser, type UserActions, useUserActions } from "../user-actions";

interface BulkAction {
  readonly label: string;
  readonly permission: Permission;
  readonly variant?: ButtonProps["variant"];
  readonly icon?: LucideIcon;
  /** Opens the question. */
  readonly ask: (actions: UserActions, users: readonly TargetUser[], opener: HTMLElement) => void;
}

const BULK_ACTIONS = {
  ban: {
    label: "Ban…",
    permission: "users.ban",
    variant: "danger-quiet",
    ask: (actions, users, opener) => actions.ban(users, opener),
  },
  unban: {
    label: "Unban…",
    permission: "users.ban",
    ask: (actions, users, opener) => actions.askUnban(users, opener),
  },
  invalidate: {
    label: "Invalidate tokens…",
    permission: "users.invalidate_tokens",
    ask: (actions, users, opener) => actions.invalidate(users, opener),
  },
  restore: {
    label: "Restore…",
    permission: "users.restore",
    icon: RotateCcw,
    ask: (actions, users, opener) => actions.askRestore(users, opener),
  },
} as const satisfies Record<string, BulkAction>;

interface BulkUserActionsProps {
  ticked: Ticked<TargetUser>;
  offered: ReadonlyArray<keyof typeof BULK_ACTIONS>;
}

/** Buttons for what can be done with all ticked users. Each asks first, and its question says how many are out of sight. */
export function BulkUserActions({ ticked, offered }: BulkUserActionsProps) {
  const { whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  // What other pages showed of the users ticked there; an act that was asked about may have changed it.
  const [shown] = useState(() => new Map<string, TargetUser>());
  useEffect(() => {
    for (const [userId, row] of ticked.rows) shown.set(userId, row);
  }, [ticked.rows, shown]);
  const users = () =>
    ticked.ids.map((userId) => ticked.rows.get(userId) ?? { ...shown.get(userId), userId, unseen: true });
  const whys = new Set(offered.map((name) => whyNot(BULK_ACTIONS[name].permission)).filter((why) => why !== null));
  return (
    <>
      {offered.map((name) => {
        const { label, permission, variant, icon, ask }: BulkAction = BULK_ACTIONS[name];
        const why = whyNot(permission);
        return (
          <Button
            key={name}
            icon={icon}
            variant={variant}
            disabled={why !== null}
            title={why ?? undefined}
            onClick={(event) => {
              ask(actions, users(), event.currentTarget);
              shown.clear();
            }}
          >
            {label}
          </Button>
        );
      })}
      {[...whys].map((why) => (
        <p key={why} className="text-ink-muted text-xs">
          {why}
        </p>
      ))}
    </>
  );
}
