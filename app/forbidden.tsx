import { LonePage } from "@/components/layout/lone-page";
import { LinkButton } from "@/components/ui/button";
import { NoPermissionState } from "@/components/ui/states";
import { currentOperator } from "@/lib/console/page";

export const metadata = { title: "Not allowed" };

/** Shown instead of an app's whole frame, where the operator's role does not reach the app (403). */
export default async function Forbidden() {
  const operator = await currentOperator();
  return (
    <LonePage>
      <NoPermissionState
        heading="h1"
        what="see this page"
        role={operator?.role}
        actions={
          <LinkButton href="/apps" variant="primary">
            Go to the apps
          </LinkButton>
        }
      />
    </LonePage>
  );
}
