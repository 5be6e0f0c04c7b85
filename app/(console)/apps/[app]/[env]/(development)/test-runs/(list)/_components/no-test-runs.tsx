import { TestTubes } from "lucide-react";
import type { ReactNode } from "react";
import { CodeBlock } from "@/components/ui/id";
import { EmptyState } from "@/components/ui/states";

/** Nobody has started a test run. */
export function NoTestRuns({ action }: { action: ReactNode }) {
  return (
    <div className="pb-8">
      <EmptyState icon={TestTubes} title="No test runs yet" actions={action} className="pb-6">
        <p>
          A run groups the users of one CI job, keeps seats free for it and deletes the users afterwards. Your app
          server registers them with one more header.
        </p>
      </EmptyState>
      <div className="mx-auto max-w-2xl px-4">
        <CodeBlock label="Header of a test run" code="X-Test-Run: <ID of the run>" />
      </div>
    </div>
  );
}
