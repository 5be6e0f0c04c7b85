import type { Actor, EnvironmentName, HeldRoles, OperatorRole } from "../actor";
import { findApps } from "../apps/app-store";
import { EnvironmentNameSchema } from "../apps/schema";
import type { Context } from "../context";
import { AppError } from "../errors";
import {
  grantFor,
  highestRole,
  isEverywhere,
  lowestRole,
  mayAlso,
  type Permission,
  type Place,
  reaches,
  requirePermission,
  roleFor,
  roleIn,
  roleMay,
} from "../permissions";
import { findGrants, type StoredGrant } from "./grant-store";
import { findOperator } from "./operator-store";
import { type OperatorIdInput, OperatorIdSchema } from "./schema";

/** One environment, and what an operator is there. */
export interface PlaceAccess {
  readonly environment: EnvironmentName;
  /** Whether the environment exists: a Production that no plan has opened does not, yet a role in it can be given. */
  readonly exists: boolean;
  /** The role that counts there; "guest": none. */
  readonly role: OperatorRole;
  /** What was given for it; null: nothing, or the actor may not see what others were given. */
  readonly grant: StoredGrant | null;
}

/** What one operator is, and where. */
export interface OperatorAccess {
  readonly id: string;
  readonly name: string;
  /** "": the actor may not see e-mail addresses. */
  readonly email: string;
  readonly disabledAt: Date | null;
  readonly test: boolean;
  readonly holds: HeldRoles;
  /** The apps that the actor sees, oldest first. */
  readonly apps: ReadonlyArray<{ readonly id: string; readonly name: string; readonly places: readonly PlaceAccess[] }>;
}

/** What an operator is everywhere and in each app, and who said so: of the own account, or of everybody’s. Throws `not_found`. */
export async function getAccess(context: Context, actor: Actor, input: OperatorIdInput): Promise<OperatorAccess> {
  const { operatorId } = OperatorIdSchema.parse(input);
  const own = actor.kind === "operator" && actor.operatorId === operatorId;
  if (!own) requirePermission(actor, "operators.read");
  const db = context.db.prisma;
  const [operator, grants, apps] = await Promise.all([
    findOperator(db, operatorId),
    findGrants(db, operatorId),
    findApps(db),
  ]);
  if (operator === null) throw new AppError("not_found", { message: "This operator no longer exists." });
  const holds = { everywhere: operator.role, grants };
  const placeOf = (appId: string, existing: readonly EnvironmentName[], name: EnvironmentName): PlaceAccess => ({
    environment: name,
    exists: existing.includes(name),
    role: roleIn(holds, { appId, name }),
    grant: grantFor(grants, { appId, name }) ?? null,
  });
  const seen = (appId: string) =>
    actor.kind !== "operator" || EnvironmentNameSchema.options.some((name) => reaches(actor, { appId, name }));
  return {
    id: operator.id,
    name: operator.name,
    email: own || mayAlso(actor, "operators.read_addresses") ? operator.email : "",
    disabledAt: operator.disabledAt,
    test: operator.expiresAt !== null,
    holds,
    apps: apps
      .filter(({ id }) => seen(id))
      .map(({ id, name, environments }) => ({
        id,
        name,
        places: EnvironmentNameSchema.options.map((environment) => placeOf(id, environments, environment)),
      })),
  };
}

/** Why an operator may do something at a place, or may not. */
export interface Answer {
  readonly may: boolean;
  /** The role that was asked. */
  readonly role: OperatorRole;
  /** Where that role comes from: held everywhere, given for this environment, or the highest of several. */
  readonly by: "everywhere" | "grant" | "highest";
  /** The lowest role that may. */
  readonly needs: OperatorRole;
}

/** Whether what an operator holds lets them do something: in an environment, or on the installation (null). */
export function answerOf(holds: HeldRoles, permission: Permission, place: Place | null): Answer {
  const role = roleFor(holds, permission, place);
  return {
    may: roleMay(role, permission),
    role,
    by: sourceOf(holds, permission, place),
    needs: lowestRole(permission),
  };
}

function sourceOf(holds: HeldRoles, permission: Permission, place: Place | null): Answer["by"] {
  if (isEverywhere(permission) || holds.everywhere === "owner") return "everywhere";
  if (place === null) return highestRole(holds) === holds.everywhere ? "everywhere" : "highest";
  return grantFor(holds.grants, place) === undefined ? "everywhere" : "grant";
}
