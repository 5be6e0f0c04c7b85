import { batchGetUserTags } from "./batch-get-user-tags";
import { batchSetUserTags } from "./batch-set-user-tags";

/** Contract section 11. */
export const TAG_ENDPOINTS = [batchSetUserTags, batchGetUserTags];
