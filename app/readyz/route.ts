import { checkReadiness } from "@/lib/console/readiness";
import { consoleContext } from "@/lib/console/runtime";
import { startMark } from "@/lib/env";

export const dynamic = "force-dynamic";

/** The database answers within two seconds and has every migration that this build knows. 503 otherwise. */
export async function GET(): Promise<Response> {
  const readiness = await checkReadiness(consoleContext);
  return Response.json(readiness, {
    status: readiness.status === "ready" ? 200 : 503,
    headers: { "Cache-Control": "no-store", ...startMark() },
  });
}
