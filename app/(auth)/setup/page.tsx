import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { LinkButton } from "@/components/ui/button";
import { Code } from "@/components/ui/id";
import { consoleContext } from "@/lib/console/runtime";
import { checkSetupLink } from "@/lib/core/operators/check-setup-link";
import { ownCommands } from "@/lib/own-commands";
import { SetupForm } from "./_components/setup-form";

export const metadata = { title: "Set up", referrer: "no-referrer" };

interface Props {
  searchParams: Promise<{ secret?: string | string[] }>;
}

/** First run: whoever holds the one-time link becomes the owner. */
export default async function SetupPage({ searchParams }: Props) {
  const { secret } = await searchParams;
  const given = typeof secret === "string" ? secret : "";
  const state = await checkSetupLink(await consoleContext(), given);
  return (
    <LonePage footer={<Version />}>
      {state === "valid" ? (
        <LoneCard
          title="Set up this installation"
          description="You become its owner. You can do everything and invite others."
        >
          <SetupForm secret={given} />
        </LoneCard>
      ) : state === "used" ? (
        <LoneCard title="This installation is set up" description="The set-up link works only once.">
          <LinkButton href="/sign-in" variant="primary" size="lg" className="w-full">
            Sign in
          </LinkButton>
        </LoneCard>
      ) : (
        <LoneCard title={state === "expired" ? "This set-up link has expired" : "This set-up link is not valid"}>
          <p className="text-13 text-ink-muted">
            Start the installation again with <Code>{ownCommands().start}</Code>: while there is no operator, it prints
            a new link.
          </p>
        </LoneCard>
      )}
    </LonePage>
  );
}
