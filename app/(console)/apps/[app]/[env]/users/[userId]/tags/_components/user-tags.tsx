"use client";

import { Tags } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Card, CardHeader } from "@/components/ui/card";
import { EmptyState, ErrorState } from "@/components/ui/states";
import type { ActionResult } from "@/lib/console/action-result";
import type { UserRow } from "@/lib/core/users/list-schema";
import { TagsForm } from "./tags-form";

interface UserTagsProps {
  user: UserRow;
  /** Null: soft-deleted. */
  tags: ActionResult<readonly string[] | null>;
}

/** The tags of a user: their form, or why there are none. */
export function UserTags({ user, tags }: UserTagsProps) {
  const router = useRouter();
  const { whyNot } = useEnvironmentScope();
  if (tags.ok && tags.data !== null) {
    return <TagsForm userId={user.userId} tags={tags.data} locked={whyNot("tags.change")} />;
  }
  return (
    <Card aria-labelledby="tags" className="max-w-2xl">
      <CardHeader id="tags" title="Tags" />
      {tags.ok ? (
        <EmptyState icon={Tags} heading="p" title="No tags">
          <p>They were erased when the user was soft-deleted.</p>
        </EmptyState>
      ) : (
        <ErrorState title="Could not load the tags" error={tags.error} onRetry={() => router.refresh()} />
      )}
    </Card>
  );
}
