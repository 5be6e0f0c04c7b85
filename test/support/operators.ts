import type { Operator, OperatorRole, System } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { newId } from "@/lib/core/ids";
import { createOperator } from "@/lib/core/operators/create-operator";
import { systemOf } from "./context";

export const TEST_PASSWORD = "correct horse battery";

/** An operator who is in the database and can sign in with `TEST_PASSWORD`. */
export async function createTestOperator(context: Context, role: OperatorRole, email?: string): Promise<Operator> {
  const made = await createOperator(context, systemOf(null), {
    email: email ?? `${role}-${newId.operator()}@example.com`,
    password: TEST_PASSWORD,
    role,
    name: `Test ${role}`,
  });
  return {
    kind: "operator",
    source: "console",
    fresh: true,
    requestId: newId.request(),
    ip: "127.0.0.1",
    environment: null,
    operatorId: made.id,
    name: made.name,
    email: made.email,
    role,
    holds: { everywhere: role, grants: [] },
  };
}

/** A person at the sign-in page. */
export function visitor(): System {
  return { kind: "system", source: "console", requestId: newId.request(), ip: "192.0.2.7", environment: null };
}
