import type { InspectedToken, TokenVerdict } from "@/lib/core/tokens/inspect-token";

/** Why a token is accepted or refused, with the code that a client is told. */
const WORDS: Record<TokenVerdict, { readonly title: string; readonly detail: string }> = {
  accepted: { title: "Accepted", detail: "The user can connect with this token now." },
  banned: { title: "Refused: the user is banned", detail: "The token itself is valid. Clients get code 31009." },
  malformed: {
    title: "Not an access token",
    detail: "The text is something else, or part of the token is missing. Code 31004.",
  },
  wrong_signature: {
    title: "Refused: the signature is wrong",
    detail: "The token was changed, or issued before the App Secret was refreshed. Code 31004.",
  },
  foreign: {
    title: "Refused: not a token of this app",
    detail: "It belongs to another app or installation. Code 31004.",
  },
  other_environment: {
    title: "Refused: a token of the other environment",
    detail: "It’s valid only in the app’s other environment. Code 31025.",
  },
  expired: { title: "Refused: expired", detail: "Issue another token. Code 31020." },
  clock_ended: {
    title: "Refused: issued under a test clock that has ended",
    detail: "The environment is back to real time. Issue another token. Code 31020.",
  },
  invalidated: {
    title: "Refused: invalidated",
    detail: "It was issued before the user’s tokens were invalidated. Issue another token. Code 31020.",
  },
  unknown_user: {
    title: "Refused: no user has this ID",
    detail: "The user was deleted, or registered again after this token was issued. Code 31004.",
  },
  soft_deleted: { title: "Refused: the user is soft-deleted", detail: "Code 31029." },
};

/** `since`: the moment before which the user's tokens are refused, in words. */
export function verdictWords({ verdict, invalidatedBy }: InspectedToken, since: string | null) {
  const words = WORDS[verdict];
  if (verdict !== "invalidated" || since === null) return words;
  const detail = `${invalidatedBy ?? "Someone"} invalidated the tokens issued before ${since}. Issue another token. Code 31020.`;
  return { ...words, detail };
}
