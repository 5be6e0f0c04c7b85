import { isWithin, readNetwork } from "@/lib/networks";
import { type Actor, INSTALLATION } from "../actor";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { AppError } from "../errors";
import { requirePermission } from "../permissions";
import { type ChangeConsoleNetworksInput, ChangeConsoleNetworksSchema } from "./console-networks-schema";
import { findConsoleNetworks, saveConsoleNetworks } from "./console-networks-store";
import { lockOperators } from "./operator-store";
import { requireManager } from "./require-manager";

/** Where the console is open, as a page shows it. */
export interface ConsoleNetworks {
  /** One on each line; "": it is open to any address. */
  readonly networks: string;
  /** They stand in an environment variable, and cannot be changed here. */
  readonly fromEnvironment: boolean;
}

export async function readConsoleNetworks(context: Context, actor: Actor): Promise<ConsoleNetworks> {
  requirePermission(actor, "operators.read_sessions");
  const set = context.consoleNetworks;
  const networks = set ?? (await findConsoleNetworks(context.db.prisma));
  return { networks: networks.join("\n"), fromEnvironment: set !== undefined };
}

/**
 * Says from which networks the console opens; none: from any. Throws `invalid_parameter` at `networks` for an operator whose own address
 * is in none of them: they would shut themselves out; `forbidden` where an environment variable says it, `version_conflict`.
 */
export async function changeConsoleNetworks(
  context: Context,
  actor: Actor,
  input: ChangeConsoleNetworksInput,
): Promise<void> {
  requirePermission(actor, "operators.manage");
  if (context.consoleNetworks !== undefined) {
    throw new AppError("forbidden", { message: "CONSOLE_ALLOW_FROM says where the console is open. Change it there." });
  }
  const { networks, seen } = ChangeConsoleNetworksSchema.parse(input);
  requireInside(actor, networks);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const before = { networks: (await findConsoleNetworks(tx)).join("\n") };
    const target = { kind: "operator", id: "", name: "this installation" } as const;
    const actions = ["operator.console_networks_changed"] as const;
    await requireSeen(run, actor, { seen, current: before, target, actions, environmentId: INSTALLATION });
    const after = { networks: networks.join("\n") };
    if (after.networks === before.networks) return { result: undefined };
    await saveConsoleNetworks(tx, networks, new Date(context.now()));
    return {
      result: undefined,
      audit: [{ environmentId: INSTALLATION, action: actions[0], target, before, after }],
    };
  });
}

/** The command line, on the machine itself, is not kept out by it. */
function requireInside(actor: Actor, networks: readonly string[]): void {
  if (actor.kind !== "operator" || networks.length === 0) return;
  if (
    isWithin(
      actor.ip,
      networks.map(readNetwork).filter((one) => one !== null),
    )
  )
    return;
  const yours = actor.ip === "" ? "Your address is not known" : `Your address, ${actor.ip}, is in none of these`;
  throw new AppError("invalid_parameter", {
    field: "networks",
    message: `${yours}: you would shut yourself out.`,
  });
}
