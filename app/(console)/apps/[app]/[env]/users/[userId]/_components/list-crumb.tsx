"use client";

import { useSyncExternalStore } from "react";
import { lastListHref } from "@/components/data-table/place";
import { Breadcrumb } from "@/components/ui/breadcrumb";

const subscribe = () => () => {};

/** The way back to the list as it was left: its search, filters, page, and the row. */
export function ListCrumb({ base, userId }: { base: string; userId: string }) {
  const users = `${base}/users`;
  const href = useSyncExternalStore(
    subscribe,
    () => lastListHref(users) ?? users,
    () => users,
  );
  return <Breadcrumb crumbs={[{ label: "Users", href }, { label: userId }]} />;
}
