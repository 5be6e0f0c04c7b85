import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { changeUserLimit } from "@/lib/core/quota/change-user-limit";
import { MOUNTS, type RunningApi, serveApi } from "@/test/support/api-server";
import { createTestApp, operatorOf, type TestEnvironment, testContext } from "@/test/support/context";
import { signedClient } from "@/test/support/signed-client";

/** The header that warns before Development is full, and the refusal once it is, over HTTP on every mount. */

const context = testContext();

describe.each(MOUNTS)("on the %s", (mount) => {
  let api: RunningApi;
  let app: Awaited<ReturnType<typeof createTestApp>>;

  beforeAll(async () => {
    api = await serveApi(context(), mount, { consoleUrl: "https://console.example" });
    app = await createTestApp(context());
    await changeUserLimit(context(), operatorOf("owner", app.development.ref), { limit: 10 });
  });
  afterAll(() => api.close());

  const issue = ({ ref, appSecret }: TestEnvironment, userId: string) =>
    signedClient({ baseUrl: api.baseUrl, appKey: ref.appKey, appSecret }).send("/v4/auth/access-token/issue", {
      userId,
      name: userId,
    });

  test("a new user from four fifths of the limit on is answered with how many there are; the one too many with where to look", async () => {
    const said: (string | null)[] = [];
    for (let n = 1; n <= 10; n++) said.push((await issue(app.development, `u${n}`)).headers.get("x-user-quota"));
    expect(said).toEqual([...Array(7).fill(null), "8; limit=10", "9; limit=10", "10; limit=10"]);
    expect((await issue(app.development, "u1")).headers.get("x-user-quota"), "not a new one").toBeNull();

    const refused = await issue(app.development, "u11");
    expect(refused).toMatchObject({ status: 403, body: { code: 2007 } });
    expect(refused.body).toMatchObject({
      errorMessage: expect.stringMatching(
        new RegExp(`limit of 10 registered users.* https://console\\.example/apps/${app.appId}/development/quotas$`),
      ),
    });
    expect(refused.headers.get("x-user-quota")).toBeNull();
  });

  test("several at once each hear of their own seat", async () => {
    const { development } = await createTestApp(context());
    await changeUserLimit(context(), operatorOf("owner", development.ref), { limit: 10 });
    const answers = await Promise.all(Array.from({ length: 10 }, (_, n) => issue(development, `u${n}`)));
    const said = answers.flatMap(({ headers }) => headers.get("x-user-quota") ?? []);
    expect(said.sort()).toEqual(["10; limit=10", "8; limit=10", "9; limit=10"]);
  });

  test("Production has no limit and says nothing", async () => {
    for (let n = 1; n <= 11; n++) {
      expect((await issue(app.production, `u${n}`)).headers.get("x-user-quota")).toBeNull();
    }
  });
});
