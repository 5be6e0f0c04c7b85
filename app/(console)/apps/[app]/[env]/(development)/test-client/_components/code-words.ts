/** What codes of the gateway and of the client library mean to somebody who tries things out. */

const ENDED: Readonly<Record<number, string>> = {
  2: "signed out",
  30001: "can’t reach the service",
  30002: "the connection was lost, or the server is stopping",
  30003: "the server heard nothing for too long",
  30011: "the client read too slowly",
  30015: "too many connections or calls",
  31000: "the server can’t check the connection now",
  31001: "the client is too old for this server",
  31002: "this server doesn’t know the App Key",
  31004: "the token is invalid, or the user was deleted",
  31008: "the app is closed",
  31009: "the user is banned",
  31010: "another device of the same platform connected, or an operator closed the connection",
  31011: "the user was banned",
  31020: "the token has expired or was invalidated",
  31022: "this page’s origin isn’t an allowed web origin",
  31023: "connecting is refused",
  31025: "the token belongs to the app’s other environment",
  31029: "the user was soft-deleted",
  34006: "the service didn’t answer within 30 seconds",
};

const TOO_MANY_CALLS = 20604;
const TOO_MANY_WORDS = "Too many calls in a second. Wait a moment and send again.";

/** Of messages. */
const REFUSED: Readonly<Record<number, string>> = {
  405: "The recipient has blocked the sender.",
  20106: "The sender is muted in direct channels.",
  [TOO_MANY_CALLS]: TOO_MANY_WORDS,
  25469: "They aren’t friends, and “Restrict direct messaging to friends” is on.",
};

/** Why a connection ended, as the end of a sentence. */
export const endWords = (code: number): string => ENDED[code] ?? `code ${code}`;

/** Why a call was refused, as a sentence: the server's own, which says most, or what the code means. */
export function refusalWords(code: number, msg?: string): string {
  if (code === TOO_MANY_CALLS) return TOO_MANY_WORDS;
  const end = ENDED[code];
  return end === undefined ? (msg ?? `Refused with ${code}.`) : `${end.charAt(0).toUpperCase()}${end.slice(1)}.`;
}

/** The same of a message that was not sent. */
export const unsentWords = (code: number, msg?: string): string => REFUSED[code] ?? refusalWords(code, msg);
