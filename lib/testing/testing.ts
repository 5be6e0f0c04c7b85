import { randomUUID } from "node:crypto";
import type { ConsoleApiTypes } from "./calls";
import { type Clock, clockOf } from "./clock";
import { connectUser, type TestClient } from "./connected-client";
import { ConsoleApi } from "./console-api";
import { type Length, minutesOf } from "./lengths";
import { Refused } from "./refused";
import { type Keys, type ServerApi, serverApi } from "./server-api";
import { type TestUser, type Users, usersOf } from "./users";
import { startWebhookReceiver, type WebhookReceiver } from "./webhook-receiver";

export interface TestingOptions {
  /** Where operators reach the console. Default: IM_CONSOLE_URL. */
  readonly consoleUrl?: string;
  /** An operator’s, with the scopes apps and runs, and scenarios for `app.seed`. Default: IM_CONSOLE_TOKEN. */
  readonly token?: string;
  /** Work in this app, in a test run. Default: IM_APP; without it a temporary app is made, which is the cleanest. */
  readonly app?: string;
  /** Shown in the console: whose run it is. Default: IM_RUN_LABEL, or "tests". */
  readonly label?: string;
  /**
   * After this the users, or the temporary app, go by themselves, whatever becomes of this process; an app lives for five minutes at
   * least. Default: "1h".
   */
  readonly expires?: Length;
  /** Seats that nobody else may take meanwhile, in an app that others share. Default: 0. */
  readonly reserved?: number;
  /** How long to wait for them while others hold the seats. Default: not at all; then `startTesting` throws `seats_not_free`. */
  readonly wait?: Length;
}

/** A named scenario, such as "friends"; docs/scenarios.md says what each makes. */
export type ScenarioName = NonNullable<ConsoleApiTypes["seedScenario"]["input"]["scenario"]>;

/** What a scenario has made: the same users in the same order each time. */
export type SeededScenario = ConsoleApiTypes["seedScenario"]["output"];

export type OperatorRole = ConsoleApiTypes["signInTestOperator"]["input"]["role"];

/** An operator who is signed in: what a browser must hold to be them. */
export interface SignedInOperator {
  readonly name: string;
  readonly role: OperatorRole;
  /** As Playwright's `context.addCookies([cookie])` takes it. */
  readonly cookie: {
    readonly name: string;
    readonly value: string;
    readonly domain: string;
    readonly path: "/";
    /** Unix seconds */
    readonly expires: number;
    readonly httpOnly: true;
    readonly secure: boolean;
    readonly sameSite: "Lax";
  };
}

/** The app that is tested: its Development environment. */
export interface TestedApp {
  readonly id: string;
  readonly keys: Keys;
  /** Adds a scenario to what is there; in a test run, as users of the run. Needs the scope scenarios. */
  seed(scenario: ScenarioName): Promise<SeededScenario>;
  /**
   * Deletes everybody and everything in the environment, and seeds the scenario; left out: nobody. For a temporary app alone: in one
   * that others share it throws. Needs the scope scenarios.
   */
  reset(scenario?: ScenarioName): Promise<SeededScenario>;
}

/** One app, or one run in an app that others share, for a process of tests. Only Development: there is no way to production here. */
export interface Testing {
  readonly consoleUrl: string;
  readonly apiUrl: string;
  readonly app: TestedApp;
  /** The test run; null in a temporary app. */
  readonly run: { readonly id: string } | null;
  readonly console: ConsoleApi;
  readonly api: ServerApi;
  /** Users of one test. `prefix` starts their ids; left out: one that nobody else has. */
  users(prefix?: string): Users;
  connect(user: TestUser, platform?: string): Promise<TestClient>;
  webhooks(): Promise<WebhookReceiver>;
  /** The environment's time: in an app that others share, theirs as well. */
  readonly clock: Clock;
  /**
   * Signs in a new test operator of this role, without a page; it goes by itself. Takes TEST_OPERATORS=on of the installation, and of
   * the token the scope operators.
   */
  operator(role: OperatorRole): Promise<SignedInOperator>;
  /** Closes clients and receivers, takes a clock that was moved back to real time, and ends the run or deletes the app. */
  end(): Promise<void>;
}

function setting(given: string | undefined, name: string, what: string): string {
  const value = given ?? process.env[name];
  if (value) return value;
  throw new Error(`Set ${name}: ${what}.`);
}

/** Begins: makes a temporary app, or starts a test run in the app that is named. Throws `Refused` by the console. */
export async function startTesting(options: TestingOptions = {}): Promise<Testing> {
  const consoleUrl = setting(options.consoleUrl, "IM_CONSOLE_URL", "where operators reach the console").replace(
    /\/+$/,
    "",
  );
  const token = setting(options.token, "IM_CONSOLE_TOKEN", "a token from Account in the console");
  const label = options.label ?? process.env.IM_RUN_LABEL ?? "tests";
  const minutes = minutesOf(options.expires ?? "1h");
  const console = new ConsoleApi(consoleUrl, token);
  const { apiUrl } = await console.call("getToken", {});
  const named = options.app ?? (process.env.IM_APP || undefined);
  const { app, run, leave } =
    named === undefined
      ? await temporaryApp(console, { label, minutes })
      : await runIn(console, named, { label, minutes, reserved: options.reserved ?? 0 }, minutesOf(options.wait ?? 0));
  const open: { close(): Promise<void> }[] = [];
  const kept = <T extends { close(): Promise<void> }>(opened: T): T => {
    open.push(opened);
    return opened;
  };
  const clock = clockOf(console, app.id);
  const api = serverApi({ apiUrl, keys: app.keys, ...(run === null ? {} : { run: run.id }) });
  const place = { app: app.id, env: "development" };
  return {
    consoleUrl,
    apiUrl,
    app: {
      ...app,
      seed: (scenario) => console.call("seedScenario", place, { scenario, ...(run === null ? {} : { run: run.id }) }),
      async reset(scenario = "empty") {
        if (run !== null)
          throw new Error(`The app ${app.id} is shared: a reset would delete others’ users. Leave IM_APP out.`);
        return console.call("resetEnvironment", place, { scenario });
      },
    },
    run,
    console,
    api,
    users: (prefix = `t${randomUUID().slice(0, 8)}-`) => usersOf(api, prefix),
    connect: async ({ accessToken }, platform) =>
      kept(
        await connectUser({
          apiUrl,
          appKey: app.keys.appKey,
          accessToken,
          ...(platform === undefined ? {} : { platform }),
        }),
      ),
    async webhooks() {
      const { webhookSecret } = await console.call("getWebhookSecret", place);
      return kept(await startWebhookReceiver(app.keys.appSecret, webhookSecret));
    },
    clock,
    async operator(role) {
      const signedIn = await console.call("signInTestOperator", {}, { role, minutes });
      const { hostname, protocol } = new URL(consoleUrl);
      return {
        name: signedIn.name,
        role: signedIn.role,
        cookie: {
          ...signedIn.cookie,
          domain: hostname,
          path: "/",
          expires: Math.floor(Date.parse(signedIn.expiresAt) / 1000),
          httpOnly: true,
          secure: protocol === "https:",
          sameSite: "Lax",
        },
      };
    },
    async end() {
      await Promise.allSettled(open.map((one) => one.close()));
      // A temporary app takes its clock along.
      if (run !== null && clock.moved) await clock.reset();
      await leave();
    },
  };
}

interface Place {
  readonly app: { readonly id: string; readonly keys: Keys };
  readonly run: { readonly id: string } | null;
  leave(): Promise<void>;
}

async function temporaryApp(console: ConsoleApi, asked: { label: string; minutes: number }): Promise<Place> {
  const name = `${asked.label} ${new Date().toISOString().slice(0, 16)} ${randomUUID().slice(0, 4)}`.slice(0, 64);
  const made = await console.call("createApp", {}, { name, lifetimeMinutes: asked.minutes });
  const [keys] = made.environments;
  if (keys === undefined) throw new Error("The new app has no environment.");
  return {
    app: { id: made.id, keys },
    run: null,
    async leave() {
      await console.call("deleteApp", { app: made.id });
    },
  };
}

const ASK_AGAIN_MS = 1_000;

/** Asks again while the seats belong to others, until one of them is done. Throws the last refusal when the time is over. */
async function onceSeatsAreFree<Answer>(ask: () => Promise<Answer>, minutes: number): Promise<Answer> {
  const deadline = Date.now() + minutes * 60_000;
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      const taken = error instanceof Refused && error.code === "seats_not_free";
      if (!taken || Date.now() + ASK_AGAIN_MS > deadline) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, ASK_AGAIN_MS));
  }
}

async function runIn(
  console: ConsoleApi,
  app: string,
  asked: { label: string; minutes: number; reserved: number },
  waitMinutes: number,
): Promise<Place> {
  const place = { app, env: "development" };
  const keys = await console.call("getKeys", place);
  const run = await onceSeatsAreFree(() => console.call("startTestRun", place, asked), waitMinutes);
  return {
    app: { id: app, keys },
    run,
    async leave() {
      await console.call("endTestRun", { ...place, run: run.id });
    },
  };
}
