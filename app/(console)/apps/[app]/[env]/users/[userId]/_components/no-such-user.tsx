import { UserX } from "lucide-react";
import { userHref } from "@/components/layout/hrefs";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import type { EnvironmentName, EnvironmentRef } from "@/lib/core/actor";

const WORDS: Record<EnvironmentName, string> = { development: "Development", production: "Production" };

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
                Open in {WORDS[elsewhere]}
              </LinkButton>
            ) : null}
          </>
        }
      >
        <p>
          No user with the ID <code className="text-ink [overflow-wrap:anywhere]">{userId}</code> is registered in{" "}
          {WORDS[environment.name]}.{elsewhere ? ` It exists in ${WORDS[elsewhere]}.` : " IDs are case-sensitive."}
        </p>
      </EmptyState>
    </>
  );
}
