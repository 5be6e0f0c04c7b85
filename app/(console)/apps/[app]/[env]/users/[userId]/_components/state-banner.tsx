import { Alert } from "@/components/ui/alert";
import { AbsoluteTime } from "@/components/ui/time";
import type { UserDetail } from "@/lib/core/users/get-user-detail";

/** Why this user cannot connect: banned until when, by whom and for what, or soft-deleted. */
export function StateBanner({ user }: { user: UserDetail }) {
  if (user.status === "deleted" && user.softDeletedAt) {
    return (
      <Alert tone="warn" title="Soft-deleted">
        Removed <AbsoluteTime date={user.softDeletedAt} />. Its data is gone, and its ID is kept: it gets no access
        tokens, and nobody else can register it.
      </Alert>
    );
  }
  if (!user.bannedUntil) return null;
  const ban = user.currentBan;
  return (
    <Alert
      tone="danger"
      title={
        <>
          Banned until <AbsoluteTime date={user.bannedUntil} />
          {ban ? ` by ${ban.by.name}` : ""}
        </>
      }
    >
      {ban?.reason ? `Reason: ${ban.reason}` : "No reason was given."}
    </Alert>
  );
}
