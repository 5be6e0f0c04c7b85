"use server";

import { defineAction } from "@/lib/console/action";
import { planImport } from "@/lib/core/imports/plan-import";
import { startImport } from "@/lib/core/imports/start-import";

/** What importing a file would do, line by line. */
export const planImportAction = defineAction({ permission: "users.register", run: planImport });

/** Starts the job that imports it. */
export const startImportAction = defineAction({ permission: "users.register", run: startImport });
