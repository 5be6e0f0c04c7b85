import { banUsers } from "./ban-users";
import { listBannedUsers } from "./list-banned-users";
import { unbanUsers } from "./unban-users";

/** Contract section 7. */
export const BAN_ENDPOINTS = [banUsers, unbanUsers, listBannedUsers];
