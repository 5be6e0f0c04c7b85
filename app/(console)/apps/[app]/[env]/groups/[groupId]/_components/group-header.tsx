"use client";

import { Pencil, Trash2 } from "lucide-react";
import { useRouter } from "next/navigation";
import { useRef, useState } from "react";
import { BackCrumb } from "@/components/data-table/back-crumb";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Hydrated } from "@/components/layout/hydrated";
import { Avatar } from "@/components/ui/avatar";
import { EnvironmentBadge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { plural } from "@/components/ui/count-text";
import { Id } from "@/components/ui/id";
import { Name } from "@/components/ui/name";
import { onIntent } from "@/components/ui/on-intent";
import { RelativeTime } from "@/components/ui/time";
import type { Group } from "@/lib/core/groups/group";

const DismissGroupDialog = onIntent(() => import("./dismiss-group-dialog").then((part) => part.DismissGroupDialog));
const EditGroupDialog = onIntent(() => import("./edit-group-dialog").then((part) => part.EditGroupDialog));

/** Name, id and what can be done with the group as a whole. */
export function GroupHeader({ group }: { group: Group }) {
  const { base, environment, whyNot } = useEnvironmentScope();
  const router = useRouter();
  const button = useRef<HTMLButtonElement>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  const [dismissing, setDismissing] = useState(false);
  const [editing, setEditing] = useState(false);
  const noChange = whyNot("groups.change");
  return (
    <header className="flex flex-col gap-4">
      <Hydrated />
      <BackCrumb list={{ label: "Groups", href: `${base}/groups` }} label={group.groupId} />
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-4">
        <div className="flex min-w-0 items-start gap-4 sm:items-center">
          <Avatar name={group.name} url={group.profile.portraitUrl} size="lg" className="rounded-lg" />
          <div className="flex min-w-0 flex-col gap-1">
            <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
              <h1 className="font-semibold text-title [overflow-wrap:anywhere]">
                <Name text={group.name} />
              </h1>
              <EnvironmentBadge environment={environment} />
            </div>
            <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-13 text-ink-muted">
              <Id value={group.groupId} copyLabel={`Copy ID ${group.groupId}`} className="text-ink" />
              <span>{plural(group.memberCount, "member")}</span>
              <span>
                Created <RelativeTime date={group.createdAt} />
              </span>
            </p>
          </div>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button
            ref={editButton}
            icon={Pencil}
            disabled={noChange !== null}
            title={noChange ?? undefined}
            onClick={() => setEditing(true)}
          >
            Edit group…
          </Button>
          <Button
            ref={button}
            icon={Trash2}
            variant="danger-quiet"
            disabled={noChange !== null}
            title={noChange ?? undefined}
            onClick={() => setDismissing(true)}
          >
            Dismiss group…
          </Button>
        </div>
      </div>
      {noChange ? <p className="text-ink-muted text-xs">Changing and dismissing: {noChange}</p> : null}
      {editing ? (
        <EditGroupDialog
          group={group}
          returnFocusTo={editButton}
          onClose={() => setEditing(false)}
          onDone={() => router.refresh()}
        />
      ) : null}
      {dismissing ? (
        <DismissGroupDialog
          group={group}
          returnFocusTo={button}
          onClose={() => setDismissing(false)}
          onDone={() => router.push(`${base}/groups`)}
        />
      ) : null}
    </header>
  );
}
