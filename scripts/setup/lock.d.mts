/** Runs `work` while no other process of this machine runs work under the same lock folder. */
export function withLock<T>(folder: string, work: () => Promise<T>): Promise<T>;
