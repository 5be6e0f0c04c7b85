import { checkReadiness } from "@/lib/console/readiness";
import { consoleContext } from "@/lib/console/runtime";
import { startMark } from "@/lib/env";

export const dynamic = "force-dynamic";

/**
 * The database answers within two seconds and has every migration that this build knows. 503 otherwise, and to `?changes` while there is no room for
 * changes: whoever only reads is served all the same.
 */
export async function GET(request: Request): Promise<Response> {
  const readiness = await checkReadiness(consoleContext);
  const refused = readiness.status === "ready" && readiness.changes === "refused";
  const serves = readiness.status === "ready" && !(refused && new URL(request.url).search === "?changes");
  return Response.json(readiness, {
    status: serves ? 200 : 503,
    headers: { "Cache-Control": "no-store", ...startMark() },
  });
}
