import { randomBytes } from "node:crypto";

/** What a browser may do with the console's answers. Why each line stands here: docs/decisions/0110. */

export interface PolicyOptions {
  /** Where clients reach the service: the test client's page opens a WebSocket there. */
  readonly apiUrl: string;
  /** Pages that reload while they are written are compiled in the browser. */
  readonly dev: boolean;
}

export interface BrowserPolicy {
  /** Stand in every answer, whatever it is. */
  readonly headers: ReadonlyArray<readonly [name: string, value: string]>;
  /** The Content-Security-Policy of an answer of this path; `nonce` is of this answer alone. */
  policyOf(path: string, nonce: string): string;
}

/** The sign-in page as somebody reaches it whose session has ended, with why. */
const SIGNED_OUT = /^\/sign-in\?(.*&)?reason=/;

/** What an answer tells a browser to forget: after a session the files that it kept, such as users' pictures. */
export const forgetting = (url: string): readonly [name: string, value: string] | null =>
  SIGNED_OUT.test(url) ? ["Clear-Site-Data", '"cache"'] : null;

/** The console's own endpoint for what browsers report of pages that broke their policy. */
export const REPORTS_PATH = "/api/policy-reports";

/** The header of a request in which a page finds the nonce of its answer; what a client sends under it is overwritten. */
export const NONCE_HEADER = "x-nonce";

/** Data, files and pictures: opened as a page of their own, they can load, run and send nothing. */
const DATA_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/** 128 random bits in base64: the characters that a nonce in a policy may have. */
export const newNonce = (): string => randomBytes(16).toString("base64");

const socketOf = (url: string) => new URL(url).origin.replace(/^http/, "ws");

export function browserPolicy({ apiUrl, dev }: PolicyOptions): BrowserPolicy {
  const pagePolicy = (nonce: string) =>
    [
      "default-src 'none'",
      // Scripts of this answer, and those that they load.
      `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
      // Dialogs, lists that scroll and toasts place themselves by style elements and attributes of their own.
      "style-src 'self' 'unsafe-inline'",
      "img-src 'self' data:",
      "font-src 'self'",
      `connect-src 'self' ${socketOf(apiUrl)}`,
      "manifest-src 'self'",
      "object-src 'none'",
      "base-uri 'none'",
      "form-action 'self'",
      "frame-ancestors 'none'",
      `report-uri ${REPORTS_PATH}`,
    ].join("; ");
  return {
    headers: [
      ["Cross-Origin-Opener-Policy", "same-origin"],
      ["Cross-Origin-Resource-Policy", "same-origin"],
      ["X-Frame-Options", "DENY"],
      ["Referrer-Policy", "same-origin"],
      ["Permissions-Policy", "camera=(), microphone=(), geolocation=()"],
    ],
    policyOf: (path, nonce) => (/^\/(api|v4)\//.test(path) ? DATA_POLICY : pagePolicy(nonce)),
  };
}
