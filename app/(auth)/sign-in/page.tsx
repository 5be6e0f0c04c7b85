import { redirect } from "next/navigation";
import { ForgetPerson } from "@/components/layout/forget-person";
import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { Alert } from "@/components/ui/alert";
import { Code, CodeBlock } from "@/components/ui/id";
import { issuerSentence } from "@/lib/console/issuer-words";
import { nextPath } from "@/lib/console/next-path";
import { currentOperator } from "@/lib/console/page";
import { passkeySite } from "@/lib/console/passkey-site";
import { consoleContext } from "@/lib/console/runtime";
import { begunSecondStep } from "@/lib/console/second-step";
import { findSignInWays } from "@/lib/core/oidc/find-issuer";
import { checkSetupLink } from "@/lib/core/operators/check-setup-link";
import { SESSION_IDLE_HOURS, SETUP_LINK_HOURS } from "@/lib/core/operators/schema";
import { ownCommands } from "@/lib/own-commands";
import { SignInForm } from "./_components/sign-in-form";

export const metadata = { title: "Sign in" };

const REASONS: Record<string, { tone: "info" | "warn"; text: string }> = {
  "signed-out": { tone: "info", text: "You are signed out." },
  idle: { tone: "warn", text: `You were idle for ${SESSION_IDLE_HOURS} hours and have been signed out.` },
  expired: { tone: "warn", text: "Your session has ended. Sign in to continue where you were." },
  disabled: { tone: "warn", text: "An owner has disabled your account and can enable it again." },
};

interface Props {
  searchParams: Promise<Partial<Record<"next" | "reason" | "failed" | "step", string | string[]>>>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { next, reason, failed, step } = await searchParams;
  const target = nextPath(next);
  if ((await currentOperator()) !== null) redirect(target);
  if (await isNotSetUp()) return <NotSetUp />;
  const shown = typeof reason === "string" ? REASONS[reason] : undefined;
  const { issuer, others } = await findSignInWays(await consoleContext());
  const failure = typeof failed === "string" ? issuerSentence(failed, issuer ?? "Single sign-on") : null;
  return (
    <LonePage footer={<Version />}>
      <ForgetPerson />
      <LoneCard title="Sign in" description="To the console of this installation.">
        {shown ? (
          <Alert tone={shown.tone} className="mb-4">
            {shown.text}
          </Alert>
        ) : null}
        {failure ? (
          <Alert tone="danger" role="alert" className="mb-4">
            {failure}
          </Alert>
        ) : null}
        <SignInForm
          next={target}
          passkeys={(await passkeySite()) !== null}
          issuer={issuer}
          others={others}
          mails={(await consoleContext()).mail !== undefined}
          begun={step === "second" ? await begunSecondStep() : null}
        />
        <details className="mt-5 border-t pt-4 text-13 text-ink-muted">
          <summary className="cursor-pointer rounded-sm font-medium text-ink">I can’t sign in</summary>
          <div className="mt-2 flex flex-col gap-2">
            <p>Whoever runs this installation can set a new password on its machine:</p>
            <CodeBlock
              label="command"
              code={`${ownCommands().cli} operators set-password --email you@example.com --password …`}
            />
            <p>
              Lost your phone? Use a recovery code, or ask an owner to take your second factors off under Operators.
            </p>
            <p>No account yet, or disabled? An owner can invite or enable you under Operators.</p>
          </div>
        </details>
      </LoneCard>
    </LonePage>
  );
}

/** True until the first owner is made: there is nobody who could sign in. */
async function isNotSetUp(): Promise<boolean> {
  return (await checkSetupLink(await consoleContext(), "")) !== "used";
}

function NotSetUp() {
  return (
    <LonePage footer={<Version />}>
      <LoneCard title="This installation is not set up yet" description="Create the first owner, then sign in.">
        <div className="flex flex-col gap-3 text-13 text-ink-muted">
          <p>
            Open the one-time link that <Code>{ownCommands().start}</Code> printed in its terminal. It works for{" "}
            {SETUP_LINK_HOURS} hours; a restart prints a new one.
          </p>
          <p>Or create the owner on the installation’s machine:</p>
          <CodeBlock
            label="command"
            code={`${ownCommands().cli} operators create --role owner --email you@example.com --password …`}
          />
        </div>
      </LoneCard>
    </LonePage>
  );
}
