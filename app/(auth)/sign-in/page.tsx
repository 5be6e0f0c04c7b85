import { redirect } from "next/navigation";
import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { Alert } from "@/components/ui/alert";
import { currentOperator } from "@/lib/console/page";
import { SESSION_IDLE_HOURS } from "@/lib/core/operators/schema";
import { SignInForm } from "./_components/sign-in-form";
import { nextPath } from "./next-path";

export const metadata = { title: "Sign in" };

const REASONS: Record<string, { tone: "info" | "warn"; text: string }> = {
  "signed-out": { tone: "info", text: "You are signed out." },
  idle: { tone: "warn", text: `You were signed out after ${SESSION_IDLE_HOURS} hours idle.` },
  expired: { tone: "warn", text: "Your session has ended. Sign in to go on where you were." },
  disabled: { tone: "warn", text: "Your account is disabled. An owner can enable it." },
};

interface Props {
  searchParams: Promise<{ next?: string | string[]; reason?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: Props) {
  const { next, reason } = await searchParams;
  const target = nextPath(next);
  if ((await currentOperator()) !== null) redirect(target);
  const shown = typeof reason === "string" ? REASONS[reason] : undefined;
  return (
    <LonePage footer={<Version />}>
      <LoneCard title="Sign in" description="To the console of this installation.">
        {shown ? (
          <Alert tone={shown.tone} className="mb-4">
            {shown.text}
          </Alert>
        ) : null}
        <SignInForm next={target} />
      </LoneCard>
    </LonePage>
  );
}
