import { batchGetUserProfiles } from "./batch-get-user-profiles";
import { deleteUserProfiles } from "./delete-user-profiles";
import { listUserProfiles } from "./list-user-profiles";
import { setUserProfile } from "./set-user-profile";

/** Contract section 10. */
export const PROFILE_ENDPOINTS = [setUserProfile, batchGetUserProfiles, listUserProfiles, deleteUserProfiles];
