import { readFileSync } from "node:fs";

/** How many connections a server of this process takes, so that it never runs out of file descriptors: each takes one. */
export interface ConnectionRoom {
  /** Those beyond this many are answered with 503, and end. */
  readonly shedAt: number;
  /** Those beyond this many end at once. */
  readonly dropAt: number;
}

/** For PostgreSQL, Redis, webhooks, pictures, files and everything else that a process opens. */
const RESERVED = 200;

/** The room that a limit of open files leaves. null: the limit is not known. */
export function connectionRoom(limit: number | null): ConnectionRoom {
  if (limit === null) return { shedAt: Number.POSITIVE_INFINITY, dropAt: Number.POSITIVE_INFINITY };
  const shedAt = Math.max(limit - RESERVED, Math.floor(limit / 2));
  return { shedAt, dropAt: shedAt + Math.floor((limit - shedAt) / 2) };
}

/** Files that this process may open; Node raises its own limit to the highest allowed when it starts. null: this system does not tell. */
export function openFileLimit(): number | null {
  try {
    const [, soft] = /^Max open files\s+(\d+)/m.exec(readFileSync("/proc/self/limits", "utf8")) ?? [];
    return soft === undefined ? null : Number(soft);
  } catch {
    // Not Linux.
    return null;
  }
}

/** Below this, a crowd of clients meets the limit before it meets the processor. */
const COMFORTABLE = 4_096;

/** What to say about a limit that is low; null: it is not. */
export function openFilesNote(limit: number | null = openFileLimit()): string | null {
  if (limit === null || limit >= COMFORTABLE) return null;
  return `Each process may open ${limit} files, so it takes ${connectionRoom(limit).shedAt} connections and answers others with 503. Raise the limit (ulimit -n, LimitNOFILE).`;
}
