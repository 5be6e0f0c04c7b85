import Link from "next/link";
import { Card, CardBody } from "@/components/ui/card";
import { Id } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { AbsoluteTime } from "@/components/ui/time";
import { deletionSelectionText } from "@/components/users/deletion-selection-text";
import type { JobDetail } from "@/lib/core/jobs/get-job";

/** Who ordered the job, when, and where that is recorded. */
export function JobFacts({ base, job }: { base: string; job: JobDetail }) {
  const linkStyle = "rounded-sm font-medium text-accent-ink hover:underline";
  return (
    <Card aria-label="About the job">
      <CardBody className="grid gap-x-10 py-1 max-md:[&>dl+dl]:border-t md:grid-cols-2">
        <KeyValueList
          items={[
            { key: "Started by", value: job.createdByName },
            { key: "Ordered", value: <AbsoluteTime date={job.createdAt} /> },
            { key: "Began", value: job.startedAt === null ? "Not yet" : <AbsoluteTime date={job.startedAt} /> },
            { key: "Finished", value: job.finishedAt === null ? "Not yet" : <AbsoluteTime date={job.finishedAt} /> },
          ]}
        />
        <KeyValueList
          items={[
            {
              key: "Selection",
              value: job.selection === null ? "Not known" : `Users ${deletionSelectionText(job.selection)}`,
            },
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
