"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import { formatCount } from "@/components/ui/count-text";
import type { ActionResult } from "@/lib/console/action-result";
import type { JobSummary } from "@/lib/core/jobs/facts";
import type { JobItemRow } from "@/lib/core/jobs/schema";
import type { Page } from "@/lib/core/paging/page-size";
import { type ResultsQuery, resultsList } from "../results-list";

interface JobResultsProps {
  job: JobSummary;
  query: ResultsQuery;
  page: ActionResult<Page<JobItemRow>>;
}

/** What came of each user. Read with the page, and once more when the job finishes; no timer moves the rows. */
export function JobResults({ job, query, page }: JobResultsProps) {
  const { total, succeeded, failed, skipped } = job;
  return (
    <section aria-label="Results by user">
      <ListScreen
        list={resultsList}
        query={query}
        page={page}
        given={{ kind: job.kind, cancelled: job.state === "cancelled" }}
        without={job.kind === "import_users" ? [] : ["line"]}
        tabs={{
          "": formatCount(total),
          succeeded: formatCount(succeeded),
          skipped: formatCount(skipped),
          failed: formatCount(failed),
          pending: formatCount(total - succeeded - failed - skipped),
        }}
      />
    </section>
  );
}
