import type { Db } from "@/lib/db/database";
import type { Run } from "@/lib/db/statement";
import type { System } from "../actor";
import { INSTALLATION_TARGET } from "../audit/record-installation-act";
import { findLastNumber } from "../audit/seal-store";
import { executeWithPrisma } from "../command/execute";
import type { Context } from "../context";
import { findStoredIssuer, saveIssuer } from "../oidc/issuer-store";
import { createSecretBox, masterKeyBytes, type SecretBox } from "../secrets";
import { findRetiredKeys, saveRetiredKeys } from "./retired-key-store";
import { findSecretNumbers, lockSealed, SEALED_COLUMNS, writeSealed } from "./sealed-column-store";

/** A stored secret does not open with the master key; nothing was changed. */
export class UnreadableSecret extends Error {
  constructor(table: string, id: string) {
    super(`The secret of ${id} in ${table} does not open with the master key.`);
    this.name = "UnreadableSecret";
  }
}

interface Keys {
  /** As `MASTER_KEY`: the one of now and the one to be. */
  readonly from: string;
  readonly to: string;
}

/** The same as they are used while everything is sealed anew. */
interface Boxes {
  readonly before: SecretBox;
  readonly after: SecretBox;
}

/**
 * Seals every stored secret with another master key, in one transaction, and keeps the one before for what follows from it. No other
 * process may use the installation meanwhile, and the new key must be on disk already. Gives how many were sealed anew. Throws
 * `UnreadableSecret`.
 */
export async function rotateMasterKey(
  context: Context,
  actor: System,
  { from, to }: Keys,
): Promise<{ sealed: number }> {
  const boxes: Boxes = { before: createSecretBox(from), after: createSecretBox(to) };
  return executeWithPrisma(context, actor, async (tx, run) => {
    let sealed = await resealIssuer(context, tx, boxes);
    for (const place of SEALED_COLUMNS) sealed += await resealColumn(tx, place, boxes);
    await retireKey(context, { tx, run, from, ...boxes });
    return {
      result: { sealed },
      audit: [{ action: "installation.master_key_rotated", target: INSTALLATION_TARGET, after: { sealed } }],
    };
  });
}

async function resealColumn(tx: Db, place: (typeof SEALED_COLUMNS)[number], { before, after }: Boxes): Promise<number> {
  const rows = await lockSealed(tx, place);
  const anew = rows.map(({ id, sealed }) => {
    const purpose = place.purpose(id);
    let clear: string;
    try {
      clear = before.decrypt(sealed, purpose);
    } catch {
      throw new UnreadableSecret(place.table, id);
    }
    return { id, sealed: Buffer.from(after.encrypt(clear, purpose)).toString("base64") };
  });
  await writeSealed(tx, place, anew);
  return anew.length;
}

async function resealIssuer(context: Context, tx: Db, { before, after }: Boxes): Promise<number> {
  let issuer: Awaited<ReturnType<typeof findStoredIssuer>>;
  try {
    issuer = await findStoredIssuer({ secrets: before }, tx);
  } catch {
    throw new UnreadableSecret("installation_facts", "issuer");
  }
  if (issuer === null) return 0;
  await saveIssuer({ secrets: after }, tx, issuer, new Date(context.now()));
  return 1;
}

/** Writes down the key of before, and how far what follows from it has got. */
async function retireKey(
  context: Context,
  { tx, run, from, before, after }: Boxes & { readonly tx: Db; readonly run: Run; readonly from: string },
): Promise<void> {
  const now = new Date(context.now());
  const retired = {
    masterKey: masterKeyBytes(from).toString("hex"),
    retiredAt: now.toISOString(),
    sealsThrough: String(await findLastNumber(run)),
    webhookSecrets: await findSecretNumbers(tx),
  };
  await saveRetiredKeys(tx, after, [retired, ...(await findRetiredKeys(tx, before))], now);
}
