import { statfs } from "node:fs/promises";

/** How full a disk is. "short": operators are told. "none": nothing that can wait is written to it. */
export type RoomLevel = "enough" | "short" | "none";

export interface Disk {
  readonly sizeBytes: number;
  /** What is left for accounts other than root's, as PostgreSQL's is. */
  readonly freeBytes: number;
}

const MIB = 1024 * 1024;
/** 90 % of it are used. */
const TOLD_BELOW = 0.1;
/** What is kept for PostgreSQL's own needs, and for signing in and making room: a twentieth of the disk, within these bounds. */
const KEPT = { share: 0.05, least: 64 * MIB, most: 1024 * MIB };
/** So much more must be free before a level is left again, so that it does not change with every megabyte. */
const MARGIN = 1.25;

/** Free bytes below which nothing more is taken. */
export const keptBytes = ({ sizeBytes }: Pick<Disk, "sizeBytes">): number =>
  Math.min(KEPT.most, Math.max(KEPT.least, sizeBytes * KEPT.share));

export const usedShare = ({ sizeBytes, freeBytes }: Disk): number => (sizeBytes === 0 ? 0 : 1 - freeBytes / sizeBytes);

/** The level of a disk that had `before`. */
export function judgeDisk(disk: Disk, before: RoomLevel = "enough"): RoomLevel {
  const { sizeBytes, freeBytes } = disk;
  if (freeBytes < keptBytes(disk) * (before === "none" ? MARGIN : 1)) return "none";
  const toldBelow = Math.max(sizeBytes * TOLD_BELOW, keptBytes(disk));
  return freeBytes <= toldBelow * (before === "enough" ? 1 : MARGIN) ? "short" : "enough";
}

/** The disk that a folder lies on; null where that cannot be known, as of a folder that is not there. */
export async function readDisk(folder: string): Promise<Disk | null> {
  try {
    const { bsize, blocks, bfree, bavail } = await statfs(folder);
    // As `df` counts: blocks that are kept for root are neither used nor free.
    return { sizeBytes: (blocks - bfree + bavail) * bsize, freeBytes: bavail * bsize };
  } catch (error) {
    if (["ENOENT", "EACCES", "ENOTDIR", "ENOSYS"].includes((error as NodeJS.ErrnoException).code ?? "")) return null;
    throw error;
  }
}

/** "1.2 GiB", "480 MiB". */
export function bytesText(bytes: number): string {
  return bytes < 1024 * MIB ? `${Math.floor(bytes / MIB)} MiB` : `${(bytes / 1024 / MIB).toFixed(1)} GiB`;
}
