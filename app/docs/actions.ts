"use server";

import { defineAction } from "@/lib/console/action";
import { consoleRuntime } from "@/lib/console/runtime";
import { serverApiOf } from "@/lib/server-api/mount";
import { tryCall } from "@/lib/server-api/try-call";

/** Sends a signed call to the Server API of a Development environment. */
export const tryCallAction = defineAction({
  permission: "keys.try",
  run: async (context, actor, input: { path: string; body: string }) =>
    tryCall(context, serverApiOf(await consoleRuntime()), actor, input),
});
