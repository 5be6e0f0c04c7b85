/** The files of the two programs that the launcher runs. */
export interface ProgramFiles {
  /** The console's program in one file. */
  readonly consoleFile: string;
  /** The service in one file; null: its sources, compiled and watched as they are, with reload. */
  readonly serviceFile: string | null;
}

/** Where the programs come from: a checkout builds them, a release has brought them along. Throws `Failure`. */
export type FindPrograms = (options: { readonly dev: boolean }) => Promise<ProgramFiles>;
