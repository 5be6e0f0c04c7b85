/** What every call gives: errors are values. `code` 0 is success; the numbers are listed in docs/client-api.md. */
export interface Result<Data = undefined> {
  readonly isOk: boolean;
  readonly code: number;
  /** There when `isOk`, where the call gives something. */
  readonly data?: Data;
  /** A sentence about what went wrong, for developers. */
  readonly msg?: string;
}

export const ok = <Data>(data: Data): Result<Data> => ({ isOk: true, code: 0, data });

export const done = (): Result => ({ isOk: true, code: 0 });

export const failed = (code: number, msg?: string): Result<never> => ({
  isOk: false,
  code,
  ...(msg === undefined ? {} : { msg }),
});

/** Codes that this library gives by itself; everything else comes from the server. */
export const CODES = {
  /** Not connected, and not about to be. */
  notConnected: 30001,
  /** The connection was lost before the answer came. */
  connectionLost: 30002,
  /** No answer in time. */
  noAnswer: 30003,
  /** Connected already, or connecting. */
  alreadyConnected: 34001,
  /** Not connected in time: call connect again. */
  connectTimedOut: 34006,
  /** The address of the server is missing or is none, or there is no WebSocket here. */
  wrongConfiguration: 31002,
  /** Disconnected by the app itself. */
  ownDisconnect: 2,
} as const;
