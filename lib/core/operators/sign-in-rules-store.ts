import type { Db } from "@/lib/db/database";
import type { OperatorRole } from "../actor";
import { SEEING_ROLES } from "../permissions";
import { SESSION_IDLE_HOURS, SESSION_MAX_DAYS } from "./schema";

/** What the owners have laid down for sign-ins: one record of the installation. */
export interface SignInRules {
  /** From when on a role needs a second factor, in Unix milliseconds; a role that is not there needs none. */
  readonly secondFactorFrom: Partial<Record<(typeof SEEING_ROLES)[number], number>>;
  /** A session ends after so many hours without a page or an action … */
  readonly idleHours: number;
  /** … and after so many days in any case. */
  readonly maxDays: number;
}

const KEY = "sign_in_rules";

const DEFAULTS: SignInRules = { secondFactorFrom: {}, idleHours: SESSION_IDLE_HOURS, maxDays: SESSION_MAX_DAYS };

/** Asked with every request of the console: one row by its key. */
export async function findSignInRules(db: Db): Promise<SignInRules> {
  const fact = await db.installationFact.findUnique({ where: { key: KEY }, select: { value: true } });
  return fact === null ? DEFAULTS : { ...DEFAULTS, ...(fact.value as unknown as Partial<SignInRules>) };
}

export async function saveSignInRules(db: Db, rules: SignInRules, now: Date): Promise<void> {
  const value = { ...rules, secondFactorFrom: { ...rules.secondFactorFrom } };
  await db.installationFact.upsert({
    where: { key: KEY },
    create: { key: KEY, value, updatedAt: now },
    update: { value, updatedAt: now },
  });
}

/** The same rules with a second factor of every role from a time on, in Unix milliseconds. */
export const demandingFrom = (rules: SignInRules, from: number): SignInRules => ({
  ...rules,
  secondFactorFrom: Object.fromEntries(SEEING_ROLES.map((role) => [role, from])),
});

/** From when on whoever holds this role, as the highest of theirs, needs a second factor; null: they need none. */
export const demandedFrom = (rules: SignInRules, role: OperatorRole): number | null =>
  rules.secondFactorFrom[role === "guest" ? "viewer" : role] ?? null;
