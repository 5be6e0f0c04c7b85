import { expireAccessToken } from "./expire-access-token";
import { issueAccessToken } from "./issue-access-token";

/** Contract section 5. */
export const TOKEN_ENDPOINTS = [issueAccessToken, expireAccessToken];
