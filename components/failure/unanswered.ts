import { unstable_isUnrecognizedActionError } from "next/navigation";
import type { ActionError, UnansweredCode } from "@/lib/console/action-result";
import { EndpointError } from "./endpoint-error";
import { type Attempted, failureOf } from "./failure";
import { noteNewVersion, noteUnreached } from "./reachability";

function unanswered(code: UnansweredCode, attempted: Attempted): ActionError {
  return { code, message: failureOf({ code, message: "" }, attempted).sentence, requestId: "" };
}

/** Errors that React and Next make of what the server threw carry the number under which the log has it. */
const digestOf = (thrown: unknown) =>
  thrown instanceof Error && "digest" in thrown && typeof thrown.digest === "string" ? thrown.digest : null;

/** What a bundler throws when a file of the page's own version is no longer there. */
const isLostChunk = (thrown: unknown) =>
  thrown instanceof Error &&
  /ChunkLoadError|loading (css )?chunk|dynamically imported module/i.test(`${thrown.name} ${thrown.message}`);

/**
 * What is known when a call threw instead of answering. `online`: what the browser said of its connection when the call
 * began; whoever was offline already has sent nothing.
 */
export function failureOfThrown(thrown: unknown, attempted: Attempted, online = navigator.onLine): ActionError {
  if (thrown instanceof EndpointError) return thrown.error;
  if (unstable_isUnrecognizedActionError(thrown) || isLostChunk(thrown)) {
    noteNewVersion();
    return unanswered("new_version", attempted);
  }
  const digest = digestOf(thrown);
  if (digest !== null) return failureOfDigest(digest);
  noteUnreached();
  if (navigator.onLine) return unanswered("server_unreachable", attempted);
  return unanswered(online ? "connection_lost" : "offline", attempted);
}

/** What an error of a page was, of which the browser has only the digest: `failureDigest`, or Next's own number. */
export function failureOfDigest(digest: string): ActionError {
  const [code = "", requestId] = digest.split(";");
  const message = "Something went wrong on our side.";
  return requestId === undefined
    ? { code: "internal", message, requestId: digest }
    : { code: code as ActionError["code"], message, requestId };
}
