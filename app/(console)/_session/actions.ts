"use server";

import { defineInstallationAction } from "@/lib/console/action";
import { signOutHere } from "@/lib/console/session";
import {
  dismissNewSignIn as dismissNewSignInCase,
  endOtherSessions as endOtherSessionsCase,
  signOutEverywhere as signOutEverywhereCase,
} from "@/lib/core/operators/sign-out-everywhere";

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

const runEndOthers = defineInstallationAction({ permission: null, run: endOtherSessionsCase });
const runDismiss = defineInstallationAction({ permission: null, run: dismissNewSignInCase });

/** Ends every session of the operator who asks but this one. */
export async function endOtherSessions() {
  return runEndOthers();
}

/** The operator knows of the sign-in in a new browser. */
export async function dismissNewSignIn() {
  return runDismiss();
}

/** Ends every session of the operator who asks, this one included. */
export async function signOutEverywhere() {
  return runSignOutEverywhere();
}
