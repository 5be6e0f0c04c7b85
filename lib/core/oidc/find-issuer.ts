import type { Context } from "../context";
import { AppError } from "../errors";
import { findBreakGlass, findStoredIssuer } from "./issuer-store";
import type { IssuerSettings } from "./schema";

/** The issuer whose sign-ins count: that of the environment variables, or the one of the console; null: there is none. */
export async function findIssuer(context: Context): Promise<IssuerSettings | null> {
  return context.issuer ?? findStoredIssuer(context, context.db.prisma);
}

/** Whether an address, which the issuer has verified, is in a domain that it vouches for. */
export const vouchesFor = ({ domains }: IssuerSettings, email: string | null): boolean =>
  email !== null && domains.includes(email.slice(email.lastIndexOf("@") + 1));

/** What the sign-in page offers. */
export interface SignInWays {
  /** What the issuer is called; null: there is none. */
  readonly issuer: string | null;
  /** Whether passwords and passkeys sign anybody in. */
  readonly others: boolean;
}

export async function findSignInWays(context: Context): Promise<SignInWays> {
  const issuer = await findIssuer(context);
  const others = !issuer?.only || (await findBreakGlass(context.db.prisma, context.now())) !== null;
  return { issuer: issuer?.name ?? null, others };
}

/**
 * Throws `issuer_only` where nobody but the issuer signs in, unless the command line has let this operator in for an hour
 * (`breakGlass`). `operatorId` null: whoever it is, no such exception is theirs.
 */
export async function requireOtherWays(context: Context, operatorId: string | null): Promise<void> {
  const issuer = await findIssuer(context);
  if (issuer === null || !issuer.only) return;
  if (operatorId !== null && (await findBreakGlass(context.db.prisma, context.now())) === operatorId) return;
  throw new AppError("issuer_only", { message: `Sign in with ${issuer.name}: here nothing else signs in.` });
}
