"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { useSyncExternalStore } from "react";
import { Alert } from "@/components/ui/alert";
import { Code } from "@/components/ui/id";
import type { ActionScope } from "@/lib/console/action";
import { type Pair, pairQuery, readPair } from "../pair";
import { type ReachProblem, reachProblem } from "./reach";
import { UserPane } from "./user-pane";

interface TestClientProps {
  scope: ActionScope;
  /** "/apps/app-1/development" */
  base: string;
  apiUrl: string;
  appKey: string;
}

const never = () => () => {};

/** Two users beside each other. Both stand in the address; nothing connects before somebody says so. */
export function TestClient({ scope, base, apiUrl, appKey }: TestClientProps) {
  const pathname = usePathname();
  const pair = readPair(useSearchParams());
  const problem = useSyncExternalStore(
    never,
    () => reachProblem(window.location.href, apiUrl),
    () => null,
  );
  const choose = (change: Partial<Pair>) =>
    window.history.replaceState(null, "", pathname + pairQuery({ ...pair, ...change }));
  const shared = { scope, base, apiUrl, appKey, unreachable: problem !== null };
  return (
    <div className="flex flex-col gap-4">
      {problem === null ? null : <Unreachable problem={problem} apiUrl={apiUrl} />}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <UserPane {...shared} pane="A" userId={pair.a} other={pair.b} onChoose={(a) => choose({ a })} />
        <UserPane {...shared} pane="B" userId={pair.b} other={pair.a} onChoose={(b) => choose({ b })} />
      </div>
    </div>
  );
}

function Unreachable({ problem, apiUrl }: { problem: ReachProblem; apiUrl: string }) {
  return (
    <Alert tone="warn" title="This browser can’t connect">
      {problem === "mixed-content" ? (
        <>
          The console is open over https, and the service’s address is <Code>{apiUrl}</Code>: browsers refuse such
          connections. Serve the service over https as well and set <Code>PUBLIC_API_URL</Code> to that address.
        </>
      ) : (
        <>
          The service’s address is <Code>{apiUrl}</Code>, which for this browser is its own machine, not the one that
          the console runs on. Set <Code>PUBLIC_API_URL</Code> to an address that this browser reaches.
        </>
      )}
    </Alert>
  );
}
