/** Puts a program, and what it imports of this checkout, into one file; gives that file's path. */
export function bundle(entryPoint: string, outfile: string): Promise<string>;
