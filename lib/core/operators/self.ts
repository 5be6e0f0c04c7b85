import type { Actor, Operator } from "../actor";

/** Whoever has just shown who they are, as the actor of what that does, in place of the visitor they were before. */
export function selfOf(
  { requestId, ip }: Actor,
  { id, email, name, role }: Pick<Operator, "email" | "name" | "role"> & { readonly id: string },
): Operator {
  const holds = { everywhere: role, grants: [] };
  return {
    kind: "operator",
    source: "console",
    requestId,
    ip,
    environment: null,
    operatorId: id,
    name,
    email,
    role,
    holds,
  };
}
