const ANYWHERE = "https://console.invalid";

/**
 * Where to go after signing in: a path of this console, or "/" when the address names anything else. An address that a
 * browser would read as another site ("//evil.example", "/\evil.example", "https:…") never gets through.
 */
export function nextPath(next: string | string[] | undefined): string {
  const text = Array.isArray(next) ? next[0] : next;
  if (text === undefined || !text.startsWith("/") || !URL.canParse(text, ANYWHERE)) return "/";
  const url = new URL(text, ANYWHERE);
  if (url.origin !== ANYWHERE || url.pathname.startsWith("//")) return "/";
  const path = `${url.pathname}${url.search}${url.hash}`;
  return /^\/(sign-in|second-factor|setup|invite|reset|api)(\/|\?|#|$)/.test(path) ? "/" : path;
}
