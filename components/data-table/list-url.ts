/** A change of a list's query string: a value to set, or null to remove. */
export type ListChange = Readonly<Record<string, string | null>>;

/**
 * The query string of a list after a change, with its leading "?" or "" when nothing is left.
 *
 * Whatever changes what the list shows (search, filter, sort, size) also removes the cursor: a place in one list is no
 * place in another. Only a change that names the cursor itself keeps one.
 */
export function changeListUrl(current: string | URLSearchParams, change: ListChange): string {
  const params = new URLSearchParams(current);
  if (!("cursor" in change)) params.delete("cursor");
  for (const [name, value] of Object.entries(change)) {
    if (value === null || value === "") params.delete(name);
    else params.set(name, value);
  }
  const text = params.toString();
  return text === "" ? "" : `?${text}`;
}

/** Next's `searchParams` as one value a name; of repeated names the first counts. */
export function firstValues(searchParams: Readonly<Record<string, string | string[] | undefined>>) {
  const values: Record<string, string> = {};
  for (const [name, value] of Object.entries(searchParams)) {
    const first = Array.isArray(value) ? value[0] : value;
    if (first !== undefined) values[name] = first;
  }
  return values;
}
