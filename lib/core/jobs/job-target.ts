import type { AuditRecord } from "../audit/audit-store";
import { type JobSummary, jobTitle } from "./facts";

/** How audit entries name a job: "Ban 120 users". */
export function jobTarget(
  job: Pick<JobSummary, "id" | "kind" | "selecting" | "total" | "expected">,
): AuditRecord["target"] {
  return { kind: "job", id: job.id, name: jobTitle(job) };
}
