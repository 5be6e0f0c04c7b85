import { expect } from "vitest";
import { setDirectMute } from "@/lib/core/direct-mute/set-direct-mute";
import { appServerOf } from "@/test/support/context";
import { type EndpointCase, type FieldCase, idList, oneOf, wholeNumber } from "./shared";

const channelTypes: FieldCase = {
  required: true,
  refused: [null, true, {}, [], "GROUP", "person", 2, 0, ["PERSON", "GROUP"], [null], [["PERSON"]]],
  accepted: ["PERSON", 1, "1", ["PERSON"], [1], ["PERSON", 1]],
};

/** Contract section 15. */
export const DIRECT_MUTE_CASES: readonly EndpointCase[] = [
  {
    path: "/v4/channel-type/mute/set",
    limit: 100,
    body: (id) => ({ userIds: [id, "nobody"], muteState: 1, channelTypes: ["PERSON"] }),
    fields: {
      userIds: idList(1000),
      muteState: oneOf(true, 0, 1),
      channelTypes,
      // The other spelling; `channelTypes` is there in every body of this checklist.
      channelType: { ...channelTypes, required: false },
    },
    result: () => undefined,
    unknownId: 0,
  },
  {
    path: "/v4/channel-type/mute/list",
    limit: 100,
    prepare: (context, { ref }, id) => setDirectMute(context, appServerOf(ref), { userIds: [id], muted: true }),
    body: () => ({ channelType: "PERSON", pageSize: 200, offset: 0 }),
    fields: {
      channelType: {
        required: true,
        refused: [null, true, {}, [], "GROUP", 2, ["PERSON"]],
        accepted: ["PERSON", 1, "1"],
      },
      pageSize: wholeNumber(false, 1, 200),
      offset: wholeNumber(false, 0, 100_000_000),
    },
    result: (id) => ({ totalCount: expect.any(Number), mutedUserIds: expect.arrayContaining([id]) }),
    unknownId: undefined,
  },
];
