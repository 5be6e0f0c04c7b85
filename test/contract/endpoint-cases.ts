import { BAN_CASES } from "./cases/bans";
import { BLOCKLIST_CASES } from "./cases/blocklist";
import { DIRECT_MUTE_CASES } from "./cases/direct-mute";
import { FRIEND_CASES } from "./cases/friends";
import { GROUP_CASES } from "./cases/groups";
import { MESSAGE_CASES } from "./cases/messages";
import { PROFILE_CASES } from "./cases/profiles";
import type { EndpointCase } from "./cases/shared";
import { SOFT_DELETE_CASES } from "./cases/soft-delete";
import { STATUS_CASES } from "./cases/status";
import { TAG_CASES } from "./cases/tags";
import { TOKEN_CASES } from "./cases/tokens";
import { USER_CASES } from "./cases/users";

/** Every endpoint that is served, in the same order. */
export const ENDPOINT_CASES: readonly EndpointCase[] = [
  ...TOKEN_CASES,
  ...USER_CASES,
  ...BAN_CASES,
  ...SOFT_DELETE_CASES,
  ...STATUS_CASES,
  ...PROFILE_CASES,
  ...TAG_CASES,
  ...FRIEND_CASES,
  ...BLOCKLIST_CASES,
  ...DIRECT_MUTE_CASES,
  ...MESSAGE_CASES,
  ...GROUP_CASES,
];
