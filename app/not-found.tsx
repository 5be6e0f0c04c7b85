import { SearchX } from "lucide-react";
import { LonePage } from "@/components/layout/lone-page";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";

export const metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <LonePage>
      <EmptyState
        icon={SearchX}
        heading="h1"
        title="This page does not exist"
        className="py-0"
        actions={
          <LinkButton href="/apps" variant="primary">
            Go to the apps
          </LinkButton>
        }
      >
        <p>The address may be wrong, or the page is gone.</p>
      </EmptyState>
    </LonePage>
  );
}
