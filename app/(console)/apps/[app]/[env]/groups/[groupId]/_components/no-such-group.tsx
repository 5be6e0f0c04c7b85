import { SearchX } from "lucide-react";
import { ENVIRONMENT_WORDS } from "@/components/layout/frame-data";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/states";
import type { EnvironmentName } from "@/lib/core/actor";

/** The address of a group that is not there. */
export function NoSuchGroup(props: { base: string; environment: EnvironmentName; groupId: string }) {
  const { base, environment, groupId } = props;
  return (
    <>
      <Breadcrumb crumbs={[{ label: "Groups", href: `${base}/groups` }, { label: groupId }]} />
      <EmptyState
        icon={SearchX}
        heading="h1"
        title="No such group"
        actions={<LinkButton href={`${base}/groups`}>All groups</LinkButton>}
      >
        <p>
          There is no group with the ID <code className="text-ink [overflow-wrap:anywhere]">{groupId}</code> in{" "}
          {ENVIRONMENT_WORDS[environment].label}. It may have been dismissed; IDs are case-sensitive.
        </p>
      </EmptyState>
    </>
  );
}
