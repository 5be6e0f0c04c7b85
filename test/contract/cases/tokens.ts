import { expect } from "vitest";
import { avatarUrl, type EndpointCase, name, userId, userIds, wholeNumber } from "./shared";

/** Contract section 5. */
export const TOKEN_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/auth/access-token/issue",
    limit: 200,
    body: (id) => ({ userId: id, name: "Alice", avatarUrl: "https://example.com/a.png" }),
    fields: {
      userId: { ...userId, refused: [...userId.refused, "a b", "a/b", "zoë", "a\n"], accepted: [] },
      name: { ...name, required: true },
      avatarUrl,
    },
    result: (id) => ({ userId: id, accessToken: expect.stringMatching(/^[A-Za-z0-9_-]{60,255}$/) }),
    unknownId: 0,
    registers: true,
  },
  {
    path: "/v4/auth/access-token/expire",
    limit: 100,
    body: (id) => ({ userIds: [id], expiresAt: 1_767_225_600_000 }),
    fields: { userIds, expiresAt: wholeNumber(true, 0, 253_402_300_799_999) },
    result: () => undefined,
    unknownId: 0,
  },
];
