import { createHash } from "node:crypto";
import { z } from "zod";
import { onPool } from "@/lib/db/statement";
import type { EnvironmentId } from "../actor";
import { realNow } from "../clock/environment-time";
import type { Context } from "../context";
import { auditKeyOf, isSignedBy } from "./audit-key";
import { findLastSeal } from "./seal-store";

/** What the signature at the end of an exported audit log says (docs/decisions/0121). */
const StatementSchema = z.object({
  version: z.literal(1),
  environmentId: z.int(),
  /** "Shop development", or "Installation" */
  of: z.string(),
  /** When the export ended. */
  at: z.iso.datetime(),
  /** Entries in the file. */
  rows: z.int(),
  /** Of all bytes before the signature, hexadecimal. */
  sha256: z.string(),
  /** The chain's last seal when the export began: a later chain must still have it. */
  head: z.object({ sequence: z.int(), hash: z.string() }).nullable(),
  publicKey: z.string(),
});
export type ExportStatement = z.output<typeof StatementSchema>;

/** Takes the file piece by piece, and signs it when it has ended. */
export interface ExportSigner {
  take(chunk: string, rows: number): void;
  /** The statement and its signature as one word: base64url, a dot, base64url. */
  sign(): string;
}

/** Begins the signature of an export of this environment's log. */
export async function createExportSigner(
  context: Context,
  environmentId: EnvironmentId,
  of: string,
): Promise<ExportSigner> {
  const last = await findLastSeal(onPool(context.db.pool), environmentId);
  const key = auditKeyOf(context.secrets);
  const bytes = createHash("sha256");
  let entries = 0;
  return {
    take(chunk, rows) {
      bytes.update(chunk, "utf8");
      entries += rows;
    },
    sign() {
      const statement: ExportStatement = {
        version: 1,
        environmentId,
        of,
        at: new Date(realNow(context)).toISOString(),
        rows: entries,
        sha256: bytes.digest("hex"),
        head: last === null ? null : { sequence: last.sequence, hash: last.hash },
        publicKey: key.publicKey,
      };
      const said = Buffer.from(JSON.stringify(statement)).toString("base64url");
      return `${said}.${key.sign(said)}`;
    },
  };
}

/** What a signature says; null when it is none, or was not made with the key whose public half it names. */
export function readExportSignature(signature: string): ExportStatement | null {
  const [said = "", made = ""] = signature.split(".");
  let content: unknown;
  try {
    content = JSON.parse(Buffer.from(said, "base64url").toString("utf8"));
  } catch {
    // Not what this product writes.
    return null;
  }
  const statement = StatementSchema.safeParse(content);
  return statement.success && isSignedBy(statement.data.publicKey, said, made) ? statement.data : null;
}
