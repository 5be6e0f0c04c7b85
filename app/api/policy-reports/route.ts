import { policyReports } from "@/lib/console/policy-reports";
import { consoleContext } from "@/lib/console/runtime";

let take: Promise<ReturnType<typeof policyReports>> | undefined;

/** What browsers report of pages that broke their Content-Security-Policy, from anybody (lib/http/browser-policy.ts). */
export async function POST(request: Request): Promise<Response> {
  take ??= consoleContext().then(({ log }) => policyReports(log));
  return new Response(null, { status: await (await take)(request) });
}
