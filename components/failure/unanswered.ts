import { unstable_isUnrecognizedActionError } from "next/navigation";
import type { ActionError, UnansweredCode } from "@/lib/console/action-result";
import { EndpointError } from "./endpoint-error";
import { type Attempted, failureOf } from "./failure";
import { isAway, noteNewVersion, noteUnreached } from "./reachability";

function unanswered(code: UnansweredCode, attempted: Attempted): ActionError {
  return { code, message: failureOf({ code, message: "" }, attempted).sentence, requestId: "" };
}

/** Errors that React and Next make of what the server threw carry the number under which the log has it. */
const digestOf = (thrown: unknown) =>
  thrown instanceof Error && "digest" in thrown && typeof thrown.digest === "string" ? thrown.digest : null;

/** What a bundler throws when a file of the page's own version cannot be had: it is no longer there, or nobody answers. */
export const isLostChunk = (thrown: unknown): boolean =>
  thrown instanceof Error &&
  /ChunkLoadError|loading (css )?chunk|dynamically imported module/i.test(`${thrown.name} ${thrown.message}`);

/** What `fetch` throws when nobody answers, in the words of each browser; a bug of ours is a TypeError too. */
const isUnreached = (thrown: unknown) =>
  thrown instanceof TypeError && /fetch|network|load failed|connection/i.test(thrown.message);

/** What Next says of an answer that is none of its own, such as a proxy's. */
const isForeignAnswer = (thrown: unknown) =>
  thrown instanceof Error && thrown.message.startsWith("An unexpected response was received");

const FAULT = "Something went wrong on our side.";

/**
 * What is known when a call threw instead of answering. `online`: what the browser said of its connection when the call
 * began; whoever was offline already has sent nothing.
 */
export function failureOfThrown(thrown: unknown, attempted: Attempted, online = navigator.onLine): ActionError {
  if (thrown instanceof EndpointError) return thrown.error;
  const lostChunk = isLostChunk(thrown);
  if (unstable_isUnrecognizedActionError(thrown) || (lostChunk && !isAway())) {
    noteNewVersion();
    return unanswered("new_version", attempted);
  }
  const digest = digestOf(thrown);
  if (digest !== null) return failureOfDigest(digest);
  if (isForeignAnswer(thrown)) return unanswered("server_unreachable", attempted);
  if (!lostChunk && !isUnreached(thrown)) return { code: "internal", message: FAULT, requestId: "" };
  noteUnreached();
  if (navigator.onLine) return unanswered("server_unreachable", attempted);
  return unanswered(online ? "connection_lost" : "offline", attempted);
}

/** What an error of a page was, of which the browser has only the digest: `failureDigest`, or Next's own number. */
export function failureOfDigest(digest: string): ActionError {
  const [code = "", requestId] = digest.split(";");
  return requestId === undefined
    ? { code: "internal", message: FAULT, requestId: digest }
    : { code: code as ActionError["code"], message: FAULT, requestId };
}
