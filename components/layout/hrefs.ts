/** Addresses of pages of one environment. `base` is "/apps/app-1/development". */

/** The page of one user. */
export function userHref(base: string, userId: string, tab = "profile"): string {
  return `${base}/users/${encodeURIComponent(userId)}/${tab}`;
}

/** The page of one group. */
export function groupHref(base: string, groupId: string): string {
  return `${base}/groups/${encodeURIComponent(groupId)}`;
}

/** The page of one test run. */
export function testRunHref(base: string, runId: string): string {
  return `${base}/test-runs/${encodeURIComponent(runId)}`;
}

/** The audit log of one user with an entry's panel open. */
export function auditEntryHref(base: string, userId: string, entryId: string): string {
  return `${base}/audit-log?${new URLSearchParams({ user: userId, entry: entryId })}`;
}

/** What an operator did in the last 24 hours, in the audit log. */
export function ownActivityHref(base: string, operatorId: string): string {
  return `${base}/audit-log?${new URLSearchParams({ actor: operatorId, range: "24h" })}`;
}

/** The check whether one user's messages reach another, with these two users. */
export function messageCheckHref(base: string, pair: { readonly from?: string; readonly to?: string }): string {
  const params = new URLSearchParams();
  for (const name of ["from", "to"] as const) if (pair[name]) params.set(name, pair[name]);
  const query = params.toString();
  return `${base}/chat/message-check${query === "" ? "" : `?${query}`}`;
}

/** What can be asked for on a user's page by its address. */
export const USER_DIALOGS = ["ban", "unban", "invalidate", "restore", "delete"] as const;
export type UserDialog = (typeof USER_DIALOGS)[number];

/** The page of one user with the question of an act open. */
export function userDialogHref(base: string, userId: string, dialog: UserDialog): string {
  return `${userHref(base, userId)}?dialog=${dialog}`;
}

/** The panel of one operator. */
export function operatorHref(email: string): string {
  return `/operators?${new URLSearchParams({ operator: email })}`;
}
