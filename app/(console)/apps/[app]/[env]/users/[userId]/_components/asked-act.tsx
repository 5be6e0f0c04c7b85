"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useEffect, useEffectEvent } from "react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { USER_DIALOGS, type UserDialog } from "@/components/layout/hrefs";
import { notify } from "@/components/ui/notify";
import { whySoftDeleted } from "@/components/users/user-status";
import type { Permission } from "@/lib/core/permissions";
import { type TargetUser, type UserActions, useUserActions } from "../../../_user-actions/user-actions";

/** What each dialog of an address needs, and how it is opened. */
const ACTS: Record<
  UserDialog,
  {
    permission: Permission;
    why?: (user: TargetUser) => string | null;
    ask: (acts: UserActions, user: TargetUser) => void;
  }
> = {
  ban: { permission: "users.ban", why: whySoftDeleted, ask: (acts, user) => acts.ban([user], null) },
  unban: {
    permission: "users.ban",
    why: ({ bannedUntil }) => (bannedUntil === null ? "The user is not banned." : null),
    ask: (acts, user) => acts.askUnban([user], null),
  },
  invalidate: {
    permission: "users.invalidate_tokens",
    why: whySoftDeleted,
    ask: (acts, user) => acts.invalidate([user], null),
  },
  restore: {
    permission: "users.restore",
    why: ({ status }) => (status === "deleted" ? null : "The user is not soft-deleted."),
    ask: (acts, user) => acts.restore([user], null),
  },
  delete: { permission: "users.delete_test", ask: (acts, user) => acts.deleteTestUser(user, null) },
};

/** Opens the question that the address asks for (`?dialog=ban`), once: the palette's commands lead here. */
export function AskedAct({ user }: { user: TargetUser }) {
  const acts = useUserActions();
  const { environment, whyNot } = useEnvironmentScope();
  const pathname = usePathname();
  const dialog = useSearchParams().get("dialog");
  const asked = USER_DIALOGS.find((name) => name === dialog);
  const open = useEffectEvent((named: UserDialog) => {
    window.history.replaceState(null, "", pathname);
    const { permission, why, ask } = ACTS[named];
    if (named === "delete" && environment !== "development") return;
    const refusal = whyNot(permission) ?? why?.(user) ?? null;
    if (refusal === null) ask(acts, user);
    else notify.failure(refusal);
  });
  useEffect(() => {
    if (asked !== undefined) open(asked);
  }, [asked]);
  return null;
}
