import type { HeldRoles } from "../actor";
import type { Context } from "../context";
import { FRESH_MINUTES, highestRole, lowerRole } from "../permissions";
import { findSession, type StoredSession, touchSession } from "./session-store";
import { demandedFrom, findSignInRules } from "./sign-in-rules-store";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TOUCH_EVERY_MS = 60_000;

/** Why a session does not count any more. `none`: there never was one. */
export type SessionEnd = "none" | "signed_out" | "idle" | "expired" | "disabled";

export type SessionState =
  | {
      readonly active: true;
      readonly sessionId: string;
      /** The role needs a second factor and the operator has none: they set one up, and do nothing else before. */
      readonly factorMissing: boolean;
      /** Whoever uses it has proven within `FRESH_MINUTES` who they are. */
      readonly fresh: boolean;
      /** When somebody has signed in as this operator in a new browser, after this session; null: nobody, or they have seen it. */
      readonly newSignInAt: Date | null;
      readonly operator: {
        readonly id: string;
        readonly email: string;
        readonly name: string;
        readonly holds: HeldRoles;
        /** A test operator, of one app or of all (null). */
        readonly test?: { readonly appId: string | null };
      };
    }
  | { readonly active: false; readonly reason: SessionEnd };

/**
 * Whether a session counts now, and who its operator is now: signing out everywhere, disabling an operator and changing
 * a role act on the very next request. `touch` records that a person is there, at most once a minute; a page that polls
 * by itself must not pass it, or an unattended screen would never be signed out.
 */
export async function checkSession(
  context: Context,
  sessionId: string,
  options: { touch: boolean },
): Promise<SessionState> {
  const [session, rules] = await Promise.all([
    findSession(context.db.prisma, sessionId),
    findSignInRules(context.db.prisma),
  ]);
  const now = context.now();
  if (session === null) return { active: false, reason: "none" };
  if (session.disabledAt !== null) return { active: false, reason: "disabled" };
  const { madeBy } = session;
  if (madeBy !== null && !mayStillTest(context, madeBy)) return { active: false, reason: "signed_out" };
  if (session.revokedAt !== null) return { active: false, reason: "signed_out" };
  const ends = Math.min(session.expiresAt.getTime(), session.createdAt.getTime() + rules.maxDays * DAY_MS);
  if (ends <= now) return { active: false, reason: "expired" };
  if (session.lastSeenAt.getTime() + rules.idleHours * HOUR_MS <= now) return { active: false, reason: "idle" };
  if (options.touch && session.lastSeenAt.getTime() + TOUCH_EVERY_MS <= now) {
    await touchSession(context.db.prisma, session.id, new Date(now), new Date(now - TOUCH_EVERY_MS + 1));
  }
  const { operatorId: id, email, name } = session;
  const known = { id, email, name };
  const operator =
    madeBy === null
      ? { ...known, holds: { everywhere: session.role, grants: session.grants } }
      : {
          ...known,
          holds: { everywhere: lowerRole(session.role, madeBy.operator.role), grants: [] },
          test: { appId: madeBy.appId },
        };
  // Whoever is an admin of one environment can do there what the rule for admins is about.
  const single = madeBy === null && session.secondFactorSince === null && !session.twoFactors;
  const from = single ? demandedFrom(rules, highestRole(operator.holds)) : null;
  const factorMissing = from !== null && from <= now;
  const fresh = session.confirmedAt !== null && session.confirmedAt.getTime() + FRESH_MINUTES * 60_000 > now;
  const newSignInAt =
    session.newSignInAt !== null && session.newSignInAt > session.createdAt ? session.newSignInAt : null;
  return { active: true, sessionId: session.id, factorMissing, fresh, newSignInAt, operator };
}

/** Whoever made a test operator must still be allowed to: the setting, the token and its operator are looked at each time. */
function mayStillTest({ testOperators }: Context, madeBy: NonNullable<StoredSession["madeBy"]>): boolean {
  return testOperators && madeBy.revokedAt === null && madeBy.operator.disabledAt === null;
}
