/** As the app sees it; `SUSPENDED` is lost and trying again by itself. */
export enum ConnectionStatus {
  CONNECTED = 0,
  CONNECTING = 1,
  DISCONNECTED = 2,
  SUSPENDED = 3,
}

export interface ConnectionStatusChange {
  readonly status: ConnectionStatus;
  /** Why: 0 while all is well; for `DISCONNECTED` and `SUSPENDED` the code that ended the connection. */
  readonly code: number;
}

interface Callbacks {
  onConnectionStatusChanged?(change: ConnectionStatusChange): void;
}

/** Is told of every change of the connection's status. */
export class ConnectionStatusHandler {
  constructor(readonly callbacks: Callbacks) {}
}

/** After these the library does not try again: trying would not help, or must not be. */
const FINAL_CODES: ReadonlySet<number> = new Set([
  1002, 1005, 31001, 31002, 31004, 31008, 31009, 31010, 31011, 31020, 31022, 31023, 31025, 31029,
]);

/** Whether a connection that ended with this code may be tried again without the app's doing. */
export const mayRetry = (code: number): boolean => !FINAL_CODES.has(code) && code !== 2;
