import { addUserBlocklist } from "./add-user-blocklist";
import { getUserBlocklist } from "./get-user-blocklist";
import { removeUserBlocklist } from "./remove-user-blocklist";

/** Contract section 13. */
export const BLOCKLIST_ENDPOINTS = [addUserBlocklist, removeUserBlocklist, getUserBlocklist];
