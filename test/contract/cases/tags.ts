import { batchSetUserTags } from "@/lib/core/tags/batch-set-user-tags";
import { appServerOf } from "@/test/support/context";
import { type EndpointCase, type FieldCase, manyIds, userIds } from "./shared";

/** User ids, up to another number than the usual 20. */
const upTo = (max: number): FieldCase => ({
  ...userIds,
  refused: [...userIds.refused.filter((value) => !Array.isArray(value) || value.length < 21), manyIds(max + 1)],
  accepted: [...userIds.accepted.slice(1), manyIds(max)],
});

const manyTags = (count: number) => Array.from({ length: count }, (_, index) => `tag-${index}`);

/** Contract section 11. */
export const TAG_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/user/tag/batch/set",
    limit: 10,
    body: (id) => ({ userIds: [id], tags: ["vip", "beta"] }),
    fields: {
      userIds: upTo(1000),
      tags: {
        required: true,
        refused: [
          ...[null, "vip", 7, {}, [null], [true], [{}], [["vip"]], [""]],
          ...[["a b"], ["a,b"], ["a."], ["#a"], ["a\n"], ["a\u0000"], ["\ud800"], ["🙂"], [1.5]],
          manyTags(21),
        ],
        tooLong: ["ok", "é".repeat(21)],
        accepted: [[], manyTags(20), ["é".repeat(20)], ["हिन्दी", "日本語", "a_b-C9"], [42], ["same", "same"]],
      },
    },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/user/tag/batch/get",
    limit: 100,
    prepare: (context, { ref }, id) => batchSetUserTags(context, appServerOf(ref), { userIds: [id], tags: ["vip"] }),
    body: (id) => ({ userIds: [id] }),
    fields: { userIds: upTo(50) },
    result: (id) => ({ users: [{ userId: id, tags: ["vip"] }] }),
    unknownId: 0,
  },
];
