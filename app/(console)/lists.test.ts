import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { filterChips, rowsMeant, tabChoices } from "@/components/data-table/list-address";
import type { ListDefinition, ListQuery } from "@/components/data-table/list-definition";
import { UserActivityQuerySchema } from "@/lib/core/audit/list-schema";
import { BanListQuerySchema, UserBansQuerySchema } from "@/lib/core/bans/list-schema";
import { UserBlocksQuerySchema } from "@/lib/core/blocklist/list-schema";
import { UserFriendsQuerySchema } from "@/lib/core/friends/list-schema";
import { GroupListQuerySchema, MemberListQuerySchema, UserGroupsQuerySchema } from "@/lib/core/groups/list-schema";
import { JobItemsQuerySchema, JobListQuerySchema } from "@/lib/core/jobs/schema";
import { TestRunListQuerySchema } from "@/lib/core/test-runs/schema";
import { RunUsersQuerySchema, UserListQuerySchema } from "@/lib/core/users/list-schema";
import { DeliveryListQuerySchema } from "@/lib/core/webhooks/delivery-schema";
import { appsList } from "./(installation)/apps/apps-list";
import { operatorsList } from "./(installation)/operators/operators-list";
import { testRunsList } from "./apps/[app]/[env]/(development)/test-runs/(list)/test-runs-list";
import { runUsersList } from "./apps/[app]/[env]/(development)/test-runs/[runId]/run-users-list";
import { auditList } from "./apps/[app]/[env]/audit-log/audit-list";
import { AuditQuerySchema } from "./apps/[app]/[env]/audit-log/audit-query";
import { bansList } from "./apps/[app]/[env]/bans/bans-list";
import { deletedUsersList } from "./apps/[app]/[env]/deleted-users/deleted-users-list";
import { DeletedUsersQuerySchema } from "./apps/[app]/[env]/deleted-users/deleted-users-query";
import { groupsList } from "./apps/[app]/[env]/groups/(list)/groups-list";
import { membersList } from "./apps/[app]/[env]/groups/[groupId]/members-list";
import { jobsList } from "./apps/[app]/[env]/jobs/(list)/jobs-list";
import { resultsList } from "./apps/[app]/[env]/jobs/[job]/results-list";
import { usersList } from "./apps/[app]/[env]/users/(list)/users-list";
import { activityList } from "./apps/[app]/[env]/users/[userId]/activity/activity-list";
import { userBansList } from "./apps/[app]/[env]/users/[userId]/bans/user-bans-list";
import { blocksList } from "./apps/[app]/[env]/users/[userId]/blocklist/blocks-list";
import { friendRequestsList, friendsList } from "./apps/[app]/[env]/users/[userId]/friends/friends-list";
import { userGroupsList } from "./apps/[app]/[env]/users/[userId]/groups/user-groups-list";
import { deliveriesList } from "./apps/[app]/[env]/webhooks/deliveries/deliveries-list";

/** What stands in an address and says nothing about which rows are meant. */
const NO_FILTER = new Set(["sort", "size", "cursor", "tz", "entry"]);

/** The same for one list: on Deleted users, whom the dialog names. */
const NO_FILTER_OF: Readonly<Record<string, string>> = { "Deleted users": "user" };

describe.each([
  ["users", checks(usersList, UserListQuerySchema)],
  ["bans", checks(bansList, BanListQuerySchema)],
  ["deleted users", checks(deletedUsersList, DeletedUsersQuerySchema)],
  ["groups", checks(groupsList, GroupListQuerySchema)],
  ["members", checks(membersList, MemberListQuerySchema)],
  ["audit log", checks(auditList, AuditQuerySchema)],
  ["deliveries", checks(deliveriesList, DeliveryListQuerySchema)],
  ["jobs", checks(jobsList, JobListQuerySchema)],
  ["test runs", checks(testRunsList, TestRunListQuerySchema)],
  ["users of a test run", checks(runUsersList, RunUsersQuerySchema)],
  ["results of a job", checks(resultsList, JobItemsQuerySchema.omit({ jobId: true }))],
  ["operators", checks(operatorsList, z.object({}))],
  ["apps", checks(appsList, z.object({}))],
  ["friends", checks(friendsList, UserFriendsQuerySchema)],
  ["friend requests", checks(friendRequestsList, UserFriendsQuerySchema)],
  ["blocklist", checks(blocksList, UserBlocksQuerySchema)],
  ["bans of a user", checks(userBansList, UserBansQuerySchema.omit({ userId: true }))],
  ["activity", checks(activityList, UserActivityQuerySchema.omit({ userId: true }))],
  ["groups of a user", checks(userGroupsList, UserGroupsQuerySchema)],
])("the list of %s", (_name, check) => {
  it("means by an empty address what the core reads in it", () => check.emptyAddress());
  it("reads every address, whatever stands in it", () => check.everyAddress());
  it("offers only sorts, tabs and filter values that the core reads", () => check.onlyWhatIsRead());
  it("knows every filter of the core: none changes the rows without changing what the list means", () =>
    check.everyFilter());
  it("has one row header, and columns with ids of their own", () => check.columns());
});

function checks<Row, Query extends ListQuery, Given>(
  list: ListDefinition<Row, Query, Given>,
  schema: z.ZodType<Query>,
) {
  const names = Object.keys(z.instanceof(z.ZodObject).parse(schema).shape);
  const read = (address: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> =>
    Object.fromEntries(Object.entries(schema.parse(address)));
  return {
    emptyAddress() {
      expect(list.defaults).toEqual(schema.parse({}));
    },

    everyAddress() {
      if (names.length === 0) return expect(read({ q: "x" })).toEqual({});
      fc.assert(
        fc.property(fc.dictionary(fc.constantFrom(...names), fc.string()), (address) => {
          const query = schema.parse(address);
          expect(filterChips(list, query).map((chip) => chip.text)).not.toContain("");
          rowsMeant(list, query);
        }),
      );
    },

    onlyWhatIsRead() {
      for (const { sort } of list.columns) {
        if (sort === undefined) continue;
        const key = String(sort).replace(/^-/, "");
        for (const order of [key, `-${key}`]) expect(read({ sort: order }).sort).toBe(order);
      }
      for (const filter of list.filters ?? []) {
        if (filter.kind !== "choice") continue;
        for (const value of Object.keys(filter.options))
          expect(read({ [filter.name]: value })[filter.name]).toBe(value);
      }
      if (list.tabs === undefined) return;
      const { name } = list.tabs;
      for (const [value] of tabChoices(list.tabs)) expect(read({ [name]: value })[name] ?? "").toBe(value);
    },

    everyFilter() {
      for (const name of names) {
        const filters = !NO_FILTER.has(name) && NO_FILTER_OF[list.caption] !== name;
        const other = { ...schema.parse({}), [name]: "something else" };
        expect([name, rowsMeant(list, other) !== ""]).toEqual([name, filters]);
      }
    },

    columns() {
      const ids = list.columns.map((column) => column.id);
      expect(new Set(ids).size).toBe(ids.length);
      expect(list.columns.filter((column) => column.rowHeader)).toHaveLength(1);
    },
  };
}
