/** The checkout. */
export const root: string;
/** True when node_modules is what package-lock.json asks for. */
export function isInstalled(): boolean;
/** True when the database client was generated from the schema as it is. */
export function isGenerated(): boolean;
/** Installs and generates what is missing. Ends the process with a clear message when that fails. */
export function prepare(): Promise<void>;
