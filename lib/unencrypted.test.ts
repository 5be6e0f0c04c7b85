import { expect, test } from "vitest";
import { ENV_VARIABLES, EnvError, parseEnv } from "./env";
import { unencryptedSettings } from "./unencrypted";

const found = (env: Record<string, string>) => unencryptedSettings(parseEnv(env)).map(({ variable }) => variable);
const MAIL_FROM = "im@example.com";

test("everything on this machine alone is in the clear to nobody", () => {
  expect(found({})).toEqual([]);
  expect(
    found({
      DATABASE_URL: "postgresql:///im?host=/var/run/postgresql",
      DATABASE_MIGRATE_URL: "postgresql://im:pw@[::1]:5432/im",
      REDIS_URL: "redis://127.0.0.1:6379",
      SMTP_URL: "smtp://localhost:25",
      MAIL_FROM,
      METRICS_ADDRESS: "9464",
    }),
  ).toEqual([]);
});

test.each([
  [
    "DATABASE_URL",
    "postgresql://im:hush@db.example.com/im",
    "postgresql://im:hush@db.example.com/im?sslmode=verify-full",
  ],
  [
    "DATABASE_URL",
    "postgresql://im:hush@10.0.0.1/im?sslmode=prefer",
    "postgresql://im:hush@10.0.0.1/im?sslmode=require",
  ],
  ["DATABASE_URL", "postgresql://im:hush@127.0.0.1/im?host=db.example.com", "postgresql:///im?host=/run/postgresql"],
  [
    "DATABASE_MIGRATE_URL",
    "postgresql://im:hush@db/im?sslmode=no-verify",
    "postgresql://im:hush@db/im?sslmode=verify-ca",
  ],
  [
    "DATABASE_REPLICA_URL",
    "postgresql://im:hush@standby.example.com/im",
    "postgresql://im:hush@standby.example.com/im?sslmode=verify-full",
  ],
  ["REDIS_URL", "redis://:hush@redis.example.com", "rediss://:hush@redis.example.com"],
  ["SMTP_URL", "smtp://im:hush@mail.example.com:587", "smtp://im:hush@mail.example.com:587?requireTLS=true"],
  ["SMTP_URL", "smtp://im:hush@mail.example.com", "smtps://im:hush@mail.example.com"],
  ["PUBLIC_CONSOLE_URL", "http://console.example.com", "https://console.example.com"],
  ["PUBLIC_API_URL", "http://10.0.0.5:3001", "https://im.example.com"],
  ["METRICS_ADDRESS", "0.0.0.0:9464", "127.0.0.1:9464"],
])("%s: %s crosses a network in the clear, %s does not", (variable, clear, encrypted) => {
  const beside = {
    ...(variable === "SMTP_URL" ? { MAIL_FROM } : {}),
    ...(/^DATABASE_\w+_URL$/.test(variable) ? { DATABASE_URL: "postgresql://im@127.0.0.1/im" } : {}),
  };
  expect(found({ ...beside, [variable]: clear })).toEqual([variable]);
  expect(found({ ...beside, [variable]: encrypted })).toEqual([]);
  expect(() => parseEnv({ ...beside, REQUIRE_TLS: "on", [variable]: clear })).toThrow(EnvError);
  expect(() => parseEnv({ ...beside, REQUIRE_TLS: "on", [variable]: clear })).toThrow(
    new RegExp(`^${variable} goes over the network in the clear, which REQUIRE_TLS refuses: `),
  );
  expect(() => parseEnv({ ...beside, REQUIRE_TLS: "on", [variable]: clear })).not.toThrow(/hush/);
  expect(parseEnv({ ...beside, REQUIRE_TLS: "on", [variable]: encrypted }).REQUIRE_TLS).toBe(true);
});

test("each setting that is an address is judged", () => {
  const inTheClear = (name: string) =>
    name.startsWith("DATABASE_")
      ? "postgresql://im@db.example.com/im"
      : `${name
          .replace(/_URL$/, "")
          .toLowerCase()
          .replace(/^public_.*/, "http")}://host.example.com`;
  const addresses = ENV_VARIABLES.filter((name) => name.endsWith("_URL"));
  const all = parseEnv({ ...Object.fromEntries(addresses.map((name) => [name, inTheClear(name)])), MAIL_FROM });
  expect(
    unencryptedSettings(all)
      .map(({ variable }) => variable)
      .sort(),
  ).toEqual([...addresses].sort());
});
