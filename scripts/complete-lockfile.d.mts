interface LockEntry {
  readonly version?: string;
  readonly integrity?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
interface LockFile {
  packages: Record<string, LockEntry>;
}
/** Adds what is missing to a parsed lock file; gives the names of what was added. */
export function completeLockfile(lock: LockFile): string[];
/** The places of packages without a checksum. What comes inside of another package is covered by that one's. */
export function withoutChecksum(lock: LockFile): string[];
