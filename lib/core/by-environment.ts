import type { EnvironmentId } from "./actor";

/** Items of many environments, apart: what a shared batch makes of one environment is never told to another. */
export function byEnvironment<Item>(
  items: readonly Item[],
  environmentOf: (item: Item) => EnvironmentId,
): Map<EnvironmentId, Item[]> {
  const groups = new Map<EnvironmentId, Item[]>();
  for (const item of items) {
    const environmentId = environmentOf(item);
    const group = groups.get(environmentId);
    if (group === undefined) groups.set(environmentId, [item]);
    else group.push(item);
  }
  return groups;
}
