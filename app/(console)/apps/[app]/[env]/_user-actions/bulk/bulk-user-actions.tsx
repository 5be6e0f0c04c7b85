"use client";

import { onIntent } from "@/components/ui/on-intent";

/** What can be done with ticked users, loaded when the first is ticked. */
export const BulkUserActions = onIntent(() => import("./bulk-acts-bar").then((part) => part.BulkActsBar));
