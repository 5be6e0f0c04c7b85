import type { Method } from "../method";
import { BLOCKLIST_METHODS } from "./blocklist";
import { disconnect } from "./disconnect";
import { FRIEND_METHODS } from "./friends";
import { getOwnUser } from "./get-own-user";
import { GROUP_METHODS } from "./groups";
import { MESSAGE_METHODS } from "./messages";
import { ping } from "./ping";
import { PROFILE_METHODS } from "./profiles";

/** Every call that a connected client may make. `connect` is the handshake's (handshake.ts). */
export const METHODS: readonly Method[] = [
  ping,
  disconnect,
  getOwnUser,
  ...PROFILE_METHODS,
  ...BLOCKLIST_METHODS,
  ...FRIEND_METHODS,
  ...GROUP_METHODS,
  ...MESSAGE_METHODS,
];
