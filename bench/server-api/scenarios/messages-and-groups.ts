import {
  endingGroup,
  knownUser,
  LARGE_GROUP,
  LARGE_GROUP_MEMBERS,
  type Scenario,
  smallGroup,
  unique,
} from "../scenario";

const largeGroupMember = (number: number) => `known-${number % LARGE_GROUP_MEMBERS}`;

/** Contract sections 16 and 17. */
export const MESSAGE_AND_GROUP_SCENARIOS: readonly Scenario[] = [
  {
    name: "message to one",
    path: "/v4/direct-channel/message/send",
    body: (order, n) => ({
      fromUserId: "app",
      toUserIds: [knownUser(order, n)],
      messageType: "RC:TxtMsg",
      content: '{"content":"Hello"}',
    }),
  },
  {
    name: "message to 100",
    path: "/v4/direct-channel/message/send",
    body: (order, n) => ({
      fromUserId: "app",
      toUserIds: Array.from({ length: 100 }, (_, index) => knownUser(order, n * 100 + index)),
      messageType: "RC:TxtMsg",
      content: '{"content":"Hello"}',
    }),
  },
  {
    name: "group create",
    path: "/v4/group-channel/create",
    body: (order, n) => ({
      channelId: `g-${unique(order, n)}`,
      name: "New group",
      owner: knownUser(order, n),
      userIds: [knownUser(order, n + 1)],
    }),
  },
  {
    name: "group join",
    path: "/v4/group-channel/join",
    body: (order, n) => ({ channelId: smallGroup(order, n), userIds: [knownUser(order, n * 17)] }),
  },
  {
    name: "group leave",
    path: "/v4/group-channel/leave",
    body: (_order, n) => ({ channelId: LARGE_GROUP, userIds: [`known-${LARGE_GROUP_MEMBERS + (n % 1_000)}`] }),
  },
  {
    name: "member set",
    path: "/v4/group-channel/member/set",
    body: (order, n) => ({ channelId: LARGE_GROUP, userId: largeGroupMember(n), nickname: `n${unique(order, n)}` }),
  },
  {
    name: "member list, 50 of 1,000",
    path: "/v4/group-channel/member/list",
    body: () => ({ channelId: LARGE_GROUP, pageSize: 50 }),
  },
  {
    name: "member get",
    path: "/v4/group-channel/member/batch/get",
    body: (_order, n) => ({ channelId: LARGE_GROUP, userIds: [largeGroupMember(n)] }),
  },
  {
    name: "joined groups",
    path: "/v4/group-channel/joined/list",
    body: (_order, n) => ({ userId: largeGroupMember(n), pageSize: 50 }),
  },
  {
    name: "alias set",
    path: "/v4/group-channel/alias/set",
    body: (order, n) => ({ channelId: LARGE_GROUP, userId: largeGroupMember(n), alias: `a${unique(order, n)}` }),
  },
  {
    name: "alias get",
    path: "/v4/group-channel/alias/get",
    body: (_order, n) => ({ channelId: LARGE_GROUP, userId: largeGroupMember(n) }),
  },
  {
    name: "alias delete",
    path: "/v4/group-channel/alias/delete",
    body: (_order, n) => ({ channelId: LARGE_GROUP, userId: largeGroupMember(n) }),
  },
  {
    name: "group dismiss",
    path: "/v4/group-channel/dismiss",
    body: (order, n) => ({ channelId: endingGroup(order, n) }),
  },
  {
    name: "kickout all",
    path: "/v4/group-channel/member/kickout-all",
    body: (order, n) => ({ userId: knownUser(order, n) }),
  },
];
