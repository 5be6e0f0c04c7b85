import { getUser } from "./get-user";
import { updateUser } from "./update-user";

/** Contract section 6. */
export const USER_ENDPOINTS = [getUser, updateUser];
