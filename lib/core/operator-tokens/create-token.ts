import type { Db } from "@/lib/db/database";
import { INSTALLATION, type Operator, type OperatorRole, type System, type TokenScope } from "../actor";
import { findApp } from "../apps/app-store";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { AppError } from "../errors";
import { linkSecret, newId } from "../ids";
import {
  findHeldRoles,
  findOperator,
  findOperatorByEmail,
  findOperators,
  lockOperators,
  type StoredOperator,
} from "../operators/operator-store";
import { isTestOperator, mayUse, requirePermission } from "../permissions";
import { sha256 } from "../secrets";
import {
  type CreateTokenForInput,
  CreateTokenForSchema,
  type CreateTokenInput,
  CreateTokenSchema,
  TOKEN_PREFIX,
  TOKENS_MAX,
} from "./schema";
import { findTokensOf, insertToken } from "./token-store";

export interface CreatedToken {
  readonly id: string;
  readonly name: string;
  /** What the program sends. It is in this answer and nowhere else. */
  readonly token: string;
  readonly expiresAt: Date;
}

/**
 * Makes a token by which a program acts as this operator, within its scopes. Throws `invalid_parameter`: for a scope that nothing of
 * the operator's role uses, a name that another of their tokens has, and when they have 50; `not_found` for an app that is not there.
 */
export async function createToken(context: Context, actor: Operator, input: CreateTokenInput): Promise<CreatedToken> {
  if (actor.token !== undefined) throw new AppError("forbidden", { message: "Tokens can’t create tokens." });
  // A token would outlast them.
  if (isTestOperator(actor)) throw new AppError("forbidden", { message: "Test operators can’t create tokens." });
  requirePermission(actor, "account.tokens");
  const { days, ...asked } = CreateTokenSchema.parse(input);
  return makeToken(context, actor, { ...asked, minutes: days * 1440 }, async (tx) => {
    const operator = await findOperator(tx, actor.operatorId);
    if (operator === null || operator.disabledAt !== null) {
      throw new AppError("forbidden", { message: "Your account is disabled." });
    }
    return operator;
  });
}

/** A token that was made for an operator, and who that is. */
export interface CreatedTokenFor extends CreatedToken {
  readonly operator: { readonly email: string; readonly name: string; readonly role: OperatorRole };
  readonly scopes: readonly TokenScope[];
  /** Null: every app. */
  readonly appId: string | null;
}

/**
 * Makes a token of any operator. For whoever runs the installation, where nobody sits at a browser: in CI. Throws as `createToken`,
 * and `not_found` where nobody has the address, or it was left out and there is not exactly one owner.
 */
export async function createTokenFor(
  context: Context,
  actor: System,
  input: CreateTokenForInput,
): Promise<CreatedTokenFor> {
  const { email, ...asked } = CreateTokenForSchema.parse(input);
  let operator: StoredOperator | undefined;
  const made = await makeToken(context, actor, asked, async (tx) => {
    operator = email === undefined ? await theOnlyOwner(tx) : await working(tx, email);
    return operator;
  });
  if (operator === undefined) throw new Error("The token was made for nobody.");
  const { name, role } = operator;
  return { ...made, operator: { email: operator.email, name, role }, scopes: asked.scopes, appId: asked.appId };
}

async function working(tx: Db, email: string): Promise<StoredOperator> {
  const operator = await findOperatorByEmail(tx, email);
  if (operator === null)
    throw new AppError("not_found", { message: `There is no operator with the address ${email}.` });
  if (operator.disabledAt !== null) throw new AppError("forbidden", { message: `${email} is disabled.` });
  // A token would outlast them.
  if (operator.expiresAt !== null) throw new AppError("forbidden", { message: "Test operators can’t have tokens." });
  return operator;
}

async function theOnlyOwner(tx: Db): Promise<StoredOperator> {
  const owners = (await findOperators(tx)).filter(
    ({ role, disabledAt, expiresAt }) => role === "owner" && disabledAt === null && expiresAt === null,
  );
  const [owner] = owners;
  if (owner !== undefined && owners.length === 1) return owner;
  throw new AppError("not_found", {
    field: "email",
    message:
      owner === undefined ? "There is no owner yet." : `There are ${owners.length} owners. Say whose token it is.`,
  });
}

async function makeToken(
  context: Context,
  actor: Operator | System,
  asked: { name: string; scopes: TokenScope[]; appId: string | null; minutes: number },
  ownerOf: (tx: Db) => Promise<StoredOperator>,
): Promise<CreatedToken> {
  const { name, scopes, appId, minutes } = asked;
  const now = context.now();
  const token = `${TOKEN_PREFIX}${linkSecret()}`;
  const id = newId.operatorToken();
  const expiresAt = new Date(now + minutes * 60_000);
  return executeWithPrisma(context, actor, async (tx) => {
    // Two that are made at once do not overlook each other, and the role is the one of now.
    await lockOperators(tx);
    const operator = await ownerOf(tx);
    const [who, whose] = actor.kind === "operator" ? ["You have", "Your"] : [`${operator.name} has`, "The operator’s"];
    const holds = await findHeldRoles(tx, operator);
    const useless = scopes.find((scope) => !mayUse(holds, scope, appId));
    if (useless !== undefined) {
      throw new AppError("forbidden", {
        field: "scopes",
        message: `${whose} role can’t use the scope ${useless}.`,
      });
    }
    const app = appId === null ? null : await findApp(tx, appId);
    if (appId !== null && app === null) {
      throw new AppError("not_found", { field: "appId", message: `There is no app with the ID ${appId}.` });
    }
    const others = await findTokensOf(tx, operator.id, new Date(now));
    if (others.some((other) => other.name === name)) {
      throw new AppError("invalid_parameter", { field: "name", message: `${who} a token with this name.` });
    }
    if (others.length >= TOKENS_MAX) {
      throw new AppError("invalid_parameter", {
        field: "name",
        message: `${who} ${TOKENS_MAX} tokens. Revoke one that is no longer needed.`,
      });
    }
    await insertToken(tx, {
      id,
      operatorId: operator.id,
      name,
      secretHash: sha256(token),
      scopes,
      appId,
      createdAt: new Date(now),
      expiresAt,
    });
    return {
      result: { id, name, token, expiresAt },
      audit: [
        {
          environmentId: INSTALLATION,
          action: "operator.token_created",
          target: { kind: "operator", id: operator.id, name: operator.email },
          after: { name, scopes, app: app?.name ?? null, expiresAt: expiresAt.toISOString() },
        },
      ],
    };
  });
}
