"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { EnvironmentName, OperatorRole } from "@/lib/core/actor";
import { lowestRole, type Permission, roleMay } from "@/lib/core/permissions";

export interface UserScope {
  /** What server actions and endpoints of this environment take. */
  readonly scope: { readonly app: string; readonly env: EnvironmentName };
  readonly environment: EnvironmentName;
  readonly role: OperatorRole;
  /** "/apps/app-1/development" */
  readonly base: string;
  /** Null when the operator may; else why not, for the disabled control. The server checks again. */
  whyNot(permission: Permission): string | null;
}

const Context = createContext<UserScope | null>(null);

export interface UserScopeProps {
  app: string;
  environment: EnvironmentName;
  role: OperatorRole;
  /** Production on the free plan: everything can be looked at and nothing changed. */
  closed: boolean;
}

/** Where the screens about users are, and what the operator may do there. */
export function UserScopeProvider({
  app,
  environment,
  role,
  closed,
  children,
}: UserScopeProps & { children: ReactNode }) {
  const value = useMemo<UserScope>(
    () => ({
      scope: { app, env: environment },
      environment,
      role,
      base: `/apps/${app}/${environment}`,
      whyNot: (permission) => {
        if (closed) return "Production is closed on the free plan.";
        return roleMay(role, permission) ? null : `Needs the role ${lowestRole(permission)}; yours is ${role}.`;
      },
    }),
    [app, environment, role, closed],
  );
  return <Context value={value}>{children}</Context>;
}

export function useUserScope(): UserScope {
  const value = useContext(Context);
  if (value === null) throw new Error("useUserScope() stands inside <UserScopeProvider>");
  return value;
}

/** The page of one user. */
export function userHref(base: string, userId: string, tab = "profile"): string {
  return `${base}/users/${encodeURIComponent(userId)}/${tab}`;
}
