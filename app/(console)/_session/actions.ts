"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { signOutHere } from "@/lib/console/session";
import { signOutEverywhere as signOutEverywhereCase } from "@/lib/core/operators/sign-out-everywhere";

const runSignOut = defineInstallationAction({
  permission: null,
  withoutFactor: true,
  run: async () => {
    await signOutHere();
    return null;
  },
});

const runSignOutEverywhere = defineInstallationAction({
  permission: null,
  run: async (context, actor) => {
    await signOutEverywhereCase(context, actor);
    return null;
  },
});

/** Ends this browser's session. */
export async function signOut() {
  return runSignOut();
}

/** Ends every session of the operator who asks, this one included. */
export async function signOutEverywhere() {
  return runSignOutEverywhere();
}
