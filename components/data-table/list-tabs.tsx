"use client";

import { usePathname } from "next/navigation";
import { TabLinks } from "@/components/ui/tab-links";
import { tabChoices, textOf } from "./list-address";
import type { ListAddress, ListQuery } from "./list-definition";
import { changeListUrl } from "./list-url";

interface ListTabsProps<Query extends ListQuery> {
  list: ListAddress<Query>;
  query: Query;
  /** On the tabs, by their value. */
  numbers: Readonly<Record<string, string | undefined>>;
}

/** Lists of their own under one heading: a tab's link keeps the page size, and drops search, filters and place. */
export function ListTabs<Query extends ListQuery>({ list, query, numbers }: ListTabsProps<Query>) {
  const pathname = usePathname();
  const { tabs } = list;
  if (tabs === undefined) return null;
  const defaults = list.defaults;
  const first = textOf(defaults, tabs.name);
  const size = query.size === defaults.size ? null : textOf(query, "size");
  return (
    <TabLinks
      label={tabs.label}
      tabs={tabChoices(tabs).map(([value, label]) => ({
        href: pathname + changeListUrl("", { [tabs.name]: value === first ? null : value, size }),
        label,
        current: textOf(query, tabs.name) === value,
        count: numbers[value],
      }))}
    />
  );
}
