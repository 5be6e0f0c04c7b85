/** The audit log of one user with an entry's panel open. */
export function auditEntryHref(base: string, userId: string, entryId: string): string {
  return `${base}/audit-log?${new URLSearchParams({ user: userId, entry: entryId })}`;
}
