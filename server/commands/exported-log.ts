import { createHash } from "node:crypto";
import { type FileHandle, open } from "node:fs/promises";
import { type ExportStatement, readExportSignature } from "@/lib/core/audit/signed-export";
import { Failure } from "../installation/failure";

/** The signature and what stands around it take far less than this. */
const TAIL_BYTES = 16 * 1024;

/** How the last row of a file looks that holds its signature, in the two forms of an export. */
const LAST_ROWS = [
  // What stands before the row belongs to it in JSON: the comma is there for its sake.
  { form: "json", row: /(?<row>,?\n\{"signature":"(?<signature>[\w.-]+)"\})\n\]\n$/ },
  { form: "csv", row: /(?<=\r\n)(?<row>#signature,(?<signature>[\w.-]+),*)\r\n$/ },
] as const;

/** What a file turned out to be. */
export type ExportedLog =
  | { readonly state: "whole"; readonly statement: ExportStatement }
  /** `statement` is what was signed, which is not what the file holds. */
  | { readonly state: "changed"; readonly statement: ExportStatement }
  | { readonly state: "not signed" };

/** Reads an exported audit log and compares it with its signature. Throws `Failure` when the file cannot be read. */
export async function readExportedLog(file: string): Promise<ExportedLog> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw new Failure(`${file} cannot be read (${error.code}).`);
  });
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - TAIL_BYTES);
    // One character for each byte, so that places in the text are places in the file.
    const tail = (await read(handle, from, size)).toString("latin1");
    for (const { row } of LAST_ROWS) {
      const found = row.exec(tail);
      const statement = readExportSignature(found?.groups?.signature ?? "");
      if (found === null || statement === null) continue;
      const sha256 = await hashOf(handle, from + found.index);
      return { state: sha256 === statement.sha256 ? "whole" : "changed", statement };
    }
    return { state: "not signed" };
  } finally {
    await handle.close();
  }
}

async function read(handle: FileHandle, from: number, to: number): Promise<Buffer> {
  const bytes = Buffer.alloc(to - from);
  await handle.read(bytes, 0, bytes.length, from);
  return bytes;
}

/** Of the bytes before `end`. */
async function hashOf(handle: FileHandle, end: number): Promise<string> {
  const hash = createHash("sha256");
  if (end > 0) {
    for await (const bytes of handle.createReadStream({ start: 0, end: end - 1, autoClose: false })) hash.update(bytes);
  }
  return hash.digest("hex");
}
