import { type EndpointCase, userId } from "./shared";

/** Contract section 9. */
export const STATUS_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/connection-status/get",
    aliases: ["/v4/user/online-status/get"],
    limit: 100,
    body: (id) => ({ userId: id }),
    fields: { userId },
    result: () => ({ status: "0" }),
    unknownId: 0,
  },
];
