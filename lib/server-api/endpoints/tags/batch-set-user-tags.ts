import { z } from "zod";
import { batchSetUserTags as batchSetUserTagsUseCase } from "@/lib/core/tags/batch-set-user-tags";
import { TagsSchema } from "@/lib/core/tags/schema";
import { MAX_USER_IDS } from "@/lib/core/users/schema";
import { defineEndpoint } from "../../endpoint";
import { wireUserIds, withTextItems } from "../../wire-schema";

/** Contract section 11. */
export const batchSetUserTags = defineEndpoint({
  path: "/v4/user/tag/batch/set",
  limit: 10,
  effect: "write",
  doc: {
    group: "Tags",
    operationId: "batchSetUserTags",
    summary: "Replace users' tags",
    description:
      "All tags of each user are replaced; an empty list clears them. A tag has at most 40 bytes of letters and digits of any script, `_` and `-`. Unknown ids are skipped.",
    example: { request: { userIds: ["alice01", "bob7"], tags: ["vip", "beta"] }, answer: { code: 0 } },
  },
  input: z.object({ userIds: wireUserIds(MAX_USER_IDS), tags: z.preprocess(withTextItems, TagsSchema) }),
  output: null,
  async run(context, actor, input) {
    await batchSetUserTagsUseCase(context, actor, input);
  },
});
