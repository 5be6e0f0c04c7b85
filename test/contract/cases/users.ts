import { avatarUrl, type EndpointCase, name, textTime, userId } from "./shared";

/** Contract section 6. */
export const USER_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/get",
    limit: 100,
    body: (id) => ({ userId: id }),
    fields: { userId },
    result: () => ({ name: "Known", avatarUrl: "", createdAt: textTime }),
    unknownId: 400,
  },
  {
    path: "/v4/user/update",
    limit: 100,
    body: (id) => ({ userId: id, name: "New name", avatarUrl: "https://example.com/b.png" }),
    fields: { userId, name, avatarUrl },
    result: () => undefined,
    unknownId: 400,
  },
];
