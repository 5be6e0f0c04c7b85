import { expect, test } from "vitest";
import type { ConnectionStatusData, FriendshipData } from "@/lib/testing/webhook-data";
import { connectionStatusEvent, friendshipEvent } from "./events";

/** The fields of the events about users: the newer names, the older ones beside them (docs/compatibility.md). */

const came = { userId: "ann", status: "online", os: "iOS", ip: "192.0.2.1", port: 50_000, connectionId: "c1" } as const;

test("a connection's status is text, with session, address and port; what it runs on is told of who comes online", () => {
  const online: ConnectionStatusData = {
    userId: "ann",
    status: "0",
    os: "iOS",
    clientIp: "192.0.2.1:50000",
    sessionId: "c1",
    connectionId: "c1",
    time: 7,
  };
  expect(connectionStatusEvent({ ...came, time: 7 }).data).toEqual(online);
  const { os: _, ...offline } = { ...online, status: "1" };
  expect(connectionStatusEvent({ ...came, status: "offline", time: 7 }).data).toEqual(offline);
  expect(connectionStatusEvent({ ...came, status: "logout", time: 7 }).data).toEqual({ ...offline, status: "2" });
});

test.each([
  ["192.0.2.1", 0, "192.0.2.1"],
  ["2001:db8::1", 443, "[2001:db8::1]:443"],
  ["", 443, undefined],
])("the address %s with port %i is told as %s", (ip, port, told) => {
  expect(connectionStatusEvent({ ...came, ip, port, time: 7 }).data.clientIp).toBe(told);
});

test.each([
  ["requested", 1, "ann", "bob"],
  ["accepted", 2, "bob", "ann"],
  ["refused", 3, "bob", "ann"],
  ["removed", 4, "ann", "bob"],
  ["addedByServer", 5, "ann", "bob"],
] as const)("%s by ann is operation %i of %s with %s, the asker first", (kind, operationType, userId, toUserId) => {
  const told: FriendshipData = {
    operationType,
    userId,
    toUserId,
    time: 7,
    os: "PC",
    extra: "hi",
    eventType: operationType,
    source: "PC",
  };
  const event = friendshipEvent({ kind, actorId: "ann", otherId: "bob", source: "PC", extra: "hi", time: 7 });
  expect(event).toEqual({ type: "user:friendship", orderKey: "ann bob", data: told });
});
