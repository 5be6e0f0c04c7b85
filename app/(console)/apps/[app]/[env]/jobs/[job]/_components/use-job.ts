"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { startTransition, useEffect, useRef } from "react";
import { fetchJson } from "@/components/failure/fetch-json";
import { quotaKey } from "@/components/layout/quota-query";
import type { EnvironmentName } from "@/lib/core/actor";
import type { JobState, JobSummary } from "@/lib/core/jobs/facts";

const POLL_MS = 1_000;

/** The moving part of a job; its end as the endpoint spells it or as the server read it. */
export type JobProgress = Pick<
  JobSummary,
  "state" | "kind" | "selecting" | "total" | "expected" | "succeeded" | "failed" | "skipped" | "cancelledByName"
> & { readonly finishedAt: Date | string | null };

/** A job as the page was given it, and where its progress is read. */
export interface FollowedJob {
  readonly scope: { readonly app: string; readonly env: EnvironmentName };
  readonly jobId: string;
  readonly initial: JobProgress;
  /** When the server read `initial`, in Unix milliseconds. */
  readonly readAt: number;
}

export const isOver = (state: JobState): boolean => state === "finished" || state === "cancelled";

const queryKeyOf = ({ scope, jobId }: FollowedJob) => ["job", scope.app, scope.env, jobId];

/** Asks once a second until the job is over. Whoever asks on the same page shares the answers. */
export function useJobProgress(followed: FollowedJob) {
  const { scope, jobId, initial, readAt } = followed;
  return useQuery({
    queryKey: queryKeyOf(followed),
    queryFn: ({ signal }) => fetchJson<JobProgress>(`/api/apps/${scope.app}/${scope.env}/jobs/${jobId}`, signal),
    initialData: initial,
    initialDataUpdatedAt: readAt,
    refetchInterval: ({ state }) => (state.data && isOver(state.data.state) ? false : POLL_MS),
  });
}

/** Follows a job until it is over, then reads the page's results once more. */
export function useJob(followed: FollowedJob) {
  const { scope } = followed;
  const router = useRouter();
  const client = useQueryClient();
  const { data: job, isError } = useJobProgress(followed);

  const before = useRef(job.state);
  useEffect(() => {
    if (!isOver(before.current) && isOver(job.state)) {
      startTransition(() => router.refresh());
      void client.invalidateQueries({ queryKey: quotaKey({ app: scope.app, env: scope.env }) });
    }
    before.current = job.state;
  }, [job.state, router, client, scope.app, scope.env]);

  return { job, unreachable: isError, follow: () => client.invalidateQueries({ queryKey: queryKeyOf(followed) }) };
}
