import { readdirSync, readFileSync } from "node:fs";
import { inspect } from "node:util";
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { z } from "zod";
import type { ActionResult } from "@/lib/console/action-result";
import { cookieName, sealSessionId } from "@/lib/console/session-cookie";
import type { OperatorRole } from "@/lib/core/actor";
import {
  ChangeAppSchema,
  ChangePlanSchema,
  CreateAppSchema,
  DeleteAppSchema,
  RefreshAppSecretSchema,
} from "@/lib/core/apps/schema";
import { CheckLogSchema } from "@/lib/core/audit/check-log";
import { ChangeStreamSchema } from "@/lib/core/audit-stream/schema";
import { BanUsersSchema, UnbanUsersSchema } from "@/lib/core/bans/schema";
import { UndoBansSchema } from "@/lib/core/bans/seen-ban-schema";
import { BlockUsersSchema, UnblockUsersSchema } from "@/lib/core/blocklist/schema";
import { PlanBulkSchema, StartBulkSchema } from "@/lib/core/bulk/schema";
import { AdvanceClockSchema, ResetClockSchema, SetClockSchema } from "@/lib/core/clock/schema";
import { DeleteTestUserSchema, DeletionSelectionSchema, StartDeletionSchema } from "@/lib/core/deletion/schema";
import { SetDirectMuteSchema } from "@/lib/core/direct-mute/schema";
import { ERRORS, type ErrorCode } from "@/lib/core/errors";
import { AddPasskeySchema, ConfirmAppSchema, PasskeyKeySchema } from "@/lib/core/factors/schema";
import {
  AddFriendSchema,
  FriendOwnerSchema,
  OwnFriendLevelSchema,
  RemoveFriendsSchema,
} from "@/lib/core/friends/schema";
import {
  ChangeGroupMemberSchema,
  GroupKeySchema,
  GroupUsersSchema,
  SetGroupRoleSchema,
  UpdateGroupSchema,
} from "@/lib/core/groups/schema";
import { ImportFileSchema, StartImportSchema } from "@/lib/core/imports/schema";
import { JobKeySchema } from "@/lib/core/jobs/schema";
import { AddNoteSchema, ChangeNoteSchema, NoteKeySchema } from "@/lib/core/notes/schema";
import { ChangeIssuerSchema } from "@/lib/core/oidc/schema";
import { CreateTokenSchema, TokenKeySchema } from "@/lib/core/operator-tokens/schema";
import { ChangeConsoleNetworksSchema } from "@/lib/core/operators/console-networks-schema";
import {
  AcceptInvitationSchema,
  AskForResetSchema,
  ChangeAccessSchema,
  ChangeOwnAccountSchema,
  ChangeOwnPasswordSchema,
  ChangeRoleSchema,
  ChangeSignInRulesSchema,
  ConfirmIdentitySchema,
  CreateFirstOwnerSchema,
  EndSessionSchema,
  InviteOperatorSchema,
  OperatorAccessSchema,
  OperatorIdSchema,
  PasswordByLinkSchema,
  RemoveOperatorSchema,
  RevokeInvitationSchema,
  UnlockOperatorSchema,
} from "@/lib/core/operators/schema";
import { signIn } from "@/lib/core/operators/sign-in";
import { AwaitOfflineSchema } from "@/lib/core/presence/await-offline";
import { CloseConnectionsSchema } from "@/lib/core/presence/close-connections";
import { SetUserProfileSchema, UserProfilesSchema } from "@/lib/core/profiles/schema";
import { ChangeUserLimitSchema } from "@/lib/core/quota/schema";
import { ChangeRetentionSchema } from "@/lib/core/retention/schema";
import { ResetSchema } from "@/lib/core/scenarios/schema";
import { ChangeSettingsSchema, RevertSettingsSchema } from "@/lib/core/settings/schema";
import { RestoreUsersSchema } from "@/lib/core/soft-delete/schema";
import { SetUserTagsSchema } from "@/lib/core/tags/schema";
import {
  EndTestRunSchema,
  ExtendTestRunSchema,
  KeepRunUserSchema,
  StartTestRunSchema,
  TestRunKeySchema,
} from "@/lib/core/test-runs/schema";
import { InspectTokenSchema } from "@/lib/core/tokens/inspect-token";
import { InvalidateTokensSchema, IssueTestTokenSchema } from "@/lib/core/tokens/schema";
import { RegisterUserSchema, UpdateUserSchema } from "@/lib/core/users/schema";
import { ChangeViewSchema, ChooseColumnsSchema, SaveViewSchema, ViewKeySchema } from "@/lib/core/views/schema";
import { DeliveryKeySchema } from "@/lib/core/webhooks/delivery-schema";
import { ChangeWebhookSchema, RotateWebhookSecretSchema } from "@/lib/core/webhooks/schema";
import { parseEnv } from "@/lib/env";
import { TryCallSchema } from "@/lib/server-api/try-call";
import { createTestApp, testContext } from "./support/context";
import { exampleOf, HOSTILE_VALUES, hostileInputs } from "./support/hostile-input";
import { createTestOperator, TEST_PASSWORD, visitor } from "./support/operators";

// Doors hand on what was sent as it came (docs/decisions/0023), and a forged call may send anything to any action.

const browser = vi.hoisted(() => ({ cookies: new Map<string, string>() }));
vi.mock("next/headers", () => ({
  headers: async () => new Headers({ "x-forwarded-for": "192.0.2.9" }),
  cookies: async () => ({
    get: (name: string) => (browser.cookies.has(name) ? { name, value: browser.cookies.get(name) } : undefined),
    set: () => {},
  }),
}));

const context = testContext();
const env = parseEnv({});
type Action = (...args: unknown[]) => Promise<ActionResult<unknown>>;

/** What the use case behind each action parses. */
const INPUTS: Readonly<Record<string, z.ZodType>> = {
  checkLog: CheckLogSchema,
  changeRetention: ChangeRetentionSchema,
  changeStream: ChangeStreamSchema,
  saveViewAction: SaveViewSchema,
  changeViewAction: ChangeViewSchema,
  deleteViewAction: ViewKeySchema,
  chooseColumnsAction: ChooseColumnsSchema,
  acceptInvitation: AcceptInvitationSchema,
  createOwner: CreateFirstOwnerSchema,
  changePassword: ChangeOwnPasswordSchema,
  changeAccount: ChangeOwnAccountSchema,
  endOwnSession: EndSessionSchema.pick({ sessionId: true }),
  removeOperator: RemoveOperatorSchema,
  unlockOperator: UnlockOperatorSchema,
  makePasswordLink: OperatorIdSchema,
  changeIssuer: ChangeIssuerSchema,
  changeConsoleNetworks: ChangeConsoleNetworksSchema,
  sendPasswordLink: AskForResetSchema,
  choosePassword: PasswordByLinkSchema,
  confirm: ConfirmIdentitySchema,
  resetOperatorFactors: OperatorIdSchema,
  changeSignInRules: ChangeSignInRulesSchema,
  confirmAuthenticatorApp: ConfirmAppSchema,
  keepPasskey: AddPasskeySchema,
  removeOwnPasskey: PasskeyKeySchema,
  listOperatorSessions: OperatorIdSchema,
  endOperatorSession: EndSessionSchema,
  createOwnToken: CreateTokenSchema,
  revokeOwnToken: TokenKeySchema.pick({ tokenId: true }),
  listOperatorTokens: OperatorIdSchema,
  revokeOperatorToken: TokenKeySchema,
  createApp: CreateAppSchema,
  inviteOperator: InviteOperatorSchema,
  revokeInvitation: RevokeInvitationSchema,
  changeOperatorRole: ChangeRoleSchema,
  changeOperatorAccess: ChangeAccessSchema,
  disableOperator: OperatorAccessSchema,
  enableOperator: OperatorAccessSchema,
  signOutOperator: OperatorIdSchema,
  planDeletion: DeletionSelectionSchema,
  startDeletion: StartDeletionSchema,
  resetAction: ResetSchema.required(),
  addMembersAction: GroupUsersSchema,
  removeMembersAction: GroupUsersSchema,
  setMemberAction: ChangeGroupMemberSchema,
  setMemberRoleAction: SetGroupRoleSchema,
  updateGroupAction: UpdateGroupSchema,
  dismissGroupAction: GroupKeySchema,
  registerUserAction: RegisterUserSchema,
  banUsersAction: BanUsersSchema,
  awaitOfflineAction: AwaitOfflineSchema,
  unbanUsersAction: UnbanUsersSchema,
  undoBansAction: UndoBansSchema,
  restoreUsersAction: RestoreUsersSchema,
  invalidateTokensAction: InvalidateTokensSchema,
  refreshAppSecret: RefreshAppSecretSchema,
  issueTestTokenAction: IssueTestTokenSchema,
  deleteTestUserAction: DeleteTestUserSchema,
  setDirectMuteAction: SetDirectMuteSchema,
  saveSettings: ChangeSettingsSchema,
  revertSettingsAction: RevertSettingsSchema,
  rotateSecret: RotateWebhookSecretSchema,
  changeUserLimitAction: ChangeUserLimitSchema,
  retryFailedAction: JobKeySchema,
  cancelJobAction: JobKeySchema,
  undoJobAction: JobKeySchema,
  planImportAction: ImportFileSchema,
  startImportAction: StartImportSchema,
  startTestRunAction: StartTestRunSchema,
  extendTestRunAction: ExtendTestRunSchema,
  keepRunUserAction: KeepRunUserSchema,
  planEndOfTestRunAction: TestRunKeySchema,
  endTestRunAction: EndTestRunSchema,
  advanceClockAction: AdvanceClockSchema,
  setClockAction: SetClockSchema,
  backToRealTimeAction: ResetClockSchema,
  planBulkAction: PlanBulkSchema,
  startBulkAction: StartBulkSchema,
  changePlan: ChangePlanSchema,
  changeApp: ChangeAppSchema,
  deleteApp: DeleteAppSchema,
  updateUserAction: UpdateUserSchema,
  closeConnectionsAction: CloseConnectionsSchema,
  setUserProfileAction: SetUserProfileSchema,
  clearUserProfilesAction: UserProfilesSchema,
  setUserTagsAction: SetUserTagsSchema,
  inspectTokenAction: InspectTokenSchema,
  addNoteAction: AddNoteSchema,
  changeNoteAction: ChangeNoteSchema,
  deleteNoteAction: NoteKeySchema,
  addFriendAction: AddFriendSchema.pick({ userId: true, targetId: true }),
  removeFriendsAction: RemoveFriendsSchema,
  removeAllFriendsAction: FriendOwnerSchema,
  setFriendPermissionAction: OwnFriendLevelSchema,
  blockUsersAction: BlockUsersSchema,
  unblockUsersAction: UnblockUsersSchema,
  saveWebhook: ChangeWebhookSchema,
  replayDelivery: DeliveryKeySchema,
  tryCallAction: TryCallSchema,
};

const FILES = readdirSync("app", { recursive: true, encoding: "utf8" }).filter(
  (file) => file.endsWith(".ts") && readFileSync(`app/${file}`, "utf8").startsWith('"use server"'),
);
/** Take no input: whoever may do it does it. */
const WITHOUT_INPUT = [
  "removeIssuer",
  "sendTestMail",
  "linkSingleSignOn",
  "endOtherSessions",
  "dismissNewSignIn",
  "askForPasskey",
  "askHowToConfirm",
  "offerAuthenticatorApp",
  "removeAuthenticatorApp",
  "newRecoveryCodes",
  "planResetAction",
  "signOut",
  "signOutEverywhere",
  "revealAppSecret",
  "revealSecret",
  "sendPing",
  "replayDead",
];
/** Whose input may leave everything out: an object that says nothing of it is an order all the same. */
const WITH_DEFAULTS = ["startTestRunAction", "backToRealTimeAction"];
/** For every operator, whatever the role, and for people who are not signed in. */
const FOR_EVERYBODY = [
  "checkLog",
  "endOtherSessions",
  "dismissNewSignIn",
  "choosePassword",
  "sendPasswordLink",
  "confirm",
  "askHowToConfirm",
  "askForPasskey",
  "offerAuthenticatorApp",
  "confirmAuthenticatorApp",
  "removeAuthenticatorApp",
  "keepPasskey",
  "removeOwnPasskey",
  "newRecoveryCodes",
  "signOut",
  "signOutEverywhere",
  "changePassword",
  "changeAccount",
  "endOwnSession",
  "linkSingleSignOn",
  "createOwnToken",
  "revokeOwnToken",
  "acceptInvitation",
  "createOwner",
  "awaitOfflineAction",
  "saveViewAction",
  "changeViewAction",
  "deleteViewAction",
  "chooseColumnsAction",
];

const RUBBISH: readonly unknown[] = [
  undefined,
  null,
  7,
  "x",
  [],
  {},
  { userId: 7, userIds: 7, targetId: {}, targetIds: [null], groupId: [], email: {}, password: 7, secret: {}, jobId: 7 },
  {
    userId: "\0",
    userIds: ["\ud800"],
    operatorId: "\0",
    invitationId: "\0",
    appId: "\0",
    jobId: "\0",
    deliveryId: "\0",
  },
];

beforeAll(() => {
  const runtime = { context: context(), env, close: async () => {} };
  Object.assign(globalThis, { imConsoleRuntime: Promise.resolve(runtime) });
});
beforeEach(() => browser.cookies.clear());
afterEach(() => browser.cookies.clear());

async function signInAs(role: OperatorRole) {
  const operator = await createTestOperator(context(), role);
  const { sessionId } = await signIn(context(), visitor(), { email: operator.email, password: TEST_PASSWORD });
  browser.cookies.set(cookieName(env, "session"), await sealSessionId(context().secrets, sessionId));
}

test("the actions of the whole console are found", () => {
  expect(FILES.length).toBeGreaterThan(12);
});

describe.each(FILES)("%s", (file) => {
  /** Each of its actions with what comes before the input. */
  async function actions(): Promise<Array<[name: string, call: (input: unknown) => Promise<ActionResult<unknown>>]>> {
    const { appId } = await createTestApp(context());
    const found = (await import(`../app/${file}`)) as Record<string, Action>;
    const aboutEnvironment = file.includes("[env]") || file === "docs/actions.ts";
    return Object.entries(found).map(([name, action]) => [
      name,
      (input) =>
        // An app is changed from outside of its environments, which may be closed.
        aboutEnvironment && !["changePlan", "changeApp", "deleteApp"].includes(name)
          ? action({ app: appId, env: "development" }, input)
          : action(input),
    ]);
  }

  test("whatever is sent is refused as wrong, never met as a fault of ours", async () => {
    await signInAs("owner");
    for (const [name, call] of await actions()) {
      for (const input of RUBBISH) {
        if (name.startsWith("signOut")) await signInAs("owner");
        const result = await call(input);
        const outcome = result.ok ? "ok" : result.error.code;
        expect(outcome, `${name}(${JSON.stringify(input)})`).not.toBe("internal");
        if (WITH_DEFAULTS.includes(name) && typeof input === "object" && input !== null && !Array.isArray(input))
          continue;
        if (!WITHOUT_INPUT.includes(name)) expect(outcome, `${name}(${JSON.stringify(input)})`).not.toBe("ok");
      }
    }
  });

  test("each of its fields is refused as wrong whatever stands in it", { timeout: 90_000 }, async () => {
    const schemas = Object.entries(INPUTS);
    for (const [name, call] of await actions()) {
      if (WITHOUT_INPUT.includes(name)) continue;
      const schema = schemas.find(([known]) => known === name)?.[1];
      if (schema === undefined) throw new Error(`INPUTS says nothing about ${name}`);
      // What is replaced stands in an input that is good otherwise, or nothing would be reached.
      schema.parse(exampleOf(schema));
      await signInAs("owner");
      for (const input of hostileInputs(schema, HOSTILE_VALUES)) {
        const result = await call(input);
        if (!result.ok && !ERRORS[result.error.code as ErrorCode].expected) {
          throw new Error(`${result.error.code} for ${name}(${inspect(input)})`);
        }
      }
    }
  });

  test("a role that may not do it learns nothing about what it takes", async () => {
    await signInAs("viewer");
    for (const [name, call] of await actions()) {
      if (FOR_EVERYBODY.includes(name)) continue;
      for (const input of RUBBISH) {
        expect(await call(input), name).toMatchObject({ ok: false, error: { code: "forbidden" } });
      }
    }
  });
});
