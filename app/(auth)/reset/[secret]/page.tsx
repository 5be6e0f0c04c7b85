import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { LinkButton } from "@/components/ui/button";
import { consoleContext } from "@/lib/console/runtime";
import { visitorActor } from "@/lib/console/session";
import { findPasswordLinkOwner } from "@/lib/core/operators/reset-password";
import { ResetForm } from "./_components/reset-form";

export const metadata = { title: "New password", referrer: "no-referrer" };

interface Props {
  params: Promise<{ secret: string }>;
}

/** Whoever holds the one-time link chooses a new password. */
export default async function ResetPage({ params }: Props) {
  const { secret } = await params;
  const owner = await findPasswordLinkOwner(await consoleContext(), secret, await visitorActor());
  return (
    <LonePage footer={<Version />}>
      {owner === null ? (
        <LoneCard
          title="This link is not valid"
          description="It was used, or it has expired. Ask an owner for a new one."
        >
          <LinkButton href="/sign-in" size="lg" className="w-full">
            Sign in
          </LinkButton>
        </LoneCard>
      ) : (
        <LoneCard title="Choose a new password" description="You’re signed out everywhere once it’s saved.">
          <ResetForm secret={secret} name={owner.name} email={owner.email} />
        </LoneCard>
      )}
    </LonePage>
  );
}
