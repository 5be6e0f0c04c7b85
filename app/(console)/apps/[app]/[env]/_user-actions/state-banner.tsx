"use client";

import { Pencil, RotateCcw } from "lucide-react";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { auditEntryHref } from "@/components/layout/hrefs";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import { AbsoluteTime, RelativeTime } from "@/components/ui/time";
import type { SoftDeletion } from "@/lib/core/soft-delete/list-schema";
import type { UserDetail } from "@/lib/core/users/get-user-detail";
import { useUserActions } from "./user-actions";

/** Why this user cannot connect or write: banned until when, by whom and for what, muted since when, or soft-deleted. */
export function StateBanner({ user }: { user: UserDetail }) {
  const muted = user.directMutedAt ? <MuteBanner since={user.directMutedAt} /> : null;
  const state = <CannotConnect user={user} />;
  return muted === null ? (
    state
  ) : (
    <div className="flex flex-col gap-2">
      {state}
      {muted}
    </div>
  );
}

function MuteBanner({ since }: { since: Date }) {
  return (
    <Alert tone="warn" title="Muted in direct channels">
      Since <AbsoluteTime date={since} />. The user’s clients receive direct messages but can’t send any. Your app
      server still can.
    </Alert>
  );
}

function CannotConnect({ user }: { user: UserDetail }) {
  if (user.deletion) return <DeletedBanner user={user} deletion={user.deletion} />;
  if (!user.bannedUntil) return null;
  return <BanBanner user={user} until={user.bannedUntil} />;
}

function BanBanner({ user, until }: { user: UserDetail; until: Date }) {
  const { whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const noBan = whyNot("users.ban");
  const ban = user.currentBan;
  return (
    <Alert
      tone="danger"
      action={
        <Button
          icon={Pencil}
          disabled={noBan !== null}
          title={noBan ?? undefined}
          onClick={(event) => actions.ban([{ ...user, banId: ban?.id }], event.currentTarget)}
        >
          Change ban…
        </Button>
      }
      title={
        <>
          Banned until <AbsoluteTime date={until} />
          {ban ? ` by ${ban.by.name}` : ""}
        </>
      }
    >
      {ban?.reason ? `Reason: ${ban.reason}` : "No reason given."}
    </Alert>
  );
}

function DeletedBanner({ user, deletion }: { user: UserDetail; deletion: SoftDeletion }) {
  const { base, whyNot } = useEnvironmentScope();
  const actions = useUserActions();
  const noRole = whyNot("users.restore");
  const tooEarly = deletion.restorable ? null : "Soft-deleted too recently to restore.";
  const { by, auditEntryId } = deletion;
  return (
    <Alert
      tone="warn"
      title={
        <>
          Soft-deleted <AbsoluteTime date={deletion.at} />
          {by === null ? "" : ` by ${by.name}`}
        </>
      }
      action={
        <Button
          icon={RotateCcw}
          disabled={noRole !== null || tooEarly !== null}
          title={noRole ?? tooEarly ?? undefined}
          onClick={(event) => actions.restore([user], event.currentTarget)}
        >
          Restore…
        </Button>
      }
    >
      <p>
        The user’s data is erased. The ID stays taken and gets no access tokens.
        {user.bannedUntil ? (
          <>
            {" "}
            The ban runs until <AbsoluteTime date={user.bannedUntil} />.
          </>
        ) : null}{" "}
        {auditEntryId === null ? null : (
          <Link
            href={auditEntryHref(base, user.userId, auditEntryId)}
            className="whitespace-nowrap underline underline-offset-2"
          >
            Audit entry
          </Link>
        )}
      </p>
      <p>
        {deletion.restorable ? (
          (noRole ?? "You can restore the user.")
        ) : (
          <>
            Can be restored from <AbsoluteTime date={deletion.restorableFrom} /> (
            <RelativeTime date={deletion.restorableFrom} />
            ).{noRole === null ? "" : ` ${noRole}`}
          </>
        )}
      </p>
    </Alert>
  );
}
