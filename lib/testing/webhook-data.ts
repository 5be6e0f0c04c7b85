/** What stands in `data` of the events about users; docs/webhooks.md describes each field. Times are Unix milliseconds. */

/** `user:activation_state` */
export interface ActivationStateData {
  readonly userId: string;
  readonly operateId: string;
  /** 0 soft-deleted, 1 restored */
  readonly operationType: 0 | 1;
  /** "0" done, else the code of the refusal. */
  readonly code: string;
  readonly time: number;
}

/** `user:connection_status` */
export interface ConnectionStatusData {
  readonly userId: string;
  /** "0" came online, "1" went offline, "2" signed out */
  readonly status: "0" | "1" | "2";
  /** Only of who comes online. */
  readonly os?: string;
  /** Address and port; the address alone behind a proxy. */
  readonly clientIp?: string;
  readonly sessionId?: string;
  /** What `sessionId` was called before. */
  readonly connectionId?: string;
  readonly time: number;
}

/** `user:friendship` */
export interface FriendshipData {
  /** 1 requested, 2 accepted, 3 refused, 4 removed, 5 added by the server */
  readonly operationType: 1 | 2 | 3 | 4 | 5;
  /** Who did it; of an answered request, who had asked. */
  readonly userId: string;
  readonly toUserId: string;
  readonly time: number;
  /** `Server`, or what the client runs on. */
  readonly os: string;
  readonly extra?: string;
  /** What `operationType` was called before. */
  readonly eventType: 1 | 2 | 3 | 4 | 5;
  /** What `os` was called before. */
  readonly source: string;
}
