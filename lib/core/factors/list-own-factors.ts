import type { Operator } from "../actor";
import type { Context } from "../context";
import { demandedFrom, findSignInRules } from "../operators/sign-in-rules-store";
import { highestRole } from "../permissions";
import { countRecoveryCodes, findApp, findPasskeys } from "./factor-store";
import type { Site } from "./passkey";
import type { OwnFactors } from "./schema";

/** What the operator can prove themselves with besides the password. */
export async function listOwnFactors(context: Context, actor: Operator, site: Site | null): Promise<OwnFactors> {
  const db = context.db.prisma;
  const [app, passkeys, codesLeft, rules] = await Promise.all([
    findApp(db, actor.operatorId),
    findPasskeys(db, actor.operatorId),
    countRecoveryCodes(db, actor.operatorId),
    findSignInRules(db),
  ]);
  const from = demandedFrom(rules, highestRole(actor.holds));
  const { createdAt, lastUsedAt } = app ?? {};
  return {
    factors: [
      ...(createdAt === undefined || lastUsedAt === undefined
        ? []
        : [{ kind: "app" as const, id: "", name: "Authenticator app", createdAt, lastUsedAt }]),
      ...passkeys.map(({ id, name, createdAt, lastUsedAt }) => ({
        kind: "passkey" as const,
        id,
        name,
        createdAt,
        lastUsedAt,
      })),
    ],
    codesLeft,
    passkeys: site !== null,
    demandedFrom: from === null ? null : new Date(from),
  };
}
