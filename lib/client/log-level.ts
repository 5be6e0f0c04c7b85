/** How much a client is to log. This library logs nothing by itself; `onFrame` shows what passes. */
export enum LogLevel {
  ERROR = 1,
  WARN = 2,
  INFO = 3,
  DEBUG = 4,
}
