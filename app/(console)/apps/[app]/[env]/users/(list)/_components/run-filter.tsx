"use client";

import { useList } from "@/components/data-table/list";
import { Field } from "@/components/form/field";
import { Input } from "@/components/form/input";
import { useEnvironmentScope } from "@/components/layout/environment-scope";
import { TEST_RUN_ID_MAX } from "@/lib/core/test-runs/facts";
import type { UserListQuery } from "@/lib/core/users/list-schema";

/** The users of one test run. Production has no test runs, and so no such filter. */
export function RunFilter({ query }: { query: UserListQuery }) {
  const { environment } = useEnvironmentScope();
  const { go } = useList();
  if (environment !== "development") return null;
  const choose = (run: string) => go({ run: run.trim() === "" ? null : run.trim() });
  return (
    <Field label="Test run">
      <Input
        // Another run by other means (a chip, Back) is shown.
        key={query.run}
        defaultValue={query.run ?? ""}
        maxLength={TEST_RUN_ID_MAX}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        onBlur={(event) => choose(event.target.value)}
        onKeyDown={(event) => (event.key === "Enter" ? choose(event.currentTarget.value) : undefined)}
      />
    </Field>
  );
}
