"use client";

import { ListScreen } from "@/components/data-table/list-screen";
import type { ActionResult } from "@/lib/console/action-result";
import { type AppRow, appsList } from "../apps-list";
import { CreateApp } from "./create-app";

interface AppsScreenProps {
  apps: ActionResult<readonly AppRow[]>;
  mayCreate: boolean;
}

/** All apps of the installation. */
export function AppsScreen({ apps, mayCreate }: AppsScreenProps) {
  return (
    <ListScreen
      list={appsList}
      query={{}}
      given={{ mayCreate }}
      page={apps.ok ? { ok: true, data: { rows: apps.data, next: null, previous: null } } : apps}
      count={apps.ok ? { count: apps.data.length, capped: false } : null}
      primary={<CreateApp allowed={mayCreate} />}
    />
  );
}
