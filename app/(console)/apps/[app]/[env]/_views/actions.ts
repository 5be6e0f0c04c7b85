"use server";

import { defineAction, defineInstallationAction } from "@/lib/console/action";
import { changeView, deleteView, saveView } from "@/lib/core/views/change-views";
import { chooseColumns } from "@/lib/core/views/choose-columns";

export const saveViewAction = defineAction({ permission: "users.read", run: saveView });
export const changeViewAction = defineAction({ permission: "users.read", run: changeView });
export const deleteViewAction = defineAction({ permission: "users.read", run: deleteView });

/** Of the operator and of no environment: also where Production is closed. */
export const chooseColumnsAction = defineInstallationAction({ permission: "users.read", run: chooseColumns });
