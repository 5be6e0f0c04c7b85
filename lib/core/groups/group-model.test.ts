import fc from "fast-check";
import { expect, test } from "vitest";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { membersOf } from "@/test/support/groups";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { createGroup } from "./create-group";
import { dismissGroup } from "./dismiss-group";
import { groupRecipients } from "./group-recipients";
import { joinGroup } from "./join-group";
import { leaveAllGroups } from "./leave-all-groups";
import { leaveGroup } from "./leave-group";
import { listJoinedGroups } from "./list-joined-groups";

/** Whatever is done to groups in whatever order, they are as a model of a few lines says. */

const context = testContext();

const USERS = ["u0", "u1", "u2", "u3"];
/** Never registered. */
const STRANGER = "u9";
const GROUPS = ["g0", "g1", "g2"];

/** Members by group, the owner first. */
type Model = Map<string, string[]>;

interface Act {
  readonly kind: "create" | "join" | "leave" | "dismiss" | "leaveAll";
  readonly groupId: string;
  readonly userIds: readonly string[];
}

const anyUsers = fc.array(fc.constantFrom(...USERS, STRANGER), { minLength: 1, maxLength: 5 });
const anyAct: fc.Arbitrary<Act> = fc.record({
  kind: fc.constantFrom("create", "join", "join", "leave", "dismiss", "leaveAll"),
  groupId: fc.constantFrom(...GROUPS),
  userIds: anyUsers,
});

/** What the model makes of an act: the code of its refusal, or null. */
function inModel(model: Model, { kind, groupId, userIds }: Act): string | null {
  const [first = ""] = userIds;
  const members = model.get(groupId);
  const known = [...new Set(userIds)].filter((userId) => userId !== STRANGER);
  if (kind === "create") {
    if (first === STRANGER) return "user_not_found";
    if (members !== undefined) return "group_exists";
    model.set(groupId, known);
    return null;
  }
  if (kind === "leaveAll") {
    if (first === STRANGER) return "user_not_found";
    for (const [id, [owner, ...others]] of model) {
      model.set(id, [owner ?? "", ...others.filter((userId) => userId !== first)]);
    }
    return null;
  }
  if (members === undefined) return "group_not_found";
  if (kind === "join") members.push(...known.filter((userId) => !members.includes(userId)));
  if (kind === "dismiss") model.delete(groupId);
  if (kind === "leave") {
    if (userIds.includes(members[0] ?? "")) return "group_owner_only_dismisses";
    model.set(
      groupId,
      members.filter((userId) => !userIds.includes(userId)),
    );
  }
  return null;
}

function inProduct(environment: EnvironmentRef, { kind, groupId, userIds }: Act): Promise<unknown> {
  const server = appServerOf(environment);
  const [first = "", ...others] = userIds;
  switch (kind) {
    case "create":
      return createGroup(context(), server, { groupId, name: groupId, ownerId: first, userIds: others });
    case "join":
      return joinGroup(context(), server, { groupId, userIds: [...userIds] });
    case "leave":
      return leaveGroup(context(), server, { groupId, userIds: [...userIds] });
    case "dismiss":
      return dismissGroup(context(), server, { groupId });
    case "leaveAll":
      return leaveAllGroups(context(), server, { userId: first });
  }
}

async function expectSame(environment: EnvironmentRef, model: Model): Promise<void> {
  for (const groupId of GROUPS) {
    const members = model.get(groupId);
    const stored = await membersOf(context(), environment, groupId);
    expect(stored).toEqual({ userIds: [...(members ?? [])].sort(), count: members?.length ?? null });
    const recipients = await groupRecipients(context(), environment.id, groupId).catch(() => new Set<string>());
    expect([...recipients].sort()).toEqual(stored.userIds);
  }
  for (const userId of USERS) {
    const { groups } = await listJoinedGroups(context(), appServerOf(environment), { userId });
    const expected = [...model].filter(([, members]) => members.includes(userId));
    expect(groups.map((group) => [group.groupId, group.role === 3]).sort()).toEqual(
      expected.map(([groupId, members]) => [groupId, members[0] === userId]).sort(),
    );
  }
}

class Step implements fc.AsyncCommand<Model, EnvironmentRef> {
  constructor(private readonly act: Act) {}

  check = () => true;

  async run(model: Model, environment: EnvironmentRef): Promise<void> {
    const refusal = inModel(model, this.act);
    const outcome = await inProduct(environment, this.act).then(
      () => null,
      (error: { code?: string }) => error.code ?? error,
    );
    expect(outcome).toEqual(refusal);
    await expectSame(environment, model);
  }

  toString = () => `${this.act.kind} ${this.act.groupId} ${this.act.userIds.join()}`;
}

test("property: members, counts, recipients and joined groups follow creating, joining, leaving and dismissing", async () => {
  await fc.assert(
    fc.asyncProperty(fc.commands([anyAct.map((act) => new Step(act))], { maxCommands: 14 }), async (commands) => {
      const { ref } = (await createTestApp(context())).production;
      await insertTestUsers(
        context(),
        ref,
        USERS.map((userId) => ({ userId })),
      );
      await fc.asyncModelRun(() => ({ model: new Map(), real: ref }), commands);
    }),
    { numRuns: 40 },
  );
}, 120_000);
