import type { Context } from "../context";
import { equalInConstantTime, sha256 } from "../secrets";
import { findSetupLink } from "./installation-fact-store";
import { countOperators } from "./operator-store";

/** `used`: there is an operator, so no set-up link works any more. */
export type SetupLinkState = "valid" | "used" | "expired" | "invalid";

/** What the page of a set-up link shows. Deciding is `createFirstOwner`'s, under its lock. */
export async function checkSetupLink(context: Context, secret: string): Promise<SetupLinkState> {
  const db = context.db.prisma;
  if ((await countOperators(db)) > 0) return "used";
  const link = await findSetupLink(db);
  if (link === null || !equalInConstantTime(link.secretHash, sha256(secret))) return "invalid";
  return link.expiresAt <= context.now() ? "expired" : "valid";
}
