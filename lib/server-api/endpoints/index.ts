import type { Endpoint } from "../endpoint";
import { BAN_ENDPOINTS } from "./bans";
import { BLOCKLIST_ENDPOINTS } from "./blocklist";
import { DIRECT_MUTE_ENDPOINTS } from "./direct-mute";
import { FRIEND_ENDPOINTS } from "./friends";
import { GROUP_ENDPOINTS } from "./groups";
import { MESSAGE_ENDPOINTS } from "./messages";
import { PROFILE_ENDPOINTS } from "./profiles";
import { SOFT_DELETE_ENDPOINTS } from "./soft-delete";
import { STATUS_ENDPOINTS } from "./status";
import { TAG_ENDPOINTS } from "./tags";
import { TOKEN_ENDPOINTS } from "./tokens";
import { USER_ENDPOINTS } from "./users";

/** Every endpoint that is served, in the order of the contract's sections: a folder for each. */
export const ENDPOINTS: readonly Endpoint[] = [
  // 5
  ...TOKEN_ENDPOINTS,
  // 6
  ...USER_ENDPOINTS,
  // 7
  ...BAN_ENDPOINTS,
  // 8
  ...SOFT_DELETE_ENDPOINTS,
  // 9
  ...STATUS_ENDPOINTS,
  // 10
  ...PROFILE_ENDPOINTS,
  // 11
  ...TAG_ENDPOINTS,
  // 12
  ...FRIEND_ENDPOINTS,
  // 13
  ...BLOCKLIST_ENDPOINTS,
  // 15
  ...DIRECT_MUTE_ENDPOINTS,
  // 16
  ...MESSAGE_ENDPOINTS,
  // 17
  ...GROUP_ENDPOINTS,
];
