import { callerOf } from "@/lib/console/request";
import { consoleRuntime } from "@/lib/console/runtime";
import { serverApiOf } from "@/lib/server-api/mount";

/** The Server API as a route handler, so that a deployment of the console alone has all of it. */
async function answer(request: Request): Promise<Response> {
  return serverApiOf(await consoleRuntime()).fetch(request, callerOf(request.headers));
}

export const dynamic = "force-dynamic";
export {
  answer as DELETE,
  answer as GET,
  answer as HEAD,
  answer as OPTIONS,
  answer as PATCH,
  answer as POST,
  answer as PUT,
};
