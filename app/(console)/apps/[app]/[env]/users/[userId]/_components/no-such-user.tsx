import { UserX } from "lucide-react";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { userHref } from "@/components/layout/hrefs";
import { ForgetUser } from "@/components/palette/recents";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import type { EnvironmentName, EnvironmentRef } from "@/lib/core/actor";

interface NoSuchUserProps {
  environment: EnvironmentRef;
  userId: string;
  /** The app's other environment, when the id is registered there. */
  elsewhere: EnvironmentName | null;
}

/** The address of a user who is not registered in this environment. */
export function NoSuchUser({ environment, userId, elsewhere }: NoSuchUserProps) {
  const base = `/apps/${environment.appId}/${environment.name}`;
  return (
    <>
      <ForgetUser userId={userId} />
      <Breadcrumb crumbs={[{ label: "Users", href: `${base}/users` }, { label: userId }]} />
      <EmptyState
        icon={UserX}
        heading="h1"
        title="No such user"
        actions={
          <>
            <LinkButton href={`${base}/users`}>All users</LinkButton>
            {elsewhere ? (
              <LinkButton variant="primary" href={userHref(`/apps/${environment.appId}/${elsewhere}`, userId)}>
                Open in {ENVIRONMENT_WORDS[elsewhere].label}
              </LinkButton>
            ) : null}
          </>
        }
      >
        <p>
          No user with the ID <code className="text-ink [overflow-wrap:anywhere]">{userId}</code> is registered in{" "}
          {ENVIRONMENT_WORDS[environment.name].label}.
          {elsewhere ? ` It exists in ${ENVIRONMENT_WORDS[elsewhere].label}.` : " IDs are case-sensitive."}
        </p>
      </EmptyState>
    </>
  );
}
