"use client";

import { useQuery } from "@tanstack/react-query";
import { ErrorReference } from "@/components/failure/error-reference";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";
import type { Scope } from "@/components/layout/quota-query";
import type { SettingKey } from "@/lib/core/settings/facts";
import { countedChange } from "@/lib/core/settings/facts";
import type { SettingsImpact as Impact } from "@/lib/core/settings/impact-schema";
import type { Settings } from "@/lib/core/settings/schema";
import { impactSentence } from "./impact-words";
import { settingLabel } from "./reviewed-changes";

interface SettingsImpactProps {
  scope: Scope;
  keys: readonly SettingKey[];
  before: Partial<Settings>;
  after: Partial<Settings>;
}

/** What reviewed changes do to what is stored: a sentence each, with figures that are counted when it is shown. */
export function SettingsImpact({ scope, keys, before, after }: SettingsImpactProps) {
  const changes = keys.flatMap((key) => {
    const [old, next] = [before[key], after[key]];
    return old === undefined || next === undefined ? [] : [{ key, old, next, counted: countedChange(key, old, next) }];
  });
  const figures = changes.flatMap(({ counted }) => (counted === null ? [] : [counted.figure]));
  const query = new URLSearchParams({
    figures: figures.join(","),
    keys: changes.flatMap(({ counted }) => counted?.keys ?? []).join(","),
  });
  const impact = useQuery({
    queryKey: ["settings-impact", scope.app, scope.env, query.toString()],
    queryFn: ({ signal }) => fetchJson<Impact>(`/api/apps/${scope.app}/${scope.env}/settings/impact?${query}`, signal),
    enabled: figures.length > 0,
    staleTime: 0,
  });
  if (changes.length === 0) return null;
  const failure = impact.isError ? failureOfThrown(impact.error, "read") : null;
  return (
    <section
      aria-label="Impact"
      aria-busy={impact.isFetching}
      className="rounded-lg border bg-sunken px-3 py-2.5 text-13"
    >
      <h3 className="mb-1 font-medium">Impact</h3>
      <ul className="flex flex-col gap-1.5">
        {changes.map(({ key, old, next, counted }) => (
          <li key={key} className="text-ink-muted">
            {changes.length > 1 ? <span className="font-medium text-ink">{settingLabel(key)}: </span> : null}
            {counted !== null && impact.isLoading
              ? "Counting…"
              : impactSentence(key, old, next, counted === null ? undefined : impact.data?.[counted.figure])}
          </li>
        ))}
      </ul>
      {failure === null ? null : (
        <div className="mt-2 text-ink-muted">
          <p>Could not count: {failure.message}</p>
          <ErrorReference code={failure.code} requestId={failure.requestId} />
        </div>
      )}
    </section>
  );
}
