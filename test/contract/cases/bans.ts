import { expect } from "vitest";
import { type EndpointCase, userIds, wholeNumber } from "./shared";

/** Contract section 7. */
export const BAN_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/ban",
    limit: 100,
    body: (id) => ({ userIds: [id], durationMinutes: 60 }),
    fields: { userIds, durationMinutes: wholeNumber(true, 1, 43_200) },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/user/unban",
    limit: 100,
    body: (id) => ({ userIds: [id] }),
    fields: { userIds },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/user/ban/list",
    limit: 100,
    body: () => ({ page: 1, pageSize: 50 }),
    fields: { page: wholeNumber(false, 1, 1_000_000), pageSize: wholeNumber(false, 1, 1_000) },
    result: () => ({ bannedUsers: expect.any(Array) }),
    unknownId: undefined,
  },
];
