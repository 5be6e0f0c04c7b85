import { ROLE_WORDS } from "@/components/layout/frame-data";
import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { LinkButton } from "@/components/ui/button";
import { consoleContext } from "@/lib/console/runtime";
import { visitorActor } from "@/lib/console/session";
import { findSignInWays } from "@/lib/core/oidc/find-issuer";
import { findInvitation } from "@/lib/core/operators/find-invitation";
import { IssuerButton } from "../../_components/issuer-button";
import { AcceptForm } from "./_components/accept-form";

export const metadata = { title: "Invitation", referrer: "no-referrer" };

interface Props {
  params: Promise<{ secret: string }>;
}

export default async function InvitationPage({ params }: Props) {
  const { secret } = await params;
  const context = await consoleContext();
  const [invitation, { issuer, others }] = await Promise.all([
    findInvitation(context, secret, await visitorActor()),
    findSignInWays(context),
  ]);
  return (
    <LonePage footer={<Version />}>
      {invitation === null ? (
        <LoneCard
          title="This invitation is not valid"
          description="It was used or revoked, or it has expired. Ask the owner who invited you for a new one."
        >
          <LinkButton href="/sign-in" size="lg" className="w-full">
            Sign in
          </LinkButton>
        </LoneCard>
      ) : (
        <LoneCard
          title="Join this console"
          description={`Your role: ${ROLE_WORDS[invitation.role].label.toLowerCase()}. ${ROLE_WORDS[invitation.role].may}.`}
        >
          <div className="flex flex-col gap-3">
            {issuer === null ? null : (
              <>
                <p className="text-13 text-ink-muted">Use the account of {invitation.email} there.</p>
                <IssuerButton issuer={issuer} next="/" />
              </>
            )}
            {others ? <AcceptForm secret={secret} email={invitation.email} /> : null}
          </div>
        </LoneCard>
      )}
    </LonePage>
  );
}
