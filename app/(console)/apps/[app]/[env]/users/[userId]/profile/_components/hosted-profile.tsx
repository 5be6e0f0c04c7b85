"use client";

import { IdCard } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState, ErrorState } from "@/components/ui/states";
import type { ActionResult } from "@/lib/console/action-result";
import type { ProfileDetail } from "@/lib/core/profiles/get-profile-detail";
import type { UserRow } from "@/lib/core/users/list-schema";
import { HostedProfileForm } from "./hosted-profile-form";

interface HostedProfileProps {
  user: UserRow;
  /** Null: soft-deleted. */
  detail: ActionResult<ProfileDetail | null>;
}

/** The hosted profile of a user: its form, or why there is none. */
export function HostedProfile({ user, detail }: HostedProfileProps) {
  const router = useRouter();
  const { whyNot } = useEnvironmentScope();
  const locked = whyNot("profiles.change");
  if (detail.ok && detail.data !== null && (detail.data.profile !== null || locked === null)) {
    return <HostedProfileForm userId={user.userId} detail={detail.data} locked={locked} />;
  }
  return (
    <Card aria-labelledby="hosted-profile">
      <CardHeader id="hosted-profile" title="Hosted profile" />
      {!detail.ok ? (
        <ErrorState title="Could not load the hosted profile" error={detail.error} onRetry={() => router.refresh()} />
      ) : (
        <EmptyState icon={IdCard} heading="p" title="No hosted profile">
          <p>
            {detail.data === null
              ? "It was erased when the user was soft-deleted."
              : `Nobody has set one yet. Read only. ${locked}`}
          </p>
        </EmptyState>
      )}
    </Card>
  );
}
