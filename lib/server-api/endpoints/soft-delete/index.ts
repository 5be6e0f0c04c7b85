import { listSoftDeletedUsers } from "./list-soft-deleted-users";
import { restoreUsers } from "./restore-users";
import { softDeleteUsers } from "./soft-delete-users";

/** Contract section 8. */
export const SOFT_DELETE_ENDPOINTS = [softDeleteUsers, listSoftDeletedUsers, restoreUsers];
