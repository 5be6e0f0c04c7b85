"use client";

import { RotateCcw } from "lucide-react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { auditEntryHref } from "@/components/layout/hrefs";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { RelativeTime, Until } from "@/components/ui/time";
import type { DeletedUserRow, SoftDeletion } from "@/lib/core/soft-delete/list-schema";
import { useUserActions } from "../../_user-actions/user-actions";

/** Who deleted the user, as a link to the entry that tells of it. */
export function DeletedBy({ user: { userId, deletion } }: { user: DeletedUserRow }) {
  const { base } = useEnvironmentScope();
  const { by, auditEntryId } = deletion;
  if (by === null || auditEntryId === null) return <span className="text-ink-faint">Not recorded</span>;
  return (
    <Link
      href={auditEntryHref(base, userId, auditEntryId)}
      prefetch={false}
      aria-label={`${by.name}: audit entry of the deletion of ${userId}`}
      className="rounded-sm hover:underline"
    >
      {by.name}
    </Link>
  );
}

/** "Now", or from when on: how long that is, and the moment. */
export function RestorableFrom({ deletion }: { deletion: SoftDeletion }) {
  if (deletion.restorable) return "Now";
  return (
    <span className="text-ink-muted">
      <RelativeTime date={deletion.restorableFrom} /> (<Until date={deletion.restorableFrom} exact />)
    </span>
  );
}

/** `notYet` says why the user cannot be restored now; null: can be. */
export function RestoreButton({ userId, notYet }: { userId: string; notYet: string | null }) {
  const actions = useUserActions();
  const { whyNot } = useEnvironmentScope();
  const why = whyNot("users.restore") ?? notYet;
  return (
    <Button
      size="sm"
      icon={RotateCcw}
      aria-label={`Restore ${userId}`}
      disabled={why !== null || actions.pending}
      title={why ?? undefined}
      className="focus-inset"
      onClick={(event) => actions.restore([{ userId, status: "deleted" }], event.currentTarget)}
    >
      Restore…
    </Button>
  );
}
