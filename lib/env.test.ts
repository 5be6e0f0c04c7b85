import { readFileSync } from "node:fs";
import { parseEnv as parseDotEnv } from "node:util";
import { describe, expect, test } from "vitest";
import { ENV_VARIABLES, EnvError, parseEnv } from "./env";

const problemsOf = (source: Record<string, string>) => {
  try {
    parseEnv(source);
  } catch (error) {
    if (error instanceof EnvError) return error.problems.map((problem) => problem.variable);
    throw error;
  }
  return [];
};

describe("parseEnv", () => {
  test("nothing set gives every default", () => {
    expect(parseEnv({})).toEqual({
      CONSOLE_PORT: 3000,
      SERVICE_PORT: 3001,
      CONSOLE_HOST: "127.0.0.1",
      SERVICE_HOST: "127.0.0.1",
      ALLOWED_HOSTS: [],
      DATA_DIR: ".data",
      PUBLIC_CONSOLE_URL: "http://localhost:3000",
      PUBLIC_API_URL: "http://localhost:3001",
      LOG_LEVEL: "info",
      REPLAY_PROTECTION: true,
      RATE_LIMITS: true,
      CONNECTS_PER_ADDRESS: 100,
      TRUST_PROXY: { kind: "off" },
      WEBHOOK_ALLOW_PRIVATE: false,
      AVATARS: true,
      HSTS_SUBDOMAINS: false,
      REQUIRE_TLS: false,
      TEST_OPERATORS: false,
      SERVICE_WORKERS: 0,
      TIMESTAMP_TOLERANCE_SECONDS: 300,
      RESTORE_AFTER_MINUTES: 60,
      DATABASE_POOL_SIZE: 10,
      OIDC_NAME: "single sign-on",
      OIDC_SCOPES: "openid profile email",
      OIDC_GROUPS_CLAIM: "groups",
      OIDC_ROLES: [],
      OIDC_DOMAINS: [],
      OIDC_CREATE: false,
      OIDC_FACTORS: ["mfa"],
      OIDC_ONLY: false,
      NODE_ENV: "production",
    });
  });

  test("an empty value counts as unset", () => {
    expect(parseEnv(Object.fromEntries(ENV_VARIABLES.map((name) => [name, ""])))).toEqual(parseEnv({}));
  });

  test.each([
    ["CONSOLE_PORT", ["0", "65536", "80a", "-1", "1.5", " 80"]],
    ["SERVICE_PORT", ["0", "99999", "http"]],
    ["CONSOLE_HOST", ["0.0.0.0:3000", "http://localhost", "-", "a b"]],
    ["SERVICE_HOST", ["[::1]", "*"]],
    [
      "ALLOWED_HOSTS",
      ["https://example.com", "a.example.com;b.example.com", "*.example.com", "a,,b", "example.com:3000"],
    ],
    ["OUTBOUND_HOSTS", ["https://example.com", "*.example.com", "a,,b"]],
    ["TRUST_PROXY", ["yes", "10.0.0.0/33", "ON"]],
    [
      "DATABASE_URL",
      ["localhost:5432/im", "mysql://localhost/im", "http://localhost", "postgresql://im:a/b@localhost/im"],
    ],
    ["REDIS_URL", ["localhost:6379", "http://localhost:6379"]],
    ["MASTER_KEY", ["short", "g".repeat(64), "0".repeat(63), "A".repeat(42)]],
    [
      "PUBLIC_CONSOLE_URL",
      ["console.example.com", "ftp://example.com", "https://example.com/console", "https://a.b/?x"],
    ],
    ["PUBLIC_API_URL", ["api.example.com", "//api.example.com", "https://example.com/im/"]],
    ["LOG_LEVEL", ["verbose", "INFO"]],
    ["REPLAY_PROTECTION", ["true", "0", "ON"]],
    ["RATE_LIMITS", ["yes", "1"]],
    ["WEBHOOK_ALLOW_PRIVATE", ["yes", "private"]],
    ["TIMESTAMP_TOLERANCE_SECONDS", ["-1", "86401", "5m"]],
    ["RESTORE_AFTER_MINUTES", ["-1", "525601", "1h"]],
    ["DATABASE_POOL_SIZE", ["0", "1", "201", "many"]],
    ["METRICS_ADDRESS", ["on", "127.0.0.1", "127.0.0.1:0", "127.0.0.1:70000", ":9464"]],
    ["NODE_ENV", ["prod"]],
  ])("a wrong %s is refused by name", (variable, values) => {
    for (const value of values) expect(problemsOf({ [variable]: value }), value).toEqual([variable]);
  });

  test("a wrong OWNER_EMAIL or a short OWNER_PASSWORD is refused by name", () => {
    expect(problemsOf({ OWNER_EMAIL: "owner", OWNER_PASSWORD: "long enough password" })).toEqual(["OWNER_EMAIL"]);
    expect(problemsOf({ OWNER_EMAIL: "owner@example.com", OWNER_PASSWORD: "short" })).toEqual(["OWNER_PASSWORD"]);
  });

  test("OWNER_EMAIL and OWNER_PASSWORD belong together", () => {
    expect(problemsOf({ OWNER_EMAIL: "owner@example.com" })).toEqual(["OWNER_EMAIL"]);
    expect(problemsOf({ OWNER_PASSWORD: "long enough password" })).toEqual(["OWNER_EMAIL"]);
  });

  test("every wrong variable is named at once", () => {
    expect(problemsOf({ CONSOLE_PORT: "x", LOG_LEVEL: "x" })).toEqual(["CONSOLE_PORT", "LOG_LEVEL"]);
  });

  test("a value is never repeated where it is a secret", () => {
    expect(() => parseEnv({ MASTER_KEY: "my-secret-value" })).toThrow(EnvError);
    expect(() => parseEnv({ MASTER_KEY: "my-secret-value" })).not.toThrow(/my-secret-value/);
    expect(() => parseEnv({ DATABASE_URL: "mysql://u:my-secret@h/d" })).not.toThrow(/my-secret/);
  });

  test("public addresses lose their trailing slash and follow the ports", () => {
    expect(parseEnv({ PUBLIC_API_URL: "https://api.example.com/" }).PUBLIC_API_URL).toBe("https://api.example.com");
    expect(parseEnv({ CONSOLE_PORT: "8080" }).PUBLIC_CONSOLE_URL).toBe("http://localhost:8080");
  });

  test("metrics may be served on a port of this machine, at any address, or nowhere", () => {
    expect(parseEnv({ METRICS_ADDRESS: "9100" }).METRICS_ADDRESS).toEqual({ host: "127.0.0.1", port: 9100 });
    expect(parseEnv({ METRICS_ADDRESS: "[::]:9100" }).METRICS_ADDRESS).toEqual({ host: "::", port: 9100 });
    expect(parseEnv({ METRICS_ADDRESS: "off" }).METRICS_ADDRESS).toBe("off");
  });

  test("a master key may be hexadecimal or base64", () => {
    const bytes = Buffer.alloc(32, 7);
    for (const encoding of ["hex", "base64", "base64url"] as const) {
      expect(parseEnv({ MASTER_KEY: bytes.toString(encoding) }).MASTER_KEY).toBe(bytes.toString(encoding));
    }
  });
});

describe(".env.example", () => {
  const example = parseDotEnv(readFileSync(".env.example", "utf8"));

  test("has one line for each variable and no other", () => {
    expect(Object.keys(example).sort()).toEqual([...ENV_VARIABLES].sort());
  });

  test("shows the defaults", () => {
    expect(parseEnv(example)).toEqual(parseEnv({}));
  });
});
