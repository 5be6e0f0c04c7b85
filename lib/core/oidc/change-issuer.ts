import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { findOperator, lockOperators } from "../operators/operator-store";
import { NO_PASSWORD } from "../operators/password";
import { requireManager } from "../operators/require-manager";
import { requirePermission } from "../permissions";
import { findIssuer } from "./find-issuer";
import { hasIdentityAt } from "./identity-store";
import { deleteIssuer, findStoredIssuer, saveIssuer } from "./issuer-store";
import { type ChangeIssuerInput, ChangeIssuerSchema, type IssuerSettings, type ShownIssuer } from "./schema";

/** What a page of the console shows of the issuer. */
export interface IssuerView {
  /** null: none is set up. */
  readonly issuer: ShownIssuer | null;
  /** It stands in environment variables, and nothing of it can be changed here. */
  readonly fromEnvironment: boolean;
}

const shown = ({ clientSecret: _, ...settings }: IssuerSettings): ShownIssuer => ({
  ...settings,
  roles: settings.roles.map(({ group, role }) => `${group}=${role}`).join("\n"),
  domains: settings.domains.join("\n"),
  factors: settings.factors.join("\n"),
});

const TARGET = { kind: "operator", id: "", name: "this installation" } as const;

/** What holds for sign-ins with an issuer, without its secret. */
export async function readIssuer(context: Context, actor: Actor): Promise<IssuerView> {
  requirePermission(actor, "operators.read_sessions");
  const issuer = await findIssuer(context);
  return { issuer: issuer === null ? null : shown(issuer), fromEnvironment: context.issuer !== undefined };
}

function requireChangeable(context: Context): void {
  if (context.issuer === undefined) return;
  throw new AppError("forbidden", { message: "Environment variables set the single sign-on. Change them there." });
}

/**
 * Sets the issuer that operators sign in with; an empty secret keeps the stored one. Throws `version_conflict` when it is not as `seen`,
 * `forbidden` where environment variables set it, and `invalid_parameter` at `only` for an owner who has not signed in with
 * it themselves: they would lock themselves out.
 */
export async function changeIssuer(context: Context, actor: Actor, input: ChangeIssuerInput): Promise<void> {
  requirePermission(actor, "operators.manage");
  requireChangeable(context);
  const { seen, clientSecret, ...next } = ChangeIssuerSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const stored = await findStoredIssuer(context, tx);
    const before = stored === null ? {} : shown(stored);
    await requireSeen(run, actor, {
      seen,
      current: { ...before },
      target: TARGET,
      actions: ["operator.issuer_changed"],
      environmentId: INSTALLATION,
    });
    // Another issuer must not be sent the secret of this one.
    const kept = stored?.issuer === next.issuer ? stored.clientSecret : "";
    const secret = clientSecret === "" ? kept : clientSecret;
    if (secret === "") {
      throw new AppError("invalid_parameter", { field: "clientSecret", message: "Enter the client secret." });
    }
    if (next.only && actor.kind === "operator" && !(await hasIdentityAt(tx, actor.operatorId, next.issuer))) {
      const message = "Sign in with it yourself first, so that you can’t lock yourself out.";
      throw new AppError("invalid_parameter", { field: "only", message });
    }
    const settings = { ...next, clientSecret: secret };
    await saveIssuer(context, tx, settings, new Date(context.now()));
    const after = shown(settings);
    const secretChanged = stored !== null && stored.clientSecret !== secret;
    if (!secretChanged && JSON.stringify(after) === JSON.stringify(before)) return { result: undefined };
    return {
      result: undefined,
      audit: [
        {
          environmentId: INSTALLATION,
          action: "operator.issuer_changed",
          target: TARGET,
          before: { ...before },
          after: { ...after, ...(secretChanged ? { clientSecret: "changed" } : {}) },
        },
      ],
    };
  });
}

/**
 * Forgets the issuer: nobody signs in with it any more, and whoever has no password needs a link to one. Throws `forbidden` to an owner
 * without a password, and where environment variables set it.
 */
export async function removeIssuer(context: Context, actor: Actor): Promise<void> {
  requirePermission(actor, "operators.manage");
  requireChangeable(context);
  await executeWithPrisma(context, actor, async (tx) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const own = actor.kind === "operator" ? await findOperator(tx, actor.operatorId) : null;
    if (own?.passwordHash === NO_PASSWORD) {
      throw new AppError("forbidden", {
        message: "You have no password, so you couldn’t sign in again. Another owner can make you a link to one.",
      });
    }
    const stored = await findStoredIssuer(context, tx);
    if (stored === null || !(await deleteIssuer(tx))) return { result: undefined };
    const record = { environmentId: INSTALLATION, action: "operator.issuer_changed", target: TARGET } as const;
    return { result: undefined, audit: [{ ...record, before: { ...shown(stored) }, after: { issuer: null } }] };
  });
}
