"use client";

import { List } from "@/components/data-table/list";
import { ListScreen } from "@/components/data-table/list-screen";
import { type EnvironmentScopeProps, EnvironmentScopeProvider } from "@/components/layout/environment-scope";
import { testRunHref } from "@/components/layout/hrefs";
import { useRecentPlace } from "@/components/palette/recents";
import { LinkButton } from "@/components/ui/button";
import type { ActionResult } from "@/lib/console/action-result";
import type { TestRunSummary } from "@/lib/core/test-runs/schema";
import type { RunUsersQuery, UserPage } from "@/lib/core/users/list-schema";
import { UserPeek } from "../../../../_user-actions/peek/user-peek";
import { UserActionsProvider } from "../../../../_user-actions/user-actions-provider";
import { runUsersList } from "../run-users-list";
import { RunFacts } from "./run-facts";
import { RunHeader } from "./run-header";

interface RunScreenProps extends EnvironmentScopeProps {
  run: TestRunSummary;
  query: RunUsersQuery;
  users: ActionResult<UserPage>;
}

/** One test run's page. */
export function RunScreen({ run, query, users, ...scope }: RunScreenProps) {
  const base = `/apps/${scope.app}/${scope.environment}`;
  useRecentPlace({ href: testRunHref(base, run.id), label: run.label || run.id });
  return (
    <EnvironmentScopeProvider {...scope}>
      <RunHeader run={run} />
      <div className="flex flex-col gap-6 pt-6">
        <RunFacts run={run} />
        <List>
          <UserActionsProvider>
            <section aria-labelledby="run-users">
              <ListScreen
                list={runUsersList}
                query={query}
                page={users}
                given={{ runId: run.id }}
                caption={`Users of ${run.id}`}
                heading={
                  <h2 id="run-users" className="mr-2 font-semibold text-sm">
                    Users
                  </h2>
                }
                actions={
                  <LinkButton href={`${base}/users?${new URLSearchParams({ run: run.id })}`}>Open in Users</LinkButton>
                }
              >
                <UserPeek />
              </ListScreen>
            </section>
          </UserActionsProvider>
        </List>
      </div>
    </EnvironmentScopeProvider>
  );
}
