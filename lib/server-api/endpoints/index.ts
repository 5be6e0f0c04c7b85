import type { Endpoint } from "../endpoint";
import { banUsers } from "./ban-users";
import { expireAccessToken } from "./expire-access-token";
import { getUser } from "./get-user";
import { issueAccessToken } from "./issue-access-token";
import { listBannedUsers } from "./list-banned-users";
import { unbanUsers } from "./unban-users";
import { updateUser } from "./update-user";

/** Every endpoint that is served. */
export const ENDPOINTS: readonly Endpoint[] = [
  issueAccessToken,
  expireAccessToken,
  getUser,
  updateUser,
  banUsers,
  unbanUsers,
  listBannedUsers,
];
