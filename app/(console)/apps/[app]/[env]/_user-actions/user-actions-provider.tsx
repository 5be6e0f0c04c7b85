"use client";

import { type ReactNode, useCallback, useMemo, useRef, useState } from "react";
import { type UserActions, UserActionsContext } from "./user-actions";
import { UserActs } from "./user-acts-part";

interface UserActionsProviderProps {
  children: ReactNode;
  /** After any act. */
  onChanged?: () => void;
  /** After a test user was deleted. */
  onDeleted?: () => void;
  /** After a restore: who is not soft-deleted now. */
  onNotDeleted?: (userIds: readonly string[]) => void;
}

/**
 * The dialogs and calls of what can be done with users, once for a page. Rows, menus and the bulk bar below ask for
 * them by `useUserActions()`; they are loaded when the first of them is asked for.
 */
export function UserActionsProvider({ children, ...told }: UserActionsProviderProps) {
  const [wanted, setWanted] = useState(false);
  const [pending, setPending] = useState(false);
  const ready = useRef<UserActions | null>(null);
  const asked = useRef<((actions: UserActions) => void) | null>(null);

  const onReady = useCallback((actions: UserActions) => {
    ready.current = actions;
    setPending(actions.pending);
    asked.current?.(actions);
    asked.current = null;
  }, []);
  const actions = useMemo<UserActions>(() => {
    const ask = (act: (actions: UserActions) => void) => {
      if (ready.current !== null) return act(ready.current);
      asked.current = act;
      setWanted(true);
    };
    return {
      ban: (users, opener) => ask((acts) => acts.ban(users, opener)),
      unban: (users) => ask((acts) => acts.unban(users)),
      askUnban: (users, opener) => ask((acts) => acts.askUnban(users, opener)),
      invalidate: (users, opener) => ask((acts) => acts.invalidate(users, opener)),
      restore: (users, opener) => ask((acts) => acts.restore(users, opener)),
      deleteTestUser: (user, opener) => ask((acts) => acts.deleteTestUser(user, opener)),
      softDelete: (user, opener) => ask((acts) => acts.softDelete(user, opener)),
      setMuted: (userId, muted) => ask((acts) => acts.setMuted(userId, muted)),
      pending,
    };
  }, [pending]);

  return (
    <UserActionsContext value={actions}>
      {children}
      <UserActs {...told} open={wanted} onClose={() => setWanted(false)} onReady={onReady} />
    </UserActionsContext>
  );
}
