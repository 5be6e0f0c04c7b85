"use client";

import { UsersRound } from "lucide-react";
import { useApiPlace } from "@/components/code/api-place";
import { signedCurl } from "@/components/code/signed-curl";
import { CodeBlock } from "@/components/ui/id";
import { EmptyState } from "@/components/ui/states";

/** There is no group here. */
export function NoGroups() {
  const place = useApiPlace();
  return (
    <div className="pb-8">
      <EmptyState icon={UsersRound} title="No groups yet" className="pb-6">
        <p>Your app server creates one with the call below. Its owner must be a registered user.</p>
      </EmptyState>
      {place === null ? null : (
        <div className="mx-auto max-w-2xl px-4">
          <CodeBlock
            label="curl that creates a group"
            code={signedCurl({
              ...place,
              path: "/v4/group-channel/create",
              body: { channelId: "team-7", name: "Team 7", owner: "alice", userIds: ["bob"] },
            })}
          />
        </div>
      )}
    </div>
  );
}
