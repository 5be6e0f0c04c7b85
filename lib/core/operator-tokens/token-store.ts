import type { Db } from "@/lib/db/database";
import type { Grant, OperatorRole, TokenScope } from "../actor";
import { GRANT_COLUMNS, grantsOf } from "../operators/grant-store";
import { TOKEN_SCOPES } from "../permissions";
import type { OperatorTokenRow } from "./schema";

export interface TokenHolder {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/** A token with its operator as they are now. */
export interface StoredToken extends OperatorTokenRow {
  readonly revokedAt: Date | null;
  readonly operator: TokenHolder & {
    readonly role: OperatorRole;
    readonly grants: readonly Grant[];
    readonly disabledAt: Date | null;
  };
}

const COLUMNS = {
  id: true,
  name: true,
  scopes: true,
  createdAt: true,
  expiresAt: true,
  lastUsedAt: true,
  lastUsedIp: true,
  app: { select: { id: true, name: true } },
} as const;

/** A scope that a later version knows lets this one do nothing. */
const known = (scopes: readonly string[]): TokenScope[] =>
  scopes.filter((scope): scope is TokenScope => Object.hasOwn(TOKEN_SCOPES, scope));

export async function insertToken(
  db: Db,
  token: {
    id: string;
    operatorId: string;
    name: string;
    secretHash: string;
    scopes: TokenScope[];
    appId: string | null;
    createdAt: Date;
    expiresAt: Date;
  },
): Promise<void> {
  await db.operatorToken.create({ data: token });
}

/** This runs for every request with a token. */
export async function findTokenBySecret(db: Db, secretHash: string): Promise<StoredToken | null> {
  const token = await db.operatorToken.findUnique({
    where: { secretHash },
    select: {
      ...COLUMNS,
      revokedAt: true,
      operator: { select: { id: true, email: true, name: true, role: true, disabledAt: true, grants: GRANT_COLUMNS } },
    },
  });
  if (token === null) return null;
  const { operator } = token;
  return { ...token, scopes: known(token.scopes), operator: { ...operator, grants: grantsOf(operator.grants) } };
}

/** An operator's tokens that still work, the newest first. */
export async function findTokensOf(db: Db, operatorId: string, now: Date): Promise<OperatorTokenRow[]> {
  const tokens = await db.operatorToken.findMany({
    where: { operatorId, revokedAt: null, expiresAt: { gt: now } },
    select: COLUMNS,
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return tokens.map((token) => ({ ...token, scopes: known(token.scopes) }));
}

/** Everybody's tokens that still work, the newest first. */
export async function findWorkingTokens(
  db: Db,
  now: Date,
): Promise<Array<OperatorTokenRow & { readonly operator: TokenHolder }>> {
  const tokens = await db.operatorToken.findMany({
    where: { revokedAt: null, expiresAt: { gt: now } },
    select: { ...COLUMNS, operator: { select: { id: true, email: true, name: true } } },
    orderBy: [{ createdAt: "desc" }, { id: "asc" }],
  });
  return tokens.map((token) => ({ ...token, scopes: known(token.scopes) }));
}

/** Whose token it is, whether or not it works; null: there is none of that id. */
export async function findTokenHolder(db: Db, tokenId: string): Promise<string | null> {
  return (
    (await db.operatorToken.findUnique({ where: { id: tokenId }, select: { operatorId: true } }))?.operatorId ?? null
  );
}

/** Ends one token of an operator. Gives its name, or null when none of that id works. */
export async function revokeToken(db: Db, operatorId: string, tokenId: string, now: Date): Promise<string | null> {
  const where = { id: tokenId, operatorId, revokedAt: null, expiresAt: { gt: now } };
  const [ended] = await db.operatorToken.updateManyAndReturn({
    where,
    data: { revokedAt: now },
    select: { name: true },
  });
  return ended?.name ?? null;
}

/** Says that the token was used, unless another request has just done so (`before`). */
export async function touchToken(db: Db, tokenId: string, use: { at: Date; ip: string; before: Date }): Promise<void> {
  await db.operatorToken.updateMany({
    where: { id: tokenId, OR: [{ lastUsedAt: null }, { lastUsedAt: { lt: use.before } }] },
    data: { lastUsedAt: use.at, lastUsedIp: use.ip },
  });
}

/** Rows are kept for so long after the token would have ended in any case. */
const KEEP_ENDED_MS = 90 * 86_400_000;

/** Throws away rows of tokens that ended long ago, at most `limit`. Gives how many. */
export async function deleteEndedTokens(db: Db, now: Date, limit: number): Promise<number> {
  const expiresAt = { lt: new Date(now.getTime() - KEEP_ENDED_MS) };
  return (await db.operatorToken.deleteMany({ where: { expiresAt }, limit })).count;
}
