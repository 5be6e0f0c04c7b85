import type { QueryClient } from "@tanstack/react-query";

/**
 * Calls `tell` with whether all that the page asks for has come and stands on the page, now and after each change; gives what ends it.
 * What a query brought is shown a task after the cache has told of it, so one task more passes before this tells.
 */
export function whenSettled(queries: QueryClient, tell: (settled: boolean) => void): () => void {
  let soon: ReturnType<typeof setTimeout>;
  const later = () => {
    clearTimeout(soon);
    if (queries.isFetching() > 0) tell(false);
    soon = setTimeout(() => {
      soon = setTimeout(() => tell(queries.isFetching() === 0));
    });
  };
  later();
  const end = queries.getQueryCache().subscribe(later);
  return () => {
    clearTimeout(soon);
    end();
  };
}
