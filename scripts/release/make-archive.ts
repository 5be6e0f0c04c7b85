import { createHash } from "node:crypto";
import { createWriteStream, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { create } from "tar";

/** Of every file in it, so that the same content makes the same bytes. */
const MADE_AT = new Date(0);

/** Packs a folder into `archive`, with its checksum beside it: the same bytes for the same content, wherever and whenever. */
export async function makeArchive(folder: string, archive: string): Promise<string> {
  const parent = path.dirname(folder);
  const names = filesIn(parent, path.basename(folder));
  const packed = create(
    {
      cwd: parent,
      portable: true,
      mtime: MADE_AT,
      // Who may run it may run it everywhere; nothing in it is secret, and nothing of it is written to.
      onWriteEntry(entry) {
        if (entry.stat !== undefined) entry.stat.mode = (entry.stat.mode & 0o100) === 0 ? 0o100644 : 0o100755;
      },
    },
    names,
  );
  await pipeline(packed, createGzip({ level: 9 }), createWriteStream(archive));
  const sum = createHash("sha256").update(readFileSync(archive)).digest("hex");
  writeFileSync(`${archive}.sha256`, `${sum}  ${path.basename(archive)}\n`);
  return sum;
}

/** Files and links below a folder, as paths in `parent`, in an order that is the same everywhere. */
function filesIn(parent: string, folder: string): string[] {
  const entries = readdirSync(path.join(parent, folder), { withFileTypes: true });
  return entries
    .flatMap((entry) => {
      const name = `${folder}/${entry.name}`;
      return entry.isDirectory() ? filesIn(parent, name) : [name];
    })
    .sort();
}
