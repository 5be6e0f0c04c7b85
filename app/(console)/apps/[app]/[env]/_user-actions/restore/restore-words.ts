import { countText, plural } from "@/components/ui/count-text";
import { localTime } from "@/components/ui/time-format";
import type { CappedCount } from "@/lib/core/paging/page-size";
import type { RefusedRestore, RestoredUser } from "@/lib/core/soft-delete/schema";

/** Why a user was not restored. */
export function restoreRefusalWords({ code, possibleFrom }: Pick<RefusedRestore, "code" | "possibleFrom">): string {
  switch (code) {
    case "user_not_found":
      return "No user here has this ID.";
    case "user_not_soft_deleted":
      return "Not soft-deleted, or already restored.";
    case "user_restore_too_early":
      return possibleFrom === null
        ? "Soft-deleted too recently."
        : `Soft-deleted too recently. Can be restored from ${localTime(new Date(possibleFrom))}.`;
    case "user_quota_reached":
      return "All Development seats are taken. Free one first.";
  }
}

/** What comes back with one user: how many group memberships, and the ban that still runs. `bannedUntil`: its end in words. */
export function comesBackWords(groups: CappedCount, bannedUntil: string | null): string[] {
  const memberships = `${countText(groups)} ${groups.count === 1 ? "group membership applies" : "group memberships apply"}`;
  return [
    groups.count === 0 ? "No group membership comes back." : `${memberships} again.`,
    bannedUntil === null ? "No ban is running." : `The ban runs on until ${bannedUntil}.`,
  ];
}

/** What has come back with these users, and what has not. */
export function cameBackWords(restored: readonly RestoredUser[]): string {
  const groups = restored.reduce((sum, user) => sum + user.groups, 0);
  const banned = restored.filter((user) => user.bannedUntil !== null).length;
  const single = restored.length === 1;
  return [
    single ? "The ID can be used again." : "The IDs can be used again.",
    groups > 0 ? `${plural(groups, "group membership applies", "group memberships apply")} again.` : "",
    banned > 0 ? (single ? "The ban still runs." : `${plural(banned, "ban still runs", "bans still run")}.`) : "",
    single
      ? "The user has no name or token until your app server registers them again."
      : "They have no names or tokens until your app server registers them again.",
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}
