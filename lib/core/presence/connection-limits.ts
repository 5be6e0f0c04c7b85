/** What connected clients may do. The same in every installation: the client SDKs are built on these. */
export const CONNECTION_LIMITS = {
  /** Connections of one user to one process. */
  ofUser: 100,
  /** Connects of one user to one process in ten seconds. */
  connectsOfUser: 20,
  /** Calls of one connection in one second that are carried out. */
  callsPerSecond: 100,
  /** Bytes of a message's content. */
  contentBytes: 128 * 1024,
} as const;
