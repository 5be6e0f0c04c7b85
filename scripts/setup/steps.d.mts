/** Runs a long step and shows on standard error that it runs and how long it took. */
export function step<T>(title: string, work: () => Promise<T> | T): Promise<T>;
/** Milliseconds as "1.2 s". */
export function seconds(ms: number): string;
