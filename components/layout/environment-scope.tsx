"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import type { EnvironmentName, OperatorRole } from "@/lib/core/actor";
import { lowestRole, type Permission, roleMay } from "@/lib/core/permissions";

export interface EnvironmentScope {
  /** What server actions and endpoints of this environment take. */
  readonly scope: { readonly app: string; readonly env: EnvironmentName };
  readonly environment: EnvironmentName;
  readonly role: OperatorRole;
  /** "/apps/app-1/development" */
  readonly base: string;
  /** Null when the operator may; else why not, for the disabled control. The server checks again. */
  whyNot(permission: Permission): string | null;
}

const Context = createContext<EnvironmentScope | null>(null);

export interface EnvironmentScopeProps {
  app: string;
  environment: EnvironmentName;
  role: OperatorRole;
  /** Production on the free plan: everything can be looked at and nothing changed. */
  closed: boolean;
}

/** Which environment the screens below are about, and what the operator may do there. */
export function EnvironmentScopeProvider({
  app,
  environment,
  role,
  closed,
  children,
}: EnvironmentScopeProps & { children: ReactNode }) {
  const value = useMemo<EnvironmentScope>(
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

export function useEnvironmentScope(): EnvironmentScope {
  const value = useContext(Context);
  if (value === null) throw new Error("useEnvironmentScope() stands inside <EnvironmentScopeProvider>");
  return value;
}
