import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { issuerSentence } from "@/lib/console/issuer-words";
import { consoleContext } from "@/lib/console/runtime";
import { findSignInWays } from "@/lib/core/oidc/find-issuer";
import { TellConfirmed } from "./_components/tell-confirmed";

export const metadata = { title: "Confirm that it’s you" };

interface Props {
  searchParams: Promise<{ failed?: string | string[] }>;
}

/** The end of a window that was opened for a fresh proof at the issuer: it tells the page that waits, and closes. */
export default async function ConfirmedPage({ searchParams }: Props) {
  const { failed } = await searchParams;
  const { issuer } = await findSignInWays(await consoleContext());
  const sentence = typeof failed === "string" ? issuerSentence(failed, issuer ?? "Single sign-on") : null;
  return (
    <LonePage footer={<Version />}>
      <LoneCard
        title={sentence === null ? "It’s you" : "Nothing was confirmed"}
        description={sentence ?? "Go on in the other window. You can close this one."}
      >
        <TellConfirmed failure={sentence} />
      </LoneCard>
    </LonePage>
  );
}
