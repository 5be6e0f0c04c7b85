import type { IssuerRefusal } from "@/lib/core/oidc/schema";

/** What NextAuth's addresses call the issuer. */
export const ISSUER_ID = "oidc";

/** Where the issuer sends browsers back to; it must be registered there. */
export const redirectUriOf = (consoleUrl: string) => `${consoleUrl}/api/auth/callback/${ISSUER_ID}`;

/** Why a sign-in with an issuer did not count, as the sign-in page says it. Browser-safe. `name`: what the issuer is called. */
export function issuerSentence(why: string, name: string): string | null {
  return Object.hasOwn(SENTENCES, why) ? SENTENCES[why as IssuerRefusal](name) : null;
}

const SENTENCES: Readonly<Record<IssuerRefusal, (name: string) => string>> = {
  off: (name) => `Signing in with ${name} is off. Sign in with your password.`,
  denied: (name) => `You didn’t finish signing in at ${name}. Try again.`,
  stale: () => "This took too long, or began in another browser. Try again.",
  mismatch: (name) => `The answer of ${name} belongs to another sign-in. Try again.`,
  clock: (name) => `The clocks of ${name} and this server differ. Whoever runs this installation can set its clock.`,
  unreachable: (name) => `${name} can’t be reached. Try again in a moment.`,
  issuer: (name) => `${name} refused this console. An owner can check the client ID and secret.`,
  busy: () => "Too many people are signing in right now. Try again in a moment.",
  unverified: (name) => `${name} hasn’t verified your e-mail address. Verify it there, then try again.`,
  domain: () => "Your e-mail address is in a domain that may not sign in here.",
  taken: () => "An operator here has your e-mail address already. An owner can let this account in.",
  not_invited: () => "You have no account here yet. An owner can invite you.",
  no_role: () => "None of your groups may use this console. An owner can tell you which do.",
  disabled: () => "An owner has disabled your account and can enable it again.",
  removed: () => "An owner has removed your account and can invite you again.",
  not_you: () => "This is another account than the one you’re signed in with. Nothing was confirmed.",
  linked: (name) => `This account at ${name}, or yours here, is linked already. Nothing was linked.`,
  fault: () => "Something went wrong on our side. Try again.",
  not_fresh: (name) => `${name} didn’t ask you to prove who you are. Nothing was confirmed.`,
};
