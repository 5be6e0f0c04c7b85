import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { requirePermission, SEEING_ROLES } from "../permissions";
import { lockOperators } from "./operator-store";
import { requireManager } from "./require-manager";
import { type ChangeSignInRulesInput, ChangeSignInRulesSchema } from "./schema";
import { findSignInRules, type SignInRules, saveSignInRules } from "./sign-in-rules-store";

/** The rules as a page shows and sends them: each role with the day from which it needs a second factor ("2027-01-31"), or null. */
export interface ShownSignInRules {
  readonly secondFactorFrom: Readonly<Record<(typeof SEEING_ROLES)[number], string | null>>;
  readonly idleHours: number;
  readonly maxDays: number;
}

const dayOf = (ms: number | undefined) => (ms === undefined ? null : new Date(ms).toISOString().slice(0, 10));

const shown = ({ secondFactorFrom, idleHours, maxDays }: SignInRules): ShownSignInRules => ({
  secondFactorFrom: {
    viewer: dayOf(secondFactorFrom.viewer),
    support: dayOf(secondFactorFrom.support),
    admin: dayOf(secondFactorFrom.admin),
    owner: dayOf(secondFactorFrom.owner),
  },
  idleHours,
  maxDays,
});

/** What holds for sign-ins to this console. */
export async function readSignInRules(context: Context, actor: Actor): Promise<ShownSignInRules> {
  requirePermission(actor, "operators.read");
  return shown(await findSignInRules(context.db.prisma));
}

/**
 * Sets from which day on each role needs a second factor, and how long sessions last; all of it acts on the next request of every
 * session. Throws `version_conflict` when the rules are not as `seen`.
 */
export async function changeSignInRules(context: Context, actor: Actor, input: ChangeSignInRulesInput): Promise<void> {
  requirePermission(actor, "operators.manage");
  const { seen, ...next } = ChangeSignInRulesSchema.parse(input);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const before = shown(await findSignInRules(tx));
    const target = { kind: "operator", id: "", name: "this installation" } as const;
    await requireSeen(run, actor, {
      seen,
      current: { ...before },
      target,
      actions: ["operator.sign_in_rules_changed"],
      environmentId: INSTALLATION,
    });
    const demanded = SEEING_ROLES.flatMap((role) => {
      const day = next.secondFactorFrom[role];
      return day === null ? [] : [[role, Date.parse(`${day}T00:00:00Z`)] as const];
    });
    const rules = { ...next, secondFactorFrom: Object.fromEntries(demanded) };
    await saveSignInRules(tx, rules, new Date(context.now()));
    const after = shown(rules);
    if (JSON.stringify(after) === JSON.stringify(before)) return { result: undefined };
    return {
      result: undefined,
      audit: [
        {
          environmentId: INSTALLATION,
          action: "operator.sign_in_rules_changed",
          target,
          before: { ...before },
          after: { ...after },
        },
      ],
    };
  });
}
