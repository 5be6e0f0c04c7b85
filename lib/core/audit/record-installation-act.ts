import type { System } from "../actor";
import { execute } from "../command/execute";
import type { Context } from "../context";
import type { AuditAction } from "./schema";

/** The target of what concerns the whole installation. */
export const INSTALLATION_TARGET = { kind: "settings", id: "", name: "this installation" } as const;

/** Writes down what was done to the installation by other means than the core's, such as a backup. `after`: what is worth knowing of it. */
export function recordInstallationAct(
  context: Context,
  actor: System,
  action: Extract<AuditAction, `installation.${string}`>,
  after: Readonly<Record<string, string | number>>,
): Promise<void> {
  return execute(context, actor, async () => ({
    result: undefined,
    audit: [{ action, target: INSTALLATION_TARGET, after }],
  }));
}
