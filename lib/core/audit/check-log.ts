import { z } from "zod";
import { onPool } from "@/lib/db/statement";
import { type Actor, type EnvironmentId, INSTALLATION } from "../actor";
import { findEnvironmentsByIds } from "../apps/environment-store";
import type { Context } from "../context";
import { requirePermission } from "../permissions";
import { auditKeyOf } from "./audit-key";
import { auditedEnvironment } from "./list-audit-entries";
import { AUDIT_SCOPES } from "./list-schema";
import { countMissingSeals, findChains, findLastSeal } from "./seal-store";
import { type ChainCheck, type Misfit, verifyChain } from "./verify-chain";

/** A page waits so long for a look at its log; the command line looks at all of it. */
const PAGE_MS = 6_000;

export const CheckLogSchema = z.object({ scope: z.enum(AUDIT_SCOPES) });
export type CheckLogInput = z.input<typeof CheckLogSchema>;

/** Up to when a log is sealed, and what its seals and exports are signed with. */
export interface SealState {
  /** null: nothing is sealed yet. */
  readonly sealedAt: Date | null;
  readonly publicKey: string;
}

export async function readSealState(context: Context, actor: Actor, input: CheckLogInput): Promise<SealState> {
  requirePermission(actor, "audit.read");
  const environmentId = auditedEnvironment(actor, CheckLogSchema.parse(input).scope);
  const last = await findLastSeal(onPool(context.db.pool), environmentId);
  return { sealedAt: last?.sealedAt ?? null, publicKey: auditKeyOf(context.secrets).publicKey };
}

/** Compares the log of the actor's environment, or the installation's, with its seals: the latest entries first, for six seconds. */
export async function checkLog(context: Context, actor: Actor, input: CheckLogInput): Promise<ChainCheck> {
  requirePermission(actor, "audit.read");
  const environmentId = auditedEnvironment(actor, CheckLogSchema.parse(input).scope);
  const check = await verifyChain(context, environmentId, PAGE_MS);
  const missing = missingSeals(await countMissingSeals(onPool(context.db.pool)));
  return { ...check, misfits: [...check.misfits, ...missing] };
}

/** Seals that are gone from the ends of chains: of which, the rest of the installation cannot say. */
function missingSeals(count: number): Misfit[] {
  if (count === 0) return [];
  const words = `${count === 1 ? "A seal is" : `${count} seals are`} missing in this installation, with the entries that only they covered.`;
  return [{ kind: "seal_missing", entryId: null, seal: null, words }];
}

/** A look at the log of one environment, with its name: "Shop development". */
export interface NamedCheck extends ChainCheck {
  readonly name: string;
}

/** `checkLog` for every environment, those of deleted apps too, and the installation; `withinMs` is for all together, absent: whole. */
export async function checkEveryLog(
  context: Pick<Context, "db" | "secrets" | "now">,
  withinMs = Number.POSITIVE_INFINITY,
): Promise<{ readonly logs: readonly NamedCheck[]; readonly misfits: readonly Misfit[] }> {
  const run = onPool(context.db.pool);
  const ids = await findChains(run);
  const environments = await findEnvironmentsByIds(context.db.prisma, ids);
  const nameOf = (id: EnvironmentId) => {
    const known = environments.get(id);
    if (known !== undefined) return `${known.appName} ${known.name}`;
    return id === INSTALLATION ? "Installation" : `Environment ${id} of a deleted app`;
  };
  const until = Date.now() + withinMs;
  const logs: NamedCheck[] = [];
  for (const id of ids) logs.push({ name: nameOf(id), ...(await verifyChain(context, id, until - Date.now())) });
  return { logs, misfits: missingSeals(await countMissingSeals(run)) };
}
