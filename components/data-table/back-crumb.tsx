"use client";

import { useSyncExternalStore } from "react";
import { Breadcrumb } from "@/components/ui/breadcrumb";
import { lastListHref } from "./place";

const subscribe = () => () => {};

/** The way back to the list as it was left: its search, filters, page, and the row. */
export function BackCrumb({ list, label }: { list: { readonly label: string; readonly href: string }; label: string }) {
  const href = useSyncExternalStore(
    subscribe,
    () => lastListHref(list.href) ?? list.href,
    () => list.href,
  );
  return <Breadcrumb crumbs={[{ label: list.label, href }, { label }]} />;
}
