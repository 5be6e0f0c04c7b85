"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useRef } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { quotaKey } from "@/components/layout/quota-query";
import type { JobState, JobSummary } from "@/lib/core/jobs/schema";

const POLL_MS = 1_000;

/** The moving part of a job. */
export type JobProgress = Pick<
  JobSummary,
  "state" | "kind" | "selecting" | "total" | "expected" | "succeeded" | "failed" | "skipped"
>;

export const isOver = (state: JobState): boolean => state === "finished" || state === "cancelled";

/**
 * Follows a job: asks once a second until it is over, then reads the page's results once more. `readAt` is when
 * the server read `initial`.
 */
export function useJob(scope: { app: string; env: string }, jobId: string, initial: JobProgress, readAt: number) {
  const router = useRouter();
  const client = useQueryClient();
  const queryKey = ["job", scope.app, scope.env, jobId];
  const { data: job, isError } = useQuery({
    queryKey,
    queryFn: ({ signal }) => fetchJson<JobProgress>(`/api/apps/${scope.app}/${scope.env}/jobs/${jobId}`, signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : POLL_MS),
  });

  const before = useRef(job.state);
  useEffect(() => {
    if (!isOver(before.current) && isOver(job.state)) {
      startTransition(() => router.refresh());
      void client.invalidateQueries({ queryKey: quotaKey({ app: scope.app, env: scope.env }) });
    }
    before.current = job.state;
  }, [job.state, router, client, scope.app, scope.env]);

  return { job, unreachable: isError, follow: () => client.invalidateQueries({ queryKey }) };
}
