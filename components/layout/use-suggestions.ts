"use client";

import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { failureOf } from "@/components/failure/failure";
import { fetchJson } from "@/components/failure/fetch-json";
import { failureOfThrown } from "@/components/failure/unanswered";

const PAUSE_MS = 200;

/** `value` as it was when it last rested for a moment, so that not every key asks the server; at once in a hurry. */
function useSettled(value: string, hurry: boolean): string {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    if (hurry) setSettled(value);
    const timer = window.setTimeout(() => setSettled(value), PAUSE_MS);
    return () => window.clearTimeout(timer);
  }, [value, hurry]);
  return hurry ? value : settled;
}

export interface Suggestions<T> {
  /** The text that the answer is about; "" for none. */
  readonly asked: string;
  readonly found: readonly T[];
  readonly fetching: boolean;
  /** The server has answered, or failed to, about the text as it stands. */
  readonly answered: boolean;
  /** Why nothing could be searched, as a sentence. */
  readonly error: string | null;
}

/**
 * What a typed text may mean, as one of the console's endpoints says. `path` is "/api/…/suggest", null where nothing can be
 * asked; `what` stands in the sentence of an error: "Users". In a `hurry` it is asked without waiting for the next key.
 */
export function useSuggestions<T>(
  path: string | null,
  typed: string,
  { what, enabled, hurry = false }: { what: string; enabled: boolean; hurry?: boolean },
): Suggestions<T> {
  const text = typed.trim();
  const asked = useSettled(text, hurry);
  const asks = enabled && path !== null && asked !== "";
  const query = useQuery({
    queryKey: ["suggest", path, asked],
    enabled: asks,
    queryFn: ({ signal }) => fetchJson<T[]>(`${path}?q=${encodeURIComponent(asked)}`, signal),
  });
  return {
    asked,
    found: asks ? (query.data ?? []) : [],
    fetching: query.isFetching,
    answered: !asks ? text === "" || !enabled || path === null : asked === text && query.isFetched,
    error:
      asks && query.error !== null
        ? `Could not search ${what.toLowerCase()}. ${failureOf(failureOfThrown(query.error, "read"), "read").sentence}`
        : null,
  };
}
