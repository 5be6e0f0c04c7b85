interface LockEntry {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly libc?: readonly string[];
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
/** Adds what is missing to a parsed lock file; gives the names of what was added. */
export function completeLockfile(lock: { packages: Record<string, LockEntry> }): string[];
