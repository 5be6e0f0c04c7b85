import { perDatabase } from "@/lib/db/batch";
import type { Runtime } from "@/lib/runtime";
import { createServerApi, type ServerApi } from "./server-api";
import { serverApiSettings } from "./settings";

const mounted = perDatabase(() => ({ api: undefined as ServerApi | undefined }));

/** The Server API of a process, made once over its runtime. */
export function serverApiOf(runtime: Runtime): ServerApi {
  const slot = mounted(runtime.context.db);
  slot.api ??= createServerApi(runtime.context, serverApiSettings(runtime.env));
  return slot.api;
}
