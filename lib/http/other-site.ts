import type { IncomingHttpHeaders } from "node:http";

interface SiteRequest {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Doors that no browser opens by what it keeps: each call proves itself by a signature or a token. */
const OWN_PROOF = /^\/(v4|api\/console\/v1)\//;
const READS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/** The name and port that an address has; "" for `null`, and for one without a name, such as `file://`. */
function hostOf(origin: string): string {
  try {
    return new URL(origin).host;
  } catch {
    return "";
  }
}

/**
 * Whether a page of another site makes a browser send this: then whatever that browser keeps for the console must do
 * nothing. Browsers say so (`Sec-Fetch-Site`, `Origin`); whoever says neither is no browser, and has no cookies that it did
 * not mean to send. A link to a page, or to a file, may stand anywhere.
 */
export function comesFromOtherSite({ method = "GET", url = "/", headers }: SiteRequest, publicUrl: string): boolean {
  if (OWN_PROOF.test(url)) return false;
  const site = headers["sec-fetch-site"];
  const reads = READS.has(method);
  const followed = headers["sec-fetch-mode"] === "navigate" && headers["sec-fetch-dest"] === "document";
  if (site !== undefined && site !== "same-origin" && !(reads && (site === "none" || followed))) return true;
  const { origin } = headers;
  if (reads || origin === undefined) return false;
  const host = hostOf(origin);
  return host === "" || ![headers.host, headers["x-forwarded-host"], hostOf(publicUrl)].includes(host);
}
