import { expect } from "vitest";
import { softDeleteUsers } from "@/lib/core/soft-delete/soft-delete-users";
import { appServerOf } from "@/test/support/context";
import { type EndpointCase, type FieldCase, manyIds, userIds, wholeNumber } from "./shared";

const operationId = expect.stringMatching(/^[0-9A-Z]{4}(-[0-9A-Z]{4}){3}$/);

/** From 1 to 100 ids. */
const operationIds: FieldCase = {
  ...userIds,
  refused: userIds.refused.map((value) => (Array.isArray(value) && value.length === 21 ? manyIds(101) : value)),
  accepted: [manyIds(100), ["same", "same"], [12345, "12345"]],
};

const counted: EndpointCase["counted"] = {
  body: (id) => ({ userIds: [id, ...manyIds(24)] }),
  cost: 25,
};

/** Contract section 8. */
export const SOFT_DELETE_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/soft-delete",
    limit: 100,
    body: (id) => ({ userIds: [id] }),
    fields: { userIds: operationIds },
    result: () => ({ operationId }),
    unknownId: 0,
    counted,
  },
  {
    path: "/v4/user/soft-deleted/list",
    limit: 100,
    prepare: (context, { ref }, userId) => softDeleteUsers(context, appServerOf(ref), { userIds: [userId] }),
    body: () => ({ page: 1, pageSize: 50 }),
    fields: { page: wholeNumber(false, 1, 1_000_000), pageSize: wholeNumber(false, 1, 50) },
    result: (id) => ({ userIds: expect.arrayContaining([id]) }),
    unknownId: undefined,
  },
  {
    path: "/v4/user/restore",
    limit: 100,
    // Deleted before the hour began, so that it is restored.
    prepare: (context, { ref }, userId) =>
      softDeleteUsers({ ...context, now: () => context.now() - context.restoreAfterMs }, appServerOf(ref), {
        userIds: [userId],
      }),
    body: (id) => ({ userIds: [id] }),
    fields: { userIds: operationIds },
    result: () => ({ operationId }),
    unknownId: 0,
    counted,
  },
];
