import { expect, test } from "vitest";
import type { Group } from "@/lib/core/groups/group";
import { DEFAULT_GROUP_PERMISSIONS } from "@/lib/core/groups/permission-schema";
import { changeOf, draftOf } from "./group-draft";

const group: Group = {
  groupId: "team-7",
  name: "Team",
  ownerId: "alice01",
  memberCount: 2,
  createdAt: new Date(0),
  profile: { introduction: "About us" },
  extended: { ext_floor: "4", ext_room: "12" },
  permissions: DEFAULT_GROUP_PERMISSIONS,
};

test("an untouched draft changes nothing", () => {
  expect(changeOf(group, draftOf(group))).toEqual({ change: { groupId: "team-7" } });
});

test("only what differs is sent; what was left out of the attributes is cleared", () => {
  const draft = {
    ...draftOf(group),
    name: "Crew",
    portraitUrl: "https://example.com/a.png",
    introduction: "",
    attributes: '{"ext_floor": "5"}',
  };
  expect(changeOf(group, draft)).toEqual({
    change: {
      groupId: "team-7",
      name: "Crew",
      profile: { portraitUrl: "https://example.com/a.png", introduction: "" },
      extended: { ext_floor: "5", ext_room: "" },
    },
  });
});

test.each([
  ["name", ""],
  ["name", "n".repeat(65)],
  ["portraitUrl", "x".repeat(129)],
  ["attributes", "[1]"],
  ["attributes", "{"],
  ["attributes", '{"floor": "4"}'],
  ["attributes", '{"ext_floor": 4}'],
] as const)("%s cannot be %s", (field, value) => {
  expect(changeOf(group, { ...draftOf(group), [field]: value })).toEqual({
    problems: { [field]: expect.any(String) },
  });
});
