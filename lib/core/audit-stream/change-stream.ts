import { inPrisma } from "@/lib/db/statement";
import { type Actor, INSTALLATION } from "../actor";
import { findLastNumber } from "../audit/seal-store";
import { executeWithPrisma } from "../command/execute";
import { requireSeen } from "../command/seen";
import type { Context } from "../context";
import { lockOperators } from "../operators/operator-store";
import { requireManager } from "../operators/require-manager";
import { requirePermission } from "../permissions";
import { checkReceiver } from "../webhooks/check-receiver";
import { type ChangeStreamInput, ChangeStreamSchema, type ShownStream } from "./schema";
import { countWaiting, deleteAddress, findStream, saveAddress } from "./stream-store";

/** Where the audit log is sent, and how that goes. */
export async function readStream(context: Context, actor: Actor): Promise<ShownStream> {
  requirePermission(actor, "audit.read_retention");
  const db = context.db.prisma;
  const stream = await findStream(db, "address");
  if (stream === null) return { url: "", sentAt: null, failures: 0, lastError: "", waiting: 0 };
  const { url, sentAt, failures, lastError, position } = stream;
  return { url, sentAt, failures, lastError, waiting: await countWaiting(db, position) };
}

/**
 * Sets where the audit log of the whole installation is sent, "" is nowhere. A first address gets what is sealed from now on, or with `whole` all that is in the log; another address
 * goes on where the one before was. Throws `invalid_parameter` at `url` for an address that may not be reached, `version_conflict`.
 */
export async function changeStream(context: Context, actor: Actor, input: ChangeStreamInput): Promise<void> {
  requirePermission(actor, "audit.stream");
  const { url, whole, seen } = ChangeStreamSchema.parse(input);
  if (url !== "") await checkReceiver(context, url);
  await executeWithPrisma(context, actor, async (tx, run) => {
    await lockOperators(tx);
    await requireManager(tx, actor);
    const stored = await findStream(tx, "address");
    const before = { url: stored?.url ?? "" };
    const target = { kind: "operator", id: "", name: "this installation" } as const;
    const action = "audit.stream_changed" as const;
    await requireSeen(run, actor, { seen, current: before, target, actions: [action], environmentId: INSTALLATION });
    if (before.url === url && !whole) return { result: undefined };
    if (url === "") await deleteAddress(tx);
    else await saveAddress(tx, url, whole ? 0n : stored === null ? await findLastNumber(inPrisma(tx)) : undefined);
    return {
      result: undefined,
      audit: [{ environmentId: INSTALLATION, action, target, before, after: { url, ...(whole ? { whole } : {}) } }],
    };
  });
}
