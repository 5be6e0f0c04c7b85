/** React Query keys of what the console polls. Browser-safe. All of one environment share their first three parts. */
export interface KeyScope {
  readonly app: string;
  readonly env: string;
}

const of = (scope: KeyScope) => ["environment", scope.app, scope.env] as const;

export const queryKeys = {
  /** Everything of one environment: invalidate it after a change whose reach is not known. */
  environment: of,
  userCount: (scope: KeyScope, filter: Readonly<Record<string, unknown>>) =>
    [...of(scope), "users", "count", filter] as const,
  userSuggestions: (scope: KeyScope, q: string) => [...of(scope), "users", "suggest", q] as const,
  job: (scope: KeyScope, jobId: string) => [...of(scope), "jobs", jobId] as const,
  newerAuditEntries: (scope: KeyScope, query: Readonly<Record<string, unknown>>) =>
    [...of(scope), "audit", "newer", query] as const,
};
