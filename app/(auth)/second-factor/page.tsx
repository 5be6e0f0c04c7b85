import { redirect } from "next/navigation";
import { LoneCard, LonePage, Version } from "@/components/layout/lone-page";
import { nextPath } from "@/lib/console/next-path";
import { factorMissingPage } from "@/lib/console/page";
import { passkeySite } from "@/lib/console/passkey-site";
import { ChooseFactor } from "./_components/choose-factor";

export const metadata = { title: "Second factor" };

interface Props {
  searchParams: Promise<{ next?: string | string[] }>;
}

/** Where operators land whose role needs a second factor and who have none: nothing else opens before. */
export default async function SecondFactorPage({ searchParams }: Props) {
  const { next } = await searchParams;
  const access = await factorMissingPage();
  if (access === null) redirect(nextPath(next));
  return (
    <LonePage footer={<Version />}>
      <LoneCard
        title="Set up a second factor"
        description={`Your role (${access.actor.role}) needs one besides the password. It takes a minute.`}
      >
        <ChooseFactor next={nextPath(next)} passkeys={(await passkeySite()) !== null} />
      </LoneCard>
    </LonePage>
  );
}
