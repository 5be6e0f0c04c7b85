import { SearchX } from "lucide-react";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import { currentPath } from "@/lib/console/request";

export default async function NotFound() {
  const base = (await currentPath()).split(/[/?]/).slice(0, 4).join("/");
  return (
    <EmptyState
      icon={SearchX}
      heading="h1"
      title="Not found here"
      actions={
        <>
          <LinkButton href={`${base}/overview`} variant="primary">
            Go to the overview
          </LinkButton>
          <LinkButton href={`${base}/users`}>All users</LinkButton>
        </>
      }
    >
      <p>The address may be wrong. What it leads to may be gone, or only in the other environment.</p>
    </EmptyState>
  );
}
