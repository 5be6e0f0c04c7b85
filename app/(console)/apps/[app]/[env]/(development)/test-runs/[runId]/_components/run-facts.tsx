"use client";

import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { Card, CardBody, CardHeader } from "@/components/ui/card";
import { formatCount } from "@/components/ui/count-text";
import { CodeBlock } from "@/components/ui/id";
import { KeyValueList } from "@/components/ui/key-value-list";
import { Link } from "@/components/ui/link";
import { AbsoluteTime } from "@/components/ui/time";
import type { TestRunSummary } from "@/lib/core/test-runs/schema";
import { seatsText } from "../../_components/run-words";

const none = <span className="text-ink-faint">None</span>;

/** What a run is and holds, and how users join it. */
export function RunFacts({ run }: { run: TestRunSummary }) {
  const { base } = useEnvironmentScope();
  const live = run.state === "live";
  const ended = run.endedAt ?? run.expiresAt;
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Card aria-labelledby="run-facts">
        <CardHeader id="run-facts" title="Test run" />
        <CardBody className="py-0">
          <KeyValueList
            items={[
              { key: "Users", value: seatsText(run) },
              { key: "Online", value: formatCount(run.online) },
              ...(run.softDeleted > 0
                ? [{ key: "Soft-deleted", value: `${formatCount(run.softDeleted)}, without a seat` }]
                : []),
              { key: "Started by", value: run.startedByName },
              { key: "Started", value: <AbsoluteTime date={run.startedAt} /> },
              live
                ? { key: "Expires", value: <AbsoluteTime date={run.expiresAt} /> }
                : { key: run.state === "ended" ? "Ended" : "Expired", value: <AbsoluteTime date={ended} /> },
              ...(run.endedByName === null ? [] : [{ key: "Ended by", value: run.endedByName }]),
              ...(run.jobId === null
                ? []
                : [
                    {
                      key: "Job",
                      value: (
                        <Link
                          href={`${base}/jobs/${run.jobId}`}
                          className="rounded-sm font-medium text-accent-ink hover:underline"
                        >
                          Deletes its users
                        </Link>
                      ),
                    },
                  ]),
            ]}
          />
        </CardBody>
      </Card>
      <Card aria-labelledby="run-joining">
        <CardHeader
          id="run-joining"
          title="How users join"
          description={live ? "Only new users do, while the run lives." : "The run is over: nobody joins it any more."}
        />
        <CardBody className="flex flex-col gap-3 text-13">
          <p className="text-ink-muted">Your app server sends this header when it registers a user.</p>
          <CodeBlock label="Header to send" code={`X-Test-Run: ${run.id}`} />
          <KeyValueList
            items={[
              {
                key: "User ID prefix",
                value: run.userIdPrefix === null ? none : <code className="text-[0.92em]">{run.userIdPrefix}</code>,
              },
            ]}
          />
        </CardBody>
      </Card>
    </div>
  );
}
