import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { appServerOf, createTestApp, testContext } from "@/test/support/context";
import { declareProfileKeys } from "@/test/support/profiles";
import { insertTestUsers } from "@/test/support/users";
import type { EnvironmentRef } from "../actor";
import { AppError } from "../errors";
import { batchGetUserProfiles } from "./batch-get-user-profiles";
import { deleteUserProfiles } from "./delete-user-profiles";
import { BASIC_KEY_NAMES, BASIC_KEYS } from "./facts";
import { setUserProfile } from "./set-user-profile";

const context = testContext();
let environment: EnvironmentRef;

const USERS = ["one", "two"];
const EXTENDED = ["ext_a", "ext_b"];

beforeAll(async () => {
  environment = (await createTestApp(context())).production.ref;
  await declareProfileKeys(context(), environment, EXTENDED);
});

const anyText = fc.oneof(fc.constant(""), fc.string({ unit: "grapheme", maxLength: 8 }), fc.string({ maxLength: 8 }));
/** Few values, so that users meet each other's. */
const uniqueId = fc.constantFrom("", "A1", "B2", "C3");
const refused = fc.constantFrom<unknown>(null, {}, true, "x".repeat(1025), 101, -1, 0.5);

const basic = fc.record(
  Object.fromEntries(
    BASIC_KEY_NAMES.map((key) => {
      const rule = BASIC_KEYS[key];
      const number = fc.integer({ min: 0, max: rule.kind === "number" ? rule.max : 0 });
      const fitting: fc.Arbitrary<unknown> =
        key === "uniqueId"
          ? uniqueId
          : rule.kind === "text"
            ? anyText
            : fc.oneof(number, number.map(String), fc.constant(""));
      return [key, fc.oneof({ arbitrary: fitting, weight: 20 }, { arbitrary: refused, weight: 1 })];
    }),
  ),
  { requiredKeys: [] },
);
const extended = fc.dictionary(fc.constantFrom(...EXTENDED), anyText, { maxKeys: 2 });

const step = fc.oneof(
  {
    weight: 9,
    arbitrary: fc.record({
      act: fc.constant("set" as const),
      userId: fc.constantFrom(...USERS),
      userProfile: basic,
      userExtProfile: extended,
    }),
  },
  { weight: 1, arbitrary: fc.record({ act: fc.constant("clear" as const), userId: fc.constantFrom(...USERS) }) },
);

/** What a profile holds, by the plainest reading of the rules: one map of keys. */
class Model {
  readonly profiles = new Map(USERS.map((userId) => [userId, new Map<string, string | number>()]));

  of(userId: string): Map<string, string | number> {
    return this.profiles.get(userId) ?? new Map();
  }

  accepts(userId: string, userProfile: Record<string, unknown>): boolean {
    const taken = USERS.some((other) => other !== userId && this.of(other).get("uniqueId") === userProfile.uniqueId);
    if (userProfile.uniqueId !== undefined && userProfile.uniqueId !== "" && taken) return false;
    return Object.entries(userProfile).every(([key, value]) => {
      const rule = BASIC_KEYS[key as "name"] as (typeof BASIC_KEYS)["name"] | (typeof BASIC_KEYS)["level"];
      if (value === "") return true;
      if (rule.kind === "text") {
        return typeof value === "string" && !value.includes("\0") && [...value].length <= rule.maxCharacters;
      }
      const number =
        typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value)) ? Number(value) : -1;
      return Number.isInteger(number) && number >= 0 && number <= rule.max;
    });
  }

  set(userId: string, values: Record<string, unknown>): void {
    for (const [key, value] of Object.entries(values)) {
      if (value === "") this.of(userId).delete(key);
      else {
        const numeric = key === "gender" || key === "role" || key === "level";
        this.of(userId).set(key, numeric ? Number(value) : String(value));
      }
    }
  }
}

test("property: after any sequence of sets and clears, get gives what the accepted ones left, and versions only grow", async () => {
  const server = appServerOf(environment);
  await fc.assert(
    fc
      .asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const model = new Model();
        const versions = new Map<string, number>();
        for (const { userId, ...does } of steps) {
          if (does.act === "clear") {
            await deleteUserProfiles(context(), server, { userIds: [userId] });
            model.of(userId).clear();
          } else {
            const { userProfile, userExtProfile } = does;
            const accepted = model.accepts(userId, userProfile);
            const before = JSON.stringify([...model.of(userId)].sort());
            const refusal = await setUserProfile(context(), server, { userId, userProfile, userExtProfile }).then(
              () => null,
              (error: unknown) => error,
            );
            if (refusal !== null) expect(refusal).toBeInstanceOf(AppError);
            expect([userProfile, refusal === null]).toEqual([userProfile, accepted]);
            if (accepted) model.set(userId, { ...userProfile, ...userExtProfile });
            const changed = before !== JSON.stringify([...model.of(userId)].sort());
            const [after] = await batchGetUserProfiles(context(), server, { userIds: [userId] });
            if (after !== undefined) {
              const last = versions.get(userId) ?? 0;
              if (changed) expect(after.version).toBeGreaterThan(last);
              else expect(after.version).toBe(last);
              versions.set(userId, after.version);
            }
          }
          const stored = await batchGetUserProfiles(context(), server, { userIds: USERS });
          const expected = USERS.filter((id) => model.of(id).size > 0).map((id) => [
            id,
            Object.fromEntries(model.of(id)),
          ]);
          expect(
            stored.map((profile) => [profile.userId, { ...profile.userProfile, ...profile.userExtProfile }]),
          ).toEqual(expected);
        }
      })
      .beforeEach(async () => {
        await context().db.prisma.userProfile.deleteMany({ where: { environmentId: environment.id } });
        await context().db.prisma.user.deleteMany({ where: { environmentId: environment.id } });
        await insertTestUsers(
          context(),
          environment,
          USERS.map((userId) => ({ userId })),
        );
      }),
    { numRuns: 60 },
  );
}, 120_000);
