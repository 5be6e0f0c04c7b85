/** Why a browser on this page will not reach the service, as far as their addresses tell; null: nothing speaks against it. */
export type ReachProblem = "mixed-content" | "loopback";

const LOOPBACK = /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

/** `page` and `api` are addresses. Loopback counts as secure for browsers, so only other hosts are mixed content. */
export function reachProblem(page: string, api: string): ReachProblem | null {
  const from = new URL(page);
  const to = new URL(api);
  const local = LOOPBACK.test(to.hostname);
  if (local && !LOOPBACK.test(from.hostname)) return "loopback";
  if (from.protocol === "https:" && to.protocol === "http:" && !local) return "mixed-content";
  return null;
}
