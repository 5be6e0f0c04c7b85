export const LEAST_NODE: readonly [number, number];
/** `version` as in `process.versions.node`. */
export function nodeIsNewEnough(version: string): boolean;
/** Ends the process with one sentence when this Node is too old. */
export function checkNodeVersion(): void;
