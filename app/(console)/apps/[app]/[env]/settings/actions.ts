"use server";

import { defineInstallationAction, type Seeing } from "@/lib/console/action";
import { changeApp as changeAppCase } from "@/lib/core/apps/change-app";
import { changePlan as changePlanCase } from "@/lib/core/apps/change-plan";
import { deleteApp as deleteAppCase } from "@/lib/core/apps/delete-app";
import type { ChangePlanInput } from "@/lib/core/apps/schema";

// About an app and not bound to an environment: they must work from a production that is closed.

export const changePlan = defineInstallationAction({
  permission: "apps.change_plan",
  run: (context, actor, input: Seeing<ChangePlanInput>) => changePlanCase(context, actor, input),
});

export const changeApp = defineInstallationAction({ permission: "apps.change", run: changeAppCase });

/** A temporary app may be deleted by whoever may make apps; of others the use case asks for more. */
export const deleteApp = defineInstallationAction({ permission: "apps.create", run: deleteAppCase });
