import { createHash, timingSafeEqual } from "node:crypto";
import { createReadStream, statSync } from "node:fs";
import { createGunzip } from "node:zlib";
import type { z } from "zod";
import { Failure } from "../installation/failure";
import {
  ChecksumSchema,
  END_OF_ROWS,
  type End,
  EndSchema,
  FORMAT_VERSION,
  type Header,
  HeaderSchema,
  type Secrets,
  SecretsSchema,
  type Table,
  TableSchema,
} from "./format";
import { keysOf, type PassphraseKeys } from "./passphrase";

/** What a backup's parts are given to, in the order of the file. */
interface Receiver {
  header?(header: Header): Promise<void>;
  /** Gives how many rows it took; `rows` must be read to its end. */
  table(table: Table, rows: AsyncIterable<Buffer>): Promise<number>;
  end?(end: End): Promise<void>;
}

export interface Read {
  readonly header: Header;
  readonly rows: Readonly<Record<string, number>>;
}

/** A passphrase that opens a backup, and what it opens. */
export interface Opened {
  readonly keys: PassphraseKeys;
  readonly secrets: Secrets;
}

/** The first line of a backup. Throws `Failure`. */
export async function readHeader(file: string): Promise<Header> {
  const reader = openLines(file);
  try {
    return await headerIn(file, reader);
  } finally {
    reader.close();
  }
}

/** Throws `Failure` when the passphrase is not the backup's. */
export async function openSecrets({ kdf, sealed }: Header, passphrase: string): Promise<Opened> {
  const keys = await keysOf(passphrase, kdf);
  const clear = keys.open(sealed);
  if (clear === null) throw new Failure("The passphrase is not the one that this backup was made with.");
  return { keys, secrets: SecretsSchema.parse(JSON.parse(clear)) };
}

/**
 * Reads a backup from its beginning to its end, in constant memory. With `keys` what a stranger has changed is found too, without
 * them damage. Throws `Failure` when it is not whole, which is known only at its end: what `receiver` was given counts for nothing then.
 */
export async function readBackup(file: string, keys: PassphraseKeys | null, receiver: Receiver): Promise<Read> {
  const reader = openLines(file);
  try {
    const header = await headerIn(file, reader);
    await receiver.header?.(header);
    const rows: Record<string, number> = {};
    for (;;) {
      const line = await reader.line();
      const table = parse(TableSchema, line);
      if (table !== null) {
        rows[table.table] = await receiver.table(table, reader.rows());
        continue;
      }
      const last = parse(EndSchema, line);
      if (last === null) throw reader.damaged();
      const sha256 = reader.digest();
      const sum = parse(ChecksumSchema, await reader.line());
      const authentic = keys === null || sum === null || equal(sum.hmac, keys.authenticate(sha256));
      if (sum === null || sum.sha256 !== sha256 || !authentic || !(await reader.isAtEnd())) throw reader.damaged();
      const names = new Set([...Object.keys(rows), ...Object.keys(last.end.rows)]);
      if ([...names].some((name) => rows[name] !== last.end.rows[name])) throw reader.damaged();
      await receiver.end?.(last.end);
      return { header, rows };
    }
  } finally {
    reader.close();
  }
}

async function headerIn(file: string, reader: Lines): Promise<Header> {
  let line: string | null;
  try {
    line = await reader.line();
  } catch {
    throw new Failure(`${file} is not a backup of this product, or its beginning is damaged.`);
  }
  const header = parse(HeaderSchema, line);
  if (header === null) throw new Failure(`${file} is not a backup of this product, or its beginning is damaged.`);
  if (header.version > FORMAT_VERSION) {
    throw new Failure(
      `${file} was made by a newer version of this product, ${header.product}: restore it with that one.`,
    );
  }
  return header;
}

const equal = (a: string, b: string) => timingSafeEqual(Buffer.from(a, "hex"), Buffer.from(b, "hex"));

function parse<T>(schema: z.ZodType<T>, line: string | null): T | null {
  if (line === null) return null;
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null;
  } catch {
    return null;
  }
}

const END = Buffer.from(END_OF_ROWS);
/** A line is no longer than this, unless it is a row. */
const LONGEST_LINE = 16 * 1024 * 1024;

interface Lines {
  /** The next line, without its end; null at the end of the file. Counted by `digest`. */
  line(): Promise<string | null>;
  /** The lines up to the one that ends a table's rows, in blocks of whole lines. */
  rows(): AsyncGenerator<Buffer>;
  digest(): string;
  /** Whether nothing follows, neither lines nor bytes that are not part of the stream. */
  isAtEnd(): Promise<boolean>;
  damaged(): Failure;
  close(): void;
}

function openLines(file: string): Lines {
  const hash = createHash("sha256");
  const source = createReadStream(file);
  const gunzip = createGunzip({ chunkSize: 256 * 1024 });
  source.on("error", (error) => gunzip.destroy(error));
  source.pipe(gunzip);
  const blocks = gunzip[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  let rest: Buffer = Buffer.alloc(0);
  const damaged = () => new Failure(`${file} is damaged: it is not whole, or was changed after it was written.`);

  const more = async (): Promise<boolean> => {
    try {
      const { done, value } = await blocks.next();
      if (done === true) return false;
      rest = rest.length === 0 ? value : Buffer.concat([rest, value]);
      return true;
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? "";
      if (code.startsWith("Z_")) throw damaged();
      throw new Failure(`${file} cannot be read: ${(error as Error).message}.`, { cause: error });
    }
  };
  const take = (bytes: number): Buffer => {
    const taken = rest.subarray(0, bytes);
    rest = rest.subarray(bytes);
    hash.update(taken);
    return taken;
  };

  return {
    async line() {
      let end = rest.indexOf("\n");
      while (end === -1) {
        if (rest.length > LONGEST_LINE) throw damaged();
        if (!(await more())) {
          if (rest.length > 0) throw damaged();
          return null;
        }
        end = rest.indexOf("\n");
      }
      return take(end + 1).toString("utf8", 0, end);
    },
    async *rows() {
      for (;;) {
        if (rest.subarray(0, END_OF_ROWS.length).equals(END)) {
          take(END_OF_ROWS.length);
          return;
        }
        const end = rest.indexOf(`\n${END_OF_ROWS}`);
        const whole = end === -1 ? rest.lastIndexOf("\n") : end;
        if (whole >= 0) yield take(whole + 1);
        else if (!(await more())) throw damaged();
        if (end === -1 && whole >= 0 && !(await more())) throw damaged();
      }
    },
    digest: () => hash.copy().digest("hex"),
    async isAtEnd() {
      return rest.length === 0 && !(await more()) && gunzip.bytesWritten === statSync(file).size;
    },
    damaged,
    close() {
      source.destroy();
      gunzip.destroy();
    },
  };
}
