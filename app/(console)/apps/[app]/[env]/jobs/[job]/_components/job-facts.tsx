"use client";

import type { ReactNode } from "react";
import { Card, CardBody } from "@/components/ui/card";
import { Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Link } from "@/components/ui/link";
import { AbsoluteTime } from "@/components/ui/time";
import { lengthText } from "@/components/ui/time-format";
import { deletionSelectionText } from "@/components/users/deletion-selection-text";
import type { JobDetail } from "@/lib/core/jobs/get-job";
import { type FollowedJob, useJobProgress } from "./use-job";

const linkStyle = "rounded-sm font-medium text-accent-ink hover:underline";

const LISTS = {
  users: { path: "users", label: "Users" },
  bans: { path: "bans", label: "Bans" },
  deleted: { path: "deleted-users", label: "Deleted users" },
} as const;

/** Whom it is about: what was asked of the wizard, the list that was shown, or the job that it takes back. */
function selectionOf(base: string, { selection, chosenBy }: JobDetail): ReactNode {
  if (selection !== null) return `Users ${deletionSelectionText(selection)}`;
  if (chosenBy === null) return "Users by ID";
  if (chosenBy.by === "job") {
    return (
      <Link href={`${base}/jobs/${chosenBy.jobId}`} className={linkStyle}>
        What this job did
      </Link>
    );
  }
  const { path, label } = LISTS[chosenBy.by];
  const filter = Object.entries(chosenBy.filter).flatMap(([name, value]) =>
    value === "" || value === "all" || value === "any" || value === undefined ? [] : [[name, String(value)]],
  );
  return (
    <Link href={`${base}/${path}?${new URLSearchParams(filter)}`} className={linkStyle}>
      {filter.length === 0 ? `Everyone in ${label}` : `Everyone matching in ${label}`}
    </Link>
  );
}

/** What is done with each user besides what the title says. */
function actOf({ act }: JobDetail): ReactNode {
  switch (act?.kind) {
    case "ban":
      return `For ${lengthText(act.durationMinutes)}${act.reason === "" ? "" : `: ${act.reason}`}`;
    case "add_tag":
    case "remove_tag":
      return <code>{act.tag}</code>;
    default:
      return null;
  }
}

/** Who started the job, when, and where that is recorded. */
export function JobFacts({ base, job, followed }: { base: string; job: JobDetail; followed: FollowedJob }) {
  const { state, finishedAt, cancelledByName } = useJobProgress(followed).data;
  const act = actOf(job);
  const ended = state === "cancelled" ? `Cancelled by ${cancelledByName ?? "someone"}` : "Finished";
  return (
    <Card aria-label="About the job">
      <CardBody className="grid gap-x-10 py-1 max-md:[&>dl+dl]:border-t md:grid-cols-2">
        <KeyValueList
          items={[
            { key: "Started by", value: job.createdByName },
            { key: "Started", value: <AbsoluteTime date={job.createdAt} /> },
            { key: ended, value: finishedAt === null ? "Not yet" : <AbsoluteTime date={finishedAt} /> },
            ...(job.undoneBy === null
              ? []
              : [
                  {
                    key: "Undone by",
                    value: (
                      <Link href={`${base}/jobs/${job.undoneBy.id}`} className={linkStyle}>
                        {job.undoneBy.createdByName}, in another job
                      </Link>
                    ),
                  },
                ]),
          ]}
        />
        <KeyValueList
          items={[
            { key: "Selection", value: selectionOf(base, job) },
            ...(act === null ? [] : [{ key: job.act?.kind === "ban" ? "Ban" : "Tag", value: act }]),
            {
              key: "Audit entry",
              value:
                job.auditEntryId === null ? (
                  "Not found"
                ) : (
                  <Link href={`${base}/audit-log?entry=${job.auditEntryId}`} className={linkStyle}>
                    Entry {job.auditEntryId}
                  </Link>
                ),
            },
            { key: "Job ID", value: <Id value={job.id} copyLabel="Copy job ID" /> },
            { key: "Request ID", value: <Id value={job.requestId} copyLabel="Copy request ID" /> },
          ]}
        />
      </CardBody>
    </Card>
  );
}
